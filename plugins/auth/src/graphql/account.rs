use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use crate::{providers::Providers, repository::StoredAccount};

/// An account at another service that the viewer lends to the portal.
#[derive(SimpleObject)]
pub(crate) struct ConnectedAccount {
    /// The id of the provider.
    provider: String,
    /// What people call the provider.
    title: String,
    /// What the viewer is called there.
    login: String,
    /// What the portal may do there, in the words of that service.
    scopes: Vec<String>,
    /// When it was connected.
    connected_at: DateTime<Utc>,
    /// When it ends by itself; null where it is renewed, or does not end.
    expires_at: Option<DateTime<Utc>>,
}

impl ConnectedAccount {
    pub(super) fn new(stored: StoredAccount, providers: &Providers) -> Self {
        let title = providers.get(&stored.provider).map_or(stored.provider.as_str(), |known| known.title());
        Self {
            title: title.to_owned(),
            provider: stored.provider,
            login: stored.login,
            scopes: stored.scopes,
            connected_at: stored.connected_at,
            expires_at: stored.expires_at,
        }
    }
}
