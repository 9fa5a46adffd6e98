use callboard_api::plugins::registry;
use callboard_test_support::GitHost;
use callboard_tests::{Database, TestPortal};
use reqwest::StatusCode;
use serde_json::json;

const REFRESH: &str = r#"mutation { refreshEntity(input: { ref: "component:till" }) {
    entity { description ingestion { stale } } } }"#;

fn component(description: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: till\n  description: {description}\n\
         spec: {{ type: service, lifecycle: production, owner: crew }}\n"
    )
}

#[tokio::test]
async fn a_git_location_follows_its_branch_and_outlasts_its_host() {
    for database in Database::ALL {
        let host = GitHost::start().await.unwrap();
        host.init("shop.git", &[]).await.unwrap();
        let file = "services/till/catalog-info.yaml";
        host.commit("shop.git", &[(file, &component("first")), ("other.yaml", "not: read")]).await.unwrap();
        let target = host.url("/shop.git//services/**/catalog-info.yaml?ref=main");
        let config = json!({
            "backend": { "reading": {
                "allow": [{ "host": host.host(), "allowPrivate": true }],
                "git": { "freshFor": "0s" },
            } },
            "catalog": { "locations": [{ "type": "git", "target": target }] },
        });
        let portal = TestPortal::start_with(database, &[], config, registry()).await;
        portal.has_entities(1).await;
        let alice = portal.alice();
        let query = r#"{ entity(ref: "component:till") { description viewUrl } }"#;
        let entity = alice.ask(query).await;
        assert_eq!(
            entity.data("/entity"),
            &json!({ "description": "first", "viewUrl": host.url("/shop.git") })
        );

        host.commit("shop.git", &[(file, &component("second"))]).await.unwrap();
        let refreshed = alice.ask(REFRESH).await;
        assert_eq!(refreshed.data("/refreshEntity/entity/description"), "second", "{:?}", refreshed.body);

        // What cannot be read keeps its last version and says so.
        host.fail_with(Some(StatusCode::NOT_FOUND));
        let refreshed = alice.ask(REFRESH).await;
        let entity = refreshed.data("/refreshEntity/entity");
        assert_eq!(entity, &json!({ "description": "second", "ingestion": { "stale": true } }));
        host.fail_with(None);
        let refreshed = alice.ask(REFRESH).await;
        assert_eq!(refreshed.data("/refreshEntity/entity/ingestion/stale"), &json!(false));
    }
}
