use callboard_transport::TransportOptions;
use serde_json::json;

use crate::server::{EVENTS, GRAPHQL, JSON, Server, answer};

#[tokio::test]
async fn an_operation_is_answered_in_the_type_that_is_accepted() {
    let server = Server::start().await;
    let data = json!({ "data": { "hello": "hello world" } });
    for (accept, content_type) in [
        (JSON, "application/json; charset=utf-8"),
        (GRAPHQL, "application/graphql-response+json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
        ("application/graphql-response+json;q=0.1, application/json", "application/json; charset=utf-8"),
    ] {
        let expected = (200, content_type.to_owned(), data.clone());
        assert_eq!(answer(server.post(accept, "{ hello }")).await, expected, "{accept}");
    }
}

#[tokio::test]
async fn mutations_run() {
    let server = Server::start().await;
    let (status, _, body) = answer(server.post(GRAPHQL, "mutation { change }")).await;
    assert_eq!((status, body), (200, json!({ "data": { "change": true } })));
}

#[tokio::test]
async fn variables_and_operation_name_arrive() {
    let server = Server::start().await;
    let body = json!({
        "query": "query A { hello } query B($name: String!) { hello(name: $name) }",
        "operationName": "B",
        "variables": { "name": "Ada" },
        "extensions": null,
    });
    let (status, _, body) = answer(server.request().header("accept", GRAPHQL).json(&body)).await;
    assert_eq!((status, body), (200, json!({ "data": { "hello": "hello Ada" } })));
}

#[tokio::test]
async fn the_status_says_how_the_operation_went_only_in_the_type_made_for_it() {
    let server = Server::start().await;
    for (query, graphql, json) in [
        ("{", 400, 200),
        ("{ unknown }", 400, 200),
        ("query($id: ID!) { hello }", 400, 200),
        ("{ failing }", 200, 200),
        ("subscription { count(to: 1) }", 406, 406),
    ] {
        assert_eq!(answer(server.post(GRAPHQL, query)).await.0, graphql, "{query}");
        assert_eq!(answer(server.post(JSON, query)).await.0, json, "{query}");
    }
}

#[tokio::test]
async fn data_is_absent_before_execution_and_null_after_it() {
    let server = Server::start().await;
    let (_, _, body) = answer(server.post(GRAPHQL, "{")).await;
    assert!(body.get("data").is_none() && body["errors"].is_array(), "{body}");
    let (_, _, body) = answer(server.post(GRAPHQL, "{ failing }")).await;
    assert_eq!(body.get("data"), Some(&serde_json::Value::Null));
    assert_eq!(body["errors"][0]["path"], json!(["failing"]));
}

#[tokio::test]
async fn what_is_no_request_is_told_so_in_both_types() {
    let server = Server::start().await;
    for (body, field) in [
        ("", None),
        ("{ \"not a JSON", None),
        ("[]", None),
        ("[{\"query\":\"{ hello }\"}]", None),
        ("\"{ hello }\"", None),
        ("\u{fffe}", None),
        ("{}", Some("query")),
        (r#"{"query":null}"#, Some("query")),
        (r#"{"query":5}"#, Some("query")),
        (r#"{"query":"{ hello }","operationName":[]}"#, Some("operationName")),
        (r#"{"query":"{ hello }","variables":[1]}"#, Some("variables")),
        (r#"{"query":"{ hello }","variables":"{}"}"#, Some("variables")),
        (r#"{"query":"{ hello }","extensions":"x"}"#, Some("extensions")),
    ] {
        for accept in [JSON, GRAPHQL] {
            let request = server.request().header("accept", accept).header("content-type", JSON).body(body);
            let (status, content_type, answer) = answer(request).await;
            assert_eq!((status, content_type.split(';').next()), (400, Some(accept)), "{body}");
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{body}");
            assert_eq!(answer["errors"][0]["extensions"]["field"].as_str(), field, "{body}");
        }
    }
}

#[tokio::test]
async fn deep_json_is_refused_and_the_server_lives() {
    let server = Server::start().await;
    let body = format!(
        r#"{{"query":"{{ hello }}","variables":{{"a":{}1{}}}}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let request = server.request().header("content-type", JSON).body(body);
    assert_eq!(answer(request).await.0, 400);
    assert_eq!(answer(server.post(JSON, "{ hello }")).await.0, 200);
}

#[tokio::test]
async fn a_hash_alone_is_a_request() {
    let server = Server::start().await;
    let body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "abc" } } });
    // This service keeps no queries; what matters is that it was asked.
    let (status, _, body) = answer(server.request().header("accept", JSON).json(&body)).await;
    assert_eq!(status, 200, "{body}");
}

#[tokio::test]
async fn only_json_in_utf_8_is_read() {
    let server = Server::start().await;
    let body = r#"{"query":"{ hello }"}"#;
    for content_type in [
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/graphql",
    ] {
        let (status, _, answer) =
            answer(server.request().header("content-type", content_type).body(body)).await;
        assert_eq!(
            (status, &answer["errors"][0]["extensions"]["code"]),
            (415, &json!("BAD_USER_INPUT")),
            "{content_type}"
        );
    }
    assert_eq!(answer(server.request().body(body)).await.0, 415);
    let compressed =
        server.request().header("content-type", JSON).header("content-encoding", "gzip").body(body);
    assert_eq!(answer(compressed).await.0, 415);
    let with_charset = server.request().header("content-type", "application/json; charset=UTF-8").body(body);
    assert_eq!(answer(with_charset).await.0, 200);
}

#[tokio::test]
async fn a_type_that_nobody_writes_is_not_acceptable() {
    let server = Server::start().await;
    for accept in ["text/html", "application/xml", "application/json;q=0", "application/json;charset=latin1"]
    {
        let (status, content_type, body) = answer(server.post(accept, "{ hello }")).await;
        assert_eq!((status, content_type.as_str()), (406, "application/json; charset=utf-8"), "{accept}");
        assert!(body["errors"][0]["message"].as_str().unwrap().contains("text/event-stream"));
    }
}

#[tokio::test]
async fn a_body_past_the_limit_is_refused_whether_announced_or_not() {
    let server = Server::with(TransportOptions { max_body_bytes: 1000, ..TransportOptions::default() }).await;
    let query = format!("{{ hello }} #{}", "x".repeat(2000));
    let (status, _, body) = answer(server.post(GRAPHQL, &query)).await;
    assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (413, &json!("BAD_USER_INPUT")));

    let body = json!({ "query": query }).to_string();
    let pieces = futures::stream::iter([Ok::<_, std::io::Error>(body)]);
    let chunked = server.request().header("content-type", JSON).body(reqwest::Body::wrap_stream(pieces));
    assert_eq!(answer(chunked).await.0, 413);
    assert_eq!(answer(server.post(GRAPHQL, "{ hello }")).await.0, 200);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let body_timeout = std::time::Duration::from_millis(50);
    let server = Server::with(TransportOptions { body_timeout, ..TransportOptions::default() }).await;
    let never = futures::stream::pending::<Result<String, std::io::Error>>();
    let request = server.request().header("content-type", JSON).body(reqwest::Body::wrap_stream(never));
    assert_eq!(answer(request).await.0, 408);
}

#[tokio::test]
async fn other_methods_are_told_which_ones_are_served() {
    let server = Server::start().await;
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let response = reqwest::Client::new().request(method, server.url()).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["allow"]),
            (405, &"GET, HEAD, POST".parse().unwrap())
        );
        assert!(response.json::<serde_json::Value>().await.unwrap()["errors"].is_array());
    }
}

#[tokio::test]
async fn who_asks_is_settled_before_the_body_is_read() {
    let server = Server::start().await;
    for (token, status, code) in
        [("wrong", 401, "UNAUTHENTICATED"), ("banned", 403, "FORBIDDEN"), ("broken", 500, "INTERNAL")]
    {
        for accept in [JSON, GRAPHQL, EVENTS] {
            let request = server.request().bearer_auth(token).header("accept", accept).body("not even JSON");
            let (seen, content_type, body) = answer(request).await;
            assert_eq!((seen, &body["errors"][0]["extensions"]["code"]), (status, &json!(code)), "{accept}");
            assert!(content_type.contains("json"), "{content_type}");
        }
    }
    let (_, _, body) = answer(server.post(GRAPHQL, "{ viewer }").bearer_auth("broken")).await;
    assert!(!body.to_string().contains("database"), "{body}");
    let response = server.post(GRAPHQL, "{ viewer }").bearer_auth("wrong").send().await.unwrap();
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
    let (_, _, body) = answer(server.post(GRAPHQL, "{ viewer }").bearer_auth("ada")).await;
    assert_eq!(body["data"]["viewer"], "user:default/ada");
}

#[tokio::test]
async fn every_answer_quotes_the_request_id() {
    let server = Server::start().await;
    for request in [
        server.post(GRAPHQL, "{ hello }"),
        server.post(JSON, "{"),
        server.post(EVENTS, "{ hello }"),
        server.request().header("content-type", JSON).body("nonsense"),
    ] {
        assert_eq!(request.send().await.unwrap().headers()["x-request-id"], "request-1");
    }
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_can_read_it() {
    let server = Server::start().await;
    let ask = async |accept: &str, query: &str, encodings: &str| {
        let request = server.post(accept, query).header("accept-encoding", encodings);
        let response = request.send().await.unwrap();
        let encoding =
            response.headers().get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
        (encoding, response.headers().get_all("vary").iter().count(), response.bytes().await.unwrap().len())
    };
    let long = "{ text(length: 20000) }";
    for (encodings, expected) in [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0.1, gzip", "gzip")] {
        let (encoding, vary, length) = ask(GRAPHQL, long, encodings).await;
        assert_eq!((encoding.as_deref(), vary), (Some(expected), 2), "{encodings}");
        assert!(length < 500, "{length} bytes with {encodings}");
    }
    assert_eq!(ask(GRAPHQL, long, "identity").await.0, None);
    assert_eq!(ask(GRAPHQL, "{ hello }", "gzip, br").await.0, None);
    assert_eq!(ask(EVENTS, long, "gzip, br").await.0, None);
}
