use callboard_tests::{Database, TestPortal};
use reqwest::StatusCode;
use serde_json::{Value, json};

const CREW: &str = "
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: company }
spec: { type: organization, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, parent: company, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob }
spec: { profile: { displayName: Bob B. }, memberOf: [crew] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart }
spec: { type: service, lifecycle: production, owner: crew }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: safe }
spec: { type: service, lifecycle: production, owner: vault }
";

#[tokio::test]
async fn the_viewer_is_told_who_it_is_and_what_it_belongs_to() {
    let portal = TestPortal::start(Database::Sqlite, &[("crew.yaml", CREW)]).await;
    portal.has_entities(5).await;
    let query = "{ viewer { ref displayName ownershipRefs entity { name } } }";
    let bob = portal.bob().ask(query).await;
    let expected = json!({
        "ref": "user:default/bob", "displayName": "Bob B.", "entity": { "name": "bob" },
        "ownershipRefs": ["user:default/bob", "group:default/company", "group:default/crew"],
    });
    assert_eq!(bob.data("/viewer"), &expected);
    let guest = portal.nobody().ask(query).await;
    assert_eq!(guest.data("/viewer/ref"), &json!("user:default/guest"));
    let service = portal.with_token("ci-token-1").ask("{ viewer { ref } }").await;
    assert_eq!(service.data("/viewer/ref"), &json!("service:default/ci"));
}

#[tokio::test]
async fn without_the_guest_nobody_sees_anything() {
    let no_guest = json!({ "auth": { "guest": { "enabled": false } } });
    let files = [("crew.yaml", CREW)];
    let portal =
        TestPortal::start_with(Database::Sqlite, &files, no_guest, callboard_api::plugins::registry()).await;
    portal.has_entities(5).await;
    let query = r#"{ viewer { ref } plugins { id } entity(ref: "component:cart") { name }
                     entities { totalCount nodes { name } facets(fields: ["kind"]) { values { count } } }
                     entityKinds { kind } }"#;
    let answer = portal.nobody().ask(query).await;
    assert_eq!(answer.data("/viewer"), &Value::Null);
    assert_eq!(answer.data("/plugins"), &Value::Null);
    assert_eq!(answer.data("/entity"), &Value::Null);
    assert_eq!(
        answer.data("/entities"),
        &json!({ "totalCount": 0, "nodes": [], "facets": [{ "values": [] }] })
    );
    assert_eq!(answer.data("/entityKinds"), &json!([]));
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_refused() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let answer = portal.with_token("wrong-token").ask("{ viewer { ref } }").await;
    assert_eq!((answer.status, answer.codes()), (StatusCode::UNAUTHORIZED, vec!["UNAUTHENTICATED"]));
}

#[tokio::test]
async fn a_token_narrows_its_user_and_is_all_a_service_has() {
    let portal = TestPortal::start(Database::Sqlite, &[("crew.yaml", CREW)]).await;
    portal.has_entities(5).await;
    let query = "{ entities(first: 0) { totalCount } }";
    for (token, expected) in [("alice-token", 5), ("ci-token-1", 5), ("narrow-token", 0)] {
        let answer = portal.with_token(token).ask(query).await;
        assert_eq!(answer.data("/entities/totalCount"), &json!(expected), "{token}");
    }
}

#[tokio::test]
async fn a_conditional_grant_shows_the_same_set_everywhere() {
    let when = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let roles = json!({ "permission": { "roles": [
        { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
        { "name": "owner", "members": ["*"], "grants": [{ "permission": "catalog.entity.read", "when": when }] },
    ] } });
    for database in Database::ALL {
        let files = [("crew.yaml", CREW)];
        let registry = callboard_api::plugins::registry();
        let portal = TestPortal::start_with(database, &files, roles.clone(), registry).await;
        portal.has_entities(5).await;
        let query = r#"{ cart: entity(ref: "component:cart") { name viewerCan(permission: "catalog.entity.read") }
                         safe: entity(ref: "component:safe") { name }
                         entitiesByRef(refs: ["component:safe", "component:cart"]) { name }
                         entities { totalCount nodes { name } facets(fields: ["kind"]) { values { value count } } }
                         viewer { can(permission: "catalog.entity.read", resource: "component:safe") } }"#;
        let bob = portal.bob().ask(query).await;
        let cart = json!({ "name": "cart" });
        assert_eq!(bob.data("/cart"), &json!({ "name": "cart", "viewerCan": true }), "{database:?}");
        assert_eq!(bob.data("/safe"), &Value::Null);
        assert_eq!(bob.data("/entitiesByRef"), &json!([null, cart]));
        let facet = json!([{ "values": [{ "value": "Component", "count": 1 }] }]);
        assert_eq!(bob.data("/entities"), &json!({ "totalCount": 1, "nodes": [cart], "facets": facet }));
        assert_eq!(bob.data("/viewer/can"), &json!(false));
        let guest = portal.nobody().ask("{ entities { totalCount } }").await;
        assert_eq!(guest.data("/entities/totalCount"), &json!(0));
    }
}

#[tokio::test]
async fn a_permission_that_does_not_exist_is_bad_input() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let answer = portal.alice().ask(r#"{ viewer { can(permission: "catalog.entity.raed") } }"#).await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    let message = answer.body["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("did you mean `catalog.entity.read`"), "{message}");
}
