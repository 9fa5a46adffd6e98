//! What changes can be found, on every replica and after every crash.

use std::fs;

use callboard_tests::{Database, FileHost, TestPortal};
use serde_json::json;

use super::world::{components, finds, read_again, titles};
use crate::roles::mutate;

const CART: &str = "cart | Cart | crew | Holds what is bought. |\n";

#[tokio::test]
async fn a_changed_descriptor_is_found_and_an_unregistered_one_is_not() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        host.put("/cart.yaml", components(CART));
        let config =
            json!({ "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } } });
        let registry = callboard_api::plugins::registry();
        let portal = TestPortal::start_with(database, &[], config, registry).await;
        let input = json!({ "target": host.url("/cart.yaml") });
        let registered = mutate(&portal.alice(), "registerLocation", input, "location { id }").await;
        finds(&portal, "cart", 1).await;
        host.put("/cart.yaml", components("cart | Basket | crew | Woven from willow. |\n"));
        read_again(&portal).await;
        finds(&portal, "willow", 1).await;
        assert_eq!(titles(&portal.bob(), "cart").await, ["Basket"]);
        finds(&portal, "bought", 0).await;
        let input = json!({ "id": registered.data("/registerLocation/location/id") });
        let gone = mutate(&portal.alice(), "unregisterLocation", input, "__typename").await;
        assert!(gone.codes().is_empty(), "{}", gone.body);
        assert!(
            titles(&portal.alice(), "willow").await.is_empty(),
            "what is not in the catalog is gone at once"
        );
        finds(&portal, "", 0).await;
    }
}

#[tokio::test]
async fn an_index_that_is_current_is_used_again_and_what_it_missed_is_caught_up_with() {
    for database in Database::ALL {
        let mut portal = TestPortal::start(database, &[("cart.yaml", &components(CART))]).await;
        finds(&portal, "cart", 1).await;
        let index = || fs::read_to_string(portal.path("data/search/current.json")).unwrap();
        let before = index();
        portal.write("catalog/till.yaml", &components("till | Till | crew | Takes money. |\n"));
        portal.restart(json!({})).await;
        finds(&portal, "till", 1).await;
        finds(&portal, "cart", 1).await;
        let after = fs::read_to_string(portal.path("data/search/current.json")).unwrap();
        assert_eq!(before, after, "the same index answers");
    }
}

#[tokio::test]
async fn a_broken_index_and_one_of_another_version_are_built_anew() {
    let mut portal = TestPortal::start(Database::Sqlite, &[("cart.yaml", &components(CART))]).await;
    finds(&portal, "cart", 1).await;
    let pointer = portal.path("data/search/current.json");
    for breaking in ["pointer", "version", "meta", "segments"] {
        portal.stop().await;
        let text = fs::read_to_string(&pointer).unwrap();
        let folder = serde_json::from_str::<serde_json::Value>(&text).unwrap()["folder"].clone();
        let folder = portal.folder.path().join("data/search").join(folder.as_str().unwrap());
        match breaking {
            "pointer" => fs::write(&pointer, "{").unwrap(),
            "version" => fs::write(&pointer, json!({ "version": 0, "folder": "x" }).to_string()).unwrap(),
            "meta" => fs::write(folder.join("meta.json"), "nonsense").unwrap(),
            _ => {
                for entry in fs::read_dir(&folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.extension().is_some_and(|extension| extension == "term" || extension == "store") {
                        fs::write(path, "nonsense").unwrap();
                    }
                }
            }
        }
        portal.restart(json!({})).await;
        finds(&portal, "cart", 1).await;
    }
}

#[tokio::test]
async fn every_replica_finds_what_another_has_read() {
    let one = TestPortal::start(Database::Postgres, &[("cart.yaml", &components(CART))]).await;
    finds(&one, "cart", 1).await;
    let config = json!({
        "database": { "url": one.database_url() },
        "catalog": { "locations": [{ "type": "file", "target": one.path("catalog/**/*.yaml") }] },
    });
    let registry = callboard_api::plugins::registry();
    let other = TestPortal::start_with(Database::Postgres, &[], config, registry).await;
    finds(&other, "cart", 1).await;
    one.write("catalog/cart.yaml", &components("cart | Basket | crew | Woven from willow. |\n"));
    read_again(&one).await;
    finds(&one, "willow", 1).await;
    finds(&other, "willow", 1).await;
}
