//! Whose session a request is of.

use std::sync::Arc;

use callboard_kit::{Credentials, Result};

use super::{Named, SessionService};
use crate::repository::StoredSession;

impl SessionService {
    /// The session that a token names, where it would still be opened for whoever sends it. Whatever is done for
    /// somebody who is signed in begins here.
    pub(crate) async fn of(
        self: &Arc<Self>,
        token: &str,
        credentials: &Credentials<'_>,
    ) -> Result<Option<StoredSession>> {
        let memory = credentials.memory();
        let recalled = match credentials {
            // A socket outlives the cookie that it was opened with, and is of the same session still.
            Credentials::Upgrade(_) | Credentials::Running(_) => memory.recall(),
            Credentials::Request(_) | Credentials::Bearer(..) => None,
        };
        let found = match (&recalled, credentials) {
            (Some(id), _) => self.lookup(id).await?,
            (None, Credentials::Request(_)) => match self.find_by(token).await? {
                Some((session, Named::ByOneReplaced)) => {
                    self.end_reused(&session, &credentials.client()).await?;
                    None
                }
                found => found.map(|(session, _)| session),
            },
            // It may have been opened a while ago.
            (None, _) => self.find(token).await?,
        };
        let Some(session) = found else { return Ok(None) };
        let Some(provider) = self.providers.get(&session.provider) else { return Ok(None) };
        // What a proxy says of a socket, it says when that opens: its word may be good for minutes only.
        if let (Some(proxy), None) = (provider.proxy(), &recalled) {
            // Behind a proxy the session lasts as long as the proxy names the same person.
            let named = proxy.identify(credentials.parts()).await;
            if !named.is_ok_and(|identity| identity.subject == session.external_subject) {
                return Ok(None);
            }
        }
        memory.remember(session.id.as_str());
        Ok(self.check(&session).await?.then_some(session))
    }
}
