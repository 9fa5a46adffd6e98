use serde_json::json;

use crate::server::{EVENTS, GRAPHQL, JSON, Server, answer};

#[tokio::test]
async fn a_query_with_its_parameters_is_answered() {
    let server = Server::start().await;
    let parameters = [
        ("query", "query A { hello } query B($name: String!) { hello(name: $name) }"),
        ("operationName", "B"),
        ("variables", r#"{"name":"Ada & Bob"}"#),
        ("extensions", ""),
    ];
    let (status, _, body) = answer(server.get(GRAPHQL, &parameters)).await;
    assert_eq!((status, body), (200, json!({ "data": { "hello": "hello Ada & Bob" } })));
}

#[tokio::test]
async fn a_mutation_is_not_allowed_and_not_run() {
    let server = Server::start().await;
    for accept in [JSON, GRAPHQL] {
        let response = server.get(accept, &[("query", "mutation { change }")]).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["allow"]),
            (405, &"POST".parse().unwrap())
        );
        assert!(response.json::<serde_json::Value>().await.unwrap().get("data").is_none());
    }
}

#[tokio::test]
async fn parameters_that_cannot_be_read_are_named() {
    let server = Server::start().await;
    for (parameters, field) in [
        (vec![], "query"),
        (vec![("query", "{ hello }"), ("variables", "{")], "variables"),
        (vec![("query", "{ hello }"), ("variables", "[1]")], "variables"),
        (vec![("query", "{ hello }"), ("extensions", "5")], "extensions"),
        (vec![("query", "{ hello }"), ("query", "{ viewer }")], "query"),
    ] {
        let (status, _, body) = answer(server.get(JSON, &parameters)).await;
        assert_eq!(
            (status, &body["errors"][0]["extensions"]["field"]),
            (400, &json!(field)),
            "{parameters:?}"
        );
    }
}

#[tokio::test]
async fn a_head_request_gets_the_head_of_the_answer() {
    let server = Server::start().await;
    let url = format!("{}?query=%7Bhello%7D", server.url());
    let response = reqwest::Client::new().head(url).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/json; charset=utf-8".parse().unwrap())
    );
    assert_eq!(response.text().await.unwrap(), "");
}

#[tokio::test]
async fn a_subscription_comes_as_events() {
    let server = Server::start().await;
    let (status, content_type, body) =
        answer(server.get(EVENTS, &[("query", "subscription { count(to: 1) }")])).await;
    assert_eq!((status, content_type.as_str()), (200, "text/event-stream; charset=utf-8"));
    assert_eq!(body, "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: complete\ndata: \n\n");
}
