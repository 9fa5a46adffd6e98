use async_graphql::{ID, Object, SimpleObject};
use callboard_kit::{EntityRef, Page, PageInfo};
use chrono::{DateTime, Utc};

use super::id_of;
use crate::repository::StoredToken;

/// A token that stands for a user or a service.
#[derive(Clone, SimpleObject)]
pub(crate) struct AccessToken {
    /// The global id.
    pub(super) id: ID,
    /// What people call it.
    name: String,
    /// Whom it stands for.
    subject: EntityRef,
    /// What it lets its subject do, `*` matching any run of characters; null for everything its user may do.
    permissions: Option<Vec<String>>,
    /// The first characters of its secret, to know it by.
    hint: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// Who made it; null where whoever runs the portal did, on its command line.
    created_by: Option<EntityRef>,
    /// When it ends; null for never.
    expires_at: Option<DateTime<Utc>>,
    /// When it was used last, to the minute; null where it never was.
    last_used_at: Option<DateTime<Utc>>,
    /// Whether it has ended. It is listed for 30 more days.
    expired: bool,
}

impl AccessToken {
    pub(super) fn new(stored: StoredToken, now: DateTime<Utc>) -> Self {
        let permissions = stored.permissions.as_ref();
        Self {
            id: id_of("AccessToken", &stored.id),
            expired: stored.has_expired(now),
            permissions: permissions
                .map(|patterns| patterns.iter().map(|pattern| pattern.as_str().to_owned()).collect()),
            name: stored.name,
            subject: stored.subject,
            hint: stored.hint,
            created_at: stored.created_at,
            created_by: stored.created_by,
            expires_at: stored.expires_at,
            last_used_at: stored.last_used_at,
        }
    }
}

/// A token in a list.
#[derive(SimpleObject)]
pub(crate) struct AccessTokenEdge {
    /// Its place in the list.
    cursor: String,
    /// The token.
    node: AccessToken,
}

/// A page of tokens, the newest first.
pub(crate) struct AccessTokenConnection(pub Page<AccessToken>);

/// A page of tokens, the newest first.
#[Object]
impl AccessTokenConnection {
    /// The tokens of the page, each with its cursor.
    async fn edges(&self) -> Vec<AccessTokenEdge> {
        let items = self.0.items.iter();
        items.map(|(cursor, node)| AccessTokenEdge { cursor: cursor.clone(), node: node.clone() }).collect()
    }

    /// The tokens of the page.
    async fn nodes(&self) -> Vec<AccessToken> {
        self.0.items.iter().map(|(_, token)| token.clone()).collect()
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        self.0.info()
    }
}
