use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, header::CACHE_CONTROL, request::Parts},
    response::{IntoResponse, Response},
};
use callboard_kit::{AuditEvent, AuditOutcome, Client, Viewer};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Endpoints;
use crate::{limits::ClientNetwork, providers::ProviderError, secrets, sign_in::SignInError};

use super::answers::too_many;

/// Ends the sessions that a provider says are over.
pub(super) async fn log_out(
    State(endpoints): State<Arc<Endpoints>>,
    Path(provider): Path<String>,
    parts: Parts,
    body: Bytes,
) -> Response {
    let client = parts.extensions.get::<Client>().cloned().unwrap_or_default();
    let network = ClientNetwork::of(client.address);
    if let Err(limit) = endpoints.sign_in.logout_failures.check(&network) {
        return too_many(limit);
    }
    match endpoints.log_out(&provider, &body, &client).await {
        Ok(()) => (StatusCode::OK, [(CACHE_CONTROL, "no-store")]).into_response(),
        // That is not the fault of whoever sent it, and may be tried again.
        Err(SignInError::Internal(problem)) => {
            tracing::error!(provider, cause = ?problem.cause(), "sessions could not be ended for their provider");
            answer(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "please try again")
        }
        Err(error @ SignInError::Provider(ProviderError::Unavailable(_))) => {
            tracing::warn!(provider, %error, "a logout token could not be looked at");
            answer(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", &error.to_string())
        }
        Err(error) => {
            let _ = endpoints.sign_in.logout_failures.take(&network);
            if endpoints.sign_in.audited.take(&network).is_ok() {
                let known = endpoints.sign_in.provider(&provider).map_or("unknown", |provider| &provider.id);
                let event = AuditEvent::new("backChannelLogout", &Viewer::anonymous()).on(known);
                let event = event.from_client(&client).ended(AuditOutcome::Denied, error.to_string());
                endpoints.sign_in.record(event).await;
            }
            answer(StatusCode::BAD_REQUEST, "invalid_request", &error.to_string())
        }
    }
}

fn answer(status: StatusCode, error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

impl Endpoints {
    async fn log_out(&self, provider: &str, body: &[u8], client: &Client) -> Result<(), SignInError> {
        let provider = self.sign_in.provider(provider)?;
        let oidc = provider.oidc().ok_or(SignInError::UnknownProvider)?;
        let token = form_urlencoded::parse(body).find(|(name, _)| name == "logout_token");
        let (_, token) = token.ok_or_else(|| ProviderError::invalid("there is no logout token in it"))?;
        let claims = oidc.verify_logout_token(&token).await?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let id = secrets::hash(&format!("{} {}", provider.id, text("jti").unwrap_or_default()));
        let (order, until) =
            (format!("logout:{id}"), self.sign_in.clock.now() + oidc.logout_token_lifetime());
        let repository = &self.sign_in.repository;
        let ended = repository
            .end_sessions_of_account(&provider.id, text("sub"), text("sid"), (&order, until))
            .await?
            .ok_or_else(|| ProviderError::invalid("this logout token was used before"))?;
        for subject in ended {
            let event = AuditEvent::new("backChannelLogout", &Viewer::user(subject, []));
            self.sign_in.record(event.on(&provider.id).from_client(client)).await;
        }
        Ok(())
    }
}
