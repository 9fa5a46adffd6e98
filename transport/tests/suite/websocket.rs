use std::time::Duration;

use callboard_transport::TransportOptions;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{ClientRequestBuilder, Error, Message},
};

use crate::server::Server;

/// A client of the WebSocket that does what it is told, right or wrong.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    async fn try_connect(server: &Server, headers: &[(&str, &str)]) -> Result<Self, Error> {
        let uri = format!("ws://{}/graphql/ws", server.address).parse().unwrap();
        let mut request = ClientRequestBuilder::new(uri);
        for (name, value) in headers {
            request = request.with_header(*name, *value);
        }
        connect_async(request).await.map(|(socket, _)| Self { socket })
    }

    async fn connect(server: &Server) -> Self {
        Self::try_connect(server, &[("sec-websocket-protocol", "graphql-transport-ws")]).await.unwrap()
    }

    /// A client that the server has acknowledged.
    pub async fn introduced(server: &Server) -> Self {
        let mut client = Self::connect(server).await;
        client.introduce(json!({})).await;
        client
    }

    async fn introduce(&mut self, payload: Value) {
        self.send(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(self.receive().await, json!({ "type": "connection_ack" }));
    }

    pub async fn send(&mut self, message: &Value) {
        self.send_frame(Message::text(message.to_string())).await;
    }

    async fn send_frame(&mut self, frame: Message) {
        self.socket.send(frame).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.send(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    async fn next_frame(&mut self) -> Message {
        let next = tokio::time::timeout(Duration::from_secs(5), self.socket.next()).await;
        next.expect("the server says nothing").expect("the server left without a word").unwrap()
    }

    async fn receive(&mut self) -> Value {
        serde_json::from_str(self.next_frame().await.to_text().unwrap()).unwrap()
    }

    /// The code and reason with which the server closes, whatever it says before.
    async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.next_frame().await {
                let frame = frame.unwrap();
                return (frame.code.into(), frame.reason.to_string());
            }
        }
    }
}

#[tokio::test]
async fn operations_run_side_by_side() {
    let server = Server::start().await;
    let mut client = Client::introduced(&server).await;
    client.subscribe("silent", "subscription { silence }").await;
    client.subscribe("count", "subscription { count(to: 2) }").await;
    for count in [1, 2] {
        let next = json!({ "type": "next", "id": "count", "payload": { "data": { "count": count } } });
        assert_eq!(client.receive().await, next);
    }
    assert_eq!(client.receive().await, json!({ "type": "complete", "id": "count" }));
    client.subscribe("count", "mutation { change }").await;
    let next = json!({ "type": "next", "id": "count", "payload": { "data": { "change": true } } });
    assert_eq!(client.receive().await, next);
    assert_eq!(client.receive().await, json!({ "type": "complete", "id": "count" }));
}

#[tokio::test]
async fn an_operation_that_cannot_begin_is_an_error_and_the_connection_lives() {
    let server = Server::start().await;
    let mut client = Client::introduced(&server).await;
    client.subscribe("1", "{ unknown }").await;
    let error = client.receive().await;
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("1")));
    assert!(error["payload"][0]["message"].is_string(), "{error}");
    client.subscribe("1", "{ failing }").await;
    let next = client.receive().await;
    assert!(next["payload"].get("data").is_some(), "{next}");
    assert_eq!((&next["type"], &next["payload"]["data"]), (&json!("next"), &Value::Null));
}

#[tokio::test]
async fn a_ping_is_answered_with_its_payload_even_before_the_introduction() {
    let server = Server::start().await;
    let mut client = Client::connect(&server).await;
    client.send(&json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(client.receive().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    client.send(&json!({ "type": "pong" })).await;
    client.send(&json!({ "type": "ping" })).await;
    assert_eq!(client.receive().await, json!({ "type": "pong" }));
    client.send_frame(Message::Ping("x".into())).await;
    assert_eq!(client.next_frame().await, Message::Pong("x".into()));
}

#[tokio::test]
async fn the_server_pings_and_keeps_those_who_answer() {
    let keep_alive = Duration::from_millis(30);
    let server = Server::with(TransportOptions { keep_alive, ..TransportOptions::default() }).await;
    let mut client = Client::introduced(&server).await;
    for _ in 0..4 {
        assert!(client.next_frame().await.is_ping());
    }
}

#[tokio::test]
async fn what_is_no_message_of_the_protocol_closes_with_4400() {
    let server = Server::start().await;
    for message in [
        "nonsense",
        "{}",
        "[]",
        "null",
        r#"{"type":"unknown"}"#,
        r#"{"type":"connection_init","payload":"text"}"#,
        r#"{"type":"subscribe"}"#,
        r#"{"type":"subscribe","id":5,"payload":{"query":"{ hello }"}}"#,
        r#"{"type":"subscribe","id":"1","payload":{}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{ hello }","variables":[]}}"#,
        r#"{"type":"complete"}"#,
    ] {
        let mut client = Client::introduced(&server).await;
        client.send_frame(Message::text(message)).await;
        let (code, reason) = client.closed().await;
        assert!(code == 4400 && reason.starts_with("Invalid message: "), "{message}: {code} {reason}");
    }
    let mut client = Client::introduced(&server).await;
    client.send_frame(Message::binary(r#"{"type":"ping"}"#)).await;
    assert_eq!(client.closed().await.0, 4400);
}

#[tokio::test]
async fn a_message_past_the_limit_closes_the_connection() {
    let server = Server::with(TransportOptions { max_body_bytes: 1000, ..TransportOptions::default() }).await;
    let mut client = Client::introduced(&server).await;
    client.subscribe("1", &"x".repeat(2000)).await;
    assert_eq!(client.closed().await.0, 4400);
}

#[tokio::test]
async fn subscribing_before_the_introduction_closes_with_4401() {
    let server = Server::start().await;
    let mut client = Client::connect(&server).await;
    client.subscribe("1", "{ hello }").await;
    assert_eq!(client.closed().await, (4401, "Unauthorized".into()));
}

#[tokio::test]
async fn a_client_is_known_by_its_payload_or_else_by_its_request() {
    let server = Server::start().await;
    let headers = [("sec-websocket-protocol", "graphql-transport-ws"), ("authorization", "Bearer bob")];
    for (payload, viewer) in [
        (json!({ "Authorization": "Bearer ada" }), "user:default/ada"),
        (json!({ "authorization": "Bearer ada" }), "user:default/ada"),
        (json!({ "token": "ada" }), "user:default/ada"),
        (json!({}), "user:default/bob"),
        (Value::Null, "user:default/bob"),
    ] {
        let mut client = Client::try_connect(&server, &headers).await.unwrap();
        client.introduce(payload).await;
        client.subscribe("1", "{ viewer }").await;
        assert_eq!(client.receive().await["payload"]["data"]["viewer"], viewer);
    }
}

#[tokio::test]
async fn a_client_that_is_turned_away_is_told_why() {
    let server = Server::start().await;
    for (token, close) in [
        ("wrong", (4401, "the token is not valid")),
        ("banned", (4403, "you are not welcome")),
        ("broken", (4500, "internal error")),
    ] {
        let mut client = Client::connect(&server).await;
        client.send(&json!({ "type": "connection_init", "payload": { "token": token } })).await;
        assert_eq!(client.closed().await, (close.0, close.1.to_owned()));
    }
}

#[tokio::test]
async fn another_subprotocol_closes_with_4406() {
    let server = Server::start().await;
    // The client at hand refuses to go on when its subprotocol is not chosen, so it names none.
    let mut client = Client::try_connect(&server, &[]).await.unwrap();
    assert_eq!(client.closed().await, (4406, "Subprotocol not acceptable".into()));
}

#[tokio::test]
async fn a_client_that_does_not_introduce_itself_is_closed_with_4408() {
    let connection_init_timeout = Duration::from_millis(50);
    let options = TransportOptions { connection_init_timeout, ..TransportOptions::default() };
    let server = Server::with(options).await;
    let mut client = Client::connect(&server).await;
    assert_eq!(client.closed().await, (4408, "Connection initialisation timeout".into()));

    let mut client = Client::introduced(&server).await;
    tokio::time::sleep(connection_init_timeout * 2).await;
    client.subscribe("1", "{ hello }").await;
    assert_eq!(client.receive().await["type"], "next");
}

#[tokio::test]
async fn an_id_in_use_closes_with_4409() {
    let server = Server::start().await;
    let mut client = Client::introduced(&server).await;
    let id = "é".repeat(100);
    client.subscribe(&id, "subscription { silence }").await;
    client.subscribe(&id, "{ hello }").await;
    let (code, reason) = client.closed().await;
    assert!(code == 4409 && reason.starts_with("Subscriber for é") && reason.len() <= 123, "{code} {reason}");
}

#[tokio::test]
async fn a_second_introduction_closes_with_4429() {
    let server = Server::start().await;
    let mut client = Client::introduced(&server).await;
    client.send(&json!({ "type": "connection_init" })).await;
    assert_eq!(client.closed().await, (4429, "Too many initialisation requests".into()));
}

#[tokio::test]
async fn one_connection_runs_a_limited_number_of_operations() {
    let options = TransportOptions { max_operations_per_connection: 1, ..TransportOptions::default() };
    let server = Server::with(options).await;
    let mut client = Client::introduced(&server).await;
    client.subscribe("1", "subscription { silence }").await;
    client.subscribe("2", "{ hello }").await;
    let error = client.receive().await;
    assert_eq!(error["payload"][0]["extensions"]["code"], "RATE_LIMITED", "{error}");
    client.send(&json!({ "type": "complete", "id": "1" })).await;
    client.subscribe("2", "{ hello }").await;
    assert_eq!(client.receive().await["type"], "next");
}

#[tokio::test]
async fn pages_of_other_origins_are_not_let_in() {
    let allowed_origins = vec!["https://cdn.example.com".into()];
    let server = Server::with(TransportOptions { allowed_origins, ..TransportOptions::default() }).await;
    let own = format!("http://{}", server.address);
    for (origin, is_welcome) in
        [(own.as_str(), true), ("https://cdn.example.com", true), ("https://evil.example.com", false)]
    {
        let headers = [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", origin)];
        match Client::try_connect(&server, &headers).await {
            Ok(_) => assert!(is_welcome, "{origin}"),
            Err(Error::Http(response)) => {
                assert!(!is_welcome && response.status() == 403, "{origin}: {response:?}");
            }
            Err(error) => panic!("{origin}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_plain_request_is_told_what_is_spoken_here() {
    let server = Server::start().await;
    let response = reqwest::get(format!("http://{}/graphql/ws", server.address)).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["upgrade"]),
        (426, &"websocket".parse().unwrap())
    );
    assert!(response.json::<Value>().await.unwrap()["errors"].is_array());
}

#[tokio::test]
async fn a_goodbye_is_returned() {
    let server = Server::start().await;
    let mut client = Client::introduced(&server).await;
    client.socket.close(None).await.unwrap();
    assert!(client.next_frame().await.is_close());
}

#[tokio::test]
async fn connections_end_when_the_server_stops() {
    let options = TransportOptions::default();
    let shutdown = options.shutdown.clone();
    let server = Server::with(options).await;
    let mut client = Client::introduced(&server).await;
    shutdown.cancel();
    assert_eq!(client.closed().await.0, 1001);
}
