use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;

type Reply = (StatusCode, HeaderMap, Vec<u8>);

/// Somebody else's API: answers in turn by path with query, the last one for good, and a log of what was asked for.
#[derive(Clone)]
pub struct FileHost {
    address: SocketAddr,
    state: Arc<Mutex<Replies>>,
}

#[derive(Default)]
struct Replies {
    replies: HashMap<String, Vec<Reply>>,
    asked: Vec<(String, HeaderMap, StatusCode)>,
}

impl FileHost {
    pub async fn start() -> Self {
        let state: Arc<Mutex<Replies>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    pub fn host(&self) -> String {
        self.address.to_string()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn reply(&self, path: &str, status: u16, headers: &[(&'static str, &str)], body: impl Into<Vec<u8>>) {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
        let reply = (StatusCode::from_u16(status).unwrap(), headers.collect(), body.into());
        self.state.lock().unwrap().replies.entry(path.to_owned()).or_default().push(reply);
    }

    pub fn take_asked(&self) -> Vec<(String, HeaderMap, StatusCode)> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

async fn answer(State(state): State<Arc<Mutex<Replies>>>, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let mut state = state.lock().unwrap();
    let found = state.replies.get_mut(&path);
    let found = found.map(|replies| if replies.len() > 1 { replies.remove(0) } else { replies[0].clone() });
    let (mut status, headers, mut body) =
        found.unwrap_or((StatusCode::NOT_FOUND, HeaderMap::new(), Vec::new()));
    let known = request.headers().get("if-none-match");
    if known.is_some() && known == headers.get("etag") {
        (status, body) = (StatusCode::NOT_MODIFIED, Vec::new());
    }
    state.asked.push((path, request.headers().clone(), status));
    (status, headers, body).into_response()
}
