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
use crate::{limits::Origin, providers::ProviderError, secrets, sign_in::SignInError};

use super::answers::too_many;

/// Ends the sessions that a provider says are over.
pub(super) async fn log_out(
    State(endpoints): State<Arc<Endpoints>>,
    Path(provider): Path<String>,
    parts: Parts,
    body: Bytes,
) -> Response {
    let client = parts.extensions.get::<Client>().cloned().unwrap_or_default();
    let origin = Origin::of(client.address);
    if let Err(limit) = endpoints.logout_failures().check(&origin) {
        return too_many(limit);
    }
    match endpoints.log_out(&provider, &body, &client).await {
        Ok(()) => (StatusCode::OK, [(CACHE_CONTROL, "no-store")]).into_response(),
        Err(error) => {
            let _ = endpoints.logout_failures().take(&origin);
            if endpoints.sign_in.audited.take(&origin).is_ok() {
                let known = endpoints.sign_in.provider(&provider).map_or("unknown", |provider| &provider.id);
                let event = AuditEvent::new("backChannelLogout", &Viewer::anonymous()).on(known);
                let event = event.from_client(&client).ended(AuditOutcome::Denied, error.to_string());
                endpoints.sign_in.record(event).await;
            }
            let body = json!({ "error": "invalid_request", "error_description": error.to_string() });
            (StatusCode::BAD_REQUEST, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
    }
}

impl Endpoints {
    const fn logout_failures(&self) -> &crate::limits::RateLimit<Origin> {
        &self.sign_in.logout_failures
    }

    async fn log_out(&self, provider: &str, body: &[u8], client: &Client) -> Result<(), SignInError> {
        let provider = self.sign_in.provider(provider)?;
        let oidc = provider.oidc().ok_or(SignInError::UnknownProvider)?;
        let token = form_urlencoded::parse(body).find(|(name, _)| name == "logout_token");
        let (_, token) = token.ok_or_else(|| ProviderError::invalid("there is no logout token in it"))?;
        let claims = oidc.verify_logout_token(&token).await?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let id = secrets::hash(&format!("{} {}", provider.id, text("jti").unwrap_or_default()));
        let until = self.sign_in.clock.now() + oidc.logout_token_lifetime();
        if !self.sign_in.repository.use_once(&format!("logout:{id}"), until).await? {
            return Err(ProviderError::invalid("this logout token was used before").into());
        }
        let ended =
            self.sign_in.repository.sessions_of_account(&provider.id, text("sub"), text("sid")).await?;
        for session in ended {
            self.sessions.end(&session.id).await?;
            let event = AuditEvent::new("backChannelLogout", &Viewer::user(session.subject, []));
            self.sign_in.record(event.on(&provider.id).from_client(client)).await;
        }
        Ok(())
    }
}
