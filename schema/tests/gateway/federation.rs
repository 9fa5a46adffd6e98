//! Every feature of Federation that subgraphs may use, one fixture each.

use crate::support::{Table, ask, ask_with, data, gateway};
use serde_json::{Value as Json, json};

#[tokio::test]
async fn an_entity_gets_its_fields_from_another_subgraph() {
    let users = Table::new(
        "users",
        "type Query { user: User } type User @key(fields: \"id\") { id: ID! name: String! }",
    )
    .roots(json!({"user": {"id": "1", "name": "Ada"}}));
    let posts = Table::new(
        "posts",
        "type User @key(fields: \"id\") { id: ID! posts: [Post!]! } type Post { title: String! }",
    )
    .entities(json!([{"__typename": "User", "id": "1", "posts": [{"title": "On engines"}]}]));
    let gateway = gateway(&[&users, &posts]);
    assert_eq!(
        data(&gateway, "{ user { posts { title } name } }").await,
        json!({"user": {"posts": [{"title": "On engines"}], "name": "Ada"}})
    );
}

#[tokio::test]
async fn keys_may_be_composite_nested_and_several() {
    let a = Table::new(
        "a",
        r#"type Query { product: Product }
        type Product @key(fields: "sku region { code }") { sku: ID! region: Region! name: String }
        type Region { code: ID! }"#,
    )
    .roots(json!({"product": {"sku": "s", "region": {"code": "eu"}, "name": "Oven"}}));
    let b = Table::new(
        "b",
        r#"type Product @key(fields: "sku region { code }") @key(fields: "upc") { sku: ID! region: Region! upc: ID! }
        type Region @shareable { code: ID! }"#,
    )
    .entities(json!([{"__typename": "Product", "sku": "s", "region": {"code": "eu"}, "upc": "u"}]));
    let c = Table::new("c", r#"type Product @key(fields: "upc") { upc: ID! stock: Int }"#)
        .entities(json!([{"__typename": "Product", "upc": "u", "stock": 7}]));
    let a = a.resdl("type Region {", "type Region @shareable {");
    let gateway = gateway(&[&a, &b, &c]);
    assert_eq!(
        data(&gateway, "{ product { name stock } }").await,
        json!({"product": {"name": "Oven", "stock": 7}})
    );
}

#[tokio::test]
async fn requirements_reach_across_several_hops() {
    let a = Table::new("a", r#"type Query { item: Item } type Item @key(fields: "id") { id: ID! }"#)
        .roots(json!({"item": {"id": "1"}}));
    let b = Table::new(
        "b",
        r#"type Item @key(fields: "id") { id: ID! price: Int @external discounted: Int @requires(fields: "price") }"#,
    )
    .entities(json!([{"__typename": "Item", "id": "1"}]))
    .compute(|call| (call.field == "discounted").then(|| json!(call.parent["price"].as_i64().unwrap() / 2)));
    let c = Table::new(
        "c",
        r#"type Item @key(fields: "id") { id: ID! cost: Int @external price: Int @requires(fields: "cost") }"#,
    )
    .entities(json!([{"__typename": "Item", "id": "1"}]))
    .compute(|call| (call.field == "price").then(|| json!(call.parent["cost"].as_i64().unwrap() * 3)));
    let d = Table::new("d", r#"type Item @key(fields: "id") { id: ID! cost: Int }"#)
        .entities(json!([{"__typename": "Item", "id": "1", "cost": 10}]));
    let gateway = gateway(&[&a, &b, &c, &d]);
    assert_eq!(data(&gateway, "{ item { discounted } }").await, json!({"item": {"discounted": 15}}));
    assert_eq!(
        data(&gateway, "{ item { cost: discounted id: price } }").await,
        json!({"item": {"cost": 15, "id": 30}})
    );
}

#[tokio::test]
async fn requirements_may_have_fragments_on_interfaces_and_nested_objects() {
    let a = Table::new(
        "a",
        r#"type Query { items: [Item!]! }
        type Item @key(fields: "id") { id: ID! part: Part made: Made }
        interface Part { name: String } type Wheel implements Part { name: String size: Int } type Door implements Part { name: String color: String }
        type Made { place: Place } type Place { city: String }"#,
    )
    .roots(json!({"items": [
        {"id": "1", "part": {"__typename": "Wheel", "name": "w", "size": 3}, "made": {"place": {"city": "Ulm"}}},
        {"id": "2", "part": {"__typename": "Door", "name": "d", "color": "red"}, "made": {"place": null}},
        {"id": "3", "part": null, "made": null},
    ]}));
    let b = Table::new(
        "b",
        r#"type Item @key(fields: "id") { id: ID! part: Part @external made: Made @external
          label: String @requires(fields: "part { name ... on Wheel { size } ... on Door { color } } made { place { city } }") }
        interface Part { name: String } type Wheel implements Part { name: String @external size: Int @external }
        type Door implements Part { name: String @external color: String @external }
        type Made { place: Place @external } type Place { city: String @external }"#,
    )
    .entities(json!([
        {"__typename": "Item", "id": "1"}, {"__typename": "Item", "id": "2"}, {"__typename": "Item", "id": "3"}
    ]))
    .compute(|call| {
        let parent = call.parent;
        (call.field == "label").then(|| {
            json!(format!("{} {}", parent["part"], parent["made"]).replace('"', "").replace("__typename:", ""))
        })
    });
    let gateway = gateway(&[&a, &b]);
    let answer = data(&gateway, "{ items { label } }").await;
    let labels: Vec<&str> =
        answer["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
    assert!(labels[0].contains("size:3") && labels[0].contains("city:Ulm"), "{labels:?}");
    assert!(labels[1].contains("color:red") && labels[1].contains("place:null"), "{labels:?}");
    assert_eq!(labels[2], "null null");
}

#[tokio::test]
async fn a_requirement_with_an_argument_does_not_disturb_the_clients_own() {
    let a = Table::new(
        "a",
        r#"type Query { item: Item } type Item @key(fields: "id") { id: ID! price(currency: String!): Int }"#,
    )
    .roots(json!({"item": {"id": "1"}}))
    .entities(json!([{"__typename": "Item", "id": "1"}]))
    .compute(|call| {
        (call.field == "price")
            .then(|| json!(if call.arguments["currency"] == "USD".into() { 1 } else { 100 }))
    });
    let b = Table::new(
        "b",
        r#"type Item @key(fields: "id") { id: ID! price(currency: String!): Int @external
        label: String @requires(fields: "price(currency: \"USD\")") }"#,
    )
    .entities(json!([{"__typename": "Item", "id": "1"}]))
    .compute(|call| (call.field == "label").then(|| json!(format!("${}", call.parent["price"]))));
    let gateway = gateway(&[&a, &b]);
    assert_eq!(
        data(&gateway, "{ item { label price(currency: \"YEN\") } }").await,
        json!({"item": {"label": "$1", "price": 100}})
    );
    let variables = json!({"currency": "YEN"});
    assert_eq!(
        ask_with(
            &gateway,
            "query($currency: String!) { item { price(currency: $currency) label } }",
            variables
        )
        .await,
        json!({"data": {"item": {"price": 100, "label": "$1"}}})
    );
}

#[tokio::test]
async fn provided_fields_are_not_fetched_again() {
    let a = Table::new(
        "a",
        r#"type Query { review: Review } type Review { author: User @provides(fields: "name") media: Media @provides(fields: "... on Book { title }") }
        type User @key(fields: "id") { id: ID! name: String @external }
        union Media = Book | Film type Book @key(fields: "id") { id: ID! title: String @external } type Film @key(fields: "id") { id: ID! }"#,
    )
    .roots(json!({"review": {"author": {"id": "1", "name": "Ada"}, "media": {"__typename": "Book", "id": "1", "title": "T"}}}));
    let b = Table::new(
        "b",
        r#"type User @key(fields: "id") { id: ID! name: String } type Book @key(fields: "id") { id: ID! title: String } type Film @key(fields: "id") { id: ID! }"#,
    );
    let requests = b.requests();
    let gateway = gateway(&[&a, &b]);
    assert_eq!(
        data(&gateway, "{ review { author { name } media { ... on Book { title } } } }").await,
        json!({"review": {"author": {"name": "Ada"}, "media": {"title": "T"}}})
    );
    assert!(requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_overridden_field_comes_from_its_new_owner() {
    let a =
        Table::new("a", r#"type Query { user: User } type User @key(fields: "id") { id: ID! name: String }"#)
            .roots(json!({"user": {"id": "1", "name": "old"}}));
    let b = Table::new("b", r#"type User @key(fields: "id") { id: ID! name: String @override(from: "a") }"#)
        .entities(json!([{"__typename": "User", "id": "1", "name": "new"}]));
    assert_eq!(data(&gateway(&[&a, &b]), "{ user { name } }").await, json!({"user": {"name": "new"}}));
}

#[tokio::test]
async fn shared_roots_are_asked_of_all_who_have_them() {
    let a = Table::new("a", "type Query { product: Product @shareable } type Product @shareable { id: ID! name: Name } type Name @shareable { id: ID! brand: String }")
        .roots(json!({"product": {"id": "1", "name": {"id": "1", "brand": "B"}}}));
    let b = Table::new("b", "type Query { product: Product @shareable } type Product @shareable { id: ID! name: Name price: Price } type Name @shareable { id: ID! model: String } type Price @shareable { amount: Int }")
        .roots(json!({"product": {"id": "1", "name": {"id": "1", "model": "M"}, "price": {"amount": 5}}}));
    assert_eq!(
        data(&gateway(&[&a, &b]), "{ product { id name { brand model } price { amount } } }").await,
        json!({"product": {"id": "1", "name": {"brand": "B", "model": "M"}, "price": {"amount": 5}}})
    );
}

#[tokio::test]
async fn an_interface_object_adds_fields_to_every_implementation() {
    let catalog = Table::new(
        "catalog",
        r#"type Query { entities: [Entity!]! } interface Entity @key(fields: "id") { id: ID! name: String }
        type Component implements Entity @key(fields: "id") { id: ID! name: String kind: String }
        type System implements Entity @key(fields: "id") { id: ID! name: String }"#,
    )
    .roots(json!({"entities": [
        {"__typename": "Component", "id": "1", "name": "web", "kind": "site"}, {"__typename": "System", "id": "2", "name": "all"}
    ]}))
    .entities(json!([
        {"__typename": "Component", "id": "1", "name": "web", "kind": "site"}, {"__typename": "System", "id": "2", "name": "all"}
    ]));
    let docs = Table::new(
        "docs",
        r#"type Query { documented: [Entity!]! } type Entity @key(fields: "id") @interfaceObject { id: ID! docs: String }"#,
    )
    .roots(json!({"documented": [{"id": "2", "docs": "all.md"}, {"id": "1", "docs": "web.md"}]}))
    .entities(json!([{"__typename": "Entity", "id": "1", "docs": "web.md"}, {"__typename": "Entity", "id": "2", "docs": "all.md"}]));
    let gateway = gateway(&[&catalog, &docs]);
    assert_eq!(
        data(&gateway, "{ entities { __typename docs ... on Component { kind } } }").await,
        json!({"entities": [
            {"__typename": "Component", "docs": "web.md", "kind": "site"}, {"__typename": "System", "docs": "all.md"}
        ]})
    );
    assert_eq!(
        data(&gateway, "{ documented { docs } }").await,
        json!({"documented": [{"docs": "all.md"}, {"docs": "web.md"}]})
    );
    assert_eq!(
        data(&gateway, "{ documented { docs type: __typename name ... on Component { kind } } }").await,
        json!({"documented": [
            {"docs": "all.md", "type": "System", "name": "all"},
            {"docs": "web.md", "type": "Component", "name": "web", "kind": "site"},
        ]})
    );
    assert_eq!(
        data(&gateway, "{ entities { ... on Component { docs } } }").await,
        json!({"entities": [{"docs": "web.md"}, {}]})
    );
}

#[tokio::test]
async fn unions_and_interfaces_spread_over_subgraphs() {
    let a = Table::new(
        "a",
        r#"type Query { media: [Media] } union Media = Book | Film
        type Book @key(fields: "id") { id: ID! title: String! } type Film @key(fields: "id") { id: ID! }"#,
    )
    .roots(json!({"media": [{"__typename": "Book", "id": "1", "title": "T"}, {"__typename": "Film", "id": "2"}, null]}));
    let b = Table::new(
        "b",
        r#"union Media = Film | Song type Film @key(fields: "id") { id: ID! minutes: Int } type Song @key(fields: "id") { id: ID! }"#,
    )
    .entities(json!([{"__typename": "Film", "id": "2", "minutes": 90}]));
    assert_eq!(
        data(
            &gateway(&[&a, &b]),
            "{ media { __typename ... on Book { title } ... on Film { minutes } ... on Song { id } } }"
        )
        .await,
        json!({"media": [{"__typename": "Book", "title": "T"}, {"__typename": "Film", "minutes": 90}, null]})
    );
}

#[tokio::test]
async fn what_the_public_schema_hides_is_null_with_an_error() {
    let a = Table::new(
        "a",
        "type Query { things: [Thing] levels: [Level] } interface Thing { id: ID! }
        type Open implements Thing { id: ID! } type Secret implements Thing @inaccessible { id: ID! }
        enum Level { LOW SECRET @inaccessible }",
    )
    .roots(json!({
        "things": [{"__typename": "Open", "id": "1"}, {"__typename": "Secret", "id": "2"}], "levels": ["LOW", "SECRET"]
    }));
    let gateway = gateway(&[&a]);
    let answer = ask(&gateway, "{ things { id } levels }").await;
    assert_eq!(answer["data"], json!({"things": [{"id": "1"}, null], "levels": ["LOW", null]}));
    let paths: Vec<&Json> = answer["errors"].as_array().unwrap().iter().map(|error| &error["path"]).collect();
    assert_eq!(paths, [&json!(["things", 1]), &json!(["levels", 1])]);
    assert!(!gateway.public_sdl().contains("Secret") && !gateway.public_sdl().contains("SECRET"));
}

#[tokio::test]
async fn enums_and_inputs_merge() {
    let a = Table::new("a", "type Query { a(input: Filter): String } input Filter { shared: Int onlyA: Int } enum Size @shareable { S M } type T @shareable { size: Size }")
        .compute(|call| (call.field == "a").then(|| json!(format!("{:?}", call.arguments.get("input").map(ToString::to_string)))));
    let b = Table::new("b", "type Query { b(input: Filter): Size } input Filter { shared: Int } enum Size { M L } type T @shareable { size: Size }")
        .roots(json!({"b": "L"}));
    let gateway = gateway(&[&a.resdl("enum Size @shareable", "enum Size"), &b]);
    assert_eq!(data(&gateway, "{ b(input: { shared: 1 }) }").await, json!({"b": "L"}));
    assert!(gateway.public_sdl().contains("shared: Int") && !gateway.public_sdl().contains("onlyA"));
    let answer =
        ask_with(&gateway, "query($input: Filter) { b(input: $input) }", json!({"input": {"onlyA": 1}}))
            .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn mutations_run_in_series_and_entities_follow_them() {
    let log = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let logged = |name: &'static str, log: &std::sync::Arc<std::sync::Mutex<Vec<String>>>| {
        let log = std::sync::Arc::clone(log);
        move |call: &crate::support::Call<'_>| {
            if call.type_name == "Mutation" {
                log.lock().unwrap().push(format!("{name}.{}", call.field));
            }
            None
        }
    };
    let a = Table::new("a", r#"type Query { a: Int } type Mutation { first: User third: User } type User @key(fields: "id") { id: ID! }"#)
        .roots(json!({"first": {"id": "1"}, "third": {"id": "3"}}))
        .compute(logged("a", &log));
    let b = Table::new("b", r#"type Mutation { second: User } type User @key(fields: "id") { id: ID! name: String }"#)
        .roots(json!({"second": {"id": "2", "name": "two"}}))
        .entities(json!([{"__typename": "User", "id": "1", "name": "one"}, {"__typename": "User", "id": "3", "name": "three"}]))
        .compute(logged("b", &log));
    assert_eq!(
        data(&gateway(&[&a, &b]), "mutation { first { name } second { name } third { id name } }").await,
        json!({"first": {"name": "one"}, "second": {"name": "two"}, "third": {"id": "3", "name": "three"}})
    );
    assert_eq!(*log.lock().unwrap(), ["a.first", "b.second", "a.third"]);
}

#[tokio::test]
async fn federation_v1_subgraphs_take_part() {
    let a = Table::without_link(
        "a",
        r#"type Query { user: User } type User @key(fields: "id") { id: ID! name: String }"#,
    )
    .roots(json!({"user": {"id": "1", "name": "Ada"}}));
    let b = Table::without_link("b", r#"extend type User @key(fields: "id") { id: ID! @external name: String @external greeting: String @requires(fields: "name") }"#)
        .entities(json!([{"__typename": "User", "id": "1"}]))
        .compute(|call| (call.field == "greeting").then(|| json!(format!("hi {}", call.parent["name"].as_str().unwrap()))));
    assert_eq!(
        data(&gateway(&[&a, &b]), "{ user { greeting } }").await,
        json!({"user": {"greeting": "hi Ada"}})
    );
}

#[tokio::test]
async fn null_keys_leave_the_rest_of_the_batch_alone() {
    let a = Table::new("a", r#"type Query { books: [Book] } type Book @key(fields: "id") { id: ID title: String }"#)
        .roots(json!({"books": [{"id": "1", "title": "A"}, {"id": null, "title": "B"}, null, {"id": "3", "title": "C"}]}));
    let b = Table::new("b", r#"type Book @key(fields: "id") { id: ID pages: Int }"#)
        .entities(json!([{"__typename": "Book", "id": "3", "pages": 30}]));
    let requests = b.requests();
    assert_eq!(
        data(&gateway(&[&a, &b]), "{ books { title pages } }").await,
        json!({"books": [
            {"title": "A", "pages": null}, {"title": "B", "pages": null}, null, {"title": "C", "pages": 30}
        ]})
    );
    assert_eq!(requests.lock().unwrap()[0].1["representations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_query_may_be_entered_again_below_a_mutation() {
    let a = Table::new("a", "type Query { a: Int @shareable x: Int } type Mutation { act: Result } type Result { ok: Boolean query: Query }")
        .roots(json!({"a": 1, "x": 2, "act": {"ok": true, "query": {"a": 1, "x": 2}}}));
    let b = Table::new("b", "type Query { b: Int }").roots(json!({"b": 2}));
    assert_eq!(
        data(&gateway(&[&a, &b]), "mutation { act { ok again: query { a b } } }").await,
        json!({"act": {"ok": true, "again": {"a": 1, "b": 2}}})
    );
}

#[tokio::test]
async fn what_a_field_of_an_interface_provides_takes_no_other_fetch() {
    let a = Table::new(
        "a",
        r#"type Query { shelf: Shelf @provides(fields: "items { id name }") }
        type Shelf { items: [Item] }
        interface Item { id: ID! name: String }
        type Book implements Item @key(fields: "id") { id: ID! name: String @external }
        type Disc implements Item @key(fields: "id") { id: ID! name: String @external }"#,
    )
    .roots(json!({"shelf": {"items": [
        {"__typename": "Book", "id": "1", "name": "One"}, {"__typename": "Disc", "id": "2", "name": "Two"},
    ]}}));
    let b = Table::new(
        "b",
        r#"type Book @key(fields: "id") { id: ID! name: String @shareable pages: Int }
        type Disc @key(fields: "id") { id: ID! name: String @shareable }"#,
    )
    .entities(json!([{"__typename": "Book", "id": "1", "name": "1", "pages": 9}]));
    let gateway = gateway(&[&a, &b]);
    assert_eq!(
        data(&gateway, "{ shelf { items { __typename name } } }").await,
        json!({"shelf": {"items": [
            {"__typename": "Book", "name": "One"}, {"__typename": "Disc", "name": "Two"},
        ]}})
    );
    assert_eq!(b.requests().lock().unwrap().len(), 0);
    assert_eq!(
        data(&gateway, "{ shelf { items { name ... on Book { pages } } } }").await,
        json!({"shelf": {"items": [{"name": "One", "pages": 9}, {"name": "Two"}]}})
    );
    assert_eq!(b.requests().lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_required_may_be_far_below_objects_of_the_same_type() {
    // Each step to a friend stays in the subgraph that greets, and what a greeting requires is elsewhere.
    let a = Table::new(
        "a",
        r#"type Query { me: User } type User @key(fields: "id") { id: ID! name: String _part_0: Int }"#,
    )
    .roots(json!({"me": {"id": "1", "_part_0": 7}}))
    .entities(json!([
        {"__typename": "User", "id": "1", "name": "Ada"}, {"__typename": "User", "id": "2", "name": "Bob"},
    ]));
    let b = Table::new(
        "b",
        r#"type User @key(fields: "id") { id: ID! friend: User name: String @external
          greeting: Greeting @requires(fields: "name") }
        type Greeting { text: String to: User }"#,
    )
    .entities(json!([
        {"__typename": "User", "id": "1", "friend": {"id": "2"}}, {"__typename": "User", "id": "2", "friend": {"id": "1"}},
    ]))
    .compute(|call| match call.field {
        "greeting" => {
            let text = format!("hello {}", call.parent["name"].as_str().unwrap_or("?"));
            Some(json!({"text": text, "to": {"id": call.parent["id"]}}))
        }
        _ => None,
    });
    let gateway = gateway(&[&a, &b]);
    let query =
        "{ me { _part_0 hi: greeting { text } friend { greeting { text to { greeting { text } } } } } }";
    assert_eq!(
        data(&gateway, query).await,
        json!({"me": {"_part_0": 7, "hi": {"text": "hello Ada"}, "friend": {"greeting": {
            "text": "hello Bob", "to": {"greeting": {"text": "hello Bob"}}
        }}}})
    );
}
