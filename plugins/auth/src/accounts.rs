//! Accounts at other services that users lend to the portal.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use callboard_kit::{Clock, EntityRef, Problem, Result, Secret, UserCredential, UserCredentials, Vault};

use crate::{
    people::People,
    providers::{ExternalIdentity, Provider, ProviderError, ProviderTokens, Providers},
    repository::{AuthRepository, StoredAccount},
};

/// A token that ends so soon is refreshed before it is given out.
const MARGIN: chrono::Duration = chrono::Duration::minutes(5);

/// How often it is looked what has come of somebody else's refresh.
const GLANCE: Duration = Duration::from_millis(100);

/// The accounts that users have connected.
pub(crate) struct AccountService {
    pub repository: AuthRepository,
    pub providers: Arc<Providers>,
    pub vault: Vault,
    pub clock: Clock,
    pub people: People,
    /// How long the provider may take with a refresh, all in all.
    pub longest_refresh: Duration,
}

impl AccountService {
    /// Keeps an account.
    pub(crate) async fn connect(
        &self,
        user: &EntityRef,
        provider: &Provider,
        identity: &ExternalIdentity,
        tokens: &ProviderTokens,
    ) -> Result<()> {
        // A server that does not name the scopes has given those that were asked for (RFC 6749, 5.1).
        let scopes = if tokens.scopes.is_empty() { provider.connect_scopes() } else { tokens.scopes.clone() };
        let account = StoredAccount {
            subject: user.clone(),
            provider: provider.id.clone(),
            login: identity.login().to_owned(),
            scopes,
            secrets: self.seal(user, &provider.id, tokens)?,
            connected_at: self.clock.now(),
            expires_at: tokens.expires_at.filter(|_| tokens.refresh_token.is_none()),
        };
        Ok(self.repository.put_account(&account).await?)
    }

    pub(crate) async fn list(&self, user: &EntityRef) -> Result<Vec<StoredAccount>> {
        Ok(self.repository.accounts_of(user).await?)
    }

    /// Forgets an account; `false` where there was none.
    pub(crate) async fn disconnect(&self, user: &EntityRef, provider: &str) -> Result<bool> {
        Ok(self.repository.remove_account(user, provider).await?)
    }

    fn open(&self, account: &StoredAccount) -> Option<ProviderTokens> {
        let purpose = purpose(&account.subject, &account.provider);
        serde_json::from_slice(&self.vault.open(&purpose, &account.secrets).ok()?).ok()
    }

    fn seal(&self, user: &EntityRef, provider: &str, tokens: &ProviderTokens) -> Result<String> {
        let kept = ProviderTokens { id_token: None, ..tokens.clone() };
        let text = serde_json::to_vec(&kept).map_err(Problem::internal)?;
        self.vault.seal(&purpose(user, provider), &text).map_err(Problem::internal)
    }

    fn is_fresh(&self, tokens: &ProviderTokens) -> bool {
        tokens.expires_at.is_none_or(|expires| self.clock.now() + MARGIN < expires)
    }

    /// The account with its tokens, refreshed where they end soon; `None` where they are of no more use. A refresh token is
    /// used once only: somebody refreshes, in whichever replica, and the others wait for what comes of it.
    async fn current(
        &self,
        provider: &Provider,
        user: &EntityRef,
    ) -> Result<Option<(StoredAccount, ProviderTokens)>> {
        let give_up = tokio::time::Instant::now() + self.longest_refresh;
        loop {
            let found = self.repository.find_account(user, &provider.id).await?;
            let Some((account, tokens)) =
                found.and_then(|found| self.open(&found).map(|tokens| (found, tokens)))
            else {
                return Ok(None);
            };
            if self.is_fresh(&tokens) {
                return Ok(Some((account, tokens)));
            }
            let Some(refresh_token) = &tokens.refresh_token else { return Ok(None) };
            let now = self.clock.now();
            if self.repository.begin_refresh(&account, now, now + self.longest_refresh).await? {
                return self.refresh(provider, account, refresh_token).await;
            }
            if tokio::time::Instant::now() >= give_up {
                return Ok(None);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// What the provider gives for a refresh token; `None` where it gives nothing, or where the user has disconnected the
    /// account or connected another one meanwhile.
    async fn refresh(
        &self,
        provider: &Provider,
        account: StoredAccount,
        refresh_token: &str,
    ) -> Result<Option<(StoredAccount, ProviderTokens)>> {
        match provider.refresh(refresh_token, None).await {
            Ok(refreshed) => {
                let secrets = self.seal(&account.subject, &account.provider, &refreshed)?;
                let kept = self.repository.end_refresh(&account, Some(&secrets)).await?;
                Ok(kept.then_some((account, refreshed)))
            }
            Err(error) => {
                tracing::warn!(%error, provider = provider.id, "a connected account could not be refreshed");
                if matches!(error, ProviderError::Refused(_)) {
                    self.repository.remove_account_as_read(&account).await?;
                } else {
                    self.repository.end_refresh(&account, None).await?;
                }
                Ok(None)
            }
        }
    }
}

#[async_trait]
impl UserCredentials for AccountService {
    async fn credential(
        &self,
        user: &EntityRef,
        host: &str,
        scopes: &[String],
    ) -> Result<Option<UserCredential>> {
        // Whoever has left lends nothing any more.
        let may_be_unknown = self.providers.values().any(Provider::allows_unknown_users);
        if !may_be_unknown && !self.people.has(user).await? {
            return Ok(None);
        }
        for provider in self.providers.values() {
            if !provider.host().is_some_and(|known| known.eq_ignore_ascii_case(host)) {
                continue;
            }
            let is_lent = |account: &StoredAccount| scopes.iter().all(|scope| account.scopes.contains(scope));
            if !self.repository.find_account(user, &provider.id).await?.is_some_and(|found| is_lent(&found)) {
                continue;
            }
            // It may be another one by then.
            let current = self.current(provider, user).await?;
            if let Some((account, tokens)) = current.filter(|(account, _)| is_lent(account)) {
                let (token, expires_at) = (Secret::new(tokens.access_token), tokens.expires_at);
                let StoredAccount { login, scopes, .. } = account;
                return Ok(Some(UserCredential { token, login, scopes, expires_at }));
            }
        }
        Ok(None)
    }
}

fn purpose(user: &EntityRef, provider: &str) -> String {
    format!("auth.account:{provider}:{user}")
}
