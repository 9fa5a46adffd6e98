use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{
        header::{CACHE_CONTROL, SET_COOKIE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use callboard_kit::{Access, AuditEvent, Client, Code, Problem, Viewer};
use serde_json::json;

use super::{Endpoints, answers::problem};
use crate::cookies::{CSRF_HEADER, has_csrf_header};

/// Ends the session, and says where the browser ends the one at the provider.
pub(super) async fn sign_out(State(endpoints): State<Arc<Endpoints>>, parts: Parts) -> Response {
    match endpoints.sign_out(&parts).await {
        Ok(redirect_to) => {
            let mut answer =
                ([(CACHE_CONTROL, "no-store")], Json(json!({ "redirectTo": redirect_to }))).into_response();
            if let Some(cookie) = endpoints.cookies.no_session() {
                answer.headers_mut().append(SET_COOKIE, cookie);
            }
            answer
        }
        Err(error) => problem(&error),
    }
}

impl Endpoints {
    async fn sign_out(&self, parts: &Parts) -> Result<String, Problem> {
        if !has_csrf_header(&parts.headers) {
            let message = format!("signing out needs the header `{CSRF_HEADER}: 1`");
            return Err(Problem::new(Code::Unauthenticated, message));
        }
        let here = || "/sign-in".to_owned();
        let Some(token) = self.cookies.session_of(&parts.headers) else { return Ok(here()) };
        let Some(session) = self.sessions.find(token).await? else { return Ok(here()) };
        self.sessions.end(&session.id).await?;
        let viewer =
            Viewer::user(session.subject.clone(), []).through(Access::Session(session.id.as_str().into()));
        let client = parts.extensions.get::<Client>().cloned().unwrap_or_default();
        let event = AuditEvent::new("signOut", &viewer).on(&session.provider).from_client(&client);
        self.sign_in.record(event).await;
        let Some(oidc) = self.sessions.providers.get(&session.provider).and_then(|provider| provider.oidc())
        else {
            return Ok(here());
        };
        let id_token = self.sessions.tokens_of(&session).id_token;
        let back_to = format!("{}/sign-in", self.base_url);
        let url = oidc.end_session_url(id_token.as_deref(), &back_to).await;
        Ok(url.map_or_else(here, Into::into))
    }
}
