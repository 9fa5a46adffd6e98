use callboard_api::plugins::registry;
use callboard_tests::{Database, TestPortal};
use serde_json::json;

const CART: &str = "
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart }
spec: { type: service, lifecycle: production, owner: crew }
";

#[tokio::test]
async fn without_the_permissions_plugin_the_catalog_still_answers() {
    let registry = registry().without("permissions");
    let portal = TestPortal::start_with(Database::Sqlite, &[("cart.yaml", CART)], json!({}), registry).await;
    portal.has_entities(1).await;
    let answer =
        portal.nobody().ask(r#"{ entity(ref: "component:cart") { name } entities { totalCount } }"#).await;
    assert_eq!(answer.body["data"], json!({ "entity": { "name": "cart" }, "entities": { "totalCount": 1 } }));
    let gone =
        portal.nobody().ask(r#"{ entity(ref: "component:cart") { viewerCan(permission: "x") } }"#).await;
    assert!(gone.body.to_string().contains("viewerCan"), "{}", gone.body);
    assert!(gone.codes().iter().all(|code| *code == "GRAPHQL_VALIDATION_FAILED"), "{}", gone.body);
    let narrow = portal.with_token("narrow-token").ask("{ entities { totalCount } }").await;
    assert_eq!(narrow.data("/entities/totalCount"), &json!(0));
}

#[tokio::test]
async fn every_single_plugin_can_be_left_out() {
    // Without a catalog there is no `Entity` for permissions to add to, and none to be found.
    for (plugin, registry) in [
        ("audit", registry().without("audit")),
        ("permissions", registry().without("permissions")),
        ("auth", registry().without("auth")),
        ("catalog", registry().without("catalog").without("permissions").without("search")),
        ("proxy", registry().without("proxy")),
        ("search", registry().without("search")),
    ] {
        let portal = TestPortal::start_with(Database::Sqlite, &[], json!({}), registry).await;
        let schema = portal.nobody().get("/schema.graphql").send().await.unwrap().text().await.unwrap();
        assert!(schema.contains("plugins"), "{plugin}");
        assert_eq!(
            schema.contains("viewerCan"),
            matches!(plugin, "audit" | "auth" | "proxy" | "search"),
            "{plugin}"
        );
        assert_eq!(schema.contains("auditEvents"), plugin != "audit", "{plugin}");
        assert_eq!(schema.contains("searchTypes"), !matches!(plugin, "catalog" | "search"), "{plugin}");
        assert_eq!(schema.contains("viewer:"), plugin != "auth", "{plugin}");
        assert_eq!(schema.contains("interface Entity"), plugin != "catalog", "{plugin}");
        assert!(portal.nobody().get("/readyz").send().await.unwrap().status().is_success(), "{plugin}");
    }
}

#[tokio::test]
async fn the_plugins_are_listed_with_their_health() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let answer = portal.alice().ask("{ plugins { id title location health healthMessage } }").await;
    let catalog = json!({
        "id": "catalog", "title": "Software catalog", "location": "IN_PROCESS", "health": "OK", "healthMessage": null,
    });
    assert!(answer.data("/plugins").as_array().unwrap().contains(&catalog), "{}", answer.body);
}
