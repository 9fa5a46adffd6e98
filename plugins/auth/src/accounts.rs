//! Accounts at other services that users lend to the portal.

use std::sync::Arc;

use async_trait::async_trait;
use callboard_kit::{Clock, EntityRef, Problem, Result, Secret, UserCredential, UserCredentials, Vault};

use crate::{
    providers::{ExternalIdentity, Provider, ProviderError, ProviderTokens, Providers},
    repository::{AuthRepository, StoredAccount},
};

/// A token that ends so soon is refreshed before it is given out.
const MARGIN: chrono::Duration = chrono::Duration::minutes(5);

/// The accounts that users have connected.
pub(crate) struct AccountService {
    pub repository: AuthRepository,
    pub providers: Arc<Providers>,
    pub vault: Vault,
    pub clock: Clock,
    /// A refresh token is used once only: two refreshes at once would lose one's answer.
    pub refreshing: tokio::sync::Mutex<()>,
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

    /// The account's tokens, refreshed where they end soon; `None` where they are of no more use.
    async fn current(&self, provider: &Provider, account: StoredAccount) -> Result<Option<ProviderTokens>> {
        let Some(tokens) = self.open(&account) else { return Ok(None) };
        if self.is_fresh(&tokens) {
            return Ok(Some(tokens));
        }
        let _only_one = self.refreshing.lock().await;
        let Some(account) = self.repository.find_account(&account.subject, &account.provider).await? else {
            return Ok(None);
        };
        let Some(tokens) = self.open(&account) else { return Ok(None) };
        if self.is_fresh(&tokens) {
            return Ok(Some(tokens));
        }
        let Some(refresh_token) = &tokens.refresh_token else { return Ok(None) };
        match provider.refresh(refresh_token, None).await {
            Ok(refreshed) => {
                let secrets = self.seal(&account.subject, &account.provider, &refreshed)?;
                self.repository.put_account(&StoredAccount { secrets, ..account }).await?;
                Ok(Some(refreshed))
            }
            Err(error) => {
                tracing::info!(%error, provider = provider.id, "a connected account could not be refreshed");
                if matches!(error, ProviderError::Refused(_)) {
                    self.repository.remove_account(&account.subject, &account.provider).await?;
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
        for provider in self.providers.values() {
            if !provider.host().is_some_and(|known| known.eq_ignore_ascii_case(host)) {
                continue;
            }
            let Some(account) = self.repository.find_account(user, &provider.id).await? else { continue };
            if !scopes.iter().all(|scope| account.scopes.contains(scope)) {
                continue;
            }
            let (login, scopes) = (account.login.clone(), account.scopes.clone());
            if let Some(tokens) = self.current(provider, account).await? {
                let (token, expires_at) = (Secret::new(tokens.access_token), tokens.expires_at);
                return Ok(Some(UserCredential { token, login, scopes, expires_at }));
            }
        }
        Ok(None)
    }
}

fn purpose(user: &EntityRef, provider: &str) -> String {
    format!("auth.account:{provider}:{user}")
}
