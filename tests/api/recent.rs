//! What changed last.

use std::fmt::Write;

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

const RECENT: &str =
    "query($filter: EntityFilter, $first: Int) { recentlyChanged(filter: $filter, first: $first) {
    at entity { ref description } } }";

fn component(name: &str, description: &str, owner: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name}, description: {description} }}\n\
         spec: {{ type: service, lifecycle: production, owner: {owner} }}\n"
    )
}

async fn recent(portal: &TestPortal, filter: Value, first: i32) -> Vec<(String, String, String)> {
    let answer = portal.alice().ask_with(RECENT, json!({ "filter": filter, "first": first })).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let changes = answer.data("/recentlyChanged").as_array().unwrap().clone();
    let change =
        |one: &Value| (text(&one["entity"]["ref"]), text(&one["entity"]["description"]), text(&one["at"]));
    changes.iter().map(change).collect()
}

/// Writes a file anew and has it read; waits until its entity says so.
async fn rewrite(portal: &TestPortal, file: &str, name: &str, description: &str, owner: &str) {
    portal.write(&format!("catalog/{file}"), &component(name, description, owner));
    let alice = portal.alice();
    let query = "query($text: String) { locations(text: $text) { nodes { id } } }";
    let answer = alice.ask_with(query, json!({ "text": file })).await;
    let locations = answer.data("/locations/nodes").as_array().unwrap().clone();
    let locations = if locations.is_empty() {
        alice.ask("{ locations { nodes { id } } }").await.data("/locations/nodes").as_array().unwrap().clone()
    } else {
        locations
    };
    for location in locations {
        let refresh =
            "mutation($input: RefreshLocationInput!) { refreshLocation(input: $input) { location { id } } }";
        let answer = alice.ask_with(refresh, json!({ "input": { "id": location["id"] } })).await;
        assert!(answer.codes().is_empty(), "{}", answer.body);
    }
    let query = format!("{{ entity(ref: \"component:{name}\") {{ description }} }}");
    portal.eventually(&query, |answer| answer["data"]["entity"]["description"] == description).await;
}

#[tokio::test]
async fn what_changed_last_comes_first_and_what_is_read_again_unchanged_stays_where_it_was() {
    for database in Database::ALL {
        let files = [
            ("cart.yaml", &*component("cart", "first", "crew")),
            ("till.yaml", &component("till", "first", "others")),
        ];
        let portal = TestPortal::start(database, &files).await;
        portal.has_entities(2).await;
        rewrite(&portal, "till.yaml", "till", "second", "others").await;
        let before = recent(&portal, Value::Null, 10).await;
        assert_eq!(before[0].0, "component:default/till", "{database:?}");
        rewrite(&portal, "cart.yaml", "cart", "second", "crew").await;
        let after = recent(&portal, Value::Null, 10).await;
        let names: Vec<&str> = after.iter().map(|(name, ..)| &**name).collect();
        assert_eq!(names, ["component:default/cart", "component:default/till"], "{database:?}");
        assert_eq!(after[1], before[0], "what was read again unchanged counts as changed");
        assert!(after[0].2 > after[1].2);
        assert_eq!(recent(&portal, Value::Null, 1).await, after[..1]);
        assert_eq!(recent(&portal, json!({ "owner": ["others"] }), 10).await, after[1..]);
        let wrong = portal.alice().ask("{ recentlyChanged(first: 501) { at } }").await;
        assert_eq!(wrong.codes(), ["BAD_USER_INPUT"]);
    }
}

#[tokio::test]
async fn among_thousands_the_latest_are_found_from_the_end() {
    for database in Database::ALL {
        let mut many = String::new();
        for number in 0..1600 {
            let owner = if number < 1200 { "crew" } else { "others" };
            write!(many, "---\n{}", component(&format!("part-{number}"), "first", owner)).unwrap();
        }
        let files = [("many.yaml", &*many), ("till.yaml", &component("till", "first", "crew"))];
        let portal = TestPortal::start(database, &files).await;
        portal.has_entities(1601).await;
        rewrite(&portal, "till.yaml", "till", "second", "crew").await;
        for filter in [Value::Null, json!({ "owner": ["crew"] })] {
            let found = recent(&portal, filter, 500).await;
            assert_eq!(found.len(), 500, "{database:?}");
            assert_eq!(found[0].0, "component:default/till");
            assert!(found.iter().all(|(_, description, _)| !description.is_empty()));
            assert!(found.is_sorted_by(|one, other| one.2 >= other.2));
        }
        let others = recent(&portal, json!({ "owner": ["others"] }), 500).await;
        assert_eq!(others.len(), 400, "{database:?}");
    }
}
