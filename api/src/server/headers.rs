use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use url::Url;

/// Scripts and styles from our own origin only, nothing inline; images from anywhere over https, as avatars are.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; \
                      font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The same for the page with the query editor, which writes its styles into the page.
pub(crate) const EDITOR_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// For the one script that sends what a reader tries out to the API they read about: it may connect to anywhere, and is
/// a worker, which has no page to read from. The pages themselves connect to nobody but us.
pub(crate) const OUTSIDE_POLICY: &str = "default-src 'none'; connect-src http: https:";

static HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Half a year without a way back to `http`.
const BY_TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=15552000");

/// The headers of a portal at this address. Browsers hold a host to TLS at all of its ports, so that is not asked of one
/// that may have others.
pub(super) fn of(base_url: &str) -> Arc<[(HeaderName, HeaderValue)]> {
    let is_all_of_host =
        Url::parse(base_url).is_ok_and(|url| url.scheme() == "https" && url.port().is_none());
    let transport = is_all_of_host.then_some((header::STRICT_TRANSPORT_SECURITY, BY_TLS_ONLY));
    HEADERS.iter().cloned().chain(transport).collect()
}

/// Puts the security headers on every answer that has not set its own.
pub(super) async fn secure(
    State(headers): State<Arc<[(HeaderName, HeaderValue)]>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in &*headers {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}
