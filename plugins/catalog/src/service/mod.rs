//! The rules: who sees what, and what a page, a count or a relation is.

mod batch;
mod bodies;
mod listing;
mod live_index;
mod reader;
mod request;
mod unprocessed;
mod validation;

use std::sync::Arc;

use callboard_descriptor::ProcessOptions;
use callboard_kit::{Clock, EntityRef, Services, Viewer};

pub use listing::{ListQuery, Listing, Scope};
pub use live_index::LiveIndex;
pub use request::CatalogRequest;
pub use validation::DocumentValidation;

use crate::{entity::CatalogEntity, error::CatalogError, repository::CatalogRepository};
use bodies::Bodies;
use validation::Judges;

/// The catalog of this process.
#[derive(Debug)]
pub struct CatalogService {
    /// The index, current with the database.
    pub index: LiveIndex,
    repository: CatalogRepository,
    services: Services,
    clock: Clock,
    bodies: Bodies,
    validation: ProcessOptions,
    judges: Judges,
}

impl CatalogService {
    /// Opens the catalog of a migrated database; it can be asked at once.
    pub async fn open(
        repository: CatalogRepository,
        services: Services,
        clock: Clock,
        validation: ProcessOptions,
    ) -> Result<Self, CatalogError> {
        let index = LiveIndex::load(repository.clone()).await?;
        let (bodies, judges) = (Bodies::default(), Judges::default());
        Ok(Self { index, repository, services, clock, bodies, validation, judges })
    }

    /// The catalog as one request sees it.
    pub fn request(self: &Arc<Self>, viewer: Arc<Viewer>) -> CatalogRequest {
        CatalogRequest::new(Arc::clone(self), viewer)
    }

    /// The queries behind it.
    pub const fn repository(&self) -> &CatalogRepository {
        &self.repository
    }

    /// What descriptors are held to.
    pub const fn validation(&self) -> &ProcessOptions {
        &self.validation
    }

    const fn judges(&self) -> &Judges {
        &self.judges
    }

    /// The time.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// An entity, whoever asks: for rules, never for answers.
    async fn find_unchecked(
        &self,
        reference: &EntityRef,
    ) -> Result<Option<Arc<CatalogEntity>>, CatalogError> {
        let found = {
            let index = self.index.read();
            index.slot_of(reference).and_then(|slot| index.get(slot))
        };
        let Some(entity) = found else { return Ok(None) };
        if let Some(body) = self.bodies.get(&entity) {
            return Ok(Some(body));
        }
        let loaded = self.repository.load(&[entity.uid]).await?.into_iter().next();
        Ok(loaded.map(|entity| self.bodies.keep(entity)))
    }
}
