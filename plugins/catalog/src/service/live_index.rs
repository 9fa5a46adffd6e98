use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use rayon::prelude::*;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    entity::{CatalogEntity, revision_of},
    error::CatalogError,
    index::{EntityIndex, IndexChange, IndexDocument, Relation},
    repository::CatalogRepository,
};

/// Entities read from the database in one step while the index is built.
const LOAD_STEP: u64 = 5000;
/// Changes applied under one write lock; readers wait for no more than that.
const APPLY_STEP: usize = 500;
/// Entries of the change log read in one step.
const CATCH_UP_STEP: u64 = 5000;

/// The index of this process, kept current with the database through the change log.
#[derive(Debug)]
pub struct LiveIndex {
    index: RwLock<EntityIndex>,
    repository: CatalogRepository,
    /// The last change of the log that the index holds; held while catching up.
    sequence: Mutex<i64>,
}

impl LiveIndex {
    /// Builds the index of everything stored.
    pub async fn load(repository: CatalogRepository) -> Result<Self, CatalogError> {
        let live = Self { index: RwLock::default(), repository, sequence: Mutex::new(0) };
        {
            let mut sequence = live.sequence.lock().await;
            *sequence = live.rebuild().await?;
        }
        Ok(live)
    }

    /// The index as it is now. Hold it briefly, and never across an await.
    pub fn read(&self) -> RwLockReadGuard<'_, EntityIndex> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, EntityIndex> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings the index up to everything committed before this call. `known` saves reading back what this process has
    /// just written.
    pub async fn catch_up(&self, mut known: HashMap<Uuid, IndexDocument>) -> Result<(), CatalogError> {
        let mut sequence = self.sequence.lock().await;
        loop {
            let changes = self.repository.changes_after(*sequence, CATCH_UP_STEP).await?;
            let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return Ok(()) };
            if first.sequence > *sequence + 1 && self.has_missed(*sequence).await? {
                *sequence = self.rebuild().await?;
                continue;
            }
            let mut uids: Vec<Uuid> = changes.iter().map(|change| change.uid).collect();
            uids.sort_unstable();
            uids.dedup();
            self.refresh(&uids, &mut known).await?;
            *sequence = last.sequence;
        }
    }

    /// Whether entries after `sequence` were forgotten before this process read them. Numbers alone do not tell:
    /// transactions that were rolled back leave gaps, too.
    async fn has_missed(&self, sequence: i64) -> Result<bool, CatalogError> {
        Ok(self.repository.change_bounds().await?.is_some_and(|(oldest, _)| oldest > sequence + 1))
    }

    async fn refresh(
        &self,
        uids: &[Uuid],
        known: &mut HashMap<Uuid, IndexDocument>,
    ) -> Result<(), CatalogError> {
        for chunk in uids.chunks(APPLY_STEP) {
            let unknown: Vec<Uuid> = chunk.iter().copied().filter(|uid| !known.contains_key(uid)).collect();
            let entities = self.repository.load(&unknown).await?;
            let present: Vec<Uuid> = entities.iter().map(|entity| entity.uid).collect();
            let relations = self.repository.relations(&present).await?;
            let mut changes: Vec<IndexChange> = unknown
                .iter()
                .filter(|uid| !present.contains(uid))
                .map(|uid| IndexChange::Remove(*uid))
                .collect();
            changes.extend(put_all(entities, relations));
            changes
                .extend(chunk.iter().filter_map(|uid| known.remove(uid)).map(Box::new).map(IndexChange::Put));
            self.write().apply(changes);
        }
        Ok(())
    }

    async fn rebuild(&self) -> Result<i64, CatalogError> {
        let newest = self.repository.change_bounds().await?.map_or(0, |(_, newest)| newest);
        let mut index = EntityIndex::default();
        let mut after = None;
        loop {
            let entities = self.repository.load_after(after, LOAD_STEP).await?;
            let Some(last) = entities.last() else { break };
            after = Some(last.uid);
            let uids: Vec<Uuid> = entities.iter().map(|entity| entity.uid).collect();
            let relations = self.repository.relations(&uids).await?;
            index.apply(put_all(entities, relations));
        }
        let mut current = self.write();
        index.start_after(current.version());
        *current = index;
        Ok(newest)
    }
}

fn put_all(entities: Vec<CatalogEntity>, mut relations: HashMap<Uuid, Vec<Relation>>) -> Vec<IndexChange> {
    let pairs: Vec<(CatalogEntity, Vec<Relation>)> = entities
        .into_iter()
        .map(|entity| {
            let declared = relations.remove(&entity.uid).unwrap_or_default();
            (entity, declared)
        })
        .collect();
    pairs
        .into_par_iter()
        .map(|(entity, declared)| {
            let revision = revision_of(&entity.etag);
            let CatalogEntity { uid, reference, orphan, body, .. } = entity;
            IndexChange::Put(Box::new(IndexDocument::new(uid, reference, revision, orphan, &body, declared)))
        })
        .collect()
}
