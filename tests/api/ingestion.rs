use callboard_api::plugins::registry;
use callboard_tests::{Database, TestPortal};
use serde_json::json;

fn component(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\n\
         spec: {{ type: service, lifecycle: production, owner: crew }}\n"
    )
}

#[tokio::test]
async fn a_read_that_fails_is_told_and_tried_again() {
    for database in Database::ALL {
        let mut portal = TestPortal::start(database, &[("cart.yaml", &component("cart"))]).await;
        portal.has_entities(1).await;
        portal.stop().await;
        portal.write("catalog/till.yaml", &component("till"));
        portal.execute("ALTER TABLE catalog_sources RENAME TO lost").await;
        portal.restart(json!({})).await;
        let query = r"{ plugins { id health healthMessage } }";
        let of_catalog = |answer: &serde_json::Value| {
            let plugins = answer["data"]["plugins"].as_array().unwrap();
            plugins.iter().find(|plugin| plugin["id"] == "catalog").unwrap().clone()
        };
        let answer = portal.eventually(query, |answer| of_catalog(answer)["health"] == "DEGRADED").await;
        let message = of_catalog(&answer)["healthMessage"].as_str().unwrap().to_owned();
        assert!(message.contains("could not be read") && message.contains("tried again"), "{message}");
        // What was read before is served, and the portal stays ready.
        portal.has_entities(1).await;
        let ready = portal.nobody().get("/readyz").send().await.unwrap();
        assert!(ready.status().is_success());
        assert!(ready.text().await.unwrap().contains(r#""catalog":"degraded""#));
        portal.execute("ALTER TABLE lost RENAME TO catalog_sources").await;
        portal.has_entities(2).await;
        portal.eventually(query, |answer| of_catalog(answer)["health"] == "OK").await;
    }
}

#[tokio::test]
async fn one_connection_is_enough() {
    for database in Database::ALL {
        let names: Vec<(String, String)> =
            (0..200).map(|number| (format!("c{number}.yaml"), component(&format!("c{number}")))).collect();
        let files: Vec<(&str, &str)> =
            names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let one = json!({ "database": { "maxConnections": 1 } });
        let mut portal = TestPortal::start_with(database, &files, one, registry()).await;
        portal.has_entities(200).await;
        portal.write("catalog/late.yaml", &component("late"));
        portal.restart(json!({})).await;
        portal.has_entities(201).await;
        let ready = portal.nobody().get("/readyz").send().await.unwrap();
        assert!(ready.status().is_success(), "{database:?}");
    }
}
