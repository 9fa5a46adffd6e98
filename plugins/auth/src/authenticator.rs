//! From the credentials of a request to a viewer.

use std::sync::Arc;

use async_trait::async_trait;
use callboard_kit::{
    Access, AuditEvent, AuditOutcome, Authenticator, Clock, Code, Credentials, EntityRef, Problem, Result,
    Services, TokenGrant, Viewer,
};
use http::{
    HeaderName, HeaderValue,
    header::{AUTHORIZATION, SET_COOKIE},
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    config::{LimitConfig, StaticTokenConfig},
    cookies::{CSRF_HEADER, Cookies, has_csrf_header},
    external::ExternalIssuers,
    limits::{ClientNetwork, KnownTokens, RateLimit},
    people::People,
    providers::ProviderError,
    secrets,
    sessions::SessionService,
    signing::KeyRing,
    tokens::TokenService,
};

/// Knows sessions, tokens of every kind and the guest.
pub(crate) struct PortalAuthenticator {
    pub guest: Option<EntityRef>,
    pub static_tokens: StaticTokens,
    pub people: People,
    pub sessions: Arc<SessionService>,
    pub tokens: Arc<TokenService>,
    pub external: ExternalIssuers,
    pub keys: Arc<KeyRing>,
    pub cookies: Cookies,
    pub failures: Failures,
}

/// Credentials that were not valid.
pub(crate) struct Failures {
    services: Services,
    by_network: RateLimit<ClientNetwork>,
    /// Not each of them is worth an event.
    audited: RateLimit<ClientNetwork>,
    known: KnownTokens,
}

impl Failures {
    pub(crate) fn new(limits: &LimitConfig, clock: &Clock, services: Services) -> Self {
        Self {
            services,
            by_network: RateLimit::new(limits.failures_per_minute, clock.clone()),
            audited: RateLimit::new(1, clock.clone()),
            known: KnownTokens::default(),
        }
    }

    /// Counts one more, and says what is told.
    async fn count(&self, credentials: &Credentials<'_>) -> Problem {
        let client = credentials.client();
        let network = ClientNetwork::of(client.address);
        if self.audited.take(&network).is_ok()
            && let Some(audit) = self.services.audit.get()
        {
            let event = AuditEvent::new("invalidToken", &Viewer::anonymous()).from_client(&client);
            audit.record(event.ended(AuditOutcome::Denied, "a token that is not valid was presented")).await;
        }
        match self.by_network.take(&network) {
            Ok(()) => unauthenticated("the token is not valid"),
            Err(too_many) => too_many.tell(&credentials.answer()),
        }
    }
}

/// The tokens of the config.
pub(crate) struct StaticTokens(Vec<([u8; 32], StaticTokenConfig)>);

impl StaticTokens {
    pub(crate) fn new(tokens: Vec<StaticTokenConfig>) -> Self {
        Self(tokens.into_iter().map(|entry| (digest(entry.token.expose()), entry)).collect())
    }

    /// Compares with every token, whichever matches, so that the time taken tells nothing.
    fn find(&self, given: [u8; 32]) -> Option<(usize, &StaticTokenConfig)> {
        let mut found = None;
        for (index, (known, entry)) in self.0.iter().enumerate() {
            if bool::from(known.ct_eq(&given)) {
                found = Some((index, entry));
            }
        }
        found
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn unauthenticated(message: impl Into<String>) -> Problem {
    Problem::new(Code::Unauthenticated, message)
}

/// Says that the cookie that came names no session any more.
const SESSION_ENDED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-callboard-session"), HeaderValue::from_static("ended"));

/// What the ids of static tokens begin with.
pub(crate) const STATIC_TOKEN: &str = "auth.tokens.";

impl PortalAuthenticator {
    async fn by_token(&self, token: &str, credentials: &Credentials<'_>) -> Result<Viewer> {
        if secrets::is_token(token) {
            if let Some(found) = self.tokens.find(token).await? {
                let access = Access::Token { id: found.id.into(), name: found.name.into() };
                return self.subject(&found.subject, found.permissions.as_deref(), access).await;
            }
            return Err(self.failures.count(credentials).await);
        }
        let (digest, network) = (digest(token), ClientNetwork::of(credentials.client().address));
        // Static tokens are as good as people make them: where somebody guesses, only those are looked at that were
        // valid from there before.
        let may_guess = self.failures.by_network.check(&network).is_ok();
        if (may_guess || self.failures.known.contains(network, digest))
            && let Some((index, entry)) = self.static_tokens.find(digest)
        {
            self.failures.known.remember(network, digest);
            let name = format!("{STATIC_TOKEN}{index}");
            let access = Access::Token { id: name.as_str().into(), name: name.into() };
            return self.subject(&entry.subject, entry.permissions.as_deref(), access).await;
        }
        match self.external.authenticate(token).await {
            Some(Ok(viewer)) => return Ok(viewer),
            // That is not the fault of whoever came with the token.
            Some(Err(ProviderError::Unavailable(error))) => {
                tracing::warn!(%error, cause = ?std::error::Error::source(&error), "the keys of another issuer cannot be asked for");
                return Err(Problem::new(
                    Code::Unavailable,
                    "the issuer of the token cannot be asked for its keys now",
                ));
            }
            Some(Err(error)) => tracing::info!(%error, "a token of another issuer was refused"),
            None => {}
        }
        Err(self.failures.count(credentials).await)
    }

    async fn subject(
        &self,
        subject: &EntityRef,
        permissions: Option<&[callboard_kit::PermissionPattern]>,
        access: Access,
    ) -> Result<Viewer> {
        let viewer = match subject.kind() {
            "service" => Viewer::service(subject.clone()),
            _ => self.people.viewer(subject).await?,
        };
        let viewer = viewer.through(access);
        Ok(match permissions {
            Some(permissions) => viewer.with_token_permissions(permissions.to_vec()),
            None => viewer,
        })
    }

    /// The viewer of the session that a cookie names. A cookie that names none is forgotten, and the request goes on
    /// without credentials.
    async fn by_session(&self, credentials: &Credentials<'_>) -> Result<Option<Viewer>> {
        let parts = credentials.parts();
        let Some(token) = self.cookies.session_of(&parts.headers) else { return Ok(None) };
        let is_request = matches!(credentials, Credentials::Request(_));
        let Some(session) = self.sessions.of(token, credentials).await? else {
            if let (true, Some(cookie)) = (is_request, self.cookies.no_session()) {
                credentials.answer().append(SET_COOKIE, cookie);
                // A page that is open learns by this that it is somebody else's now, or nobody's.
                credentials.answer().append(SESSION_ENDED.0, SESSION_ENDED.1);
            }
            return Ok(None);
        };
        if is_request && !has_csrf_header(&parts.headers) {
            return Err(unauthenticated(format!(
                "requests with a session cookie need the header `{CSRF_HEADER}: 1`, which pages of other sites cannot add"
            )));
        }
        if !matches!(credentials, Credentials::Running(_)) {
            self.sessions.touch(&session).await?;
        }
        if is_request
            && let Some(new_token) = self.sessions.rotate(token, &session).await?
            && let Some(cookie) = self.cookies.session(&new_token, self.sessions.config.max_lifetime.0)
        {
            credentials.answer().append(SET_COOKIE, cookie);
        }
        let viewer = self.people.viewer(&session.subject).await?;
        Ok(Some(viewer.through(Access::Session(session.id.into()))))
    }
}

#[async_trait]
impl Authenticator for PortalAuthenticator {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Viewer> {
        if let Some(token) = credentials.bearer() {
            return self.by_token(token, &credentials).await;
        }
        if credentials.parts().headers.contains_key(AUTHORIZATION) {
            return Err(unauthenticated("the `Authorization` header must be `Bearer <token>`"));
        }
        if let Some(viewer) = self.by_session(&credentials).await? {
            return Ok(viewer);
        }
        match &self.guest {
            Some(guest) => self.people.viewer(guest).await,
            None => Ok(Viewer::anonymous()),
        }
    }

    fn lets_anyone_in(&self) -> bool {
        self.guest.is_some()
    }

    async fn tokens_of(&self, subject: &EntityRef) -> Result<Vec<TokenGrant>> {
        let mut grants = self.tokens.grants_of(subject).await?;
        let of_config = self.static_tokens.0.iter().enumerate();
        grants.extend(of_config.filter(|(_, (_, entry))| entry.subject == *subject).map(
            |(index, (_, entry))| TokenGrant {
                name: format!("{STATIC_TOKEN}{index}"),
                permissions: entry.permissions.clone(),
            },
        ));
        Ok(grants)
    }

    fn identity_token(&self, viewer: &Viewer, audience: &str) -> Option<String> {
        self.keys.identity_token(viewer, audience)
    }
}
