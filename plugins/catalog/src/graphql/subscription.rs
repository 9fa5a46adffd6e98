use std::sync::Arc;

use async_graphql::{Context, Enum, SimpleObject, Subscription};
use callboard_kit::{EntityFilter, EntityRef, Result, ViewerContext};
use futures::{Stream, StreamExt};

use super::{Current, interface::Entity};
use crate::service::{Change, ChangeKind};

/// What happened to an entity, or to its being seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ChangeKind")]
pub enum EntityChangeKind {
    /// It is new, or is now among what the filter selects and the viewer may see.
    Created,
    /// It, or one of its relations, is another than before.
    Updated,
    /// It is gone, or is no more among what the filter selects and the viewer may see.
    Deleted,
    /// More happened at once than can be told: what was read before is to be read again.
    Reset,
}

/// A change in the catalog.
#[derive(SimpleObject)]
pub struct EntityChange {
    /// What happened.
    kind: EntityChangeKind,
    /// Of which entity; null for `RESET`.
    #[graphql(name = "ref")]
    reference: Option<EntityRef>,
    /// The entity as it is now; null where it is gone.
    entity: Option<Entity>,
}

impl From<Change> for EntityChange {
    fn from(change: Change) -> Self {
        Self { kind: change.kind.into(), reference: change.reference, entity: change.entity.map(Entity) }
    }
}

/// What can be watched.
#[derive(Default)]
pub struct CatalogSubscription;

/// What can be watched.
#[Subscription(name = "Subscription")]
impl CatalogSubscription {
    /// Changes in the catalog as the viewer sees it, from now on. What the viewer may see is decided anew for each.
    async fn entity_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of these; all of them unless told.")] filter: Option<EntityFilter>,
    ) -> Result<impl Stream<Item = Result<EntityChange>> + use<>> {
        let current = ctx.data_unchecked::<Arc<Current>>();
        let (service, seen) = (Arc::clone(current.load().service()), Arc::clone(current));
        let viewer = Arc::clone(&ctx.request().viewer);
        let changes = service.changes(viewer, filter, move |request| seen.store(Arc::new(request))).await?;
        Ok(changes.map(|change| change.map(EntityChange::from)))
    }
}
