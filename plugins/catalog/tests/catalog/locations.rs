//! Which location has what: several that lead to one file, claim one entity, come and go.

use callboard_catalog::{CatalogConfig, OrphanStrategy};
use callboard_kit::{Decision, Viewer};
use serde_json::{Value, json};

use crate::harness::{Engine, TestCatalog, component, config, location, on_both_databases};

fn leading_to(name: &str, targets: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: {name}\nspec:\n  targets: [{targets}]\n"
    )
}

fn told(name: &str, description: &str) -> String {
    component(name, "").replace("metadata:\n", &format!("metadata:\n  description: {description}\n"))
}

fn locations(targets: &[&str]) -> CatalogConfig {
    CatalogConfig { locations: targets.iter().map(|target| location(target)).collect(), ..config() }
}

async fn description(catalog: &TestCatalog, reference: &str) -> Value {
    let query = format!(r#"{{ entity(ref: "{reference}") {{ description }} }}"#);
    catalog.query(&query).await["entity"]["description"].clone()
}

on_both_databases! {
    async fn a_file_stays_while_any_location_leads_to_it(engine: Engine) {
        let files = [
            ("a.yaml", leading_to("a", "./shared.yaml")),
            ("b.yaml", leading_to("b", "./shared.yaml")),
            ("shared.yaml", component("shared", "")),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let mut catalog = TestCatalog::start_with(engine, locations(&["./a.yaml", "./b.yaml"]), &files).await;
        let uid = catalog.query(r#"{ entity(ref: "component:shared") { uid } }"#).await;
        catalog.write("a.yaml", &leading_to("a", ""));
        catalog.ingest().await;
        assert_eq!(catalog.query(r#"{ entity(ref: "component:shared") { uid } }"#).await, uid, "b leads there");
        let origin = r#"{ entity(ref: "component:shared") { annotation(key: "backstage.io/managed-by-origin-location") ancestry { items { parentRefs } } } }"#;
        let data = catalog.query(origin).await;
        assert!(data["entity"]["annotation"].as_str().unwrap().ends_with("/b.yaml"), "{data}");
        assert_eq!(data["entity"]["ancestry"]["items"][0]["parentRefs"], json!(["location:default/b"]));
        // Back again: the location that comes first has it.
        catalog.write("a.yaml", &leading_to("a", "./shared.yaml"));
        catalog.ingest().await;
        let data = catalog.query(origin).await;
        assert!(data["entity"]["annotation"].as_str().unwrap().ends_with("/a.yaml"), "{data}");
        // The config names one of them no more, then the other.
        catalog.config = locations(&["./b.yaml"]);
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/shared", "location:default/b"]);
        catalog.write("b.yaml", &leading_to("b", ""));
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["location:default/b"]);
    }

    async fn what_the_config_names_no_more_is_gone_even_where_orphans_stay(engine: Engine) {
        let mut config = locations(&["./a.yaml", "./b.yaml"]);
        config.orphan_strategy = OrphanStrategy::Keep;
        let (a, b) = (component("a", ""), component("b", ""));
        let mut catalog = TestCatalog::start_with(engine, config, &[("a.yaml", &a), ("b.yaml", &b)]).await;
        assert_eq!(catalog.references().await.len(), 2);
        catalog.config.locations.remove(0);
        let report = catalog.ingest().await;
        assert_eq!(report.removed, 1);
        assert_eq!(catalog.references().await, ["component:default/b"]);
    }

    async fn what_moves_to_another_location_of_the_config_stays_itself(engine: Engine) {
        let both = format!("{}---\n{}", component("a", ""), component("b", ""));
        let mut catalog = TestCatalog::start_with(engine, locations(&["./old.yaml"]), &[("old.yaml", &both)]).await;
        let uid = catalog.query(r#"{ entity(ref: "component:a") { uid } }"#).await;
        catalog.write("new.yaml", &component("a", ""));
        catalog.config = locations(&["./new.yaml"]);
        let report = catalog.ingest().await;
        assert_eq!(report.removed, 1, "what nothing claims any more is gone");
        assert_eq!(catalog.references().await, ["component:default/a"]);
        assert_eq!(catalog.query(r#"{ entity(ref: "component:a") { uid } }"#).await, uid);
        // And with nothing named in its place.
        catalog.config = locations(&[]);
        catalog.ingest().await;
        assert!(catalog.references().await.is_empty());
    }

    async fn a_claim_is_settled_by_the_order_of_the_config_whatever_is_read_first(engine: Engine) {
        let (first, second) = (told("x", "first"), told("x", "second"));
        let files = [("1.yaml", first.as_str()), ("2.yaml", second.as_str())];
        let mut catalog = TestCatalog::start_with(engine, locations(&["./2.yaml"]), &files).await;
        let uid = catalog.query(r#"{ entity(ref: "component:x") { uid } }"#).await;
        assert_eq!(description(&catalog, "component:x").await, "second");
        // A location that comes first takes over what one after it has, and the entity stays itself.
        catalog.config = locations(&["./1.yaml", "./2.yaml"]);
        catalog.ingest().await;
        assert_eq!(description(&catalog, "component:x").await, "first");
        assert_eq!(catalog.query(r#"{ entity(ref: "component:x") { uid } }"#).await, uid);
        let conflicts = catalog.query(
            r#"{ entity(ref: "component:x") { conflicts { winner loser document message since } }
                 unprocessedEntities(filter: {kind: CONFLICT}) { totalCount nodes { ref kind owner winner winningLocation location } }
                 errors: unprocessedEntities(filter: {kind: ERROR}) { totalCount } }"#,
        ).await;
        let conflict = &conflicts["entity"]["conflicts"][0];
        assert!(conflict["winner"].as_str().unwrap().ends_with("/1.yaml"), "{conflict}");
        assert!(conflict["loser"].as_str().unwrap().ends_with("/2.yaml"), "{conflict}");
        let lost = &conflicts["unprocessedEntities"];
        assert_eq!((&lost["totalCount"], &conflicts["errors"]["totalCount"]), (&json!(1), &json!(0)));
        assert_eq!(lost["nodes"][0]["owner"], "group:default/team-a");
        assert_eq!(lost["nodes"][0]["winner"], "component:default/x");
        // Nothing is written when nothing changed.
        let changes = catalog.changes().await;
        catalog.ingest().await;
        assert_eq!(catalog.changes().await, changes);
        // The other way round, by moving them.
        catalog.config = locations(&["./2.yaml", "./1.yaml"]);
        catalog.ingest().await;
        assert_eq!(description(&catalog, "component:x").await, "second");
        // Who has it lets go: the other one gets it in the same run.
        catalog.write("2.yaml", &component("other", ""));
        catalog.ingest().await;
        assert_eq!(description(&catalog, "component:x").await, "first");
        let data = catalog.query(r#"{ entity(ref: "component:x") { conflicts { loser } } }"#).await;
        assert_eq!(data["entity"]["conflicts"], json!([]));
    }

    async fn only_the_owner_of_a_refused_file_and_who_sees_all_are_told_of_it(engine: Engine) {
        let mine = component("bad name", "").replace("owner: team-a", "owner: user:alice");
        let catalog = TestCatalog::start(engine, &[("mine.yaml", &mine), ("theirs.yaml", &component("b b", ""))]).await;
        catalog.decide(Decision::Conditional(Box::default()));
        let query = "{ unprocessedEntities { totalCount nodes { owner location } } }";
        let (data, _) = catalog.ask(Viewer::user("user:default/alice".parse().unwrap(), []), query).await;
        assert_eq!(data["unprocessedEntities"]["totalCount"], 1, "{data}");
        assert_eq!(data["unprocessedEntities"]["nodes"][0]["owner"], "user:default/alice");
        let (data, _) = catalog.ask(Viewer::user("user:default/eve".parse().unwrap(), []), query).await;
        assert_eq!(data["unprocessedEntities"]["totalCount"], 0);
        let (data, _) = catalog.ask(Viewer::anonymous(), query).await;
        assert_eq!(data["unprocessedEntities"]["totalCount"], 0);
    }

    async fn who_owns_what_is_served_as_it_was_is_told_why(engine: Engine) {
        let owned = component("mine", "").replace("owner: team-a", "owner: user:alice");
        let catalog = TestCatalog::start(engine, &[("mine.yaml", &owned), ("b.yaml", &component("b", ""))]).await;
        catalog.decide(Decision::Conditional(Box::default()));
        let alice = || Viewer::user("user:default/alice".parse().unwrap(), []);
        let query = "{ unprocessedEntities { nodes { ref kind owner } } }";
        let stale = json!([{ "ref": "component:default/mine", "kind": "STALE", "owner": "user:default/alice" }]);
        for broken in [owned.replace("type: service", "type: 5"), owned.replace("owner: user:alice", "owner: 5"), "{{{".to_owned()] {
            catalog.write("mine.yaml", &broken);
            catalog.write("b.yaml", &component("b", "").replace("type: service", "type: 5"));
            catalog.ingest().await;
            let (data, _) = catalog.ask(alice(), query).await;
            assert_eq!(data["unprocessedEntities"]["nodes"], stale, "{broken}");
        }
        catalog.write("mine.yaml", &owned);
        catalog.ingest().await;
        let (data, _) = catalog.ask(alice(), query).await;
        assert_eq!(data["unprocessedEntities"]["nodes"], json!([]));
    }

    async fn a_location_that_cannot_be_read_says_so_and_keeps_what_it_had(engine: Engine) {
        let catalog = TestCatalog::start_with(engine, locations(&["./parts/*.yaml"]), &[("parts/a.yaml", &component("a", ""))]).await;
        catalog.remove("parts/a.yaml");
        catalog.ingest().await;
        let data = catalog.query("{ locations { totalCount nodes { type target origin error entities { totalCount } problemCount removable } } }").await;
        let node = &data["locations"]["nodes"][0];
        assert_eq!(data["locations"]["totalCount"], 1);
        assert_eq!((&node["type"], &node["origin"], &node["removable"]), (&json!("file"), &json!("CONFIG"), &json!(false)));
        assert!(node["error"].as_str().unwrap().contains("does not exist"), "{node}");
        assert_eq!((&node["entities"]["totalCount"], &node["problemCount"]), (&json!(1), &json!(2)));
        catalog.write("parts/a.yaml", &component("a", ""));
        catalog.ingest().await;
        let data = catalog.query("{ locations { nodes { error problemCount } } failed: locations(failed: true) { totalCount } }").await;
        assert_eq!(data["locations"]["nodes"], json!([{ "error": null, "problemCount": 0 }]));
        assert_eq!(data["failed"]["totalCount"], 0);
    }

    async fn an_entity_says_how_it_came_to_be(engine: Engine) {
        let files = [("root.yaml", leading_to("root", "./a.yaml")), ("a.yaml", component("a", ""))];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let catalog = TestCatalog::start_with(engine, locations(&["./root.yaml"]), &files).await;
        let query = r#"{ entity(ref: "component:a") { ingestion { location origin stale error orphan catalogLocation { target } } } }"#;
        let ingestion = catalog.query(query).await["entity"]["ingestion"].clone();
        assert!(ingestion["location"].as_str().unwrap().ends_with("/a.yaml"), "{ingestion}");
        assert!(ingestion["origin"].as_str().unwrap().ends_with("/root.yaml"), "{ingestion}");
        assert!(ingestion["catalogLocation"]["target"].as_str().unwrap().ends_with("/root.yaml"), "{ingestion}");
        assert_eq!((&ingestion["stale"], &ingestion["error"]), (&json!(false), &json!(null)));
        catalog.write("a.yaml", "{{{");
        catalog.ingest().await;
        let ingestion = catalog.query(query).await["entity"]["ingestion"].clone();
        assert_eq!(ingestion["stale"], true, "{ingestion}");
    }
}
