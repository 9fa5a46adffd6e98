//! Sessions of browsers: opened at sign-in, looked at with each request, rotated, checked and ended.

mod check;
mod of;

use std::sync::Arc;

use callboard_kit::{
    Access, AuditEvent, AuditOutcome, Client, Clock, EntityRef, Problem, Result, Services, Vault, Viewer,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    config::SessionConfig,
    people::People,
    providers::{ExternalIdentity, ProviderTokens, Providers},
    repository::{AuthRepository, Rotation, StoredSession},
    secrets,
};

/// How long a cookie is taken after the one that replaced it was seen.
const GRACE: chrono::Duration = chrono::Duration::minutes(1);
/// How exactly it is known when a session was used last.
const TOUCH_EVERY: chrono::Duration = chrono::Duration::minutes(1);

/// Who is signed in.
pub(crate) struct SessionService {
    pub repository: AuthRepository,
    pub providers: Arc<Providers>,
    pub people: People,
    pub vault: Vault,
    pub clock: Clock,
    pub config: SessionConfig,
    pub services: Services,
}

/// By which of its tokens a session was found.
enum Named {
    ByItsToken,
    ByOneReplaced,
}

/// A session to be opened.
pub(crate) struct NewSession<'a> {
    pub subject: EntityRef,
    pub in_catalog: bool,
    pub provider: &'a str,
    pub identity: &'a ExternalIdentity,
    pub tokens: &'a ProviderTokens,
    pub client: &'a Client,
}

impl SessionService {
    /// Opens a session; its id and its token.
    pub(crate) async fn open(&self, new: NewSession<'_>) -> Result<(String, String)> {
        let (id, token, now) = (Uuid::now_v7().to_string(), secrets::random()?, self.clock.now());
        let session = StoredSession {
            token_hash: secrets::hash(&token),
            previous_hash: None,
            previous_until: None,
            subject: new.subject,
            in_catalog: new.in_catalog,
            provider: new.provider.to_owned(),
            external_subject: new.identity.subject.clone(),
            external_session: new.identity.session.clone(),
            secrets: self.seal(&id, new.tokens)?,
            address: new.client.address.map(|address| address.to_string()),
            user_agent: new.client.user_agent.as_deref().map(str::to_owned),
            created_at: now,
            last_used_at: now,
            rotated_at: now,
            checked_at: now,
            expires_at: now + duration(self.config.max_lifetime.0),
            id,
        };
        self.repository.add_session(&session).await?;
        Ok((session.id, token))
    }

    /// The session that a token names, where it has not ended.
    pub(crate) async fn find(&self, token: &str) -> Result<Option<StoredSession>> {
        Ok(match self.find_by(token).await? {
            Some((session, Named::ByItsToken)) => Some(session),
            Some((_, Named::ByOneReplaced)) | None => None,
        })
    }

    /// The session that a token names or once named.
    async fn find_by(&self, token: &str) -> Result<Option<(StoredSession, Named)>> {
        let hash = secrets::hash(token);
        let found = self.repository.find_session(&hash).await?;
        let now = self.clock.now();
        let Some(session) = found.filter(|session| !self.has_ended(session, now)) else { return Ok(None) };
        let is_previous = session.token_hash != hash;
        let is_over = is_previous && session.previous_until.is_some_and(|until| until <= now);
        Ok(Some((session, if is_over { Named::ByOneReplaced } else { Named::ByItsToken })))
    }

    /// A token that was replaced comes back, long after its browser had the new one: somebody else has got hold of one of
    /// the two, and nobody can tell which.
    async fn end_reused(&self, session: &StoredSession, client: &Client) -> Result<()> {
        tracing::warn!(subject = %session.subject, "a session ends, as a cookie came back that was replaced");
        self.end(&session.id).await?;
        if let Some(audit) = self.services.audit.get() {
            let viewer = Viewer::user(session.subject.clone(), [])
                .through(Access::Session(session.id.as_str().into()));
            let event = AuditEvent::new("sessionReused", &viewer).on(&session.provider).from_client(client);
            let told = "a cookie came back that was replaced, so the session was ended";
            audit.record(event.ended(AuditOutcome::Denied, told)).await;
        }
        Ok(())
    }

    /// Notes that a session was used.
    pub(crate) async fn touch(&self, session: &StoredSession) -> Result<()> {
        let now = self.clock.now();
        // Of a short time that one may be idle, more has to be known.
        if now - session.last_used_at >= TOUCH_EVERY.min(duration(self.config.idle_timeout.0) / 4) {
            self.repository.touch_session(&session.id, now).await?;
        }
        Ok(())
    }

    /// The token that replaces the one that came, where its time has come.
    pub(crate) async fn rotate(&self, token: &str, session: &StoredSession) -> Result<Option<String>> {
        let (hash, now) = (secrets::hash(token), self.clock.now());
        let is_previous = session.token_hash != hash;
        if !is_previous && session.previous_hash.is_some() && session.previous_until.is_none() {
            self.repository.confirm_rotation(&session.id, &hash, now + GRACE).await?;
        }
        // The answer with the newer token may have been lost: whoever still comes with the old one gets another.
        let is_lost = is_previous && session.previous_until.is_none() && now - session.rotated_at >= GRACE;
        let is_due = !is_previous && now - session.rotated_at >= duration(self.config.rotate_every.0);
        if is_due || is_lost {
            let token = secrets::random()?;
            let to = secrets::hash(&token);
            let rotation =
                Rotation { id: &session.id, from: &session.token_hash, presented: &hash, to: &to, now };
            if self.repository.rotate_session(&rotation).await? {
                return Ok(Some(token));
            }
        }
        Ok(None)
    }

    fn has_ended(&self, session: &StoredSession, now: DateTime<Utc>) -> bool {
        session.expires_at <= now || session.last_used_at <= self.used_since(now)
    }

    /// Sessions that were not used since have ended.
    fn used_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - duration(self.config.idle_timeout.0)
    }

    /// When a session ends if it is not used any more.
    pub(crate) fn end_of(&self, session: &StoredSession) -> DateTime<Utc> {
        session.expires_at.min(session.last_used_at + duration(self.config.idle_timeout.0))
    }

    pub(crate) async fn lookup(&self, id: &str) -> Result<Option<StoredSession>> {
        let session = self.repository.lookup_session(id).await?;
        Ok(session.filter(|session| !self.has_ended(session, self.clock.now())))
    }

    pub(crate) async fn list(
        &self,
        subject: Option<&EntityRef>,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<StoredSession>> {
        let now = self.clock.now();
        Ok(self.repository.list_sessions(subject, after, limit, self.used_since(now), now).await?)
    }

    pub(crate) async fn end(&self, id: &str) -> Result<bool> {
        Ok(self.repository.remove_session(id).await?)
    }

    pub(crate) async fn end_all_of(&self, subject: &EntityRef, except: Option<&str>) -> Result<u64> {
        Ok(self.repository.remove_sessions_of(subject, except).await?)
    }

    pub(crate) async fn sweep(&self) -> Result<u64> {
        let now = self.clock.now();
        Ok(self.repository.sweep_sessions(self.used_since(now), now).await?)
    }

    /// What the provider gave for this session.
    pub(crate) fn tokens_of(&self, session: &StoredSession) -> ProviderTokens {
        let open = |sealed: &String| self.vault.open(&purpose(&session.id), sealed).ok();
        let text = session.secrets.as_ref().and_then(open);
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// A session needs no access token: it is not kept.
    fn seal(&self, id: &str, tokens: &ProviderTokens) -> Result<Option<String>> {
        if tokens.refresh_token.is_none() && tokens.id_token.is_none() {
            return Ok(None);
        }
        let kept = ProviderTokens {
            refresh_token: tokens.refresh_token.clone(),
            id_token: tokens.id_token.clone(),
            ..ProviderTokens::default()
        };
        let text = serde_json::to_vec(&kept).map_err(Problem::internal)?;
        Ok(Some(self.vault.seal(&purpose(id), &text).map_err(Problem::internal)?))
    }
}

fn purpose(id: &str) -> String {
    format!("auth.session:{id}")
}

fn duration(duration: std::time::Duration) -> chrono::Duration {
    // A hundred years are as good as longer ones, and do not overflow.
    const LONGEST: chrono::Duration = chrono::Duration::days(36_500);
    chrono::Duration::from_std(duration).unwrap_or(LONGEST).min(LONGEST)
}
