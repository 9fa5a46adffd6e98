use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::watch};

/// Somebody else's web server: files by path, each with an entity tag, and a log of what was asked for.
#[derive(Clone, Debug)]
pub struct FileHost {
    address: SocketAddr,
    state: Arc<Mutex<Files>>,
}

#[derive(Debug, Default)]
struct Files {
    /// With the query where the path has one.
    by_path: HashMap<String, File>,
    asked: Vec<Asked>,
    /// Whoever asks for one of these waits until it is released.
    held: HashMap<String, watch::Sender<()>>,
}

#[derive(Clone, Debug)]
struct File {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// A request that somebody made.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The path with its query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The status of the answer.
    pub status: StatusCode,
}

impl FileHost {
    /// A server on a free port of this machine.
    pub async fn start() -> Self {
        let state: Arc<Mutex<Files>> = Arc::default();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    /// Its host, with the port.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Serves a file from now on.
    pub fn put(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.answer_with(path, StatusCode::OK, &[], body);
    }

    /// Answers a path so from now on.
    pub fn answer_with(
        &self,
        path: &str,
        status: StatusCode,
        headers: &[(&'static str, &str)],
        body: impl Into<Vec<u8>>,
    ) {
        let headers = headers.iter().map(|(name, value)| {
            let name = axum::http::HeaderName::from_static(name);
            (name, HeaderValue::from_str(value).expect("a header's value"))
        });
        let file = File { status, headers: headers.collect(), body: body.into() };
        self.lock().by_path.insert(path.to_owned(), file);
    }

    /// Serves a file no more.
    pub fn remove(&self, path: &str) {
        self.lock().by_path.remove(path);
    }

    /// Lets everyone who asks for a path wait from now on.
    pub fn hold(&self, path: &str) {
        self.lock().held.insert(path.to_owned(), watch::Sender::new(()));
    }

    /// Answers those who wait for a path.
    pub fn release(&self, path: &str) {
        self.lock().held.remove(path);
    }

    /// Waits until somebody waits for a path that is held.
    pub async fn is_waited_for(&self, path: &str) {
        for _ in 0..300 {
            let waiting = self.lock().held.get(path).map_or(0, watch::Sender::receiver_count);
            if waiting > 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("nobody asked for `{path}`");
    }

    /// What was asked for since the last call.
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.lock().asked)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Files> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(state): State<Arc<Mutex<Files>>>, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let held = state
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .held
        .get(request.uri().path())
        .map(watch::Sender::subscribe);
    if let Some(mut held) = held {
        // It ends in an error when it is released.
        let _ = held.changed().await;
    }
    let mut files = state.lock().unwrap_or_else(PoisonError::into_inner);
    let found = files.by_path.get(&path).or_else(|| files.by_path.get(request.uri().path())).cloned();
    let response = match found {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(File { status, headers, body }) => {
            let tag = format!(
                "\"{}\"",
                body.iter().fold(7_u64, |hash, byte| hash.wrapping_mul(31) + u64::from(*byte))
            );
            let is_known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| *known == *tag);
            let mut response = if is_known && status == StatusCode::OK {
                StatusCode::NOT_MODIFIED.into_response()
            } else {
                (status, body).into_response()
            };
            response.headers_mut().extend(headers);
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                response.headers_mut().insert(header::ETAG, tag);
            }
            response
        }
    };
    let asked = Asked { path, headers: request.headers().clone(), status: response.status() };
    files.asked.push(asked);
    response
}
