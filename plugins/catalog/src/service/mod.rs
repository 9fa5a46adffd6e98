//! The rules: who sees what, and what a page, a count or a relation is.

mod analysis;
mod bodies;
mod changes;
mod entity_acts;
mod graph;
mod ingestion;
mod listing;
mod live_index;
mod locations;
mod moment;
mod permitted;
mod providers;
mod reader;
mod recent;
mod request;
mod unprocessed;
mod validation;

use std::sync::{Arc, OnceLock};

use callboard_descriptor::ProcessOptions;
use callboard_kit::{Clock, Code, EntityRef, Problem, Services, Viewer};

pub use changes::{Change, ChangeKind};
pub use graph::Extent;
pub use listing::{ListQuery, Listing, Scope};
pub use live_index::LiveIndex;
pub use recent::RecentChange;
pub use request::CatalogRequest;
pub use unprocessed::UnprocessedQuery;
pub use validation::DocumentValidation;

use crate::{
    entity::CatalogEntity, error::CatalogError, providing::Providers, refresh::Refresher,
    repository::CatalogRepository,
};
use bodies::Bodies;
use validation::Judges;

/// The catalog of this process.
#[derive(Debug)]
pub struct CatalogService {
    /// The index, current with the database.
    pub index: Arc<LiveIndex>,
    repository: CatalogRepository,
    services: Services,
    clock: Clock,
    bodies: Bodies,
    validation: ProcessOptions,
    judges: Judges,
    refresher: OnceLock<(Arc<Refresher>, bool)>,
    providers: OnceLock<Providers>,
}

impl CatalogService {
    /// Opens the catalog of a migrated database; it can be asked at once.
    pub async fn open(
        repository: CatalogRepository,
        services: Services,
        clock: Clock,
        validation: ProcessOptions,
    ) -> Result<Self, CatalogError> {
        let index = Arc::new(LiveIndex::load(repository.clone()).await?);
        let (bodies, judges) = (Bodies::default(), Judges::default());
        Ok(Self {
            index,
            repository,
            services,
            clock,
            bodies,
            validation,
            judges,
            refresher: OnceLock::new(),
            providers: OnceLock::new(),
        })
    }

    /// The catalog as one request sees it.
    pub fn request(self: &Arc<Self>, viewer: Arc<Viewer>) -> CatalogRequest {
        CatalogRequest::new(Arc::clone(self), viewer)
    }

    /// What plugins offer each other.
    pub const fn services(&self) -> &Services {
        &self.services
    }

    /// The queries behind it.
    pub const fn repository(&self) -> &CatalogRepository {
        &self.repository
    }

    /// What descriptors are held to.
    pub const fn validation(&self) -> &ProcessOptions {
        &self.validation
    }

    /// Has what reads locations do so for requests, too; `readonly` keeps them from changing what is read.
    pub fn refresh_with(&self, refresher: Arc<Refresher>, readonly: bool) {
        // A second one would be the same.
        let _ = self.refresher.set((refresher, readonly));
    }

    /// Tells requests of the providers.
    pub fn provide_with(&self, providers: Providers) {
        let _ = self.providers.set(providers);
    }

    /// The providers of the config.
    fn providers(&self) -> Option<&Providers> {
        self.providers.get()
    }

    /// What has locations read.
    fn refresher(&self) -> Result<&Arc<Refresher>, Problem> {
        let refresher = self.refresher.get().map(|(refresher, _)| refresher);
        refresher
            .ok_or_else(|| Problem::new(Code::Unavailable, "the catalog is still starting, try again soon"))
    }

    /// Whether only the config says what is read.
    fn is_readonly(&self) -> bool {
        self.refresher.get().is_some_and(|(_, readonly)| *readonly)
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
