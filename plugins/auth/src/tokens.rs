//! Access tokens: made for oneself or, by admins, for services and others; shown once, kept as hashes.

mod request;

use std::sync::Arc;

use callboard_kit::{
    Access, Clock, EntityRef, PermissionDefinition, PermissionPattern, Problem, Result, Secret, TokenGrant,
    Viewer, note_changes, note_target,
};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) use request::NewToken;

use self::request::check_name;
use crate::{
    access::{AccessRules, is_guest},
    config::AccessTokenConfig,
    people::People,
    permissions::{TOKEN_CREATE, TOKEN_READ, TOKEN_REVOKE},
    repository::{AuthRepository, StoredToken},
    secrets,
};

/// How many tokens one subject may have.
const MAX_TOKENS: u64 = 100;
/// How exactly it is known when a token was used last.
const TOUCH_EVERY: chrono::Duration = chrono::Duration::minutes(1);
/// How long expired tokens are still listed.
const KEPT: chrono::Duration = chrono::Duration::days(30);

/// The tokens of users and services.
pub(crate) struct TokenService {
    pub repository: AuthRepository,
    pub people: People,
    pub clock: Clock,
    pub config: AccessTokenConfig,
    pub known_permissions: Arc<[PermissionDefinition]>,
}

impl TokenService {
    /// Makes a token as far as the viewer may, and gives it with its secret, which is not kept.
    pub(crate) async fn create(&self, rules: &AccessRules, new: NewToken) -> Result<(StoredToken, Secret)> {
        let viewer = rules.viewer();
        let creator = Self::creator(viewer)?;
        let subject = new.subject.clone().unwrap_or_else(|| creator.clone());
        note_target(subject.as_str());
        let permissions = self.permissions_of(viewer, &subject, &new)?;
        if subject != *creator && !rules.has(TOKEN_CREATE).await {
            return Err(Problem::forbidden(format!(
                "only holders of `{TOKEN_CREATE}` make tokens for others"
            )));
        }
        // What a token makes must not outlive it.
        let maker = match viewer.access() {
            Access::Token { id, .. } => self.repository.lookup_token(id).await?,
            _ => None,
        };
        let token = self.token(&subject, creator, &new, permissions, maker).await?;
        if subject.kind() == "user" && subject != *creator && !token.in_catalog {
            return Err(Problem::bad_input("input.subject", format!("there is no user `{subject}`")));
        }
        self.add(token).await
    }

    /// Makes a token as the operator.
    pub(crate) async fn create_as_operator(&self, new: NewToken) -> Result<(StoredToken, Secret)> {
        let Some(subject) = new.subject.clone() else {
            return Err(Problem::bad_input("input.subject", "for whom the token is must be given"));
        };
        let permissions = self.checked(&subject, &new)?;
        let mut token = self.token(&subject, &subject, &new, permissions, None).await?;
        // The command line does not see the catalog.
        token.in_catalog = false;
        self.add(token).await
    }

    async fn token(
        &self,
        subject: &EntityRef,
        creator: &EntityRef,
        new: &NewToken,
        permissions: Option<Vec<PermissionPattern>>,
        maker: Option<StoredToken>,
    ) -> Result<StoredToken> {
        let now = self.clock.now();
        Ok(StoredToken {
            id: Uuid::now_v7().to_string(),
            name: check_name(&new.name)?,
            subject: subject.clone(),
            in_catalog: subject.kind() == "user" && self.people.has(subject).await?,
            permissions,
            hint: String::new(),
            created_at: now,
            created_by: creator.clone(),
            expires_at: new.end(&self.config, now, maker.as_ref().and_then(|maker| maker.expires_at))?,
            created_with: maker.map(|maker| maker.id),
            last_used_at: None,
        })
    }

    async fn add(&self, mut token: StoredToken) -> Result<(StoredToken, Secret)> {
        let others = self.repository.list_tokens(Some(&token.subject), None, MAX_TOKENS).await?;
        if others.len() as u64 >= MAX_TOKENS {
            let message = format!("`{}` has {MAX_TOKENS} tokens already, revoke one first", token.subject);
            return Err(Problem::new(callboard_kit::Code::Conflict, message));
        }
        let secret = secrets::token_for(&token.subject)?;
        token.hint = secrets::hint_of(&secret);
        self.repository.add_token(&token, &secrets::hash(secret.expose())).await?;
        note_changes(&Value::Null, &state_of(&token));
        Ok((token, secret))
    }

    fn creator(viewer: &Viewer) -> Result<&EntityRef> {
        let refused = |message: &str| Err(Problem::forbidden(message));
        match viewer.reference() {
            None => Err(Problem::new(callboard_kit::Code::Unauthenticated, "sign in to make tokens")),
            Some(_) if is_guest(viewer) => refused("guests cannot make tokens"),
            Some(_) if matches!(viewer.access(), Access::External(_)) => {
                refused("a token of another issuer cannot make tokens, which would outlive it")
            }
            Some(reference) => Ok(reference),
        }
    }

    /// The token that a secret is of, where it is valid.
    pub(crate) async fn find(&self, secret: &str) -> Result<Option<StoredToken>> {
        let Some(token) = self.repository.find_token(&secrets::hash(secret)).await? else { return Ok(None) };
        let now = self.clock.now();
        if token.has_expired(now) || (token.in_catalog && !self.people.has(&token.subject).await?) {
            return Ok(None);
        }
        if token.last_used_at.is_none_or(|used| now - used >= TOUCH_EVERY) {
            self.repository.touch_token(&token.id, now).await?;
        }
        Ok(Some(token))
    }

    /// A token, where the viewer may see it.
    pub(crate) async fn lookup(&self, rules: &AccessRules, id: &str) -> Result<Option<StoredToken>> {
        let Some(token) = self.repository.lookup_token(id).await? else { return Ok(None) };
        Ok(rules.may_read(&token.subject, TOKEN_READ).await.then_some(token))
    }

    pub(crate) async fn list(
        &self,
        subject: Option<&EntityRef>,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<StoredToken>> {
        Ok(self.repository.list_tokens(subject, after, limit).await?)
    }

    /// Revokes a token, and all that were made with it, as far as the viewer may.
    pub(crate) async fn revoke(&self, rules: &AccessRules, id: &str) -> Result<()> {
        note_target(id);
        let absent = "there is no such token";
        let found = self.repository.lookup_token(id).await?;
        let token = found.ok_or_else(|| Problem::not_found(absent))?;
        rules.check_change(&token.subject, TOKEN_REVOKE, TOKEN_READ, absent).await?;
        if !self.repository.remove_token(id).await? {
            return Err(Problem::not_found(absent));
        }
        note_changes(&state_of(&token), &Value::Null);
        Ok(())
    }

    /// Revokes a token as the operator; `false` where there is none.
    pub(crate) async fn revoke_as_operator(&self, id: &str) -> Result<bool> {
        Ok(self.repository.remove_token(id).await?)
    }

    /// What the valid tokens of a subject allow.
    pub(crate) async fn grants_of(&self, subject: &EntityRef) -> Result<Vec<TokenGrant>> {
        let (tokens, now) = (self.list(Some(subject), None, MAX_TOKENS).await?, self.clock.now());
        let valid = tokens.into_iter().filter(|token| !token.has_expired(now));
        Ok(valid.map(|token| TokenGrant { name: token.name, permissions: token.permissions }).collect())
    }

    pub(crate) async fn sweep(&self) -> Result<u64> {
        Ok(self.repository.sweep_tokens(self.clock.now() - KEPT).await?)
    }
}

/// A token as the audit log has it.
pub(crate) fn state_of(token: &StoredToken) -> Value {
    json!({
        "id": token.id, "name": token.name, "subject": token.subject, "permissions": token.permissions,
        "expiresAt": token.expires_at,
    })
}
