use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::body::Body;
use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::{HeaderMap, Method, header};
use reqwest::Response;
use url::Url;

use crate::{endpoint::Endpoint, refusal::Refusal};

/// More came than a body may have.
#[derive(Debug, thiserror::Error)]
#[error("the body is larger than it may be")]
struct TooLarge;

/// Sends a request to a target and waits for the head of its answer.
pub(crate) async fn send(
    endpoint: &Endpoint,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Body>,
) -> Result<Response, Refusal> {
    let name = &endpoint.name;
    let limit = endpoint.max_request_bytes;
    if length(&headers).is_some_and(|length| length > limit) {
        return Err(Refusal::request_too_large(name, limit));
    }
    let mut request = endpoint.client.request(method, url).headers(headers);
    let overflow = Arc::new(AtomicBool::new(false));
    if let Some(body) = body {
        let overflow = Arc::clone(&overflow);
        let told = move || overflow.store(true, Ordering::Relaxed);
        request = request.body(reqwest::Body::wrap_stream(limited(body.into_data_stream(), limit, told)));
    }
    let sent = tokio::time::timeout(endpoint.timeout, request.send()).await;
    if overflow.load(Ordering::Relaxed) {
        return Err(Refusal::request_too_large(name, limit));
    }
    match sent {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => {
            let is_late = error.is_timeout();
            // The address may have what is nobody's to read in a log.
            let error = error.without_url();
            tracing::warn!(
                error = &error as &dyn Error,
                endpoint = name,
                "the target of a proxy endpoint failed"
            );
            Err(if is_late { Refusal::too_late(name) } else { Refusal::unreachable(name) })
        }
        Err(_) => {
            tracing::warn!(endpoint = name, "the target of a proxy endpoint took too long");
            Err(Refusal::too_late(name))
        }
    }
}

/// The body of an answer, which breaks off where it is larger than it may be.
pub(crate) fn answer_body(endpoint: &Endpoint, response: Response) -> Result<Body, Refusal> {
    let (name, limit) = (endpoint.name.clone(), endpoint.max_response_bytes);
    if length(response.headers()).is_some_and(|length| length > limit) {
        return Err(Refusal::answer_too_large(&name, limit));
    }
    let told = move || tracing::warn!(endpoint = name, "an answer was cut off at {limit} bytes");
    let stream = response.bytes_stream().map(|part| part.map_err(reqwest::Error::without_url));
    Ok(Body::from_stream(limited(stream, limit, told)))
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn limited<E: Into<Box<dyn Error + Send + Sync>>>(
    parts: impl Stream<Item = Result<Bytes, E>>,
    limit: u64,
    told: impl Fn(),
) -> impl Stream<Item = Result<Bytes, Box<dyn Error + Send + Sync>>> {
    let mut left = limit;
    parts.map(move |part| {
        let part = part.map_err(Into::into)?;
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(length).ok_or_else(|| {
            told();
            Box::new(TooLarge)
        })?;
        Ok(part)
    })
}
