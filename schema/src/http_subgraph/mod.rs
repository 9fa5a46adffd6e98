//! Subgraphs of other processes, reached over HTTP.

mod answer;
mod events;

use std::time::Duration;

use async_graphql::Variables;
use async_trait::async_trait;
use callboard_kit::{
    Code, HumanDuration, RequestContext, Subgraph, SubgraphRequest, SubgraphResponse, SubgraphService,
};
use futures::{FutureExt, StreamExt, TryStreamExt, stream::BoxStream};
use reqwest::{
    Client, Response, Url,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap},
};
use serde::Serialize;

use self::answer::unavailable;

/// How a remote subgraph is asked.
#[derive(Clone)]
pub struct HttpSubgraphOptions {
    /// How long one fetch may take.
    pub timeout: HumanDuration,
    /// How large an answer may be, in bytes.
    pub max_response_bytes: usize,
    /// Headers for a fetch, from its context: credentials, for one.
    pub headers: Option<HeadersOf>,
}

/// Makes the headers of a fetch.
pub type HeadersOf = std::sync::Arc<dyn Fn(&RequestContext) -> HeaderMap + Send + Sync>;

impl std::fmt::Debug for HttpSubgraphOptions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("HttpSubgraphOptions")
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

impl Default for HttpSubgraphOptions {
    fn default() -> Self {
        Self { timeout: HumanDuration::from_secs(10), max_response_bytes: 32 * 1024 * 1024, headers: None }
    }
}

/// Why a remote subgraph could not be had.
#[derive(Debug, thiserror::Error)]
pub enum HttpSubgraphError {
    /// The address is no HTTP address.
    #[error("`{0}` is not an HTTP address")]
    Address(String),
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    Client(#[source] reqwest::Error),
    /// It did not say what it is.
    #[error("the subgraph at {url} does not answer `_service {{ sdl }}`: {reason}")]
    Sdl {
        /// Where it was asked.
        url: String,
        /// What came in place of the SDL.
        reason: String,
    },
}

/// A subgraph of another process.
#[derive(Clone, Debug)]
pub struct HttpSubgraph {
    id: String,
    url: Url,
    client: Client,
    options: HttpSubgraphOptions,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_name: Option<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    variables: &'a Variables,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference to the field")]
fn is_empty(variables: &&Variables) -> bool {
    variables.is_empty()
}

impl HttpSubgraph {
    /// The subgraph at an address. Nothing is asked of it yet.
    pub fn new(
        id: impl Into<String>,
        url: &str,
        options: HttpSubgraphOptions,
    ) -> Result<Self, HttpSubgraphError> {
        let parsed = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = parsed.ok_or_else(|| HttpSubgraphError::Address(url.to_owned()))?;
        let client = Client::builder()
            .connect_timeout(options.timeout.0)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(HttpSubgraphError::Client)?;
        Ok(Self { id: id.into(), url, client, options })
    }

    /// Its SDL, as it tells it itself.
    pub async fn fetch_sdl(&self) -> Result<String, HttpSubgraphError> {
        let request = SubgraphRequest {
            query: "{ _service { sdl } }".into(),
            document: None,
            operation_name: None,
            variables: Variables::default(),
            context: RequestContext::anonymous(),
        };
        let response = self.execute(request).await;
        let sdl = response
            .data
            .into_json()
            .ok()
            .and_then(|data| data.get("_service")?.get("sdl")?.as_str().map(str::to_owned));
        sdl.ok_or_else(|| HttpSubgraphError::Sdl {
            url: self.url.to_string(),
            reason: response
                .errors
                .first()
                .map_or_else(|| "no SDL".to_owned(), |error| error.message.clone()),
        })
    }

    /// It as a part of the graph, under an SDL that is known.
    pub fn into_subgraph(self, sdl: String) -> Subgraph {
        Subgraph {
            id: self.id.clone(),
            sdl,
            url: Some(self.url.to_string()),
            timeout: Some(self.options.timeout.0),
            service: std::sync::Arc::new(self),
        }
    }

    async fn send(
        &self,
        request: &SubgraphRequest,
        accept: &'static str,
        timeout: Option<Duration>,
    ) -> Result<Response, reqwest::Error> {
        let body = Body {
            query: &request.query,
            operation_name: request.operation_name.as_deref(),
            variables: &request.variables,
        };
        let mut builder = self.client.post(self.url.clone()).json(&body).header(ACCEPT, accept);
        if let Some(timeout) = timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(headers) = &self.options.headers {
            builder = builder.headers(headers(&request.context));
        }
        builder.header("x-request-id", &*request.context.request_id).send().await
    }

    async fn fetch(&self, request: SubgraphRequest) -> SubgraphResponse {
        let response = match self.send(&request, JSON, Some(self.options.timeout.0)).await {
            Ok(response) => response,
            Err(error) => return self.unreachable(&error),
        };
        let status = response.status();
        match self.read(response).await {
            Ok(Some(bytes)) => answer::read(&self.id, status.as_u16(), &bytes),
            Ok(None) => unavailable(Code::Unavailable, format!("`{}` answered too much", self.id)),
            Err(error) => self.unreachable(&error),
        }
    }

    /// The body; nothing where it is larger than allowed.
    async fn read(&self, response: Response) -> Result<Option<Vec<u8>>, reqwest::Error> {
        let limit = self.options.max_response_bytes;
        let announced = response.content_length().unwrap_or_default();
        if usize::try_from(announced).is_ok_and(|announced| announced > limit) {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(announced).unwrap_or_default());
        let mut body = response.bytes_stream();
        while let Some(chunk) = body.try_next().await? {
            if bytes.len() + chunk.len() > limit {
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Some(bytes))
    }

    fn unreachable(&self, error: &reqwest::Error) -> SubgraphResponse {
        tracing::warn!(subgraph = self.id, cause = %error, "a remote subgraph could not be reached");
        let reason = if error.is_timeout() { "did not answer in time" } else { "cannot be reached" };
        unavailable(Code::Unavailable, format!("`{}` {reason}", self.id))
    }
}

const JSON: &str = "application/graphql-response+json, application/json;q=0.9";
const EVENTS: &str = "text/event-stream";

#[async_trait]
impl SubgraphService for HttpSubgraph {
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        self.fetch(request).await
    }

    fn subscribe(&self, request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        let subgraph = self.clone();
        async move {
            let response = match subgraph.send(&request, EVENTS, None).await {
                Ok(response) => response,
                Err(error) => return futures::stream::iter([subgraph.unreachable(&error)]).boxed(),
            };
            let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            if content_type.is_some_and(|value| value.starts_with(EVENTS)) {
                return events::events(subgraph.id, response, subgraph.options.max_response_bytes).boxed();
            }
            // Refused before it began: the answer is a plain one.
            let status = response.status().as_u16();
            let answer = match subgraph.read(response).await {
                Ok(Some(bytes)) => answer::read(&subgraph.id, status, &bytes),
                Ok(None) | Err(_) => {
                    unavailable(Code::Unavailable, format!("`{}` gave no events", subgraph.id))
                }
            };
            futures::stream::iter([answer]).boxed()
        }
        .flatten_stream()
        .boxed()
    }
}
