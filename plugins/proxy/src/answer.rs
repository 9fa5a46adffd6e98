use axum::{body::Body, response::Response};
use http::{HeaderName, HeaderValue, Method, header};
use url::Url;

use crate::{
    config::CredentialsConfig, endpoint::Endpoint, headers::from_target, redirect, refusal::Refusal, send,
};

/// Whatever the target answers, no page of it is one of ours: it runs no script, loads nothing and is in no frame.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

/// Tells answers of targets from those of the portal.
const PROXIED: HeaderName = HeaderName::from_static("x-callboard-proxied");

/// What the viewer gets of a target's answer.
pub(crate) fn answer(
    endpoint: &Endpoint,
    method: &Method,
    asked: &Url,
    response: reqwest::Response,
) -> Result<Response, Refusal> {
    let status = response.status();
    let location = redirect::location(endpoint, asked, status, response.headers())?;
    let is_shared = endpoint.credentials == CredentialsConfig::DangerouslyAllowUnauthenticated;
    let mut headers = from_target(response.headers(), &endpoint.allowed_headers, is_shared);
    headers.extend(location.map(|location| (header::LOCATION, location)));
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), same_origin);
    headers.extend(HeaderValue::from_str(&endpoint.name).ok().map(|name| (PROXIED, name)));
    let body = if method == Method::HEAD { Body::empty() } else { send::answer_body(endpoint, response)? };
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}
