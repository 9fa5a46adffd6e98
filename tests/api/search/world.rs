use std::fmt::Write;

use callboard_tests::{Actor, Answer, TestPortal};
use serde_json::{Value, json};

const SEARCH: &str =
    "query($text: String!, $types: [String!], $filters: [FieldFilter!], $first: Int, $after: String,
    $fields: [String!]!) {
    search(text: $text, types: $types, filters: $filters, first: $first, after: $after) {
        totalCount suggestion
        nodes { type title text location score highlights { field start end } entity { ref } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        facets(fields: $fields) { field values { value count } }
    } }";

/// Searches with these variables beside the text.
pub async fn search(actor: &Actor, text: &str, more: Value) -> Value {
    let answer = ask(actor, text, more).await;
    assert!(answer.codes().is_empty(), "{text}: {}", answer.body);
    answer.data("/search").clone()
}

pub async fn ask(actor: &Actor, text: &str, more: Value) -> Answer {
    let mut variables = json!({ "text": text, "fields": ["type", "kind"] });
    variables.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    actor.ask_with(SEARCH, variables).await
}

/// The titles of what is found, the best first.
pub async fn titles(actor: &Actor, text: &str) -> Vec<String> {
    titles_of(&search(actor, text, json!({})).await)
}

pub fn titles_of(found: &Value) -> Vec<String> {
    let nodes = found["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["title"].as_str().unwrap().to_owned()).collect()
}

/// Waits until a search of the admin finds this many.
pub async fn finds(portal: &TestPortal, text: &str, count: usize) {
    let query = format!("{{ search(text: {}) {{ totalCount }} }}", json!(text));
    let is_there = |answer: &Value| answer.pointer("/data/search/totalCount") == Some(&json!(count));
    portal.eventually(&query, is_there).await;
}

/// Descriptors of components, one a line: `name | title | owner | description | tags`.
pub fn components(lines: &str) -> String {
    let mut text = String::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        assert_eq!(parts.len(), 5, "{line}");
        let (name, title, owner, description, tags) = (parts[0], parts[1], parts[2], parts[3], parts[4]);
        let metadata = json!({
            "name": name, "title": title, "description": description,
            "tags": tags.split_whitespace().collect::<Vec<_>>(),
        });
        let spec = json!({ "type": "service", "lifecycle": "production", "owner": owner });
        let document = json!({
            "apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": metadata, "spec": spec,
        });
        let _ = write!(text, "---\n{document}\n");
    }
    text
}

/// Has everything read again.
pub async fn read_again(portal: &TestPortal) {
    let alice = portal.alice();
    let answer = alice.ask("{ locations { nodes { id } } }").await;
    for location in answer.data("/locations/nodes").as_array().unwrap() {
        let refresh =
            "mutation($input: RefreshLocationInput!) { refreshLocation(input: $input) { location { id } } }";
        let answer = alice.ask_with(refresh, json!({ "input": { "id": location["id"] } })).await;
        assert!(answer.codes().is_empty(), "{}", answer.body);
    }
}
