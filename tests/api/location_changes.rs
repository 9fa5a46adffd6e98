use callboard_api::plugins::registry;
use callboard_tests::{Database, FileHost, TestPortal};
use serde_json::{Value, json};

const REGISTER: &str = "mutation($target: String!) { registerLocation(input: { target: $target }) { location { id } entities { ref } } }";
const UPDATE: &str = "mutation($id: ID!, $target: String!) {
    updateLocation(input: { id: $id, target: $target }) { location { target } entities { ref } } }";
const UNREGISTER: &str = "mutation($id: ID!) { unregisterLocation(input: { id: $id }) { removedRefs } }";
const REGISTERED: &str = "{ locations(origin: REGISTERED) { nodes { target } } }";

fn component(name: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name}{more} }}\n\
         spec: {{ type: service, lifecycle: production, owner: crew }}\n"
    )
}

async fn portal(database: Database, host: &FileHost, more: Value) -> TestPortal {
    let mut config = json!({
        "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
    });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    TestPortal::start_with(database, &[("cart.yaml", &component("cart", ""))], config, registry()).await
}

#[tokio::test]
async fn a_location_is_not_moved_to_where_nothing_can_be_read() {
    let host = FileHost::start().await;
    host.put("/a.yaml", component("a", ""));
    let portal = portal(Database::Sqlite, &host, json!({})).await;
    let alice = portal.alice();
    let registered = alice.ask_with(REGISTER, json!({ "target": host.url("/a.yaml") })).await;
    let id = registered.data("/registerLocation/location/id");
    let moved = alice.ask_with(UPDATE, json!({ "id": id, "target": host.url("/none.yaml") })).await;
    assert_eq!(moved.codes(), ["BAD_USER_INPUT"], "{}", moved.body);
    assert!(moved.body.to_string().contains("does not exist"), "{}", moved.body);
    let locations = alice.ask(REGISTERED).await;
    assert_eq!(locations.data("/locations/nodes"), &json!([{ "target": host.url("/a.yaml") }]));
    portal.has_entities(2).await;
}

#[tokio::test]
async fn a_location_that_is_unregistered_while_it_is_moved_stays_unregistered() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        host.put("/a.yaml", component("a", ""));
        host.put("/b.yaml", component("b", ""));
        let portal = portal(database, &host, json!({})).await;
        let alice = portal.alice();
        let registered = alice.ask_with(REGISTER, json!({ "target": host.url("/a.yaml") })).await;
        let id = registered.data("/registerLocation/location/id").clone();
        host.hold("/b.yaml");
        let (mover, input) = (portal.alice(), json!({ "id": id, "target": host.url("/b.yaml") }));
        let update = tokio::spawn(async move { mover.ask_with(UPDATE, input).await });
        host.is_waited_for("/b.yaml").await;
        let gone = alice.ask_with(UNREGISTER, json!({ "id": id })).await;
        assert_eq!(gone.data("/unregisterLocation/removedRefs"), &json!(["component:default/a"]));
        host.release("/b.yaml");
        let answer = update.await.unwrap();
        assert_eq!(answer.codes(), ["NOT_FOUND"], "{}", answer.body);
        assert_eq!(alice.ask(REGISTERED).await.data("/locations/nodes"), &json!([]));
        portal.has_entities(1).await;
    }
}

#[tokio::test]
async fn who_unregisters_a_location_is_not_told_of_what_they_may_not_see() {
    let host = FileHost::start().await;
    let open = ", labels: { open: 'yes' }";
    host.put("/all.yaml", format!("{}---\n{}", component("open", open), component("secret", "")));
    let when = json!({ "rule": "HAS_LABEL", "params": { "label": "open", "value": "yes" } });
    let roles = json!({ "permission": { "roles": [
        { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
        { "name": "registrar", "members": ["user:default/bob"], "grants": [
            { "permission": "catalog.location.*" }, { "permission": "catalog.entity.read", "when": when },
        ] },
    ] } });
    let portal = portal(Database::Sqlite, &host, roles).await;
    let register = json!({ "target": host.url("/all.yaml") });
    let registered = portal.alice().ask_with(REGISTER, register).await;
    let id = registered.data("/registerLocation/location/id");
    portal.has_entities(3).await;
    let gone = portal.bob().ask_with(UNREGISTER, json!({ "id": id })).await;
    assert_eq!(
        gone.data("/unregisterLocation/removedRefs"),
        &json!(["component:default/open"]),
        "{}",
        gone.body
    );
    portal.has_entities(1).await;
}
