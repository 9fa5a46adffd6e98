use std::sync::Arc;

use moka::sync::Cache;
use uuid::Uuid;

use crate::{
    entity::{CatalogEntity, revision_of},
    index::IndexedEntity,
};

/// What the cache of bodies may hold, in bytes of memory as far as they can be told.
const CAPACITY: u64 = 128 * 1024 * 1024;
/// A parsed body takes about this many times its text.
const BYTES_PER_BYTE: usize = 4;

/// Bodies that were read lately. The key holds the version, so a body is never served for another one.
#[derive(Debug)]
pub(super) struct Bodies(Cache<(Uuid, u64), Arc<CatalogEntity>>);

impl Default for Bodies {
    fn default() -> Self {
        let weigh = |_: &(Uuid, u64), entity: &Arc<CatalogEntity>| {
            u32::try_from(entity.size.saturating_mul(BYTES_PER_BYTE).saturating_add(512)).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weigh).build())
    }
}

impl Bodies {
    pub fn get(&self, entity: &IndexedEntity) -> Option<Arc<CatalogEntity>> {
        self.0.get(&(entity.uid, entity.revision))
    }

    pub fn keep(&self, entity: CatalogEntity) -> Arc<CatalogEntity> {
        let entity = Arc::new(entity);
        self.0.insert((entity.uid, revision_of(&entity.etag)), Arc::clone(&entity));
        entity
    }
}
