use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, SET_COOKIE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use callboard_kit::{Code, Credentials, EntityRef, Problem};
use serde_json::json;
use url::Url;

use super::{
    Endpoints,
    answers::{problem, too_many},
    redirect::{StartQuery, client_of},
};
use crate::{
    cookies::{CSRF_HEADER, has_csrf_header},
    limits::ClientNetwork,
    providers::ProviderError,
    sign_in::{Purpose, SignInError},
};

/// Begins to connect an account for whoever is signed in, and says where the browser goes. Pages of other sites cannot
/// ask for it: a link to a provider where an attacker is logged in would lend the attacker's account.
pub(super) async fn connect(
    State(endpoints): State<Arc<Endpoints>>,
    Path(provider): Path<String>,
    Query(query): Query<StartQuery>,
    parts: Parts,
) -> Response {
    if !has_csrf_header(&parts.headers) {
        let message = format!("connecting an account needs the header `{CSRF_HEADER}: 1`");
        return problem(&Problem::new(Code::Unauthenticated, message));
    }
    let client = client_of(&parts);
    if let Err(limit) = endpoints.sign_in.starts.take(&ClientNetwork::of(client.address)) {
        return too_many(limit);
    }
    match endpoints.connect(&provider, &query, &parts).await {
        Ok((url, cookie)) => {
            let mut answer =
                ([(CACHE_CONTROL, "no-store")], Json(json!({ "redirectTo": url }))).into_response();
            if let Some(cookie) = cookie {
                answer.headers_mut().append(SET_COOKIE, cookie);
            }
            answer
        }
        Err(error) => {
            let known = endpoints.sign_in.provider(&provider).map_or("unknown", |provider| &provider.id);
            endpoints.sign_in.record_refusal(known, &error, &client).await;
            problem(&Problem::new(code_of(&error), error.to_string()))
        }
    }
}

impl Endpoints {
    async fn connect(
        &self,
        provider: &str,
        query: &StartQuery,
        parts: &Parts,
    ) -> Result<(Url, Option<HeaderValue>), SignInError> {
        let provider = self.sign_in.provider(provider)?;
        if provider.proxy().is_some() {
            return Err(SignInError::UnknownProvider);
        }
        let (_, session) = self.signed_in(parts).await?.ok_or(SignInError::NotSignedIn)?;
        self.leave(provider, query, Purpose::Connect { session }, parts).await
    }

    /// Who is signed in, and the id of the session: whom the graph would take the request to be of, and nobody else.
    pub(super) async fn signed_in(&self, parts: &Parts) -> Result<Option<(EntityRef, String)>, SignInError> {
        let Some(token) = self.cookies.session_of(&parts.headers) else { return Ok(None) };
        let Some(session) = self.sessions.of(token, &Credentials::Request(parts)).await? else {
            return Ok(None);
        };
        self.sessions.touch(&session).await?;
        Ok(Some((session.subject, session.id)))
    }
}

const fn code_of(error: &SignInError) -> Code {
    match error {
        SignInError::NotSignedIn => Code::Unauthenticated,
        SignInError::UnknownProvider => Code::NotFound,
        SignInError::Provider(ProviderError::Unavailable(_) | ProviderError::RefusedPortal(_)) => {
            Code::Unavailable
        }
        SignInError::Internal(_) => Code::Internal,
        _ => Code::BadUserInput,
    }
}
