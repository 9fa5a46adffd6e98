use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Where the graph is served and within which limits.
#[derive(Clone, Debug)]
pub struct TransportOptions {
    /// The path of `POST` and `GET`.
    pub path: String,
    /// The path of the WebSocket.
    pub websocket_path: String,
    /// The largest request body and the largest WebSocket message.
    pub max_body_bytes: usize,
    /// How long a client may take to send a body.
    pub body_timeout: Duration,
    /// How often silent streams are kept alive; a WebSocket that stays mute as long is dropped.
    pub keep_alive: Duration,
    /// How long a WebSocket client may take to introduce itself.
    pub connection_init_timeout: Duration,
    /// How many operations one WebSocket may run at once.
    pub max_operations_per_connection: usize,
    /// How many sockets and event streams may be open at once.
    pub max_connections: usize,
    /// Origins besides our own from which browsers may open the WebSocket, e.g. `https://portal.example.com`; `*` for all.
    pub allowed_origins: Vec<String>,
    /// Whether our own pages come by `https` only: then one of our host that came without is forged.
    pub own_pages_by_tls: bool,
    /// Ends the sockets and event streams, which would outlast a graceful stop.
    pub shutdown: CancellationToken,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            path: "/graphql".into(),
            websocket_path: "/graphql/ws".into(),
            max_body_bytes: 1024 * 1024,
            body_timeout: Duration::from_secs(30),
            keep_alive: Duration::from_secs(12),
            connection_init_timeout: Duration::from_secs(3),
            max_operations_per_connection: 100,
            max_connections: 4096,
            allowed_origins: Vec::new(),
            own_pages_by_tls: false,
            shutdown: CancellationToken::new(),
        }
    }
}
