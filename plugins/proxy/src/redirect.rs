use http::{HeaderMap, HeaderValue, StatusCode, header};
use url::Url;

use crate::{endpoint::Endpoint, refusal::Refusal};

/// Where an answer leads the viewer: to the same endpoint, if it leads to what that may ask for. Nobody follows by
/// itself, since the credentials are for the target alone.
pub(crate) fn location(
    endpoint: &Endpoint,
    asked: &Url,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<Option<HeaderValue>, Refusal> {
    let Some(location) = headers.get(header::LOCATION) else { return Ok(None) };
    let rest = location.to_str().ok().and_then(|location| {
        let url = asked.join(location).ok()?;
        // Which path would be rewritten to that one, nobody knows.
        endpoint.rewrites.is_empty().then(|| endpoint.rest_of(&url)).flatten()
    });
    let ours =
        rest.and_then(|rest| HeaderValue::from_str(&format!("/api/proxy{}{rest}", endpoint.name)).ok());
    if ours.is_none() && status.is_redirection() {
        tracing::info!(endpoint = endpoint.name, "a target leads elsewhere");
        return Err(Refusal::leads_elsewhere(&endpoint.name));
    }
    Ok(ours)
}
