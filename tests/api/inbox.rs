use callboard_api::plugins::registry;
use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

const INBOX: &str = "query($filter: UnprocessedFilter) { unprocessedEntities(filter: $filter) { totalCount
    nodes { location document ref kind served errors { message } } } }";

fn component(name: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  \
         lifecycle: production\n  owner: group:crew\n{more}"
    )
}

#[tokio::test]
async fn a_push_that_breaks_an_entity_is_in_the_inbox_while_what_was_good_is_served() {
    for database in Database::ALL {
        let files = [("cart.yaml", component("cart", "")), ("till.yaml", component("till", ""))];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let portal = TestPortal::start_with(database, &files, json!({}), registry()).await;
        portal.has_entities(2).await;
        let alice = portal.alice();
        let locations = "{ locations { nodes { id problemCount } } }";
        let id = alice.ask(locations).await.data("/locations/nodes/0/id").clone();
        let node = "query($id: ID!) { node(id: $id) { __typename id ... on CatalogLocation { target problemCount } } }";

        portal.write(
            "catalog/cart.yaml",
            &component("cart", "").replace("lifecycle: production", "lifecycle: 7"),
        );
        portal.write("catalog/new.yaml", &component("new", "").replace("type: service", "kind: x"));
        let read = "mutation($id: ID!) { refreshLocation(input: { id: $id }) { location { state } } }";
        assert_eq!(alice.ask_with(read, json!({ "id": id })).await.codes(), [""; 0]);
        let inbox = async |filter: Value| alice.ask_with(INBOX, json!({ "filter": filter })).await;
        let all = inbox(json!(null)).await;
        assert_eq!(all.data("/unprocessedEntities/totalCount"), &json!(2), "{}", all.body);
        let stale = inbox(json!({ "kind": "STALE", "text": "CART" })).await;
        let stale = stale.data("/unprocessedEntities/nodes/0");
        assert_eq!(
            (&stale["kind"], &stale["served"], &stale["ref"]),
            (&json!("STALE"), &json!("component:default/cart"), &json!("component:default/cart")),
            "{stale}"
        );
        assert!(stale["errors"][0]["message"].as_str().unwrap().contains("lifecycle"), "{stale}");
        let error = inbox(json!({ "kind": "ERROR" })).await;
        assert_eq!(error.data("/unprocessedEntities/totalCount"), &json!(1), "{}", error.body);
        assert_eq!(error.data("/unprocessedEntities/nodes/0/served"), &json!(null));
        assert_eq!(
            inbox(json!({ "kind": "CONFLICT" })).await.data("/unprocessedEntities/totalCount"),
            &json!(0)
        );
        let location = alice.ask_with(node, json!({ "id": id })).await;
        assert_eq!(location.data("/node/__typename"), &json!("CatalogLocation"), "{}", location.body);
        assert_eq!(location.data("/node/problemCount"), &json!(2), "as many as the inbox lists");
        assert_eq!(portal.bob().ask_with(node, json!({ "id": id })).await.data("/node"), &json!(null));
        let served = alice.ask("{ entity(ref: \"component:cart\") { lifecycle } }").await;
        assert_eq!(served.data("/entity/lifecycle"), "production");

        portal.write("catalog/cart.yaml", &component("cart", ""));
        alice.ask_with(read, json!({ "id": id })).await;
        assert_eq!(
            inbox(json!({ "kind": "STALE" })).await.data("/unprocessedEntities/totalCount"),
            &json!(0)
        );
    }
}
