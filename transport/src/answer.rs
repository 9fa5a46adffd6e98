use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use callboard_kit::{Code, GraphqlError, GraphqlResponse, Problem, Rejection};
use http::{
    HeaderValue, StatusCode,
    header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, VARY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS},
};
use serde_json::Value;

use crate::media_type::AnswerType;

/// A request that never became an operation.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    problem: Problem,
    /// The methods that would be welcome.
    allow: Option<&'static str>,
}

impl Failure {
    /// A failure told with a status of its own.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, problem: Problem::bad_input("", message), allow: None }
    }

    /// A failure with another code than that of bad input.
    pub fn coded(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status, problem: Problem::new(code, message), allow: None }
    }

    /// The method is not one of `allow`.
    pub fn method_not_allowed(allow: &'static str, message: impl Into<String>) -> Self {
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message) }
    }

    /// The answer, in the type that the client accepts if that is one of JSON's.
    pub fn into_answer(self, kind: AnswerType) -> Response {
        let kind = if kind == AnswerType::EventStream { AnswerType::Json } else { kind };
        let body = GraphqlResponse { errors: vec![error_of(&self.problem)], ..GraphqlResponse::default() };
        let mut response = write(kind, self.status, &body);
        if let Some(allow) = self.allow {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.into_answer(AnswerType::Json)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        log_cause(&problem);
        Self { status: status_of_code(problem.code().as_str()), problem, allow: None }
    }
}

/// Logs what lies behind a problem and is not told to clients.
pub fn log_cause(problem: &Problem) {
    if let Some(cause) = problem.cause() {
        tracing::error!(%cause, "it cannot be said who asks");
    }
}

/// The problem as clients see it.
pub fn error_of(problem: &Problem) -> GraphqlError {
    let mut extensions = serde_json::Map::new();
    extensions.insert("code".into(), problem.code().as_str().into());
    if let Some(field) = problem.field().filter(|field| !field.is_empty()) {
        extensions.insert("field".into(), field.into());
    }
    if let Some(permission) = problem.permission() {
        extensions.insert("permission".into(), permission.into());
    }
    GraphqlError { message: problem.message().to_owned(), extensions, ..GraphqlError::default() }
}

/// The answer to one operation.
pub fn answer(kind: AnswerType, response: &GraphqlResponse) -> Response {
    let mut answer = write(kind, status(kind, response), response);
    if response.rejection == Some(Rejection::MethodNotAllowed) {
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    }
    answer
}

fn status(kind: AnswerType, response: &GraphqlResponse) -> StatusCode {
    let tells_by_status = kind == AnswerType::GraphqlResponse;
    match response.rejection {
        Some(Rejection::MethodNotAllowed) => StatusCode::METHOD_NOT_ALLOWED,
        Some(Rejection::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(Rejection::SubscriptionNotSupported) => StatusCode::NOT_ACCEPTABLE,
        Some(Rejection::BadRequest | Rejection::TooComplex) if tells_by_status => StatusCode::BAD_REQUEST,
        None if tells_by_status && response.data.is_none() => {
            let code = response.errors.first().and_then(|error| error.extensions.get("code"));
            status_of_code(code.and_then(Value::as_str).unwrap_or_default())
        }
        _ => StatusCode::OK,
    }
}

fn status_of_code(code: &str) -> StatusCode {
    let is = |known: Code| known.as_str() == code;
    match code {
        _ if is(Code::Unauthenticated) => StatusCode::UNAUTHORIZED,
        _ if is(Code::Forbidden) => StatusCode::FORBIDDEN,
        _ if is(Code::RateLimited) => StatusCode::TOO_MANY_REQUESTS,
        _ if is(Code::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        _ if is(Code::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The answer in one line of JSON.
pub fn json(status: StatusCode, response: &GraphqlResponse) -> (StatusCode, Vec<u8>) {
    match serde_json::to_vec(response) {
        Ok(bytes) => (status, bytes),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written as JSON");
            let text = r#"{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}"#;
            (StatusCode::INTERNAL_SERVER_ERROR, text.into())
        }
    }
}

fn write(kind: AnswerType, status: StatusCode, response: &GraphqlResponse) -> Response {
    let (status, bytes) = json(status, response);
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, kind.header());
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
