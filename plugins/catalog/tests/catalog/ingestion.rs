use callboard_catalog::{CatalogConfig, OrphanStrategy};
use serde_json::json;

use crate::harness::{Engine, TestCatalog, component, config, group, location, on_both_databases, texts};

const STATUS: &str =
    r#"{ entity(ref: "component:a") { description orphan status { type level message error } } }"#;

fn with_locations(targets: &[&str]) -> CatalogConfig {
    CatalogConfig { locations: targets.iter().map(|target| location(target)).collect(), ..config() }
}

on_both_databases! {
    async fn every_document_of_a_file_becomes_an_entity(engine: Engine) {
        let text = format!("{}---\n{}---\n", component("a", ""), group("team-a", ""));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        assert_eq!(catalog.references().await, ["component:default/a", "group:default/team-a"]);
    }

    async fn a_bad_document_does_not_hide_the_good_ones(engine: Engine) {
        let text = format!("{}---\nkind: Component\n---\n{}", component("a", ""), component("b", ""));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        assert_eq!(catalog.references().await, ["component:default/a", "component:default/b"]);
        let data = catalog.query("{ unprocessedEntities { totalCount nodes { location document ref errors { message error } } } }").await;
        let unprocessed = &data["unprocessedEntities"];
        assert_eq!(unprocessed["totalCount"], 1);
        let node = &unprocessed["nodes"][0];
        assert_eq!(node["document"], 1);
        assert!(node["location"].as_str().unwrap().ends_with("/all.yaml"), "{node}");
        let error = &node["errors"][0]["error"];
        assert_eq!(error["line"], 10, "{error}");
        assert!(error["rule"].is_string() && error["field"].is_string(), "{error}");
    }

    async fn a_document_that_turns_bad_keeps_its_last_good_version(engine: Engine) {
        let good = component("a", "").replace("name: a", "name: a\n  description: good");
        let catalog = TestCatalog::start(engine, &[("a.yaml", &good)]).await;
        catalog.write("a.yaml", &component("a", "").replace("owner: team-a", "owner: 5"));
        catalog.ingest().await;
        let data = catalog.query(STATUS).await;
        assert_eq!(data["entity"]["description"], "good");
        let status = &data["entity"]["status"][0];
        assert_eq!((status["type"].as_str(), status["level"].as_str()),
            (Some("backstage.io/catalog-processing"), Some("error")));
        assert_eq!(status["error"]["field"], "spec.owner");

        let changes = catalog.changes().await;
        catalog.ingest().await;
        assert_eq!(catalog.changes().await, changes, "an error that is known is not written again");

        catalog.write("a.yaml", &good);
        catalog.ingest().await;
        assert_eq!(catalog.query(STATUS).await["entity"]["status"], json!([]));
    }

    async fn a_file_that_is_no_yaml_any_more_keeps_all_it_had(engine: Engine) {
        let text = format!("{}---\n{}", component("a", ""), component("b", ""));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        catalog.write("all.yaml", "{{{");
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/a", "component:default/b"]);
        let data = catalog.query("{ entities { nodes { status { level } } } }").await;
        assert_eq!(data["entities"]["nodes"], json!([{ "status": [{ "level": "error" }] }, { "status": [{ "level": "error" }] }]));
        catalog.write("all.yaml", &component("b", ""));
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/b"]);
    }

    async fn a_bad_document_becomes_an_entity_once_it_is_mended(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", "kind: Component\n")]).await;
        assert_eq!(catalog.references().await, [""; 0]);
        catalog.write("a.yaml", &component("a", ""));
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/a"]);
        assert_eq!(catalog.query("{ unprocessedEntities { totalCount } }").await["unprocessedEntities"]["totalCount"], 0);
    }

    async fn what_a_glob_no_longer_finds_is_removed(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", "")), ("b.yaml", &component("b", ""))]).await;
        catalog.remove("a.yaml");
        let report = catalog.ingest().await;
        assert_eq!((report.removed, report.stored), (1, 0));
        assert_eq!(catalog.references().await, ["component:default/b"]);
        catalog.write("b.yaml", "");
        catalog.ingest().await;
        assert_eq!(catalog.references().await, [""; 0]);
    }

    async fn of_two_that_claim_a_reference_the_first_location_wins(engine: Engine) {
        let first = component("a", "").replace("name: a", "name: a\n  description: first");
        let second = component("A", "").replace("name: A", "name: A\n  description: second");
        let config = with_locations(&["./z.yaml", "./b.yaml"]);
        let catalog = TestCatalog::start_with(engine, config, &[("b.yaml", &second), ("z.yaml", &first)]).await;
        assert_eq!(catalog.query(STATUS).await["entity"]["description"], "first");
        let data = catalog.query("{ unprocessedEntities { nodes { ref errors { message error } } } }").await;
        let error = &data["unprocessedEntities"]["nodes"][0]["errors"][0];
        assert_eq!(error["error"]["rule"], "conflict");
        let sources = error["error"]["sources"].to_string();
        assert!(sources.contains("/z.yaml") && sources.contains("/b.yaml"), "{sources}");
        let uid = uid(&catalog, "component:a").await;

        catalog.write("z.yaml", "");
        catalog.ingest().await;
        catalog.ingest().await;
        assert_eq!(catalog.query(STATUS).await["entity"]["description"], "second");
        catalog.write("z.yaml", &first);
        catalog.ingest().await;
        assert_eq!(catalog.query(STATUS).await["entity"]["description"], "first");
        assert_eq!(catalog.references().await.len(), 1);
        let _ = uid;
    }

    async fn an_unchanged_refresh_writes_nothing(engine: Engine) {
        let text = format!("{}---\nkind: Nothing\n---\n{}", component("a", ""), group("team-a", ""));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text), ("bad.yaml", "{{{")]).await;
        let (changes, version) = (catalog.changes().await, catalog.service.index.read().version());
        let report = catalog.ingest().await;
        assert_eq!((report.stored, report.removed, report.refused), (0, 0, 2));
        assert_eq!(catalog.changes().await, changes);
        assert_eq!(catalog.service.index.read().version(), version);
    }

    async fn a_restart_serves_the_same_entities_before_anything_is_read(engine: Engine) {
        let text = format!("{}---\n{}", component("a", ""), group("team-a", ""));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        let query = r#"{ entity(ref: "component:a") { id uid etag owner { name } relations { nodes { type targetRef } } } }"#;
        let before = catalog.query(query).await;
        assert_eq!(before["entity"]["owner"]["name"], "team-a");
        let catalog = catalog.restart().await;
        assert_eq!(catalog.query(query).await, before);
        catalog.ingest().await;
        assert_eq!(catalog.query(query).await, before);
    }

    async fn relations_are_there_from_both_sides_and_vanish_together(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", "  dependsOn: [resource:db, component:b]\n"))]).await;
        let relations = async |reference: &str| {
            let query = format!(r#"{{ entity(ref: "{reference}") {{ relations {{ nodes {{ type targetRef target {{ name }} }} }} }} }}"#);
            catalog.query(&query).await["entity"]["relations"]["nodes"].clone()
        };
        assert_eq!(relations("component:a").await, json!([
            { "type": "dependsOn", "targetRef": "component:default/b", "target": null },
            { "type": "dependsOn", "targetRef": "resource:default/db", "target": null },
            { "type": "ownedBy", "targetRef": "group:default/team-a", "target": null },
        ]));
        catalog.write("b.yaml", &component("b", ""));
        catalog.ingest().await;
        assert_eq!(relations("component:a").await[0]["target"]["name"], "b");
        let of_b = relations("component:b").await;
        assert!(of_b.as_array().unwrap().contains(&json!({ "type": "dependencyOf", "targetRef": "component:default/a", "target": { "name": "a" } })));
        catalog.write("a.yaml", &component("a", ""));
        catalog.ingest().await;
        assert_eq!(texts(&relations("component:b").await, "type"), ["ownedBy"]);
    }

    async fn locations_lead_to_files_and_say_what_is_missing(engine: Engine) {
        let leads = |targets: &str| format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: root\nspec:\n  targets: [{targets}]\n");
        let catalog = TestCatalog::start_with(engine, with_locations(&["./root.yaml"]), &[
            ("root.yaml", &leads("./parts/*.yaml, ./gone.yaml")),
            ("parts/a.yaml", &component("a", "")),
            ("parts/b.yaml", &component("b", "")),
        ]).await;
        assert_eq!(catalog.references().await, ["component:default/a", "component:default/b", "location:default/root"]);
        let data = catalog.query(r#"{ entity(ref: "location:root") { status { level error } ... on Location { targets presence } } }"#).await;
        assert_eq!(data["entity"]["status"][0]["error"]["field"], "spec.targets.1", "{data}");
        assert_eq!(data["entity"]["targets"], json!(["./parts/*.yaml", "./gone.yaml"]));
        let data = catalog.query(r#"{ entity(ref: "component:a") { ancestry { items { entity { ref } parentRefs } } } }"#).await;
        assert_eq!(data["entity"]["ancestry"]["items"], json!([
            { "entity": { "ref": "component:default/a" }, "parentRefs": ["location:default/root"] },
            { "entity": { "ref": "location:default/root" }, "parentRefs": [] },
        ]));
        catalog.write("root.yaml", &leads("./parts/b.yaml"));
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/b", "location:default/root"]);
    }

    async fn an_entity_that_moves_to_another_file_stays_itself(engine: Engine) {
        let told = |text: &str| component("x", "").replace("  name: x\n", &format!("  name: x\n  description: {text}\n"));
        let catalog = TestCatalog::start(engine, &[("b.yaml", &told("from b"))]).await;
        let query = r#"{ entity(ref: "component:x") { uid description status { level } } unprocessedEntities { totalCount } }"#;
        let before = catalog.query(query).await;
        // To a file that comes first, where the old one still has it.
        catalog.write("a.yaml", &told("from a"));
        catalog.ingest().await;
        let taken = catalog.query(query).await;
        assert_eq!(taken["entity"], json!({ "uid": before["entity"]["uid"], "description": "from a", "status": [] }));
        assert_eq!(taken["unprocessedEntities"]["totalCount"], 1, "b's is told of");
        let found = catalog.query(r#"{ entities(text: "from b") { totalCount } }"#).await;
        assert_eq!(found["entities"]["totalCount"], 0);
        // The old file breaks: that is nothing to the entity.
        catalog.write("b.yaml", "a: [");
        catalog.ingest().await;
        assert_eq!(catalog.query(query).await["entity"], taken["entity"]);
        // To a file that comes last, in one run.
        catalog.write("b.yaml", &component("y", ""));
        catalog.remove("a.yaml");
        catalog.write("c.yaml", &told("from c"));
        catalog.ingest().await;
        let moved = catalog.query(query).await;
        assert_eq!(moved["entity"], json!({ "uid": before["entity"]["uid"], "description": "from c", "status": [] }));
        // Within files that stay.
        catalog.write("b.yaml", &format!("{}---\n{}", component("y", ""), component("z", "")));
        catalog.ingest().await;
        let uid = catalog.query(r#"{ entity(ref: "component:z") { uid } }"#).await;
        catalog.write("b.yaml", &component("y", ""));
        catalog.write("c.yaml", &format!("{}---\n{}", told("from c"), component("z", "")));
        catalog.ingest().await;
        assert_eq!(catalog.query(r#"{ entity(ref: "component:z") { uid } }"#).await, uid);
    }

    async fn an_error_on_the_way_removes_nothing(engine: Engine) {
        let root = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: root\nspec:\n  target: ./parts/a.yaml\n";
        let catalog = TestCatalog::start_with(engine, with_locations(&["./root.yaml"]), &[
            ("root.yaml", root),
            ("parts/a.yaml", &component("a", "")),
        ]).await;
        catalog.write("root.yaml", "{{{");
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/a", "location:default/root"]);
        catalog.remove("root.yaml");
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/a", "location:default/root"]);
        catalog.write("root.yaml", root);
        catalog.remove("parts/a.yaml");
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/a", "location:default/root"]);
    }

    async fn an_entity_whose_file_is_gone_though_named_keeps_its_version_and_says_so(engine: Engine) {
        let leads = |more: &str| format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: root\nspec:\n  target: ./parts/a.yaml\n{more}");
        let status = r#"{ entity(ref: "component:a") { description orphan status { level message error } }
            root: entity(ref: "location:root") { status { level } } }"#;
        let good = component("a", "").replace("name: a", "name: a\n  description: good");
        for strategy in [OrphanStrategy::Delete, OrphanStrategy::Keep] {
            let config = CatalogConfig { orphan_strategy: strategy, ..with_locations(&["./root.yaml"]) };
            let catalog = TestCatalog::start_with(engine, config, &[("root.yaml", &leads("")), ("parts/a.yaml", &good)]).await;
            catalog.remove("parts/a.yaml");
            catalog.ingest().await;
            let data = catalog.query(status).await;
            assert_eq!((&data["entity"]["description"], &data["entity"]["orphan"]), (&json!("good"), &json!(false)));
            let told = &data["entity"]["status"][0];
            let message = told["message"].as_str().unwrap();
            assert!(message.contains("/parts/a.yaml does not exist any more and `location:default/root` still names it"), "{message}");
            assert!(told["error"]["file"].as_str().unwrap().ends_with("/parts/a.yaml"), "{told}");
            assert_eq!(data["root"]["status"], json!([{ "level": "error" }]));
            let changes = catalog.changes().await;
            catalog.ingest().await;
            assert_eq!(catalog.changes().await, changes, "what is said already is not written again");
            // The file comes back as it was.
            catalog.write("parts/a.yaml", &good);
            catalog.ingest().await;
            let data = catalog.query(status).await;
            assert_eq!((&data["entity"]["status"], &data["root"]["status"]), (&json!([]), &json!([])));
            // What need not be there is an orphan when it is not.
            catalog.write("root.yaml", &leads("  presence: optional\n"));
            catalog.remove("parts/a.yaml");
            catalog.ingest().await;
            let data = catalog.query(status).await;
            match strategy {
                OrphanStrategy::Delete => assert_eq!(data["entity"], json!(null)),
                OrphanStrategy::Keep => assert_eq!(data["entity"]["orphan"], json!(true)),
            }
        }
    }

    async fn a_location_that_turned_bad_is_no_fault_of_what_it_led_to(engine: Engine) {
        let root = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: root\nspec:\n  target: ./parts/a.yaml\n";
        let catalog = TestCatalog::start_with(engine, with_locations(&["./root.yaml"]), &[
            ("root.yaml", root),
            ("parts/a.yaml", &component("a", "")),
        ]).await;
        catalog.write("root.yaml", "{{{");
        catalog.ingest().await;
        assert_eq!(catalog.query(STATUS).await["entity"]["status"], json!([]));
    }
}

async fn uid(catalog: &TestCatalog, reference: &str) -> String {
    let data = catalog.query(&format!(r#"{{ entity(ref: "{reference}") {{ uid }} }}"#)).await;
    data["entity"]["uid"].as_str().unwrap().to_owned()
}
