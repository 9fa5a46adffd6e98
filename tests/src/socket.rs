use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// How long something that must come may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A subscription over a WebSocket of its own.
#[derive(Debug)]
pub struct Subscription(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Subscription {
    /// Subscribes at the portal with this address, as whom a token stands for.
    pub async fn open(address: &str, token: Option<&str>, query: &str, variables: Value) -> Self {
        let url = format!("{}/graphql/ws", address.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("an address");
        let protocol = "graphql-transport-ws".parse().expect("a protocol");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let (socket, _) = connect_async(request).await.expect("the portal takes WebSockets");
        let mut subscription = Self(socket);
        let payload = token.map(|token| json!({ "authorization": format!("Bearer {token}") }));
        subscription.send(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(subscription.message().await.expect("a greeting")["type"], "connection_ack");
        let payload = json!({ "query": query, "variables": variables });
        subscription.send(&json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
        subscription
    }

    async fn send(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).await.expect("an open socket");
    }

    /// The next message of the protocol; `None` where the portal has hung up.
    pub async fn message(&mut self) -> Option<Value> {
        timeout(PATIENCE, self.any_message()).await.expect("a message in time")
    }

    async fn any_message(&mut self) -> Option<Value> {
        loop {
            match self.0.next().await? {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The data of the next event.
    pub async fn event(&mut self) -> Value {
        let message = self.message().await.expect("an event");
        assert_eq!(message["type"], "next", "{message}");
        let payload = &message["payload"];
        assert!(payload["errors"].is_null(), "{payload}");
        payload["data"].clone()
    }

    /// Whether nothing comes for a while.
    pub async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_millis(700), self.any_message()).await.is_err()
    }
}
