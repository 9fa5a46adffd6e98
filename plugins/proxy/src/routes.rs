use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::any,
};
use callboard_kit::{
    AuditEvent, AuditOutcome, AuditWeight, Credentials, Decision, Problem, RequestContext, RequestId,
    Services, Viewer,
};
use http::{HeaderValue, Method, header, request::Parts};

use crate::{
    answer,
    config::CredentialsConfig,
    endpoint::{Endpoint, Endpoints},
    headers::to_target,
    permissions::{READ, USE},
    refusal::Refusal,
    send,
};

/// Where endpoints are below.
const PREFIX: &str = "/api/proxy";

/// The header that only scripts of the portal's own pages can add.
const CSRF_HEADER: &str = "x-callboard-csrf";

struct Proxy {
    endpoints: Endpoints,
    services: Services,
}

/// `/api/proxy/<endpoint>/<path>`: passes requests on to services of third parties.
pub(crate) fn router(endpoints: Endpoints, services: Services) -> Router {
    let proxy = Arc::new(Proxy { endpoints, services });
    Router::new().route("/api/proxy/{*path}", any(pass_on)).with_state(proxy)
}

async fn pass_on(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let Some((endpoint, rest)) = proxy.endpoints.find(path) else {
        return Refusal::no_endpoint().into_response();
    };
    let started = Instant::now();
    let answer = proxy.ask(endpoint, rest, &parts, body).await.unwrap_or_else(IntoResponse::into_response);
    let labels = [("endpoint", endpoint.name.clone()), ("status", answer.status().as_u16().to_string())];
    metrics::counter!("callboard_proxy_requests_total", &labels).increment(1);
    metrics::histogram!("callboard_proxy_request_seconds", &labels).record(started.elapsed().as_secs_f64());
    answer
}

/// Whether a method changes nothing.
fn only_reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

impl Proxy {
    async fn ask(
        &self,
        endpoint: &Endpoint,
        rest: &str,
        parts: &Parts,
        body: Body,
    ) -> Result<Response, Refusal> {
        if parts.headers.contains_key(header::UPGRADE) {
            return Err(Refusal::upgrade());
        }
        let viewer = self.viewer(endpoint, parts).await?;
        let id = parts.extensions.get::<RequestId>().map(|id| Arc::clone(&id.0)).unwrap_or_default();
        let context = RequestContext::new(viewer, id)
            .audited(Credentials::Request(parts).client(), self.services.audit.get());
        self.check_permission(endpoint, parts, &context).await?;
        if !endpoint.methods.contains(&parts.method) {
            let allowed: Vec<&str> = endpoint.methods.iter().map(Method::as_str).collect();
            let method = parts.method.as_str().chars().take(40).collect::<String>();
            return Err(Refusal::method_not_allowed(&endpoint.name, &method, allowed.join(", ")));
        }
        let url = endpoint.address(rest, parts.uri.query())?;
        let mut headers = to_target(&parts.headers, &endpoint.allowed_headers);
        if matches!(parts.method, Method::GET | Method::HEAD) {
            headers.remove(header::CONTENT_LENGTH);
        }
        for name in endpoint.headers.keys() {
            headers.remove(name);
        }
        headers.extend(endpoint.headers.clone());
        headers.extend(self.identity(endpoint, &context.viewer).map(|token| (header::AUTHORIZATION, token)));
        let body = (!matches!(parts.method, Method::GET | Method::HEAD)).then_some(body);
        let act = (!only_reads(&parts.method)).then(|| Act::begin(&context, endpoint, parts, rest));
        let answer = match send::send(endpoint, parts.method.clone(), url.clone(), headers, body).await {
            Ok(response) => answer::answer(endpoint, &parts.method, &url, response),
            Err(refusal) => Err(refusal),
        };
        if let Some(act) = act {
            act.end(failure_of(&answer)).await;
        }
        answer
    }

    /// Who asks, where that matters. Pages of other sites can have a browser ask as whoever is signed in, or as the
    /// guest of a portal that only this browser reaches; they cannot add a header.
    async fn viewer(&self, endpoint: &Endpoint, parts: &Parts) -> Result<Viewer, Refusal> {
        let credentials = Credentials::Request(parts);
        let is_open = endpoint.credentials == CredentialsConfig::DangerouslyAllowUnauthenticated;
        let is_ours = credentials.bearer().is_some()
            || parts.headers.get(CSRF_HEADER).is_some_and(|value| !value.is_empty());
        let is_harmless = is_open && only_reads(&parts.method);
        if !is_ours && !is_harmless {
            return Err(Refusal::unauthenticated(format!(
                "requests to the proxy need a token or the header `{CSRF_HEADER}: 1`, which pages of other sites cannot add"
            )));
        }
        if is_open {
            return Ok(Viewer::anonymous());
        }
        let viewer = match self.services.authenticator.get() {
            Some(authenticator) => authenticator.authenticate(credentials).await.map_err(Refusal::of)?,
            None => Viewer::anonymous(),
        };
        if viewer.is_authenticated() { Ok(viewer) } else { Err(Refusal::unauthenticated("sign in first")) }
    }

    async fn check_permission(
        &self,
        endpoint: &Endpoint,
        parts: &Parts,
        context: &RequestContext,
    ) -> Result<(), Refusal> {
        if endpoint.credentials == CredentialsConfig::DangerouslyAllowUnauthenticated {
            return Ok(());
        }
        let permission = if only_reads(&parts.method) { READ } else { USE };
        match self.services.authorizer().decide(&context.viewer, permission).await {
            Decision::Allow => Ok(()),
            Decision::Deny | Decision::Conditional(_) => {
                context.record_denied(permission, Some(endpoint.name.clone())).await;
                Err(Refusal::of(Problem::lacking(permission)))
            }
        }
    }

    /// What tells the target who asks: a token for it alone, never what the viewer came with.
    fn identity(&self, endpoint: &Endpoint, viewer: &Viewer) -> Option<HeaderValue> {
        if endpoint.credentials != CredentialsConfig::Forward {
            return None;
        }
        let audience = format!("proxy{}", endpoint.name);
        let token = self.services.authenticator.get()?.identity_token(viewer, &audience)?;
        let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// What went wrong, for the audit log.
fn failure_of(answer: &Result<Response, Refusal>) -> Option<String> {
    match answer {
        Ok(answer) if answer.status().is_client_error() || answer.status().is_server_error() => {
            Some(format!("the target answered {}", answer.status().as_u16()))
        }
        Ok(_) => None,
        Err(refusal) => Some(refusal.message().to_owned()),
    }
}

/// A request that may change something, which is written down however it ends.
struct Act {
    context: RequestContext,
    event: Option<AuditEvent>,
}

impl Act {
    fn begin(context: &RequestContext, endpoint: &Endpoint, parts: &Parts, rest: &str) -> Self {
        // Without the query, where some services take secrets.
        let target = format!("{} {}{rest}", parts.method, endpoint.name);
        Self { context: context.clone(), event: Some(context.audit_event("useProxy").on(target)) }
    }

    async fn end(mut self, failure: Option<String>) {
        let Some(event) = self.event.take() else { return };
        let event = match failure {
            Some(failure) => event.ended(AuditOutcome::Failed, failure),
            None => event,
        };
        // Whatever was answered, the target may have done it.
        self.context.record(event.weighing(AuditWeight::Kept)).await;
    }
}

impl Drop for Act {
    fn drop(&mut self) {
        if let Some(event) = self.event.take() {
            self.context.record_left(event);
        }
    }
}
