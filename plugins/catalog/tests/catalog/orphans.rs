//! What becomes of what nothing emits any more.

use callboard_catalog::{CatalogConfig, OrphanStrategy};
use serde_json::{Value, json};

use crate::harness::{Engine, TestCatalog, component, config, on_both_databases};

const ORPHANS: &str = r#"{ entities(filter: {orphan: true}) { nodes { name orphan annotation(key: "backstage.io/orphan") } } }"#;

fn keeping() -> CatalogConfig {
    CatalogConfig { orphan_strategy: OrphanStrategy::Keep, ..config() }
}

fn told(name: &str, description: &str) -> String {
    component(name, "").replace("metadata:\n", &format!("metadata:\n  description: {description}\n"))
}

fn both(first: &str, second: &str) -> String {
    format!("{}---\n{}", component(first, ""), component(second, ""))
}

async fn orphans(catalog: &TestCatalog) -> Value {
    catalog.query(ORPHANS).await["entities"]["nodes"].clone()
}

async fn seen(catalog: &TestCatalog, reference: &str) -> Value {
    let query = format!(
        r#"{{ entity(ref: "{reference}") {{ uid description orphan status {{ level }} }} unprocessedEntities {{ totalCount }} }}"#
    );
    catalog.query(&query).await
}

on_both_databases! {
    async fn orphans_are_kept_where_the_config_says_so(engine: Engine) {
        let files = [("a.yaml", component("a", "")), ("b.yaml", component("b", ""))];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let catalog = TestCatalog::start_with(engine, keeping(), &files).await;
        catalog.remove("a.yaml");
        catalog.ingest().await;
        assert_eq!(orphans(&catalog).await, json!([{ "name": "a", "orphan": true, "annotation": "true" }]));
        let changes = catalog.changes().await;
        catalog.ingest().await;
        assert_eq!(catalog.changes().await, changes);
        catalog.write("a.yaml", &component("a", ""));
        catalog.ingest().await;
        assert_eq!(orphans(&catalog).await, json!([]));
        assert_eq!(seen(&catalog, "component:a").await["entity"]["orphan"], false);
    }

    async fn a_document_taken_out_of_a_file_that_stays_is_an_orphan_or_gone(engine: Engine) {
        let text = both("a", "b");
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        catalog.write("all.yaml", &component("b", ""));
        assert_eq!(catalog.ingest().await.removed, 1);
        assert_eq!(catalog.references().await, ["component:default/b"]);

        let catalog = TestCatalog::start_with(engine, keeping(), &[("all.yaml", &text)]).await;
        let before = seen(&catalog, "component:a").await;
        catalog.write("all.yaml", &component("b", ""));
        assert_eq!(catalog.ingest().await.removed, 0);
        assert_eq!(orphans(&catalog).await, json!([{ "name": "a", "orphan": true, "annotation": "true" }]));
        // Whatever becomes of the file is nothing to it, and it is marked once.
        let changes = catalog.changes().await;
        catalog.ingest().await;
        assert_eq!(catalog.changes().await, changes);
        catalog.write("all.yaml", "{{{");
        catalog.ingest().await;
        let orphan = seen(&catalog, "component:a").await;
        assert_eq!((&orphan["entity"]["orphan"], &orphan["entity"]["status"]), (&json!(true), &json!([])));
        catalog.write("all.yaml", &both("c", "b"));
        catalog.ingest().await;
        assert_eq!(orphans(&catalog).await, json!([{ "name": "a", "orphan": true, "annotation": "true" }]));
        // It comes back where it was, and is itself.
        catalog.write("all.yaml", &text);
        catalog.ingest().await;
        assert_eq!(seen(&catalog, "component:a").await, before);
        assert_eq!(orphans(&catalog).await, json!([{ "name": "c", "orphan": true, "annotation": "true" }]));
    }

    async fn whoever_claims_what_became_an_orphan_has_it(engine: Engine) {
        let first = format!("{}---\n{}", told("a", "first"), component("b", ""));
        let files = [("1.yaml", first.as_str()), ("2.yaml", &told("a", "second"))];
        let catalog = TestCatalog::start_with(engine, keeping(), &files).await;
        let before = seen(&catalog, "component:a").await;
        assert_eq!((&before["entity"]["description"], &before["unprocessedEntities"]["totalCount"]), (&json!("first"), &json!(1)));
        catalog.write("1.yaml", &component("b", ""));
        catalog.ingest().await;
        let now = seen(&catalog, "component:a").await;
        assert_eq!((&now["entity"]["description"], &now["entity"]["orphan"]), (&json!("second"), &json!(false)));
        assert_eq!(now["entity"]["uid"], before["entity"]["uid"]);
        assert_eq!(now["unprocessedEntities"]["totalCount"], 0, "nobody is told that it lost any more");
        assert_eq!(orphans(&catalog).await, json!([]));
    }

    async fn orphans_stay_when_the_location_they_came_from_goes(engine: Engine) {
        let mut catalog = TestCatalog::start_with(engine, keeping(), &[("all.yaml", &both("a", "b"))]).await;
        catalog.write("all.yaml", &component("b", ""));
        catalog.ingest().await;
        catalog.config.locations.clear();
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/a"], "as of a file that was let go");
        // And what was kept goes when it is not to be kept any more.
        catalog.config.orphan_strategy = OrphanStrategy::Delete;
        catalog.ingest().await;
        assert!(catalog.references().await.is_empty());
        for table in ["catalog_entities", "catalog_sources", "catalog_source_parents"] {
            assert_eq!(catalog.count(table).await, 0, "{table}");
        }
    }
}
