//! Documents of other plugins, and an index that is built beside the one that answers.

use std::sync::atomic::Ordering;

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{
    fed::{EMPTY, FAILING, Notes, WELL, note, notes, registry},
    world::{components, finds, search, titles},
};
use crate::roles::mutate;

/// The notes of a portal are found by which one started last.
static STARTING: Mutex<()> = Mutex::const_new(());

const CART: &str = "cart | Cart | crew | Holds what is bought. |\n";

async fn portal(database: Database, config: Value) -> (TestPortal, Notes) {
    let _starting = STARTING.lock().await;
    let portal =
        TestPortal::start_with(database, &[("cart.yaml", &components(CART))], config, registry()).await;
    let notes = notes();
    finds(&portal, "cart", 1).await;
    (portal, notes)
}

/// Has the index built anew and waits until that is done.
async fn rebuild(portal: &TestPortal) {
    let status = "{ searchIndexStatus { rebuiltAt rebuilding } }";
    let before = portal.alice().ask(status).await.data("/searchIndexStatus/rebuiltAt").clone();
    mutate(&portal.alice(), "rebuildSearchIndex", json!({}), "status { rebuilding }").await;
    portal
        .eventually(status, |answer| {
            let status = &answer["data"]["searchIndexStatus"];
            status["rebuiltAt"] != before && status["rebuilding"] == false
        })
        .await;
}

#[tokio::test]
async fn what_a_plugin_tells_is_found_by_who_may() {
    for database in Database::ALL {
        let (portal, notes) = portal(database, json!({})).await;
        let indexer = notes.indexer();
        let cart = "component:default/cart".parse().unwrap();
        let owned = note("of-cart", "About the cart", "A willow basket.")
            .about("component:default/cart".parse().unwrap());
        let stray =
            note("stray", "Of nothing there", "willow").about("component:default/gone".parse().unwrap());
        indexer.upsert(vec![note("free", "Free", "willow tree"), owned.clone(), stray]).await.unwrap();
        finds(&portal, "willow", 2).await;
        assert!(titles(&portal.bob(), "willow").await.is_empty(), "bob has no permission to find notes");
        let by_type = search(&portal.alice(), "type:notes willow", json!({})).await;
        assert_eq!(by_type["facets"][0]["values"], json!([{ "value": "notes", "count": 2 }]));
        assert_eq!(
            by_type["nodes"].as_array().unwrap().iter().filter(|node| node["entity"].is_object()).count(),
            1
        );
        indexer.upsert(vec![note("free", "Free", "oak tree")]).await.unwrap();
        finds(&portal, "willow", 1).await;
        indexer
            .replace_of("notes", &cart, vec![note("other", "Another", "willow again").about(cart.clone())])
            .await
            .unwrap();
        finds(&portal, "basket", 0).await;
        finds(&portal, "willow", 1).await;
        indexer.delete_of("notes", &cart).await.unwrap();
        finds(&portal, "willow", 0).await;
        indexer.delete("notes", &["free".to_owned(), "never".to_owned()]).await.unwrap();
        finds(&portal, "oak", 0).await;
        for (document, field) in [(note("", "x", ""), "id"), (note("x", " ", ""), "title")] {
            assert_eq!(indexer.upsert(vec![document]).await.unwrap_err().field(), Some(field));
        }
        assert_eq!(indexer.delete("nothing", &[]).await.unwrap_err().field(), Some("type"));
        assert!(indexer.delete("software-catalog", &[]).await.is_err(), "the catalog has a log of its own");
    }
}

#[tokio::test]
async fn a_condition_on_the_permission_of_a_type_is_about_the_entity() {
    let when = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["group:default/crew"] } });
    let config = json!({ "permission": { "roles": [
        { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
        { "name": "reader", "members": ["*"], "grants": [
            { "permission": "catalog.entity.read" }, { "permission": "notes.read", "when": when },
        ] },
    ] } });
    let (portal, notes) = portal(Database::Sqlite, config).await;
    let owned = note("of-cart", "About the cart", "willow").about("component:default/cart".parse().unwrap());
    notes.indexer().upsert(vec![owned, note("free", "Free", "willow")]).await.unwrap();
    finds(&portal, "willow", 2).await;
    assert_eq!(titles(&portal.bob(), "willow").await, ["About the cart"]);
}

#[tokio::test]
async fn a_rebuild_is_never_seen_half_done() {
    let (portal, notes) = portal(Database::Sqlite, json!({})).await;
    let many: Vec<_> =
        (0..3000).map(|index| note(&format!("n{index}"), &format!("Note {index}"), "willow")).collect();
    many.iter().cloned().for_each(|document| notes.keep(document));
    notes.indexer().upsert(many).await.unwrap();
    finds(&portal, "willow", 3000).await;
    let alice = portal.alice();
    let reading = tokio::spawn(async move {
        let mut looks = 0;
        loop {
            let found = search(&alice, "willow", json!({})).await;
            assert_eq!(found["totalCount"], 3000, "after {looks} looks");
            looks += 1;
            if search(&alice, "endofreading", json!({})).await["totalCount"] == 1 {
                return looks;
            }
        }
    });
    rebuild(&portal).await;
    rebuild(&portal).await;
    notes.indexer().upsert(vec![note("end", "End", "endofreading")]).await.unwrap();
    assert!(reading.await.unwrap() > 1);
}

#[tokio::test]
async fn what_changes_during_a_rebuild_is_not_lost() {
    let (portal, notes) = portal(Database::Sqlite, json!({})).await;
    let many: Vec<_> =
        (0..2000).map(|index| note(&format!("n{index}"), &format!("Note {index}"), "willow")).collect();
    many.iter().cloned().for_each(|document| notes.keep(document));
    notes.indexer().upsert(many).await.unwrap();
    finds(&portal, "willow", 2000).await;
    mutate(&portal.alice(), "rebuildSearchIndex", json!({}), "status { rebuilding }").await;
    for index in 0..20 {
        let (changed, gone) = (note(&format!("n{index}"), "Changed", "oak"), format!("n{}", index + 100));
        notes.forget(&changed.id);
        notes.keep(changed.clone());
        notes.indexer().upsert(vec![changed]).await.unwrap();
        notes.forget(&gone);
        notes.indexer().delete("notes", &[gone]).await.unwrap();
    }
    let status = "{ searchIndexStatus { rebuiltAt rebuilding } }";
    portal.eventually(status, |answer| answer["data"]["searchIndexStatus"]["rebuilding"] == false).await;
    finds(&portal, "oak", 20).await;
    finds(&portal, "willow", 1960).await;
}

#[tokio::test]
async fn a_source_that_fails_or_is_suddenly_empty_keeps_what_it_had() {
    let (portal, notes) = portal(Database::Sqlite, json!({})).await;
    let two = vec![note("one", "One", "willow"), note("two", "Two", "willow")];
    two.iter().cloned().for_each(|document| notes.keep(document));
    notes.indexer().upsert(two).await.unwrap();
    finds(&portal, "willow", 2).await;
    let plugins = "{ plugins { id health healthMessage } }";
    for (state, told) in [(FAILING, "the drawer is stuck"), (EMPTY, "no documents any more")] {
        notes.state.store(state, Ordering::SeqCst);
        rebuild(&portal).await;
        finds(&portal, "willow", 2).await;
        finds(&portal, "cart", 1).await;
        let health = portal.alice().ask(plugins).await;
        assert!(health.body.to_string().contains(told), "{}", health.body);
        let status = portal.alice().ask("{ searchIndexStatus { types { name error } } }").await;
        assert!(status.body.to_string().contains(told), "{}", status.body);
        // What is told of it still counts.
        notes.indexer().upsert(vec![note("three", "Three", "willow")]).await.unwrap();
        finds(&portal, "willow", 3).await;
        notes.indexer().delete("notes", &["three".to_owned()]).await.unwrap();
        finds(&portal, "willow", 2).await;
    }
    notes.state.store(WELL, Ordering::SeqCst);
    rebuild(&portal).await;
    finds(&portal, "willow", 2).await;
    let health = portal.alice().ask(plugins).await;
    assert!(!health.body.to_string().contains("stuck"), "{}", health.body);
}

#[tokio::test]
async fn replicas_hear_of_what_a_plugin_told_one_of_them() {
    let (one, notes) = portal(Database::Postgres, json!({})).await;
    let config = json!({
        "database": { "url": one.database_url() },
        "catalog": { "locations": [{ "type": "file", "target": one.path("catalog/**/*.yaml") }] },
    });
    let (other, _) = portal(Database::Postgres, config).await;
    notes.indexer().upsert(vec![note("free", "Free", "willow tree")]).await.unwrap();
    finds(&one, "willow", 1).await;
    finds(&other, "willow", 1).await;
}
