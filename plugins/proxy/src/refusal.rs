use axum::{
    Json,
    response::{IntoResponse, Response},
};
use callboard_kit::{Code, Problem};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

/// Why a request is not answered by a target. It tells nothing of where that is.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    problem: Box<Problem>,
    allow: Option<String>,
}

impl Refusal {
    fn new(status: StatusCode, problem: Problem) -> Self {
        Self { status, problem: Box::new(problem), allow: None }
    }

    pub(crate) fn no_endpoint() -> Self {
        let message = "there is no such proxy endpoint: name it in `proxy.endpoints`";
        Self::new(StatusCode::NOT_FOUND, Problem::not_found(message))
    }

    pub(crate) fn upgrade() -> Self {
        let message = "the proxy passes on requests and answers, no WebSocket and nothing else to upgrade to";
        Self::new(StatusCode::NOT_IMPLEMENTED, Problem::new(Code::BadUserInput, message))
    }

    pub(crate) fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Problem::new(Code::Unauthenticated, message))
    }

    /// A problem of whoever knows who asks.
    pub(crate) fn of(problem: Problem) -> Self {
        let status = match problem.code() {
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, problem)
    }

    pub(crate) fn method_not_allowed(endpoint: &str, method: &str, allowed: String) -> Self {
        let message = format!("proxy endpoint `{endpoint}` does not allow `{method}`, only {allowed}");
        let problem = Problem::new(Code::BadUserInput, message);
        Self { allow: Some(allowed), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, problem) }
    }

    pub(crate) fn bad_path(reason: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Problem::new(Code::BadUserInput, format!("the path {reason}")))
    }

    pub(crate) fn path_not_allowed(endpoint: &str) -> Self {
        let message = format!("proxy endpoint `{endpoint}` does not allow this path");
        Self::new(StatusCode::FORBIDDEN, Problem::forbidden(message))
    }

    pub(crate) fn request_too_large(endpoint: &str, limit: u64) -> Self {
        let message = format!("proxy endpoint `{endpoint}` takes bodies of at most {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Problem::new(Code::BadUserInput, message))
    }

    pub(crate) fn unreachable(endpoint: &str) -> Self {
        let message = format!("the target of proxy endpoint `{endpoint}` did not answer");
        Self::new(StatusCode::BAD_GATEWAY, Problem::new(Code::Unavailable, message))
    }

    pub(crate) fn too_late(endpoint: &str) -> Self {
        let message = format!("the target of proxy endpoint `{endpoint}` did not answer in time");
        Self::new(StatusCode::GATEWAY_TIMEOUT, Problem::new(Code::Unavailable, message))
    }

    pub(crate) fn leads_elsewhere(endpoint: &str) -> Self {
        let message = format!(
            "the target of proxy endpoint `{endpoint}` leads elsewhere, where the proxy does not follow"
        );
        Self::new(StatusCode::BAD_GATEWAY, Problem::new(Code::Unavailable, message))
    }

    pub(crate) fn answer_too_large(endpoint: &str, limit: u64) -> Self {
        let message = format!("the answer of proxy endpoint `{endpoint}` is larger than {limit} bytes");
        Self::new(StatusCode::BAD_GATEWAY, Problem::new(Code::Unavailable, message))
    }

    /// What the client reads.
    pub(crate) fn message(&self) -> &str {
        self.problem.message()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Some(cause) = self.problem.cause() {
            tracing::error!(%cause, "a request to the proxy failed");
        }
        let mut extensions = Map::from_iter([("code".to_owned(), json!(self.problem.code().as_str()))]);
        if let Some(permission) = self.problem.permission() {
            extensions.insert("permission".to_owned(), json!(permission));
        }
        let error = json!({ "message": self.problem.message(), "extensions": Value::Object(extensions) });
        let mut response = (self.status, Json(json!({ "errors": [error] }))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::from_str(&allow).ok()) {
            headers.insert(header::ALLOW, allow);
        }
        response
    }
}
