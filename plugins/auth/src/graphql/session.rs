use async_graphql::{ID, Object, SimpleObject};
use callboard_kit::{Access, EntityRef, Page, PageInfo, Viewer};
use chrono::{DateTime, Utc};

use super::id_of;
use crate::{repository::StoredSession, sessions::SessionService};

/// Somebody who is signed in, in one browser.
#[derive(Clone, SimpleObject)]
pub(crate) struct Session {
    /// The global id.
    pub(super) id: ID,
    /// Who is signed in.
    subject: EntityRef,
    /// Where they signed in: the id of the provider.
    provider: String,
    /// When they signed in.
    created_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    last_used_at: DateTime<Utc>,
    /// When it ends if it is not used any more.
    expires_at: DateTime<Utc>,
    /// The address it was begun from.
    address: Option<String>,
    /// The browser it was begun with, as that calls itself.
    user_agent: Option<String>,
    /// Whether this request is part of it.
    current: bool,
}

impl Session {
    pub(super) fn new(stored: StoredSession, sessions: &SessionService, viewer: &Viewer) -> Self {
        Self {
            id: id_of("Session", &stored.id),
            current: matches!(viewer.access(), Access::Session(id) if **id == stored.id),
            expires_at: sessions.end_of(&stored),
            subject: stored.subject,
            provider: stored.provider,
            created_at: stored.created_at,
            last_used_at: stored.last_used_at,
            address: stored.address,
            user_agent: stored.user_agent,
        }
    }
}

/// A session in a list.
#[derive(SimpleObject)]
pub(crate) struct SessionEdge {
    /// Its place in the list.
    cursor: String,
    /// The session.
    node: Session,
}

/// A page of sessions, the newest first.
pub(crate) struct SessionConnection(pub Page<Session>);

/// A page of sessions, the newest first.
#[Object]
impl SessionConnection {
    /// The sessions of the page, each with its cursor.
    async fn edges(&self) -> Vec<SessionEdge> {
        let items = self.0.items.iter();
        items.map(|(cursor, node)| SessionEdge { cursor: cursor.clone(), node: node.clone() }).collect()
    }

    /// The sessions of the page.
    async fn nodes(&self) -> Vec<Session> {
        self.0.items.iter().map(|(_, session)| session.clone()).collect()
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        self.0.info()
    }
}
