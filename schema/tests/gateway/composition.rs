//! What subgraphs compose to, and what is said of those that do not.

use crate::support::{Table, ask, data, gateway};
use callboard_schema::{SubgraphSdl, compose_sdl};
use serde_json::json;

fn compose(
    subgraphs: &[(&str, &str)],
) -> Result<callboard_schema::Composed, callboard_schema::CompositionErrors> {
    let link = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject", "@inaccessible"])"#;
    let full: Vec<(String, String)> =
        subgraphs.iter().map(|(id, sdl)| ((*id).to_owned(), format!("{link}\n{sdl}"))).collect();
    let parts: Vec<SubgraphSdl<'_>> =
        full.iter().map(|(id, sdl)| SubgraphSdl { id, sdl, url: None }).collect();
    compose_sdl(&parts, false)
}

#[test]
fn an_error_names_subgraph_type_and_field() {
    let errors = compose(&[
        ("alpha", "type Query { a: Thing } type Thing @shareable { size: Int }"),
        ("beta", "type Thing @shareable { size: String }"),
    ])
    .unwrap_err()
    .to_string();
    for name in ["alpha", "beta", "Thing.size", "FIELD_TYPE_MISMATCH"] {
        assert!(errors.contains(name), "`{name}` is missing in: {errors}");
    }
    assert_eq!(errors.lines().count(), 1);
}

#[test]
fn sdl_that_does_not_parse_names_its_subgraph() {
    let errors = compose(&[("alpha", "type Query { a: Int }"), ("beta", "type {")]).unwrap_err().to_string();
    assert!(errors.starts_with("INVALID_GRAPHQL: [beta]"), "{errors}");
}

#[test]
fn a_query_that_cannot_be_satisfied_is_an_error() {
    let errors = compose(&[
        ("alpha", "type Query { a: Thing } type Thing @key(fields: \"id\") { id: ID! }"),
        ("beta", "type Query { b: Thing } type Thing @key(fields: \"code\") { code: ID! size: Int }"),
    ])
    .unwrap_err()
    .to_string();
    assert!(errors.contains("SATISFIABILITY_ERROR") && errors.contains("size"), "{errors}");
}

#[test]
fn the_public_schema_keeps_descriptions_and_hides_the_machinery() {
    let composed = compose(&[
        (
            "alpha",
            r#""The root." type Query { "One thing." thing("Which." id: ID! = "1"): Thing }
            "A thing." type Thing @key(fields: "id") { "Its id." id: ID! "How large." size: Size hidden: Int @inaccessible }
            "Sizes." enum Size { "Small." S } "What is sought." input Filter { "By size." size: Size = S }
            "A moment." scalar Moment "Anything." union Any = Thing "Named." interface Named { "Its name." name: String }"#,
        ),
        ("beta", r#"type Thing @key(fields: "id") { id: ID! "From beta." weight(filter: Filter): Int } input Filter { "By size." size: Size = S } enum Size { S }"#),
    ])
    .unwrap();
    for text in [
        "The root.",
        "One thing.",
        "Which.",
        "A thing.",
        "Its id.",
        "How large.",
        "Sizes.",
        "Small.",
        "What is sought.",
        "By size.",
        "A moment.",
        "Anything.",
        "Named.",
        "Its name.",
        "From beta.",
    ] {
        assert!(composed.public_sdl.contains(text), "`{text}` is missing in:\n{}", composed.public_sdl);
    }
    for text in ["join__", "@link", "_entities", "_service", "hidden", "@key", "@inaccessible"] {
        assert!(!composed.public_sdl.contains(text), "`{text}` is in:\n{}", composed.public_sdl);
    }
}

/// The first of the composer's faults: its check fails for what can be planned.
#[tokio::test]
async fn a_requirement_with_fragments_that_can_be_planned_is_no_error() {
    let a = Table::new(
        "a",
        r#"type Query { a: Entity } type Entity @key(fields: "id") { id: ID! data: Foo @external requirer: String! @requires(fields: "data { foo ... on Bar { bar } }") }
        interface Foo { foo: String! } interface Bar implements Foo { foo: String! bar: String! }
        type Baz implements Foo & Bar @shareable { foo: String! bar: String! baz: String! }
        type Qux implements Foo & Bar @shareable { foo: String! bar: String! qux: String! }"#,
    )
    .roots(json!({"a": {"id": "1"}}))
    .entities(json!([{"__typename": "Entity", "id": "1"}]))
    .compute(|call| {
        (call.field == "requirer").then(|| json!(format!("{}_{}", call.parent["data"]["foo"], call.parent["data"]["bar"]).replace('"', "")))
    });
    let b = Table::new(
        "b",
        r#"type Query { b: Entity } type Entity @key(fields: "id") { id: ID! data: Foo }
        interface Foo { foo: String! } interface Bar implements Foo { foo: String! bar: String! }
        type Baz implements Foo & Bar @shareable { foo: String! bar: String! baz: String! }
        type Qux implements Foo & Bar @shareable { foo: String! bar: String! qux: String! }"#,
    )
    .entities(json!([{"__typename": "Entity", "id": "1", "data": {"__typename": "Qux", "foo": "f", "bar": "b", "qux": "q"}}]));
    assert_eq!(data(&gateway(&[&a, &b]), "{ a { requirer } }").await, json!({"a": {"requirer": "f_b"}}));
}

/// The second: who must be told a field is not asked for it.
#[tokio::test]
async fn an_external_field_of_an_interface_object_is_fetched_from_its_owner() {
    let a = Table::new(
        "a",
        r#"type Query { all: [Node!]! } interface Node @key(fields: "id") { id: ID! name: String }
        type One implements Node @key(fields: "id") { id: ID! name: String }"#,
    )
    .roots(json!({"all": [{"__typename": "One", "id": "1", "name": "first"}]}))
    .entities(json!([{"__typename": "One", "id": "1", "name": "first"}]));
    let b = Table::new(
        "b",
        r#"type Query { other: [Node!]! } type Node @key(fields: "id") @interfaceObject { id: ID! name: String @external loud: String @requires(fields: "name") }"#,
    )
    .roots(json!({"other": [{"id": "1"}]}))
    .entities(json!([{"__typename": "Node", "id": "1"}]))
    .compute(|call| (call.field == "loud").then(|| json!(call.parent["name"].as_str().unwrap().to_uppercase())));
    let gateway = gateway(&[&a, &b]);
    assert!(
        gateway.supergraph_sdl().contains("@join__field(graph: B, external: true)"),
        "{}",
        gateway.supergraph_sdl()
    );
    assert_eq!(
        data(&gateway, "{ all { loud name } }").await,
        json!({"all": [{"loud": "FIRST", "name": "first"}]})
    );
    assert_eq!(data(&gateway, "{ other { name } }").await, json!({"other": [{"name": "first"}]}));
}

/// The third: the wider of two types is the field's.
#[tokio::test]
async fn a_union_in_one_subgraph_and_a_member_in_another_make_the_union() {
    let a = Table::new(
        "a",
        "type Query { user: User @shareable } type User @key(fields: \"id\") { id: ID! favourite: Media @shareable } union Media = Book | Film type Book @shareable { title: String } type Film @shareable { minutes: Int }",
    )
    .roots(json!({"user": {"id": "1", "favourite": {"__typename": "Book", "title": "T"}}}))
    .entities(json!([{"__typename": "User", "id": "1", "favourite": {"__typename": "Book", "title": "T"}}]));
    let b = Table::new(
        "b",
        "type Query { other: User } type User @key(fields: \"id\") { id: ID! favourite: Book @shareable } type Book @shareable { title: String }",
    )
    .roots(json!({"other": {"id": "1", "favourite": {"title": "T"}}}))
    .entities(json!([{"__typename": "User", "id": "1", "favourite": {"title": "T"}}]));
    let gateway = gateway(&[&a, &b]);
    assert!(gateway.public_sdl().contains("favourite: Media"), "{}", gateway.public_sdl());
    let query = "{ user { favourite { __typename ... on Book { title } } } other { favourite { ... on Book { title } } } }";
    let answer = ask(&gateway, query).await;
    assert_eq!(
        answer,
        json!({"data": {"user": {"favourite": {"__typename": "Book", "title": "T"}}, "other": {"favourite": {"title": "T"}}}})
    );
}
