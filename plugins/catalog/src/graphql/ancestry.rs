use std::sync::Arc;

use async_graphql::SimpleObject;
use callboard_kit::{EntityRef, Result};

use super::interface::Entity;
use crate::{entity::CatalogEntity, service::CatalogRequest};

/// How many steps towards the config are told.
const MAX_STEPS: usize = 50;

/// How an entity came into the catalog: itself, the location that emitted it, and so on up to the config.
#[derive(SimpleObject)]
pub struct EntityAncestry {
    /// The entity first, then one ancestor after the other.
    items: Vec<AncestryItem>,
}

/// A step of an ancestry.
#[derive(SimpleObject)]
pub struct AncestryItem {
    /// The entity.
    entity: Entity,
    /// The references of the locations that emitted it; empty where the config named its file.
    parent_refs: Vec<EntityRef>,
}

impl EntityAncestry {
    /// The ancestry of an entity, as far as the viewer may see it.
    pub async fn of(entity: &Arc<CatalogEntity>, catalog: &CatalogRequest) -> Result<Self> {
        let mut items: Vec<AncestryItem> = Vec::new();
        let mut current = Some(Arc::clone(entity));
        while let Some(entity) = current {
            let seen = items.iter().any(|item| item.entity.0.uid == entity.uid);
            if seen || items.len() == MAX_STEPS {
                break;
            }
            let parent = catalog.emitter_of(entity.uid).await?;
            items.push(AncestryItem {
                entity: Entity(entity),
                parent_refs: parent.iter().map(|parent| parent.reference.clone()).collect(),
            });
            current = parent;
        }
        Ok(Self { items })
    }
}
