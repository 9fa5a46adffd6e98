//! Whether somebody who is signed in still would be.

use std::sync::Arc;

use callboard_kit::Result;

use super::{SessionService, duration};
use crate::{
    providers::{Provider, ProviderError},
    repository::StoredSession,
};

impl SessionService {
    /// Looks from time to time whether the catalog still has the user and the provider still knows the session.
    /// `false` where the session has ended by that. The provider is asked beside the request, not before it.
    pub(crate) async fn check(self: &Arc<Self>, session: &StoredSession) -> Result<bool> {
        let now = self.clock.now();
        if now - session.checked_at < duration(self.config.refresh_every.0)
            || !self.repository.begin_check(session, now).await?
        {
            return Ok(true);
        }
        let provider = self.providers.get(&session.provider);
        let may_be_unknown = provider.is_some_and(Provider::allows_unknown_users);
        if session.in_catalog && !may_be_unknown && !self.people.has(&session.subject).await? {
            tracing::info!(subject = %session.subject, "a session ends, as its user is no longer in the catalog");
            self.end(&session.id).await?;
            return Ok(false);
        }
        if provider.is_none() {
            tracing::info!(
                provider = session.provider,
                "a session ends, as its provider is no longer configured"
            );
            self.end(&session.id).await?;
            return Ok(false);
        }
        if let Some(refresh_token) = self.tokens_of(session).refresh_token {
            let (sessions, session) = (Arc::clone(self), session.clone());
            tokio::spawn(async move { sessions.refresh(&session, &refresh_token).await });
        }
        Ok(true)
    }

    async fn refresh(&self, session: &StoredSession, refresh_token: &str) {
        let Some(provider) = self.providers.get(&session.provider) else { return };
        let done = match provider.refresh(refresh_token, Some(&session.external_subject)).await {
            Ok(mut tokens) => {
                tokens.id_token = tokens.id_token.or_else(|| self.tokens_of(session).id_token);
                match self.seal(&session.id, &tokens) {
                    Ok(Some(sealed)) => self
                        .repository
                        .set_session_secrets(&session.id, &sealed)
                        .await
                        .map_err(callboard_kit::Problem::from),
                    Ok(None) => Ok(()),
                    Err(problem) => Err(problem),
                }
            }
            Err(error @ ProviderError::Refused(_)) => {
                tracing::info!(%error, subject = %session.subject, "a session ends, as its provider refuses it");
                self.end(&session.id).await.map(|_| ())
            }
            // It says nothing of the person, and may answer again soon; whoever is signed in stays so until then.
            Err(error) => {
                tracing::warn!(%error, provider = session.provider, "a session could not be refreshed");
                Ok(())
            }
        };
        if let Err(problem) = done {
            tracing::error!(cause = ?problem.cause(), "a refreshed session could not be kept");
        }
    }
}
