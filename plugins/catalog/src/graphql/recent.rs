use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use super::interface::Entity;
use crate::service::RecentChange;

/// An entity that is new or became different.
#[derive(SimpleObject)]
pub struct RecentEntityChange {
    /// The entity as it is now.
    entity: Entity,
    /// When its descriptor, or what the catalog knows of it, became different last.
    at: DateTime<Utc>,
}

impl From<RecentChange> for RecentEntityChange {
    fn from(change: RecentChange) -> Self {
        Self { entity: Entity(change.entity), at: change.at }
    }
}
