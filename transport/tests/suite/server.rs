//! The transport on a port of its own.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use callboard_kit::{Code, Credentials, EntityRef, Problem, RequestContext, Viewer};
use callboard_transport::{ContextProvider, TransportOptions, router};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::schema::{Running, Service};

pub const JSON: &str = "application/json";
pub const GRAPHQL: &str = "application/graphql-response+json";
pub const EVENTS: &str = "text/event-stream";

pub struct Server {
    pub address: SocketAddr,
    pub running: Running,
    client: reqwest::Client,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn start() -> Self {
        Self::with(TransportOptions::default()).await
    }

    pub async fn with(options: TransportOptions) -> Self {
        let running = Running::default();
        let routes = router(Arc::new(Service::new(running.clone())), Arc::new(Doorman), options);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        let client = reqwest::Client::builder().no_gzip().build().unwrap();
        Self { address, running, client, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// A `POST` with nothing set.
    pub fn request(&self) -> RequestBuilder {
        self.client.post(self.url())
    }

    /// A `POST` of an operation, accepting `accept`.
    pub fn post(&self, accept: &str, query: &str) -> RequestBuilder {
        self.request().header("accept", accept).json(&json!({ "query": query }))
    }

    /// A `GET` with parameters, accepting `accept`.
    pub fn get(&self, accept: &str, parameters: &[(&str, &str)]) -> RequestBuilder {
        self.client.get(self.url()).header("accept", accept).query(parameters)
    }

    /// Waits until `count` operations run; fails when they do not within five seconds.
    pub async fn until_running(&self, count: usize) {
        for _ in 0..500 {
            if self.running.count() == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} operations run, not {count}", self.running.count());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Status, content type and body of an answer.
pub async fn answer(request: RequestBuilder) -> (u16, String, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    let body = response.text().await.unwrap();
    (status, content_type, serde_json::from_str(&body).unwrap_or(Value::String(body)))
}

/// Lets everyone in under the name on the token, but for a few.
struct Doorman;

#[async_trait]
impl ContextProvider for Doorman {
    async fn context(&self, credentials: Credentials<'_>) -> Result<RequestContext, Problem> {
        let viewer = match credentials.bearer() {
            None => Viewer::anonymous(),
            Some("wrong") => return Err(Problem::new(Code::Unauthenticated, "the token is not valid")),
            Some("banned") => return Err(Problem::forbidden("you are not welcome")),
            Some("broken") => return Err(Problem::internal("the database is away")),
            Some(name) => {
                Viewer::user(format!("user:default/{name}").parse::<EntityRef>().unwrap(), Vec::new())
            }
        };
        Ok(RequestContext::new(viewer, "request-1"))
    }
}
