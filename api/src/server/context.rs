use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use callboard_kit::{Credentials, Problem, RequestContext, Services, Viewer};
use callboard_transport::ContextProvider;
use uuid::Uuid;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, in its extensions.
#[derive(Clone)]
struct RequestId(Arc<str>);

/// Gives every request an id, keeps one that a proxy gave, and tells it in the answer.
pub(super) async fn identify(mut request: Request, next: Next) -> Response {
    let given =
        request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|id| is_sane(id));
    let id: Arc<str> = given.map_or_else(|| Uuid::now_v7().to_string().into(), Arc::from);
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    response
}

fn is_sane(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// Makes the context of a request from its credentials.
pub(super) struct ViewerContexts {
    services: Services,
}

impl ViewerContexts {
    pub(super) const fn new(services: Services) -> Self {
        Self { services }
    }
}

#[async_trait]
impl ContextProvider for ViewerContexts {
    async fn context(&self, credentials: Credentials<'_>) -> Result<RequestContext, Problem> {
        let viewer = match self.services.authenticator.get() {
            Some(authenticator) => authenticator.authenticate(credentials).await?,
            None => Viewer::anonymous(),
        };
        let id = match credentials {
            Credentials::Request(parts) => parts.extensions.get::<RequestId>().map(|id| Arc::clone(&id.0)),
            Credentials::Bearer(_) => None,
        };
        Ok(RequestContext::new(viewer, id.unwrap_or_else(|| Uuid::now_v7().to_string().into())))
    }
}
