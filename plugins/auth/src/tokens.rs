//! Access tokens: made for oneself or, by admins, for services and others; shown once, kept as hashes.

mod request;

use std::sync::Arc;

use callboard_kit::{
    Access, Clock, Code, EntityRef, PermissionDefinition, PermissionPattern, Problem, Result, Secret,
    TokenGrant, Vault, Viewer, note_changes, note_target,
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) use request::NewToken;

use self::request::check_name;
use crate::{
    access::{AccessRules, is_guest},
    authenticator::STATIC_TOKEN,
    config::{AccessTokenConfig, StaticTokenConfig},
    people::People,
    permissions::{TOKEN_CREATE, TOKEN_READ, TOKEN_REVOKE},
    repository::{AuthRepository, Maker, StoredToken},
    secrets,
};

/// How many valid tokens one subject may have.
const MAX_TOKENS: u64 = 100;
/// How many of them may be made with others: the rest is for its owner, whoever has got hold of a token.
const MAX_MADE_WITH_TOKENS: u64 = 50;
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
    /// The fingerprints of the config's tokens, in its order.
    pub of_config: Vec<String>,
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
            let told = format!("only holders of `{TOKEN_CREATE}` make tokens for others");
            return Err(Problem::forbidden(told).about_permission(TOKEN_CREATE));
        }
        let (maker, longest) = self.maker(viewer.access()).await?;
        let mut token = self.token(&subject, Some(creator), &new, permissions, longest).await?;
        token.created_with = maker;
        if subject.kind() == "user" && subject != *creator && !token.in_catalog {
            return Err(Problem::bad_input("input.subject", format!("there is no user `{subject}`")));
        }
        self.add(token).await
    }

    /// The token that a viewer comes with, and when it ends: what is made with a token must not outlive it.
    async fn maker(&self, access: &Access) -> Result<(Option<Maker>, Option<DateTime<Utc>>)> {
        let Access::Token { id, .. } = access else { return Ok((None, None)) };
        if let Some(index) = id.strip_prefix(STATIC_TOKEN) {
            let fingerprint = index.parse().ok().and_then(|index: usize| self.of_config.get(index));
            return Ok((Some(Maker::Config(fingerprint.ok_or_else(revoked)?.clone())), None));
        }
        let maker = self.repository.lookup_token(id).await?.ok_or_else(revoked)?;
        Ok((Some(Maker::Stored(maker.id)), maker.expires_at))
    }

    /// Makes a token as the operator.
    pub(crate) async fn create_as_operator(&self, new: NewToken) -> Result<(StoredToken, Secret)> {
        let Some(subject) = new.subject.clone() else {
            return Err(Problem::bad_input("input.subject", "for whom the token is must be given"));
        };
        let permissions = self.checked(&subject, &new)?;
        let mut token = self.token(&subject, None, &new, permissions, None).await?;
        // The command line does not see the catalog.
        token.in_catalog = false;
        self.add(token).await
    }

    async fn token(
        &self,
        subject: &EntityRef,
        creator: Option<&EntityRef>,
        new: &NewToken,
        permissions: Option<Vec<PermissionPattern>>,
        longest: Option<DateTime<Utc>>,
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
            created_by: creator.cloned(),
            expires_at: new.end(&self.config, now, longest)?,
            created_with: None,
            last_used_at: None,
        })
    }

    async fn add(&self, mut token: StoredToken) -> Result<(StoredToken, Secret)> {
        let (all, made) = self.repository.count_tokens(&token.subject, token.created_at).await?;
        let is_full = matches!(token.created_with, Some(Maker::Stored(_))) && made >= MAX_MADE_WITH_TOKENS;
        if all >= MAX_TOKENS || is_full {
            let (count, which) =
                if is_full { (MAX_MADE_WITH_TOKENS, " made with others") } else { (MAX_TOKENS, "") };
            let message = format!("`{}` has {count} tokens{which} already, revoke one first", token.subject);
            return Err(Problem::new(Code::Conflict, message));
        }
        let secret = secrets::token_for(&token.subject)?;
        token.hint = secrets::hint_of(&secret);
        if !self.repository.add_token(&token, &secrets::hash(secret.expose())).await? {
            return Err(revoked());
        }
        note_changes(&Value::Null, &state_of(&token));
        Ok((token, secret))
    }

    fn creator(viewer: &Viewer) -> Result<&EntityRef> {
        let refused = |message: &str| Err(Problem::forbidden(message));
        match viewer.reference() {
            None => Err(Problem::new(Code::Unauthenticated, "sign in to make tokens")),
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
        let is_gone =
            matches!(&token.created_with, Some(Maker::Config(maker)) if !self.of_config.contains(maker));
        if is_gone || token.has_expired(now) || (token.in_catalog && !self.people.has(&token.subject).await?)
        {
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

    /// Revokes what was made with tokens that the config has no more.
    pub(crate) async fn follow_config(&self) -> Result<()> {
        let removed = self.repository.remove_made_with_others(&self.of_config).await?;
        if removed > 0 {
            tracing::info!(
                removed,
                "tokens were revoked, as those that made them are no longer in the config"
            );
        }
        Ok(())
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

/// By what the tokens of the config are known again. Those may be easy to guess, so that hashes of them are not kept.
pub(crate) fn fingerprints(vault: &Vault, tokens: &[StaticTokenConfig]) -> Vec<String> {
    tokens.iter().map(|entry| vault.fingerprint("auth.tokens", entry.token.expose().as_bytes())).collect()
}

fn revoked() -> Problem {
    Problem::new(Code::Unauthenticated, "the token that you are using is not valid any more")
}
