use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use callboard_kit::SourceUrl;
use callboard_reading::{AllowedHost, IntegrationsConfig, Reading, ReadingConfig};
use gix_hash::ObjectId;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::harness::Reader;

/// A host that speaks git's protocol and sends one pack, whatever is in it.
pub struct PackHost {
    host: String,
    served: Arc<Served>,
}

struct Served {
    commit: ObjectId,
    pack: Vec<u8>,
    fetches: AtomicUsize,
}

impl PackHost {
    pub async fn start((commit, pack): (ObjectId, Vec<u8>)) -> Self {
        let served = Arc::new(Served { commit, pack, fetches: AtomicUsize::new(0) });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&served));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { host, served }
    }

    /// A path of its repository.
    pub fn at(&self, path: &str) -> SourceUrl {
        SourceUrl::git(format!("http://{}/x.git//{path}", self.host).parse().unwrap())
    }

    /// How often the pack was sent.
    pub fn fetches(&self) -> usize {
        self.served.fetches.load(SeqCst)
    }

    /// Reads it, with other limits where `change` sets them.
    pub fn reader(&self, change: impl FnOnce(&mut ReadingConfig)) -> Reader {
        let allowed = AllowedHost { host: self.host.clone(), paths: None, allow_private: true };
        let mut config = ReadingConfig { allow: vec![allowed], ..ReadingConfig::default() };
        change(&mut config);
        let folder = TempDir::new().unwrap();
        let clock = callboard_kit::Clock::system();
        let reading = Reading::new(&config, &IntegrationsConfig::default(), &clock, folder.path()).unwrap();
        Reader { reading, folder }
    }
}

async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    let is_list = request.method() == axum::http::Method::GET;
    let body: Bytes = to_bytes(request.into_body(), 1024 * 1024).await.unwrap();
    if is_list {
        let mut list = Vec::new();
        for text in ["version 2\n", "ls-refs\n", "fetch=shallow\n", "object-format=sha1\n"] {
            line(&mut list, text.as_bytes());
        }
        list.extend_from_slice(b"0000");
        let kind = "application/x-git-upload-pack-advertisement";
        return ([(CONTENT_TYPE, kind)], list).into_response();
    }
    let mut answer = Vec::new();
    if body.windows(13).any(|window| window == b"command=fetch") {
        served.fetches.fetch_add(1, SeqCst);
        line(&mut answer, b"packfile\n");
        for piece in served.pack.chunks(65_000) {
            line(&mut answer, &[&[1], piece].concat());
        }
    } else {
        line(&mut answer, format!("{} HEAD\n", served.commit).as_bytes());
    }
    answer.extend_from_slice(b"0000");
    ([(CONTENT_TYPE, "application/x-git-upload-pack-result")], answer).into_response()
}

fn line(answer: &mut Vec<u8>, text: &[u8]) {
    answer.extend_from_slice(format!("{:04x}", text.len() + 4).as_bytes());
    answer.extend_from_slice(text);
}
