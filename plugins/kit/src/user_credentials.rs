use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::{EntityRef, Result, Secret};

/// A token of a user's at another service, which the user has lent to the portal.
#[derive(Clone, Debug)]
pub struct UserCredential {
    /// The token, as sent in `Authorization: Bearer`.
    pub token: Secret,
    /// What the user is called there.
    pub login: String,
    /// What it lets its holder do, in the words of that service.
    pub scopes: Vec<String>,
    /// When it ends; `None` where it does not, or that is not known.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Finds what users have lent to the portal. Offered by one plugin.
#[async_trait]
pub trait UserCredentials: Send + Sync + 'static {
    /// The user's token at `host`, e.g. `github.com`, that bears all of `scopes` and is valid now. `None` where the user
    /// has connected no such account, or one with less.
    async fn credential(
        &self,
        user: &EntityRef,
        host: &str,
        scopes: &[String],
    ) -> Result<Option<UserCredential>>;
}
