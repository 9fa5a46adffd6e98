use std::fmt;

use http::{HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

/// An API that is asked within what the config allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceApi {
    /// The REST API of a GitHub of `integrations`, with its credentials: for an owner, as apps are installed there.
    GithubRest {
        /// The host as in `integrations`, e.g. `github.com`.
        host: String,
        /// Whose repositories are asked for.
        owner: String,
    },
    /// Its GraphQL API; nothing is below it.
    GithubGraphql {
        /// The host as in `integrations`, e.g. `github.com`.
        host: String,
        /// Whose repositories are asked for.
        owner: String,
    },
    /// The REST API of a GitLab of `integrations`, with its credentials.
    Gitlab {
        /// The host as in `integrations`, e.g. `gitlab.com`.
        host: String,
    },
    /// Any other, on a host that `backend.reading.allow` names, with no credentials but those of the request.
    Other(Url),
}

/// What an API is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiPlace {
    /// The parts of a path below the API, each encoded where it needs to be, and the parameters of the query.
    Below(Vec<String>, Vec<(&'static str, String)>),
    /// A page that the API itself has named; it is asked only where it is below the API.
    Page(Url),
}

/// A question to an API that answers in JSON.
#[derive(Clone)]
pub struct ApiRequest {
    /// Which API.
    pub api: SourceApi,
    /// What of it.
    pub place: ApiPlace,
    /// Headers beside the credentials; they go to the API's own host only.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What is sent with `POST`, as JSON; with `GET`, and asked conditionally, where there is none.
    pub body: Option<Value>,
}

impl ApiRequest {
    /// Asks for what is below an API.
    pub fn get(api: SourceApi, path: &[&str], query: Vec<(&'static str, String)>) -> Self {
        let path = path.iter().map(|&part| part.to_owned()).collect();
        Self { api, place: ApiPlace::Below(path, query), headers: Vec::new(), body: None }
    }

    /// Asks with a body.
    pub fn post(api: SourceApi, body: Value) -> Self {
        Self { api, place: ApiPlace::Below(Vec::new(), Vec::new()), headers: Vec::new(), body: Some(body) }
    }

    /// The same for another page.
    #[must_use]
    pub fn page(&self, page: Url) -> Self {
        Self { place: ApiPlace::Page(page), ..self.clone() }
    }
}

/// Without the headers, which may be secret.
impl fmt::Debug for ApiRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ApiRequest");
        shown.field("api", &self.api).field("place", &self.place).finish_non_exhaustive()
    }
}

/// What an API answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiAnswer {
    /// The body.
    pub body: Value,
    /// The page after this one, as its `Link` header (RFC 8288) names it.
    pub next: Option<Url>,
}
