use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

use super::fields::{Led, led_to};

/// A portal with entities of many kinds, and all that an admin knows of them.
pub struct World {
    pub portal: TestPortal,
    /// By reference.
    pub entities: BTreeMap<String, Value>,
    /// What leads from one to the other by the fields of their types.
    pub led: Led,
}

/// Leads to the components and the APIs.
pub const LOCATION: &str = "location:default/rest";

const ALL: &str = "{ entities(first: 60) { nodes { ref id kind metadata spec
    relations(first: 60) { nodes { type targetRef target { ref } } } } } }";

impl World {
    pub async fn start(database: Database) -> Self {
        let registry = callboard_api::plugins::registry();
        let admin =
            json!({ "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] });
        let places = json!({ "name": "places", "members": ["*"], "grants": [{ "permission": "catalog.location.read" }] });
        let everything = json!({ "name": "everything", "members": ["*"], "grants": [{ "permission": "*" }] });
        let config = json!({
            "permission": { "roles": [admin, everything] },
            "auth": { "tokens": [
                { "token": "alice-token", "subject": "user:default/alice" },
                { "token": "bob-token", "subject": "user:default/bob" },
                { "token": "eve-token", "subject": "user:default/eve" },
                { "token": "robot-token", "subject": "service:default/robot", "permissions": ["catalog.*"] },
                {
                    "token": "narrow-token", "subject": "user:default/eve",
                    "permissions": ["catalog.location.read", "policy.*"],
                },
            ] },
        });
        let (text, parts) = (descriptors(), parts());
        let files = [("world.yaml", text.as_str()), ("rest.txt", &parts)];
        let mut portal = TestPortal::start_with(database, &files, config, registry).await;
        portal.has_entities(text.matches("\nkind:").count() + parts.matches("\nkind:").count()).await;
        let answer = portal.alice().ask(ALL).await;
        let nodes = answer.data("/entities/nodes").as_array().unwrap().clone();
        let entities: BTreeMap<String, Value> =
            nodes.into_iter().map(|node| (node["ref"].as_str().unwrap().to_owned(), node)).collect();
        let led = led_to(&portal.alice()).await;
        // While everyone sees everything, bob stars it.
        for reference in entities.keys() {
            let input = json!({ "ref": reference });
            let star = "mutation($input: StarEntityInput!) { starEntity(input: $input) { entity { ref } } }";
            portal.bob().ask_with(star, json!({ "input": input })).await;
        }
        portal.restart(json!({ "permission": { "roles": [admin, places] } })).await;
        portal.has_entities(entities.len()).await;
        portal
            .eventually("{ search(text: \"\") { totalCount } }", |answer| {
                answer.pointer("/data/search/totalCount") == Some(&json!(entities.len()))
            })
            .await;
        Self { portal, entities, led }
    }

    pub fn text<'a>(&'a self, reference: &str, pointer: &str) -> Option<&'a str> {
        self.entities[reference].pointer(pointer)?.as_str()
    }

    /// The types of all relations that there are.
    pub fn relation_types(&self) -> BTreeSet<&str> {
        let relations = self.entities.values().filter_map(|entity| entity["relations"]["nodes"].as_array());
        relations.flatten().filter_map(|relation| relation["type"].as_str()).collect()
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

/// Three groups below each other, three users, and systems with their stores.
fn descriptors() -> String {
    let mut text = Text::default();
    text.add("Group", "company", "", "type: organization, children: []");
    text.add("Group", "crew", "", "type: team, parent: company, children: []");
    text.add("Group", "port", ", labels: { tier: two }", "type: team, parent: crew, children: []");
    text.add("User", "bob", "", "memberOf: [crew]");
    text.add("User", "eve", "", "memberOf: [port]");
    text.add("User", "dan", "", "memberOf: [company]");
    text.add("Domain", "sea", "", "owner: company");
    text.add("Domain", "bay", "", "owner: port, subdomainOf: sea");
    text.add("Location", "rest", "", "targets: [./rest.txt]");
    for index in 0..4 {
        let owner = OWNERS[index % OWNERS.len()];
        text.add("System", &format!("system-{index}"), "", &format!("owner: {owner}, domain: sea"));
        let spec = format!("type: database, owner: {owner}, system: system-{index}");
        text.add("Resource", &format!("store-{index}"), "", &spec);
    }
    text.0
}

/// Components that depend on each other, and their APIs.
fn parts() -> String {
    let mut text = Text::default();
    let tiers = ["one", "two", "Three"];
    for index in 0..18 {
        let owner = OWNERS[index % OWNERS.len()];
        let label = match index % 4 {
            3 => String::new(),
            rest => format!(", labels: {{ tier: {} }}", tiers[rest % 3]),
        };
        let annotation = if index % 3 == 0 { ", annotations: { acme.io/seal: Yes }" } else { "" };
        let tags = if index % 5 == 0 { ", tags: [fast, small]" } else { "" };
        let lifecycle = if index % 2 == 0 { "production" } else { "experimental" };
        let below =
            if index % 6 == 5 { format!(", subcomponentOf: part-{}", index - 1) } else { String::new() };
        let spec = format!(
            "type: service, lifecycle: {lifecycle}, owner: {owner}, system: system-{}, dependsOn: [component:part-{}, resource:store-{}], providesApis: [api-{}], consumesApis: [api-{}]{below}",
            index % 4,
            (index + 7) % 18,
            index % 4,
            index % 6,
            (index + 1) % 6
        );
        text.add("Component", &format!("part-{index}"), &format!("{label}{annotation}{tags}"), &spec);
    }
    for index in 0..6 {
        let owner = OWNERS[(index + 2) % OWNERS.len()];
        let spec = format!(
            "type: openapi, lifecycle: production, owner: {owner}, system: system-{}, definition: none",
            index % 4
        );
        text.add("API", &format!("api-{index}"), "", &spec);
    }
    text.0
}

const OWNERS: [&str; 5] = ["crew", "port", "company", "user:bob", "nobody"];

#[derive(Default)]
struct Text(String);

impl Text {
    fn add(&mut self, kind: &str, name: &str, metadata: &str, spec: &str) {
        let _ = write!(
            self.0,
            "---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata: {{ name: {name}{metadata} }}\nspec: {{ {spec} }}\n"
        );
    }
}
