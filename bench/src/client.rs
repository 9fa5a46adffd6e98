//! A connection that is kept.

use bytes::Bytes;
use http::{
    Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::server::TOKEN;

/// One connection, which asks one thing after the other.
pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    address: String,
    token: String,
}

impl Client {
    /// Connects to `address:port`.
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, address: address.to_owned(), token: TOKEN.to_owned() })
    }

    /// The same with another token.
    pub fn with_token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.token);
        self
    }

    /// What a path is answered with.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<(StatusCode, Bytes)> {
        self.send(path, None).await
    }

    /// What a query is answered with.
    pub async fn ask(&mut self, question: &Value) -> anyhow::Result<Value> {
        let (_, body) = self.send("/graphql", Some(Bytes::from(question.to_string()))).await?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// What a request is answered with: `POST` with a body in JSON, `GET` without.
    pub async fn send(&mut self, path: &str, body: Option<Bytes>) -> anyhow::Result<(StatusCode, Bytes)> {
        let builder = Request::builder().uri(path).header(HOST, &self.address);
        let builder = builder.header(AUTHORIZATION, format!("Bearer {}", self.token));
        let request = match body {
            Some(body) => {
                builder.method("POST").header(CONTENT_TYPE, "application/json").body(Full::new(body))?
            }
            None => builder.body(Full::default())?,
        };
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        Ok((status, response.into_body().collect().await?.to_bytes()))
    }
}
