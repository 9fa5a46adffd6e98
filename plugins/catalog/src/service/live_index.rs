use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use rayon::prelude::*;
use tokio::sync::{Mutex, broadcast};
use uuid::Uuid;

use crate::{
    entity::{CatalogEntity, revision_of},
    error::CatalogError,
    index::{Applied, EntityIndex, IndexChange, IndexDocument},
    repository::{CatalogRepository, DeclaringEntity},
};

/// Entities read from the database in one step while the index is built.
const LOAD_STEP: u64 = 2000;
/// Changes applied under one write lock; readers wait for no more than that, and now and then for a sweep.
const APPLY_STEP: usize = 500;
/// Entries of the change log read in one step.
const CATCH_UP_STEP: u64 = 5000;
/// Steps that are kept for those who have not heard of them yet; whoever misses some looks at everything anew.
const STEPS_KEPT: usize = 256;

/// The index of this process, kept current with the database through the change log.
#[derive(Debug)]
pub struct LiveIndex {
    index: RwLock<EntityIndex>,
    /// Held by those who need the index to stay as it is for longer than a look, and by whoever changes it.
    gate: tokio::sync::RwLock<()>,
    repository: CatalogRepository,
    /// The last change of the log that the index holds; held while catching up.
    sequence: Mutex<i64>,
    /// Tells of every change, in their order, before anybody reads the index with it.
    told: broadcast::Sender<Arc<Told>>,
}

/// What became of the index.
#[derive(Debug)]
pub enum Told {
    /// A step of changes.
    Applied(Applied),
    /// It was built anew: nothing holds that was known of it.
    Rebuilt,
}

impl LiveIndex {
    /// Builds the index of everything stored.
    pub async fn load(repository: CatalogRepository) -> Result<Self, CatalogError> {
        let told = broadcast::Sender::new(STEPS_KEPT);
        let live = Self {
            index: RwLock::default(),
            gate: tokio::sync::RwLock::default(),
            repository,
            sequence: Mutex::new(0),
            told,
        };
        {
            let mut sequence = live.sequence.lock().await;
            *sequence = live.rebuild().await?;
        }
        // Another process may have written while it was built.
        live.catch_up().await?;
        Ok(live)
    }

    /// The index as it is now. Hold it briefly, and never across an await.
    pub fn read(&self) -> RwLockReadGuard<'_, EntityIndex> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the index as it is until what is returned is dropped; waits for a change that is being made.
    pub async fn freeze(&self) -> tokio::sync::RwLockReadGuard<'_, ()> {
        self.gate.read().await
    }

    /// Tells of every change from now on. Whoever holds the index has been told of all that is in it.
    pub fn changes(&self) -> broadcast::Receiver<Arc<Told>> {
        self.told.subscribe()
    }

    fn tell(&self, told: Told) {
        // Nobody listening is fine.
        let _ = self.told.send(Arc::new(told));
    }

    fn write(&self) -> RwLockWriteGuard<'_, EntityIndex> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings the index up to everything committed before this call.
    pub async fn catch_up(&self) -> Result<(), CatalogError> {
        self.catch_up_with(HashMap::new(), 0).await
    }

    /// The same. `known` saves reading back what this process has just written, up to the entry `written` of the log:
    /// what was changed since is read all the same.
    pub async fn catch_up_with(
        &self,
        mut known: HashMap<Uuid, IndexDocument>,
        written: i64,
    ) -> Result<(), CatalogError> {
        let mut sequence = self.sequence.lock().await;
        loop {
            let changes = self.repository.changes_after(*sequence, CATCH_UP_STEP).await?;
            let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return Ok(()) };
            if first.sequence > *sequence + 1 && self.has_missed(*sequence).await? {
                *sequence = self.rebuild().await?;
                continue;
            }
            for change in changes.iter().filter(|change| change.sequence > written) {
                known.remove(&change.uid);
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
            let entities = self.repository.load_declaring(&unknown).await?;
            let present: HashSet<Uuid> = entities.iter().map(DeclaringEntity::uid).collect();
            let mut changes: Vec<IndexChange> = unknown
                .iter()
                .filter(|uid| !present.contains(uid))
                .map(|uid| IndexChange::Remove(*uid))
                .collect();
            changes.extend(apart(move || put_all(entities)).await??);
            changes
                .extend(chunk.iter().filter_map(|uid| known.remove(uid)).map(Box::new).map(IndexChange::Put));
            let gate = self.gate.write().await;
            let mut index = self.write();
            let applied = index.apply(changes);
            self.tell(Told::Applied(applied));
            drop(index);
            drop(gate);
        }
        Ok(())
    }

    async fn rebuild(&self) -> Result<i64, CatalogError> {
        let newest = self.repository.change_bounds().await?.map_or(0, |(_, newest)| newest);
        let mut index = EntityIndex::default();
        let mut step = self.repository.load_after(None, LOAD_STEP).await?;
        while let Some(last) = step.last().map(DeclaringEntity::uid) {
            // The next step is read from the database while this one is taken apart.
            let put = apart(move || {
                index.apply(put_all(step)?);
                Ok::<_, CatalogError>(index)
            });
            let (next, built) = tokio::join!(self.repository.load_after(Some(last), LOAD_STEP), put);
            (step, index) = (next?, built??);
        }
        let _gate = self.gate.write().await;
        let mut current = self.write();
        index.start_after(current.version());
        *current = index;
        self.tell(Told::Rebuilt);
        drop(current);
        Ok(newest)
    }
}

/// Does heavy work off the threads that answer requests.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, CatalogError> {
    tokio::task::spawn_blocking(work).await.map_err(CatalogError::Interrupted)
}

fn put_all(entities: Vec<DeclaringEntity>) -> Result<Vec<IndexChange>, CatalogError> {
    entities
        .into_par_iter()
        .map(|entity| {
            let (CatalogEntity { uid, reference, orphan, body, etag, .. }, declared) = entity.read()?;
            let document = IndexDocument::new(uid, reference, revision_of(&etag), orphan, &body, declared);
            Ok(IndexChange::Put(Box::new(document)))
        })
        .collect()
}
