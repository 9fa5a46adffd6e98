//! Every feature of Federation that subgraphs may use, one fixture each.

mod support;

use serde_json::json;
use support::{Table, ask, ask_with, data, gateway};

#[tokio::test]
async fn an_entity_gets_its_fields_from_another_subgraph() {
    let users = Table::new("users", "type Query { user: User } type User @key(fields: \"id\") { id: ID! name: String! }")
        .roots(json!({"user": {"id": "1", "name": "Ada"}}));
    let posts = Table::new("posts", "type User @key(fields: \"id\") { id: ID! posts: [Post!]! } type Post { title: String! }")
        .entities(json!([{"__typename": "User", "id": "1", "posts": [{"title": "On engines"}]}]));
    let gateway = gateway(&[&users, &posts]);
    assert_eq!(
        data(&gateway, "{ user { posts { title } name } }").await,
        json!({"user": {"posts": [{"title": "On engines"}], "name": "Ada"}})
    );
}
