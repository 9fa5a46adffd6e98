use std::sync::Arc;

use callboard_kit::{Decision, EntityRef, Problem, Result, note_denied};
use uuid::Uuid;

use super::CatalogRequest;
use crate::{
    entity::CatalogEntity,
    error::CatalogError,
    index::FilterContext,
    ingest::PROVIDER,
    permissions::{ENTITY_DELETE, ENTITY_REFRESH},
    repository::LocationRow,
};

impl CatalogRequest {
    /// Has the source of an entity read again, with the locations that lead to it, and answers when that is done.
    /// `None` where the entity is gone then.
    pub async fn refresh_entity(&self, reference: &EntityRef) -> Result<Option<Arc<CatalogEntity>>> {
        let entity = self.permitted(reference, ENTITY_REFRESH).await?;
        let refresher = self.service().refresher()?;
        let locations = self.locations_behind(entity.uid).await?;
        let (found, read): (Vec<LocationRow>, Vec<LocationRow>) =
            locations.into_iter().partition(|location| location.kind == PROVIDER);
        let ids: Vec<Uuid> = read.iter().map(|location| location.id).collect();
        self.read_now(refresher, &ids).await?;
        // What has no descriptor is as its provider finds it.
        for location in found {
            self.look_now(&location.target).await?;
        }
        Ok(self.find(std::slice::from_ref(reference)).await?.pop().flatten())
    }

    /// Removes an entity. Answers the locations that still emit it, and bring it back when they are read next.
    pub async fn delete_entity(&self, reference: &EntityRef) -> Result<Vec<LocationRow>> {
        let entity = self.permitted(reference, ENTITY_DELETE).await?;
        let refresher = self.service().refresher()?;
        // What is an orphan lies in a file that may be read still, and does not come from there any more.
        let locations = if entity.orphan { Vec::new() } else { self.locations_behind(entity.uid).await? };
        let triggered = refresher.ingestion().remove_entity(entity.uid).await?;
        refresher.soon(&triggered).await?;
        if self.may(crate::permissions::LOCATION_READ).await { Ok(locations) } else { Ok(Vec::new()) }
    }

    /// The locations that lead to the source of an entity.
    async fn locations_behind(&self, uid: Uuid) -> Result<Vec<LocationRow>> {
        let repository = self.service().repository();
        let Some(source) = repository.source_of(uid).await? else { return Ok(Vec::new()) };
        let parents = repository.parents_of(repository.database(), &[source.id]).await?;
        let ids: Vec<Uuid> = parents.iter().map(|parent| parent.location).collect();
        Ok(repository.locations_by_id(repository.database(), &ids).await?)
    }

    /// An entity that the viewer may see and do this to. One they may not see is `NOT_FOUND`.
    async fn permitted(&self, reference: &EntityRef, permission: &str) -> Result<Arc<CatalogEntity>> {
        let found = self.find(std::slice::from_ref(reference)).await?.pop().flatten();
        let entity = found.ok_or_else(|| CatalogError::NotFound(reference.to_string()))?;
        let decision = self.service().services().authorizer().decide(self.viewer(), permission).await;
        let is_allowed = match &decision {
            Decision::Allow => true,
            Decision::Deny => false,
            Decision::Conditional(condition) => {
                self.prepare(Some(condition)).await?;
                let index = self.service().index.read();
                let context = FilterContext {
                    ownership: self.viewer().ownership_refs(),
                    starred: self.starred_refs(),
                    visible: None,
                };
                index.slot_of(reference).is_some_and(|slot| index.select(condition, context).contains(slot))
            }
        };
        if is_allowed {
            return Ok(entity);
        }
        note_denied(permission);
        Err(Problem::forbidden(format!("this takes the permission `{permission}` on `{reference}`")))
    }
}
