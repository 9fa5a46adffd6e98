use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, LOCATION, RETRY_AFTER, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};
use callboard_kit::{Code, Problem};
use serde_json::json;
use url::form_urlencoded::Serializer;

use crate::{
    limits::TooMany,
    sign_in::{Flow, SignInError},
};

/// Leads the browser on. Nothing of it is kept.
pub(super) fn redirect(to: &str, cookies: impl IntoIterator<Item = Option<HeaderValue>>) -> Response {
    let Ok(location) = HeaderValue::from_str(to) else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "internal error").into_response();
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(LOCATION, location);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies.into_iter().flatten() {
        headers.append(SET_COOKIE, cookie);
    }
    response
}

/// Leads the browser to where it reads why it was not signed in. The texts of others are escaped, and the page shows
/// them as text.
pub(super) fn refused_location(error: &SignInError, provider: &str, flow: Flow) -> String {
    let page = match flow {
        Flow::Redirect => "/sign-in",
        Flow::Popup => "/auth/popup",
    };
    let reason: String =
        error.to_string().chars().filter(|character| !character.is_control()).take(300).collect();
    let query = Serializer::new(String::new())
        .append_pair("error", error.code())
        .append_pair("reason", &reason)
        .append_pair("provider", &provider.chars().take(40).collect::<String>())
        .finish();
    format!("{page}?{query}")
}

/// Too many sign-ins were begun.
pub(super) fn too_many(limit: TooMany) -> Response {
    let seconds = limit.0.as_secs() + 1;
    let text = format!("Too many sign-ins were begun from here. Please try again in {seconds} seconds.\n");
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, seconds.to_string())], text).into_response()
}

/// A problem in the words of the graph.
pub(super) fn problem(problem: &Problem) -> Response {
    let status = match problem.code() {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    if let Some(cause) = problem.cause() {
        tracing::error!(%cause, "a request about a session failed");
    }
    let error = json!({ "message": problem.message(), "extensions": { "code": problem.code().as_str() } });
    (status, [(CACHE_CONTROL, "no-store")], Json(json!({ "errors": [error] }))).into_response()
}
