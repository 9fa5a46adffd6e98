//! Signing in: from the click on a provider's button to a session.

mod error;
mod resolve;
mod transaction;

use std::sync::Arc;

use callboard_kit::{AuditEvent, AuditOutcome, Client, Clock, EntityRef, Services, Vault, Viewer};
use http::request::Parts;
use url::Url;

pub(crate) use error::SignInError;
pub(crate) use transaction::{Flow, LIFETIME, Purpose, SLOTS, Transaction, slot_for};

use crate::{
    accounts::AccountService,
    limits::{ClientNetwork, RateLimit},
    people::People,
    providers::{AuthorizationRequest, ExternalIdentity, Provider, ProviderError, ProviderTokens, Providers},
    repository::AuthRepository,
    return_to,
    sessions::{NewSession, SessionService},
};

/// Signs people in.
pub(crate) struct SignInService {
    pub providers: Arc<Providers>,
    pub sessions: Arc<SessionService>,
    pub accounts: Arc<AccountService>,
    pub people: People,
    pub repository: AuthRepository,
    pub services: Services,
    pub vault: Vault,
    pub clock: Clock,
    pub starts: RateLimit<ClientNetwork>,
    pub refusals: RateLimit<String>,
    pub logout_failures: RateLimit<ClientNetwork>,
    /// Strangers must not fill the audit log.
    pub audited: RateLimit<ClientNetwork>,
}

/// What came back with the browser.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct CallbackQuery {
    pub state: String,
    pub code: Option<String>,
    pub iss: Option<String>,
    pub error: Option<String>,
    pub error_description: Option<String>,
}

/// A sign-in that is done.
pub(crate) struct Done {
    /// The new session's token; `None` where an account was connected.
    pub token: Option<String>,
    pub return_to: String,
}

impl SignInService {
    pub(crate) fn provider(&self, id: &str) -> Result<&Provider, SignInError> {
        self.providers.get(id).ok_or(SignInError::UnknownProvider)
    }

    /// Begins: where the browser goes, and what it keeps until it comes back.
    pub(crate) async fn begin(
        &self,
        provider: &Provider,
        asked_return: Option<&str>,
        flow: Flow,
        purpose: Purpose,
    ) -> Result<(Url, Transaction), SignInError> {
        let scopes = match purpose {
            Purpose::SignIn => provider.sign_in_scopes(),
            Purpose::Connect { .. } => provider.connect_scopes(),
        };
        let (return_to, now) = (return_to::safe(asked_return), self.clock.now());
        let transaction = Transaction::begin(&provider.id, return_to, flow, purpose, now)?;
        let request = AuthorizationRequest {
            state: &transaction.state,
            nonce: &transaction.nonce,
            verifier: &transaction.verifier,
            scopes,
            parameters: Vec::new(),
        };
        let url = provider.authorization_url(request).await?;
        Ok((url, transaction))
    }

    /// Goes on when the browser is back, with the transaction that it kept.
    pub(crate) async fn complete(
        &self,
        provider: &Provider,
        transaction: &Transaction,
        query: &CallbackQuery,
        client: &Client,
        signed_in: Option<(EntityRef, String)>,
    ) -> Result<Done, SignInError> {
        let until = transaction.expires_at;
        if !self.repository.use_once(&transaction.used_name(), until).await? {
            return Err(SignInError::Transaction);
        }
        // First of all: an answer of another provider must not make us send the code anywhere.
        provider.check_answer_issuer(query.iss.as_deref()).await?;
        if let Some(error) = &query.error {
            let described = query.error_description.as_deref().unwrap_or(error);
            return Err(ProviderError::Refused(described.chars().take(200).collect()).into());
        }
        let code = query.code.as_deref().filter(|code| !code.is_empty() && code.len() <= 4096);
        let code = code.ok_or_else(|| ProviderError::invalid("there is no code in it"))?;
        let (identity, tokens) = provider.redeem(code, &transaction.verifier, &transaction.nonce).await?;
        let return_to = transaction.return_to.clone();
        match &transaction.purpose {
            Purpose::SignIn => {
                let token = self.sign_in(provider, &identity, &tokens, client).await?;
                Ok(Done { token: Some(token), return_to })
            }
            Purpose::Connect { session } => {
                let user = signed_in.filter(|(_, id)| id == session).map(|(user, _)| user);
                let user = user.ok_or(SignInError::NotSignedIn)?;
                self.accounts.connect(&user, provider, &identity, &tokens).await?;
                let event = AuditEvent::new("connectAccount", &Viewer::user(user, []));
                self.record(event.on(&provider.id).from_client(client)).await;
                Ok(Done { token: None, return_to })
            }
        }
    }

    /// Signs in whom a proxy names.
    pub(crate) async fn sign_in_by_proxy(
        &self,
        provider: &Provider,
        parts: &Parts,
        client: &Client,
    ) -> Result<String, SignInError> {
        let proxy = provider.proxy().ok_or(SignInError::UnknownProvider)?;
        let identity = proxy.identify(parts).await?;
        self.sign_in(provider, &identity, &ProviderTokens::default(), client).await
    }

    async fn sign_in(
        &self,
        provider: &Provider,
        identity: &ExternalIdentity,
        tokens: &ProviderTokens,
        client: &Client,
    ) -> Result<String, SignInError> {
        let account = format!("{} {}", provider.id, identity.subject);
        if self.refusals.check(&account).is_err() {
            return Err(SignInError::TooMany);
        }
        let resolved = match resolve::resolve(&self.people, provider, identity).await {
            Ok(resolved) => resolved,
            Err(error) => {
                let _ = self.refusals.take(&account);
                return Err(error);
            }
        };
        let new = NewSession {
            subject: resolved.user.clone(),
            in_catalog: resolved.in_catalog,
            provider: &provider.id,
            identity,
            tokens,
            client,
        };
        let (id, token) = self.sessions.open(new).await?;
        let viewer = Viewer::user(resolved.user, []).through(callboard_kit::Access::Session(id.into()));
        let event = AuditEvent::new("signIn", &viewer).on(&provider.id).from_client(client);
        self.record(AuditEvent { message: Some(format!("as {}", identity.login())), ..event }).await;
        Ok(token)
    }

    /// Writes down that somebody was refused.
    pub(crate) async fn record_refusal(&self, provider: &str, error: &SignInError, client: &Client) {
        if let SignInError::Internal(problem) = error {
            let cause = problem.cause().map(ToString::to_string).unwrap_or_default();
            tracing::error!(provider, cause, "a sign-in failed");
        }
        if let SignInError::Provider(ProviderError::Unavailable(cause)) = error {
            let source = std::error::Error::source(cause);
            tracing::warn!(provider, error = %cause, cause = ?source, "a provider could not be asked");
        }
        if let SignInError::Provider(error @ ProviderError::RefusedPortal(_)) = error {
            tracing::warn!(provider, %error, "nobody can sign in here");
        }
        if self.audited.take(&ClientNetwork::of(client.address)).is_err() {
            return;
        }
        let event = AuditEvent::new("signInRefused", &Viewer::anonymous()).on(provider).from_client(client);
        self.record(event.ended(AuditOutcome::Denied, error.to_string())).await;
    }

    pub(crate) async fn record(&self, event: AuditEvent) {
        if let Some(audit) = self.services.audit.get() {
            audit.record(event).await;
        }
    }
}
