//! What is checked before an operation runs: its document and its variables.

use serde_json::{Value as Json, json};

use crate::support::{Table, ask_with, gateway, respond};

#[tokio::test]
async fn variables_are_coerced_to_their_types() {
    let echo = Table::new(
        "echo",
        "type Query { echo(input: Input, list: [[Int!]], id: ID, size: Size = S, float: Float): String }
         input Input { name: String! size: Size = M inner: Input many: [Int!] } enum Size { S M L }",
    )
    .compute(|call| Some(json!(serde_json::to_string(call.arguments).unwrap())));
    let gateway = gateway(&[&echo]);
    let query = "query($input: Input, $list: [[Int!]], $id: ID, $size: Size = L, $float: Float) { echo(input: $input, list: $list, id: $id, size: $size, float: $float) }";
    let echoed = |answer: Json| -> Json {
        let text = answer["data"]["echo"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned();
        serde_json::from_str(&text).unwrap()
    };
    let variables = json!({"input": {"name": "n", "inner": {"name": "m", "size": null}, "many": 1}, "list": 5, "id": 7, "float": 2, "unknown": 1});
    assert_eq!(
        echoed(ask_with(&gateway, query, variables).await),
        json!({
            "input": {"name": "n", "size": "M", "inner": {"name": "m", "size": null}, "many": [1]},
            "list": [[5]], "id": "7", "size": "L", "float": 2,
        })
    );
    for (variables, field) in [
        (json!({"input": {}}), "input.name"),
        (json!({"input": {"name": "n", "size": "XL"}}), "input.size"),
        (json!({"input": {"name": "n", "other": 1}}), "input.other"),
        (json!({"list": [[1, null]]}), "list.0.1"),
        (json!({"list": [["x"]]}), "list.0.0"),
        (json!({"id": 1.5}), "id"),
        (json!({"input": {"name": "n", "inner": {"name": null}}}), "input.inner.name"),
    ] {
        let response = respond(&gateway, query, variables.clone()).await;
        assert_eq!(response.rejection, Some(callboard_kit::Rejection::BadRequest), "{variables}");
        assert!(response.data.is_none());
        assert_eq!(response.errors[0].extensions["code"], "BAD_USER_INPUT");
        assert_eq!(response.errors[0].extensions["field"], field, "{variables}");
    }
    let response = respond(&gateway, "query($id: ID!) { echo(id: $id) }", json!({})).await;
    assert_eq!(response.errors[0].extensions["field"], "id");
}

#[tokio::test]
async fn what_is_wrong_with_a_document_is_told_with_its_place() {
    let echo = Table::new(
        "echo",
        "type Query { echo(input: Input, list: [Int!], size: Size): String thing: Thing } interface Thing { id: ID }
         type Box implements Thing { id: ID } type Bag { id: ID } input Input { name: String! many: [Int!] } enum Size { S M }",
    );
    let gateway = gateway(&[&echo]);
    for (query, line, column) in [
        ("{\n  echo(}", 2, 8),
        ("{\n  thing {", 2, 10),
        ("{ echo } }", 1, 10),
        ("{ echo nothing }", 1, 8),
        ("{\n  echo(input: { name: \"n\", other: 1 })\n}", 2, 3),
        ("{\n  echo(input: {})\n}", 2, 3),
        ("{ echo(list: [\"x\"]) }", 1, 3),
        ("{ echo(size: L) }", 1, 3),
        ("{ echo(wrong: 1) }", 1, 3),
        ("{ echo @include(wrong: true, if: true) }", 1, 8),
        ("{ thing { id ... on Bag { id } } }", 1, 18),
        ("query(\n$unused: Int) { echo }", 2, 1),
        ("{ thing { id }\n echo(list: $undeclared) }", 2, 2),
        ("{ echo }\nfragment F on Thing { id }", 2, 1),
        ("{ echo ...F }", 1, 11),
        ("mutation { echo }", 1, 1),
        ("query(\n$list: [Int!]!) { echo(list: $list) }", 2, 1),
    ] {
        let response = respond(&gateway, query, json!({})).await;
        let error = response.errors.first().unwrap_or_else(|| panic!("`{query}` is valid"));
        let place = error.locations.first().map(|place| (place.line, place.column));
        assert_eq!(place, Some((line, column)), "{query}: {}", error.message);
    }
}
