use callboard_tests::{Database, Subscription, TestPortal};
use serde_json::{Value, json};

const CHANGES: &str = "subscription($filter: EntityFilter) { entityChanged(filter: $filter) {
    kind ref entity { ref description owner { ref } dependents: relations(type: [\"dependencyOf\"]) { nodes { targetRef } } } } }";

fn component(name: &str, description: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  description: {description}\n\
         spec: {{ type: service, lifecycle: production, owner: crew{more} }}\n"
    )
}

/// Changes a file, and has it read.
async fn rewrite(portal: &TestPortal, name: &str, text: &str) {
    portal.write(&format!("catalog/{name}"), text);
    let alice = portal.alice();
    let answer = alice.ask("{ locations { nodes { id } } }").await;
    let id = answer.data("/locations/nodes/0/id").clone();
    let refresh =
        "mutation($input: RefreshLocationInput!) { refreshLocation(input: $input) { location { state } } }";
    let answer = alice.ask_with(refresh, json!({ "input": { "id": id } })).await;
    assert!(answer.codes().is_empty(), "{}", answer.body);
}

async fn watch(portal: &TestPortal, token: Option<&str>, filter: Value) -> Subscription {
    Subscription::open(portal.address(), token, CHANGES, json!({ "filter": filter })).await
}

fn told(event: &Value) -> (&str, &str) {
    let change = &event["entityChanged"];
    (change["kind"].as_str().unwrap(), change["ref"].as_str().unwrap_or_default())
}

/// The next events, whatever their order.
async fn several(subscription: &mut Subscription, count: usize) -> Vec<(String, String)> {
    let mut events = Vec::new();
    for _ in 0..count {
        let event = subscription.event().await;
        let (kind, name) = told(&event);
        events.push((kind.to_owned(), name.to_owned()));
    }
    events.sort_unstable();
    events
}

fn pairs(events: &[(&str, &str)]) -> Vec<(String, String)> {
    events.iter().map(|(kind, name)| ((*kind).to_owned(), (*name).to_owned())).collect()
}

#[tokio::test]
async fn whoever_watches_is_told_of_what_comes_changes_and_goes() {
    for database in Database::ALL {
        let files =
            [("till.yaml", &*component("till", "first", "")), ("cart.yaml", &component("cart", "first", ""))];
        let portal = TestPortal::start(database, &files).await;
        portal.has_entities(2).await;
        let mut all = watch(&portal, Some("alice-token"), Value::Null).await;
        let mut page =
            watch(&portal, Some("alice-token"), json!({ "ref": ["component:default/till"] })).await;
        let mut tagged = watch(&portal, Some("alice-token"), json!({ "tags": ["fast"] })).await;
        assert!(all.is_silent().await, "nothing has happened yet");

        rewrite(&portal, "till.yaml", &component("till", "second", "")).await;
        let event = all.event().await;
        assert_eq!(told(&event), ("UPDATED", "component:default/till"));
        assert_eq!(event["entityChanged"]["entity"]["description"], "second", "it comes as it is now");
        assert_eq!(told(&page.event().await), ("UPDATED", "component:default/till"));

        // What others say of it is news of it, too.
        rewrite(&portal, "cart.yaml", &component("cart", "first", ", dependsOn: [component:till]")).await;
        let both = [("UPDATED", "component:default/cart"), ("UPDATED", "component:default/till")];
        assert_eq!(several(&mut all, 2).await, pairs(&both));
        let event = page.event().await;
        let dependents = &event["entityChanged"]["entity"]["dependents"]["nodes"];
        assert_eq!(dependents, &json!([{ "targetRef": "component:default/cart" }]));

        // It comes into what is watched, and leaves it.
        let fast = component("till", "second", "").replace("spec:", "  tags: [fast]\nspec:");
        rewrite(&portal, "till.yaml", &fast).await;
        assert_eq!(told(&tagged.event().await), ("CREATED", "component:default/till"));
        rewrite(&portal, "till.yaml", &component("till", "second", "")).await;
        let event = tagged.event().await;
        assert_eq!(told(&event), ("DELETED", "component:default/till"));
        assert_eq!(event["entityChanged"]["entity"], Value::Null);
        several(&mut all, 2).await;
        several(&mut page, 2).await;

        rewrite(&portal, "new.yaml", &component("new", "first", "")).await;
        assert_eq!(told(&all.event().await), ("CREATED", "component:default/new"));
        rewrite(&portal, "new.yaml", "# nothing\n").await;
        assert_eq!(told(&all.event().await), ("DELETED", "component:default/new"));
        let many: String =
            (0..6000).map(|number| component(&format!("x{number}"), "many", "") + "---\n").collect();
        rewrite(&portal, "new.yaml", &many).await;
        let mut kinds = Vec::new();
        while !kinds.iter().any(|kind| kind == "RESET") {
            kinds.push(told(&all.event().await).0.to_owned());
        }
        assert!(kinds.len() < 6000, "what is too much is not told one by one");
        assert!(page.is_silent().await && tagged.is_silent().await, "of what they do not watch");
    }
}

#[tokio::test]
async fn nobody_is_told_of_what_they_may_not_see_and_what_they_may_see_is_decided_each_time() {
    for database in Database::ALL {
        let when = json!({ "rule": "HAS_LABEL", "params": { "label": "open", "value": "yes" } });
        let config = json!({ "permission": { "roles": [
            { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
            { "name": "guests", "members": ["user:default/bob"],
              "grants": [{ "permission": "catalog.entity.read", "when": when }] },
        ] } });
        let open = |text: &str| text.replace("spec:", "  labels: { open: \"yes\" }\nspec:");
        let files = [
            ("till.yaml", &*open(&component("till", "first", ""))),
            ("cart.yaml", &component("cart", "first", "")),
        ];
        let registry = callboard_api::plugins::registry();
        let portal = TestPortal::start_with(database, &files, config, registry).await;
        portal.has_entities(2).await;
        let mut bob = watch(&portal, Some("bob-token"), Value::Null).await;
        let mut alice = watch(&portal, Some("alice-token"), Value::Null).await;

        rewrite(&portal, "cart.yaml", &component("cart", "second", ", dependsOn: [component:till]")).await;
        assert_eq!(several(&mut alice, 2).await[0].1, "component:default/cart");
        assert!(bob.is_silent().await, "neither of what is hidden nor of what it says");
        rewrite(&portal, "cart.yaml", &open(&component("cart", "third", ", dependsOn: [component:till]")))
            .await;
        let mut events = several(&mut bob, 2).await;
        assert_eq!(events.remove(0), ("CREATED".to_owned(), "component:default/cart".to_owned()));
        rewrite(&portal, "cart.yaml", &component("cart", "fourth", ", dependsOn: [component:till]")).await;
        let gone = [("DELETED", "component:default/cart"), ("UPDATED", "component:default/till")];
        assert_eq!(
            several(&mut bob, 2).await,
            pairs(&gone),
            "and nothing is said to depend on the other any more"
        );

        // A role that comes while he watches.
        let admin = portal.alice();
        let role = "mutation { createRole(input: { name: \"all\", members: [\"user:default/bob\"] }) { role { name } } }";
        assert!(admin.ask(role).await.codes().is_empty());
        let grant = "mutation { grantPermission(input: { role: \"all\", permission: \"catalog.entity.read\" }) { role { name } } }";
        assert!(admin.ask(grant).await.codes().is_empty());
        rewrite(&portal, "till.yaml", &open(&component("till", "second", ""))).await;
        let events = several(&mut bob, 2).await;
        assert!(events.contains(&("CREATED".to_owned(), "component:default/cart".to_owned())), "{events:?}");
        assert!(events.contains(&("UPDATED".to_owned(), "component:default/till".to_owned())), "{events:?}");
        assert!(
            admin
                .ask("mutation { deleteRole(input: { name: \"all\" }) { deletedName } }")
                .await
                .codes()
                .is_empty()
        );
        rewrite(&portal, "cart.yaml", &component("cart", "fifth", ", dependsOn: [component:till]")).await;
        assert_eq!(several(&mut bob, 2).await, pairs(&gone));
    }
}

#[tokio::test]
async fn replicas_tell_of_what_others_wrote() {
    let files = [("till.yaml", &*component("till", "first", ""))];
    let first = TestPortal::start(Database::Postgres, &files).await;
    first.has_entities(1).await;
    let more = json!({ "database": { "url": first.database_url() } });
    let registry = callboard_api::plugins::registry();
    let second = TestPortal::start_with(Database::Sqlite, &files, more, registry).await;
    second.has_entities(1).await;
    // It comes from the second one's folder by now.
    let from = "{ locations { totalCount } entity(ref: \"component:till\") { annotation(key: \"backstage.io/managed-by-location\") } }";
    let folder = second.path("catalog/till.yaml");
    second.eventually(from, |answer| answer.to_string().contains(&folder)).await;
    let mut there = watch(&first, Some("alice-token"), Value::Null).await;
    rewrite(&second, "till.yaml", &component("till", "second", "")).await;
    assert_eq!(told(&there.event().await), ("UPDATED", "component:default/till"));
}
