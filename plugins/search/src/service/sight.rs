use callboard_kit::{Decision, EntityRef, Result, SearchType};

use super::SearchRequest;
use crate::engine::{Sight, TypeSight};

/// The permission to see entities, which documents that belong to one follow.
const ENTITY_READ: &str = "catalog.entity.read";

impl SearchRequest {
    /// What the viewer may find, decided anew for each request: what was revoked is gone at once.
    pub(super) async fn sight(&self) -> Result<Sight> {
        let catalog = self.service.services.catalog.get();
        let entities = match &catalog {
            Some(catalog) => Some(catalog.permitted(&self.viewer, ENTITY_READ).await?),
            None => None,
        };
        let mut types = Vec::new();
        for source in self.service.sources().all() {
            types.extend(self.sight_of(source.search_type()).await?);
        }
        Ok(Sight { entities, types })
    }

    /// What the viewer may find of a type, beside what entities they may read; `None` for nothing at all.
    async fn sight_of(&self, type_: SearchType) -> Result<Option<TypeSight>> {
        let name = type_.name.to_owned();
        let Some(permission) = type_.permission else {
            return Ok(Some(TypeSight { name, only: None, without_entity: false }));
        };
        let services = &self.service.services;
        Ok(match services.authorizer().decide(&self.viewer, permission).await {
            Decision::Allow => Some(TypeSight { name, only: None, without_entity: true }),
            Decision::Deny => None,
            Decision::Conditional(_) => match services.catalog.get() {
                Some(catalog) => {
                    let only = Some(catalog.permitted(&self.viewer, permission).await?);
                    Some(TypeSight { name, only, without_entity: false })
                }
                None => None,
            },
        })
    }

    /// The types that the viewer may find something of.
    pub async fn types(&self) -> Result<Vec<SearchType>> {
        let mut types = Vec::new();
        let sight = self.sight().await?;
        let reads_some = sight.entities.as_ref().is_some_and(|entities| !entities.is_empty());
        for source in self.service.sources().all() {
            let known = source.search_type();
            let seen = sight.types.iter().find(|seen| seen.name == known.name);
            if seen.is_some_and(|seen| seen.without_entity || reads_some) {
                types.push(known);
            }
        }
        Ok(types)
    }

    /// The global id of an entity that was found.
    pub async fn id_of(&self, entity: &EntityRef) -> Result<Option<String>> {
        match self.service.services.catalog.get() {
            Some(catalog) => catalog.id_of(entity).await,
            None => Ok(None),
        }
    }
}
