use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::{CatalogReader, Decision, EntityFilter, EntityRef, OwnerRef, Viewer};
use serde_json::json;

use crate::harness::{Engine, TestCatalog, component, group, on_both_databases, only, texts, user};

async fn company(engine: Engine) -> TestCatalog {
    let text = [
        component("a", "  dependsOn: [component:b, component:c]\n"),
        component("b", "").replace("team-a", "team-b"),
        component("c", "").replace("type: service", "type: website"),
        group("team-a", ""),
        group("team-b", "  parent: team-a\n"),
        "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: ada\nspec:\n  memberOf: [team-b]\n  profile: {displayName: Ada L.}\n".to_owned(),
    ]
    .join("---\n");
    TestCatalog::start(engine, &[("all.yaml", &text)]).await
}

fn owned_by(team: &str) -> EntityFilter {
    let owner = OwnerRef::try_from(team.to_owned()).unwrap();
    EntityFilter { owner: Some(vec![owner]), ..EntityFilter::default() }
}

const EVERYTHING: &str = r#"{
    entities { totalCount nodes { ref } facets(fields: ["kind", "spec.type"]) { field values { value count } } }
    entityKinds { kind count }
    entity(ref: "component:a") { ref relations(type: ["dependsOn"]) { totalCount nodes { targetRef target { ref } } } owner { ref }
        ... on Component { dependsOn { totalCount nodes { ref } } } }
    hidden: entity(ref: "component:b") { ref }
    entitiesByRef(refs: ["component:b", "component:a", "component:nothing"]) { ref }
}"#;

on_both_databases! {
    async fn a_condition_narrows_every_answer(engine: Engine) {
        let catalog = company(engine).await;
        catalog.decide(only(owned_by("team-a")));
        let data = catalog.query(EVERYTHING).await;
        assert_eq!(data, json!({
            "entities": {
                "totalCount": 2,
                "nodes": [{ "ref": "component:default/a" }, { "ref": "component:default/c" }],
                "facets": [
                    { "field": "kind", "values": [{ "value": "Component", "count": 2 }] },
                    { "field": "spec.type", "values": [{ "value": "service", "count": 1 }, { "value": "website", "count": 1 }] },
                ],
            },
            "entityKinds": [{ "kind": "Component", "count": 2 }],
            "entity": {
                "ref": "component:default/a",
                "relations": { "totalCount": 2, "nodes": [
                    { "targetRef": "component:default/b", "target": null },
                    { "targetRef": "component:default/c", "target": { "ref": "component:default/c" } },
                ] },
                "owner": null,
                "dependsOn": { "totalCount": 1, "nodes": [{ "ref": "component:default/c" }] },
            },
            "hidden": null,
            "entitiesByRef": [null, { "ref": "component:default/a" }, null],
        }));
        let unprocessed = catalog.query("{ unprocessedEntities { totalCount } }").await;
        assert_eq!(unprocessed["unprocessedEntities"]["totalCount"], 0);
    }

    async fn what_hidden_entities_declare_is_not_told_of_their_targets(engine: Engine) {
        let catalog = company(engine).await;
        // Of all that it owns, depends on and is depended on by, only the groups are seen.
        catalog.decide(only(EntityFilter { kind: Some(vec!["group".to_owned()]), ..EntityFilter::default() }));
        let query = r#"{ entity(ref: "group:team-b") { relations { totalCount nodes { type targetRef } } }
            entities { facets(fields: ["relations.ownerOf", "relations.childOf"]) { values { value count } } }
            probe: entities(filter: { fields: [{ field: "relations.ownerOf", in: ["component:default/b"] }] }) { totalCount }
            owners: entities(filter: { fields: [{ field: "relations.ownerOf", exists: true }] }) { totalCount } }"#;
        let data = catalog.query(query).await;
        assert_eq!(data, json!({
            "entity": { "relations": { "totalCount": 1, "nodes": [{ "type": "childOf", "targetRef": "group:default/team-a" }] } },
            "entities": { "facets": [
                { "values": [] },
                { "values": [{ "value": "group:default/team-a", "count": 1 }] },
            ] },
            "probe": { "totalCount": 0 },
            "owners": { "totalCount": 0 },
        }));
        // What an entity declares itself dangles.
        let catalog = company(engine).await;
        catalog.decide(only(owned_by("team-a")));
        let data = catalog.query(r#"{ entities { facets(fields: ["relations.dependsOn"]) { values { value count } } } }"#).await;
        assert_eq!(data["entities"]["facets"][0]["values"], json!([
            { "value": "component:default/b", "count": 1 }, { "value": "component:default/c", "count": 1 },
        ]));
    }

    async fn an_order_tells_nothing_of_what_is_hidden(engine: Engine) {
        let catalog = company(engine).await;
        catalog.decide(only(EntityFilter { kind: Some(vec!["group".to_owned()]), ..EntityFilter::default() }));
        let list = r#"entities(orderBy: [{field: "relations.ownerOf", direction: DESC}], first: 1) {
            nodes { name } pageInfo { endCursor hasNextPage } }"#;
        let data = catalog.query(&format!("{{ {list} }}")).await;
        let cursor = data["entities"]["pageInfo"]["endCursor"].as_str().unwrap();
        let told = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).unwrap()).unwrap();
        assert!(told.starts_with("[null,"), "a cursor holds what its list is ordered by: {told}");
        // Nobody stands before another for what it owns in secret: the order is that of the uids.
        let uids = catalog.query("{ entities { nodes { name uid } } }").await;
        let mut groups = uids["entities"]["nodes"].as_array().unwrap().clone();
        groups.sort_by_key(|group| group["uid"].as_str().unwrap().to_owned());
        let names: Vec<String> = groups.iter().map(|group| group["name"].as_str().unwrap().to_owned()).collect();
        for order in ["ASC", "DESC"] {
            let data = catalog.query(&format!(
                r#"{{ entities(orderBy: [{{field: "relations.ownerOf", direction: {order}}}]) {{ nodes {{ name }} edges {{ cursor }} }} }}"#
            )).await;
            assert_eq!(texts(&data["entities"]["nodes"], "name"), names, "{order}");
        }
        // Of lists within an entity, too.
        let data = catalog.query(r#"{ entity(ref: "group:team-a") { ... on Group { children(orderBy: [{field: "relations.ownerOf"}]) {
            edges { cursor } } } } }"#).await;
        let cursor = data["entity"]["children"]["edges"][0]["cursor"].as_str().unwrap();
        assert!(URL_SAFE_NO_PAD.decode(cursor).unwrap().starts_with(b"[null,"));
        // A list's item is a path of its own.
        let data = catalog.query(r#"{ entities(filter: { fields: [{ field: "relations.ownerOf.component:default/b", exists: true }] }) { totalCount }
            said: entities(filter: { fields: [{ field: "relations.ownerOf.component:default/b", in: ["true"] }] }) { totalCount
                facets(fields: ["relations.ownerOf.component:default/b"]) { values { count } } } }"#).await;
        assert_eq!(data["entities"]["totalCount"], 0);
        assert_eq!(data["said"], json!({ "totalCount": 0, "facets": [{ "values": [] }] }));
    }

    async fn a_denial_leaves_nothing_to_be_seen(engine: Engine) {
        let catalog = company(engine).await;
        catalog.decide(Decision::Deny);
        let data = catalog.query(EVERYTHING).await;
        assert_eq!(data["entities"], json!({ "totalCount": 0, "nodes": [], "facets": [
            { "field": "kind", "values": [] }, { "field": "spec.type", "values": [] }] }));
        assert_eq!((&data["entity"], &data["entityKinds"]), (&json!(null), &json!([])));
        assert_eq!(data["entitiesByRef"], json!([null, null, null]));
        let yaml = r#"{ validateEntity(yaml: "kind: X") { valid } }"#;
        assert_eq!(catalog.query(yaml).await["validateEntity"], json!(null));
    }

    async fn what_is_hidden_cannot_be_starred(engine: Engine) {
        let catalog = company(engine).await;
        catalog.decide(only(owned_by("team-a")));
        let star = |name: &str| format!(r#"mutation {{ starEntity(input: {{ref: "component:{name}"}}) {{ entity {{ ref }} }} }}"#);
        let (data, errors) = catalog.ask(user("user:default/ada"), &star("b")).await;
        let (_, absent) = catalog.ask(user("user:default/ada"), &star("nothing")).await;
        assert_eq!(data["starEntity"], json!(null));
        assert_eq!(errors, ["no entity `component:default/b`"]);
        assert_eq!(absent, ["no entity `component:default/nothing`"]);
        let (_, errors) = catalog.ask(Viewer::anonymous(), &star("a")).await;
        assert_eq!(errors, ["sign in first"]);
    }

    async fn stars_belong_to_the_viewer(engine: Engine) {
        let catalog = company(engine).await;
        let ada = || user("user:default/ada");
        for (name, starred) in [("a", true), ("b", true), ("a", true), ("b", false)] {
            let star = format!(
                r#"mutation {{ starEntity(input: {{ref: "component:{name}", starred: {starred}}}) {{ entity {{ name }} }} }}"#);
            let (data, errors) = catalog.ask(ada(), &star).await;
            assert_eq!((errors.len(), &data["starEntity"]["entity"]["name"]), (0, &json!(name)));
        }
        let starred = "{ entities(filter: {starredByViewer: true}) { nodes { name } } }";
        let (data, _) = catalog.ask(ada(), starred).await;
        assert_eq!(data["entities"]["nodes"], json!([{ "name": "a" }]));
        assert_eq!(catalog.query(starred).await["entities"]["nodes"], json!([]));
        let viewer = r#"{ _entities(representations: [{__typename: "Viewer", ref: "user:default/ada"}]) {
            ... on Viewer { ref entity { displayName memberOf { nodes { name } } } starred { name } } } }"#;
        let (data, _) = catalog.ask(ada(), viewer).await;
        assert_eq!(data["_entities"], json!([{ "ref": "user:default/ada", "starred": [{ "name": "a" }],
            "entity": { "displayName": "Ada L.", "memberOf": { "nodes": [{ "name": "team-b" }] } } }]));
        let (data, _) = catalog.ask(user("user:default/bob"), viewer).await;
        assert_eq!(data["_entities"][0]["starred"], json!(null));
    }

    async fn guests_star_nothing_since_they_are_all_one_user(engine: Engine) {
        let catalog = company(engine).await;
        let guest = || Viewer::user("user:default/ada".parse().unwrap(), []);
        let star = r#"mutation { starEntity(input: {ref: "component:a"}) { entity { ref } } }"#;
        let (_, errors) = catalog.ask(user("user:default/ada"), star).await;
        assert!(errors.is_empty(), "{errors:?}");
        let (data, errors) = catalog.ask(guest(), star).await;
        assert_eq!(data["starEntity"], json!(null));
        assert_eq!(errors, ["guests cannot star anything, since all of them are one user: sign in first"]);
        let own = r#"{ entities(filter: {starredByViewer: true}) { totalCount }
            _entities(representations: [{__typename: "Viewer", ref: "user:default/ada"}]) { ... on Viewer { starred { name } } } }"#;
        let (data, _) = catalog.ask(guest(), own).await;
        assert_eq!(data, json!({ "entities": { "totalCount": 0 }, "_entities": [{ "starred": null }] }));
    }

    async fn ownership_reaches_through_the_groups_above(engine: Engine) {
        let catalog = company(engine).await;
        let ada: EntityRef = "user:default/ada".parse().unwrap();
        let groups = catalog.service.groups_of(&ada).await.unwrap();
        let names: Vec<&str> = groups.iter().map(EntityRef::as_str).collect();
        assert_eq!(names, ["group:default/team-a", "group:default/team-b"]);
        let viewer = Viewer::user(ada.clone(), groups);
        let (data, _) = catalog.ask(viewer, "{ entities(filter: {ownedByViewer: true}) { nodes { name } } }").await;
        assert_eq!(data["entities"]["nodes"], json!([{ "name": "a" }, { "name": "b" }, { "name": "c" }]));
        assert_eq!(catalog.service.display_name(&ada).await.unwrap().as_deref(), Some("Ada L."));
        let id = catalog.service.id_of(&"component:a".parse().unwrap()).await.unwrap().unwrap();
        let selected = catalog.service.select(&[id, "nonsense".to_owned()], &owned_by("team-a")).await.unwrap();
        assert_eq!(selected, [true, false]);
    }
}
