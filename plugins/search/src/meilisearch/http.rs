use std::time::Duration;

use async_trait::async_trait;
use futures::{AsyncRead, AsyncReadExt};
use meilisearch_sdk::{
    errors::Error,
    request::{HttpClient, Method, parse_response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The portal's own HTTP client, as the SDK asks with it.
#[derive(Clone, Debug)]
pub(super) struct Http {
    client: reqwest::Client,
    key: Option<String>,
}

impl Http {
    pub fn new(key: Option<String>) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client, key })
    }
}

/// An address with its query; what is not told is left out.
fn address(url: &str, query: &impl Serialize) -> Result<Url, Error> {
    let mut address = Url::parse(url).map_err(other)?;
    if let Value::Object(pairs) = serde_json::to_value(query)? {
        for (name, value) in pairs {
            match value {
                Value::Null => {}
                Value::String(text) => drop(address.query_pairs_mut().append_pair(&name, &text)),
                other => drop(address.query_pairs_mut().append_pair(&name, &other.to_string())),
            }
        }
    }
    Ok(address)
}

fn other(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Other(Box::new(error))
}

#[async_trait]
impl HttpClient for Http {
    async fn stream_request<
        Query: Serialize + Send + Sync,
        Body: AsyncRead + Send + Sync + 'static,
        Output: DeserializeOwned + 'static,
    >(
        &self,
        url: &str,
        method: Method<Query, Body>,
        content_type: &str,
        expected_status_code: u16,
    ) -> Result<Output, Error> {
        let verb = match &method {
            Method::Get { .. } => reqwest::Method::GET,
            Method::Post { .. } => reqwest::Method::POST,
            Method::Patch { .. } => reqwest::Method::PATCH,
            Method::Put { .. } => reqwest::Method::PUT,
            Method::Delete { .. } => reqwest::Method::DELETE,
        };
        let mut request = self.client.request(verb, address(url, method.query())?);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        if let Some(body) = method.into_body() {
            let mut bytes = Vec::new();
            Box::pin(body).read_to_end(&mut bytes).await.map_err(other)?;
            request = request.header("content-type", content_type).body(bytes);
        }
        // Addresses are for the log of the operator only, which names the engine.
        let response = request.send().await.map_err(|error| other(error.without_url()))?;
        let status = response.status().as_u16();
        let text = response.text().await.map_err(|error| other(error.without_url()))?;
        let text = if text.is_empty() { "null".to_owned() } else { text };
        parse_response(status, expected_status_code, &text, String::new())
    }

    fn is_tokio(&self) -> bool {
        true
    }
}
