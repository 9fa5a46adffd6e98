use std::time::Duration;

use serde_json::json;

use crate::{
    server::{EVENTS, GRAPHQL, Server},
    websocket::Client,
};

#[tokio::test]
async fn a_query_ends_when_its_client_leaves() {
    let server = Server::start().await;
    let request = tokio::spawn(server.post(GRAPHQL, "{ never }").send());
    server.until_running(1).await;
    request.abort();
    server.until_running(0).await;
}

#[tokio::test]
async fn an_event_stream_ends_when_its_client_leaves() {
    let server = Server::start().await;
    for query in ["subscription { ticks }", "subscription { silence }", "{ never }"] {
        let response = server.post(EVENTS, query).send().await.unwrap();
        server.until_running(1).await;
        drop(response);
        server.until_running(0).await;
    }
}

#[tokio::test]
async fn the_operations_of_a_websocket_end_when_completed_or_when_it_closes() {
    let server = Server::start().await;
    let mut client = Client::introduced(&server).await;
    for (id, query) in
        [("1", "subscription { silence }"), ("2", "{ never }"), ("3", "subscription { ticks }")]
    {
        client.send(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }
    server.until_running(3).await;
    client.send(&json!({ "type": "complete", "id": "2" })).await;
    server.until_running(2).await;
    drop(client);
    server.until_running(0).await;
}

#[tokio::test]
async fn a_websocket_client_that_neither_speaks_nor_reads_is_dropped() {
    let options = callboard_transport::TransportOptions {
        keep_alive: Duration::from_millis(50),
        ..callboard_transport::TransportOptions::default()
    };
    let server = Server::with(options).await;
    let mut client = Client::introduced(&server).await;
    client
        .send(&json!({ "type": "subscribe", "id": "1", "payload": { "query": "subscription { ticks }" } }))
        .await;
    server.until_running(1).await;
    // Not reading means not answering pings either.
    server.until_running(0).await;
}
