use std::time::Duration;

use callboard_transport::TransportOptions;

use crate::server::{EVENTS, Server, answer};

#[tokio::test]
async fn every_operation_can_be_had_as_events() {
    let server = Server::start().await;
    let complete = "event: complete\ndata: \n\n";
    for (query, events) in [
        ("{ hello }", "event: next\ndata: {\"data\":{\"hello\":\"hello world\"}}\n\n"),
        ("mutation { change }", "event: next\ndata: {\"data\":{\"change\":true}}\n\n"),
        (
            "subscription { count(to: 2) }",
            "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\n",
        ),
    ] {
        let (status, _, body) = answer(server.post(EVENTS, query)).await;
        assert_eq!((status, body), (200, format!("{events}{complete}").into()), "{query}");
    }
}

#[tokio::test]
async fn an_operation_that_cannot_begin_is_told_in_an_event() {
    let server = Server::start().await;
    let (status, _, body) = answer(server.post(EVENTS, "subscription { unknown }")).await;
    let body = body.as_str().unwrap();
    assert_eq!(status, 200);
    assert!(
        body.starts_with("event: next\ndata: {\"errors\":[") && body.ends_with("event: complete\ndata: \n\n"),
        "{body}"
    );
}

#[tokio::test]
async fn a_request_that_is_none_is_answered_in_json() {
    let server = Server::start().await;
    let (status, content_type, _) = answer(server.get(EVENTS, &[])).await;
    assert_eq!((status, content_type.as_str()), (400, "application/json; charset=utf-8"));
}

#[tokio::test]
async fn a_list_of_types_gets_events_for_a_subscription_and_json_for_a_query() {
    let server = Server::start().await;
    let accept = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
    assert!(
        answer(server.post(accept, "{ hello }")).await.1.starts_with("application/graphql-response+json")
    );
    assert!(answer(server.post(accept, "subscription { count(to: 1) }")).await.1.starts_with(EVENTS));
}

#[tokio::test]
async fn silence_is_kept_alive() {
    let keep_alive = Duration::from_millis(20);
    let server = Server::with(TransportOptions { keep_alive, ..TransportOptions::default() }).await;
    let mut response = server.post(EVENTS, "subscription { silence }").send().await.unwrap();
    for _ in 0..2 {
        assert_eq!(response.chunk().await.unwrap().unwrap(), ":\n\n");
    }
}

#[tokio::test]
async fn no_more_streams_are_opened_than_there_is_room_for() {
    let server = Server::with(TransportOptions { max_connections: 1, ..TransportOptions::default() }).await;
    let first = server.post(EVENTS, "subscription { silence }").send().await.unwrap();
    let (status, _, body) = answer(server.post(EVENTS, "subscription { silence }")).await;
    assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (503, &"UNAVAILABLE".into()));
    drop(first);
    server.until_running(0).await;
    assert_eq!(answer(server.post(EVENTS, "{ hello }")).await.0, 200);
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let options = TransportOptions::default();
    let shutdown = options.shutdown.clone();
    let server = Server::with(options).await;
    let response = server.post(EVENTS, "subscription { silence }").send().await.unwrap();
    shutdown.cancel();
    assert_eq!(response.text().await.unwrap(), "");
}
