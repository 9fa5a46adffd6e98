use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use tokio::net::TcpListener;

/// Somebody else's service: it keeps what it was asked, and answers as the path says.
#[derive(Clone, Debug)]
pub struct Target {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A request that reached it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// With the query.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Target {
    pub async fn start() -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&asked));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What reached it since this was asked last.
    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn answer(State(asked): State<Arc<Mutex<Vec<Asked>>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().unwrap().to_string();
    // A body that breaks off did not reach it whole.
    let Ok(body) = to_bytes(body, usize::MAX).await else { return StatusCode::BAD_REQUEST.into_response() };
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(Asked {
        method: parts.method.to_string(),
        path,
        headers: parts.headers,
        body: body.to_vec(),
    });
    let query: HashMap<String, String> =
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let text = |key: &str| query.get(key).cloned().unwrap_or_default();
    match parts.uri.path() {
        "/api/typed" => ([(header::CONTENT_TYPE, text("type"))], "alert(1)").into_response(),
        "/api/redirect" => {
            let status = StatusCode::from_bytes(text("status").as_bytes()).unwrap_or(StatusCode::FOUND);
            (status, [(header::LOCATION, text("to"))], "moved").into_response()
        }
        "/api/status" => StatusCode::from_bytes(text("code").as_bytes()).unwrap().into_response(),
        "/api/slow" => {
            tokio::time::sleep(Duration::from_mins(5)).await;
            "late".into_response()
        }
        // Begins at once and never ends.
        "/api/live" => {
            let first = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"data: 1\n\n"))]);
            let body = Body::from_stream(first.chain(stream::pending()));
            ([(header::CONTENT_TYPE, "text/event-stream")], body).into_response()
        }
        // Without its length.
        "/api/stream" => {
            let parts = text("parts").parse().unwrap_or(0);
            let part = || Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 1000]));
            Body::from_stream(stream::iter((0..parts).map(move |_| part()))).into_response()
        }
        "/api/packed" => {
            ([(header::CONTENT_ENCODING, "gzip")], b"\x1f\x8bnot unpacked".to_vec()).into_response()
        }
        "/api/chatty" => (
            [
                ("set-cookie", "callboard-session=planted; Path=/"),
                ("www-authenticate", "Basic"),
                ("access-control-allow-origin", "*"),
                ("access-control-allow-credentials", "true"),
                ("content-security-policy", "script-src *"),
                ("clear-site-data", "\"*\""),
                ("x-total-count", "7"),
                ("x-other", "8"),
                ("etag", "\"1\""),
            ],
            "chatty",
        )
            .into_response(),
        _ => ([(header::CONTENT_TYPE, "application/json")], "{\"ok\":true}").into_response(),
    }
}
