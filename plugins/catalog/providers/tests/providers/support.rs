use std::{
    fmt,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use callboard_kit::{Clock, SourceReader};
use callboard_providers::{EntityProvider, FoundEntity, FoundLocation, ProviderMutation};
use callboard_reading::{IntegrationsConfig, Reading, ReadingConfig};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The path, with the query.
    pub uri: String,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Asked {
    /// What a header says.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

type Answer = Box<dyn Fn(&Asked, &str) -> Response + Send + Sync>;

/// Somebody's service.
pub struct Service {
    pub host: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

struct Answering {
    host: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    answer: Answer,
}

impl fmt::Debug for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.host)
    }
}

impl Service {
    /// Answers to what is asked; the second argument is its own address.
    pub async fn start(answer: impl Fn(&Asked, &str) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::default());
        let state = Answering { host: host.clone(), asked: Arc::clone(&asked), answer: Box::new(answer) };
        let router = Router::new().fallback(take).with_state(Arc::new(state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { host, asked }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Reads this service as what `integrations` calls it, and as an allowed host.
    pub fn reading(&self, integrations: Value) -> Reading {
        let reading: ReadingConfig =
            serde_json::from_value(json!({ "allow": [{ "host": self.host, "allowPrivate": true }] }))
                .unwrap();
        let integrations: IntegrationsConfig = serde_json::from_value(integrations).unwrap();
        Reading::new(&reading, &integrations, &Clock::default(), &std::env::temp_dir()).unwrap()
    }
}

async fn take(State(service): State<Arc<Answering>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let asked = Asked { uri: head.uri.to_string(), headers: head.headers, body };
    service.asked.lock().unwrap().push(asked.clone());
    (service.answer)(&asked, &service.host)
}

/// JSON.
pub fn answer(body: Value) -> Response {
    axum::Json(body).into_response()
}

/// Nothing is there.
pub fn missing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

/// All that a provider finds.
pub async fn look(
    provider: &dyn EntityProvider,
    sources: &dyn SourceReader,
) -> (Vec<String>, Vec<FoundEntity>) {
    match provider.look(sources).await.unwrap() {
        ProviderMutation::Full { locations, entities } => (
            locations.into_iter().map(|FoundLocation { kind, target }| format!("{kind}:{target}")).collect(),
            entities,
        ),
        ProviderMutation::Delta { .. } => unreachable!("providers that are built in tell of all there is"),
    }
}
