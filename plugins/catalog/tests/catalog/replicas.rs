//! Several processes over one database.

use std::{collections::HashMap, sync::Arc};

use callboard_catalog::{Ingestion, index::IndexDocument};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::harness::{Engine, TestCatalog, component, on_both_databases};

on_both_databases! {
    async fn a_replica_follows_the_change_log(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", ""))]).await;
        let replica = catalog.replica().await;
        catalog.write("b.yaml", &component("b", "  dependsOn: [component:a]\n"));
        catalog.remove("a.yaml");
        catalog.ingest().await;
        replica.index.catch_up().await.unwrap();
        let (own, other) = (catalog.service.index.read(), replica.index.read());
        let references = |index: &callboard_catalog::index::EntityIndex| -> Vec<String> {
            index.all().iter().filter_map(|slot| index.get(slot)).map(|entity| entity.reference.to_string()).collect()
        };
        assert_eq!(references(&other), ["component:default/b"]);
        assert_eq!(references(&own), references(&other));
    }

    async fn a_read_that_finds_nothing_new_shows_what_one_before_it_stored(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", ""))]).await;
        let behind = catalog.replica().await;
        catalog.write("b.yaml", &component("b", ""));
        catalog.ingest().await;
        assert_eq!(behind.index.read().all().len(), 1);
        // As after a run that failed between storing and showing.
        Ingestion::new(Arc::clone(&behind), &catalog.config, catalog.folder.path(), &[])
            .unwrap()
            .run(&CancellationToken::new())
            .await
            .unwrap();
        assert_eq!(behind.index.read().all().len(), 2);
    }

    async fn a_pruned_log_makes_a_replica_start_over(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", ""))]).await;
        let replica = catalog.replica().await;
        for name in ["b", "c"] {
            catalog.write(&format!("{name}.yaml"), &component(name, ""));
            catalog.ingest().await;
        }
        let newest = catalog.changes().await;
        catalog.service.repository().prune_changes(newest - 1).await.unwrap();
        replica.index.catch_up().await.unwrap();
        assert_eq!(replica.index.read().all().len(), 3);
    }

    async fn what_was_written_since_is_not_hidden_by_what_a_process_wrote_itself(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[]).await;
        // A process that has stored an entity and has not looked at the log yet, when another one removes it.
        let slow = catalog.replica().await;
        catalog.write("a.yaml", &component("a", ""));
        catalog.ingest().await;
        let written = catalog.changes().await;
        let uid = catalog.query(r#"{ entity(ref: "component:a") { uid } }"#).await["entity"]["uid"].clone();
        let uid = uid.as_str().unwrap().parse().unwrap();
        let body = json!({ "kind": "Component", "metadata": { "name": "a" } });
        let document = || IndexDocument::new(uid, "component:a".parse().unwrap(), 1, false, &body, Vec::new());
        slow.index.catch_up_with(HashMap::from([(uid, document())]), written).await.unwrap();
        assert_eq!(slow.index.read().all().len(), 1, "what nobody changed since need not be read back");
        let slow = catalog.replica().await;
        catalog.write("a.yaml", "");
        catalog.write("b.yaml", &component("b", ""));
        catalog.ingest().await;
        slow.index.catch_up_with(HashMap::from([(uid, document())]), written).await.unwrap();
        let index = slow.index.read();
        assert_eq!(index.slot_of(&"component:a".parse().unwrap()), None);
        assert_eq!(index.all().len(), 1);
    }
}
