use std::{collections::BTreeMap, fmt::Write};

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

/// A portal with entities of many kinds, and all that an admin knows of them.
pub struct World {
    pub portal: TestPortal,
    /// By reference.
    pub entities: BTreeMap<String, Value>,
}

const ALL: &str = "{ entities(first: 60) { nodes { ref id kind metadata spec
    relations(first: 60) { nodes { type targetRef target { ref } } } } } }";

impl World {
    pub async fn start(database: Database) -> Self {
        let registry = callboard_api::plugins::registry();
        let admin =
            json!({ "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] });
        let everything = json!({ "name": "everything", "members": ["*"], "grants": [{ "permission": "*" }] });
        let config = json!({
            "permission": { "roles": [admin, everything] },
            "auth": { "tokens": [
                { "token": "alice-token", "subject": "user:default/alice" },
                { "token": "bob-token", "subject": "user:default/bob" },
                { "token": "eve-token", "subject": "user:default/eve" },
            ] },
        });
        let text = descriptors();
        let mut portal = TestPortal::start_with(database, &[("world.yaml", &text)], config, registry).await;
        portal.has_entities(text.matches("\nkind:").count()).await;
        let answer = portal.alice().ask(ALL).await;
        let nodes = answer.data("/entities/nodes").as_array().unwrap().clone();
        let entities: BTreeMap<String, Value> =
            nodes.into_iter().map(|node| (node["ref"].as_str().unwrap().to_owned(), node)).collect();
        // While everyone sees everything, bob stars it.
        for reference in entities.keys() {
            let input = json!({ "ref": reference });
            let star = "mutation($input: StarEntityInput!) { starEntity(input: $input) { entity { ref } } }";
            portal.bob().ask_with(star, json!({ "input": input })).await;
        }
        portal.restart(json!({ "permission": { "roles": [admin] } })).await;
        portal.has_entities(entities.len()).await;
        Self { portal, entities }
    }

    pub fn text<'a>(&'a self, reference: &str, pointer: &str) -> Option<&'a str> {
        self.entities[reference].pointer(pointer)?.as_str()
    }

    /// The targets of an entity's relations of a type that are there, whatever the kind.
    pub fn targets(&self, reference: &str, relation_type: &str) -> Vec<&str> {
        let nodes = self.entities[reference]["relations"]["nodes"].as_array().unwrap();
        nodes
            .iter()
            .filter(|relation| relation["type"] == relation_type)
            .filter_map(|relation| relation["target"]["ref"].as_str())
            .collect()
    }
}

/// Three groups below each other, three users, and things of every kind between them.
fn descriptors() -> String {
    let mut text = String::new();
    let mut add = |kind: &str, name: &str, metadata: &str, spec: &str| {
        let _ = write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata: {{ name: {name}{metadata} }}\nspec: {{ {spec} }}\n"
        );
    };
    add("Group", "company", "", "type: organization, children: []");
    add("Group", "crew", "", "type: team, parent: company, children: []");
    add("Group", "port", ", labels: { tier: two }", "type: team, parent: crew, children: []");
    add("User", "bob", "", "memberOf: [crew]");
    add("User", "eve", "", "memberOf: [port]");
    add("User", "dan", "", "memberOf: [company]");
    add("Domain", "sea", "", "owner: company");
    let owners = ["crew", "port", "company", "user:bob", "nobody"];
    let tiers = ["one", "two", "Three"];
    for index in 0..4 {
        let owner = owners[index % owners.len()];
        add("System", &format!("system-{index}"), "", &format!("owner: {owner}, domain: sea"));
        add(
            "Resource",
            &format!("store-{index}"),
            "",
            &format!("type: database, owner: {owner}, system: system-{index}"),
        );
    }
    for index in 0..18 {
        let owner = owners[index % owners.len()];
        let label = match index % 4 {
            3 => String::new(),
            rest => format!(", labels: {{ tier: {} }}", tiers[rest % 3]),
        };
        let annotation = if index % 3 == 0 { ", annotations: { acme.io/seal: Yes }" } else { "" };
        let tags = if index % 5 == 0 { ", tags: [fast, small]" } else { "" };
        let lifecycle = if index % 2 == 0 { "production" } else { "experimental" };
        let spec = format!(
            "type: service, lifecycle: {lifecycle}, owner: {owner}, system: system-{}, dependsOn: [component:part-{}, resource:store-{}], providesApis: [api-{}]",
            index % 4,
            (index + 7) % 18,
            index % 4,
            index % 6
        );
        add("Component", &format!("part-{index}"), &format!("{label}{annotation}{tags}"), &spec);
    }
    for index in 0..6 {
        let owner = owners[(index + 2) % owners.len()];
        let spec = format!(
            "type: openapi, lifecycle: production, owner: {owner}, system: system-{}, definition: none",
            index % 4
        );
        add("API", &format!("api-{index}"), "", &spec);
    }
    text
}
