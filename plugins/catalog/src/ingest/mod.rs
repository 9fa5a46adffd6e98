//! From locations to entities: read, parse and judge in parallel, store what changed in batches.
//!
//! Each location is read on its own, with all that it leads to. What it led to before and does not any more is let go
//! of at the end, unless another location leads there or something failed on the way.

mod batch;
mod found;
mod health;
mod leftover;
mod locations;
mod place_reader;
mod plan;
mod preview;
mod provided;
mod root;
mod settle;
mod source;
mod stored;
mod trail;
mod watch;
mod watched;

use std::{
    collections::{HashMap, VecDeque},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    config::{CatalogConfig, OrphanStrategy},
    error::CatalogError,
    repository::{CatalogRepository, LocationRow, WriteTransaction},
    service::CatalogService,
};

pub use health::IngestionHealth;
pub use preview::{DocumentAction, DocumentPreview, Preview};
pub use provided::PROVIDER;
pub use root::{Root, origins};
pub use watch::watch;

use found::FoundFile;
use place_reader::Recording;
use plan::Plan;
use root::Places;
use trail::Trail;
use watched::Watched;

/// The most files whose changes are stored in one transaction.
const FILES_PER_BATCH: usize = 64;
/// The most documents whose changes are stored in one transaction; a file is never divided.
const DOCUMENTS_PER_BATCH: usize = 4000;
/// How often locations that touch each other are read again in one run before the rest is left for later.
const ROUNDS: usize = 8;

/// Reads locations into the catalog.
#[derive(Debug)]
pub struct Ingestion {
    service: Arc<CatalogService>,
    places: Places,
    orphans: OrphanStrategy,
    recordings: Mutex<HashMap<Uuid, Arc<Recording>>>,
    watched: Watched,
}

/// What one reading did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestionReport {
    /// Files that were read.
    pub files: usize,
    /// Entities that were stored because they are new or changed.
    pub stored: usize,
    /// Entities and documents that were removed.
    pub removed: usize,
    /// Documents that are refused.
    pub refused: usize,
    /// Other locations that have a reason to be read again, because of what this one took or left.
    pub triggered: Vec<Uuid>,
}

/// Keeps a reading that another one has overtaken from writing.
#[async_trait]
pub(crate) trait Fence: Send + Sync {
    /// An error where what happens in `write` must not happen.
    async fn check(&self, write: &WriteTransaction) -> Result<(), CatalogError>;
}

/// Keeps the reading of a location from writing that was taken away, or is read from elsewhere, since it began: what it
/// led to went with it.
struct Standing<'f> {
    inner: &'f dyn Fence,
    repository: &'f CatalogRepository,
    location: LocationRow,
}

#[async_trait]
impl Fence for Standing<'_> {
    async fn check(&self, write: &WriteTransaction) -> Result<(), CatalogError> {
        self.inner.check(write).await?;
        let now = self.repository.locations_by_id(&**write, &[self.location.id]).await?.pop();
        let is_there =
            now.is_some_and(|now| now.kind == self.location.kind && now.target == self.location.target);
        if is_there { Ok(()) } else { Err(CatalogError::Gone) }
    }
}

/// Nothing to overtake.
pub(crate) struct NoFence;

#[async_trait]
impl Fence for NoFence {
    async fn check(&self, _: &WriteTransaction) -> Result<(), CatalogError> {
        Ok(())
    }
}

impl Ingestion {
    /// Prepares to read locations, those of a config relative to `base`, and never what is `private`.
    pub fn new(
        service: Arc<CatalogService>,
        config: &CatalogConfig,
        base: &Path,
        private: &[PathBuf],
    ) -> Result<Self, CatalogError> {
        let places = Places::new(config, base, private, service.services().clone())
            .map_err(|error| CatalogError::Threads(error.to_string()))?;
        Ok(Self {
            service,
            places,
            orphans: config.orphan_strategy,
            recordings: Mutex::default(),
            watched: Watched::default(),
        })
    }

    /// Reads the locations of the config once, one after the other.
    pub async fn run(&self, cancelled: &CancellationToken) -> Result<IngestionReport, CatalogError> {
        let started = Instant::now();
        // A run that failed after it stored something left that unread.
        self.service.index.catch_up().await?;
        let synced = self.sync().await?;
        let freed = self.remove_orphans().await?;
        let mut report = IngestionReport { removed: synced.removed.len(), ..IngestionReport::default() };
        let mut waiting: VecDeque<Uuid> =
            synced.locations.iter().chain(&synced.triggered).chain(&freed).copied().collect();
        let mut left = waiting.len() * ROUNDS;
        while let Some(location) = waiting.pop_front() {
            if cancelled.is_cancelled() || left == 0 {
                break;
            }
            left -= 1;
            let read = self.refresh(location, &NoFence, cancelled).await?;
            waiting.extend(
                read.triggered.iter().filter(|id| !waiting.contains(id)).copied().collect::<Vec<_>>(),
            );
            report.add(&read);
        }
        report.removed += self.remove_retired().await?.0.len();
        tracing::info!(
            files = report.files,
            stored = report.stored,
            removed = report.removed,
            refused = report.refused,
            milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "the locations of the config are read"
        );
        Ok(report)
    }

    /// Reads one location with all that it leads to. A location that is gone is nothing to read.
    pub(crate) async fn refresh(
        &self,
        id: Uuid,
        fence: &dyn Fence,
        cancelled: &CancellationToken,
    ) -> Result<IngestionReport, CatalogError> {
        let repository = self.service.repository();
        let Some(location) = repository.location(id).await? else {
            return Ok(IngestionReport::default());
        };
        let standing = Standing { inner: fence, repository, location: location.clone() };
        match self.read(location, &standing, cancelled).await {
            Err(CatalogError::Gone) => Ok(IngestionReport::default()),
            read => read,
        }
    }

    async fn read(
        &self,
        row: LocationRow,
        fence: &dyn Fence,
        cancelled: &CancellationToken,
    ) -> Result<IngestionReport, CatalogError> {
        let id = row.id;
        let root = self.places.open(row, tokio::runtime::Handle::current());
        if self.is_current(&root).await? {
            return Ok(IngestionReport::default());
        }
        let mut plan = Plan::new(root.row.clone());
        let mut trail = Trail::default();
        let mut report = IngestionReport::default();
        trail.watch(&root.target);
        let origin = root.row.location();
        let mut reading = root.read();
        let mut batch: Vec<FoundFile> = Vec::with_capacity(FILES_PER_BATCH);
        let mut documents = 0;
        loop {
            // Files are read ahead while what came before is stored.
            let next = tokio::select! {
                // It is not done, and nobody is to think so.
                () = cancelled.cancelled() => return Err(CatalogError::Stopped),
                file = reading.files.recv() => file,
            };
            let is_last = next.is_none();
            if let Some(file) = next {
                let file = trail.note(&origin, file);
                documents += file.documents.len();
                report.files += 1;
                report.refused += file.refused();
                batch.push(file);
            }
            if is_last || batch.len() >= FILES_PER_BATCH || documents >= DOCUMENTS_PER_BATCH {
                documents = 0;
                report.add_batch(&self.store(&mut plan, std::mem::take(&mut batch), fence).await?);
            }
            if is_last {
                break;
            }
        }
        let errors = reading.errors.await.map_err(CatalogError::Interrupted)?;
        if let Some(error) = errors.first() {
            trail.error = Some(error.message.clone());
            let file = trail.note(&origin, root.unreadable(errors));
            report.refused += file.refused();
            report.add_batch(&self.store(&mut plan, vec![file], fence).await?);
        }
        let (removed, triggered) = self.settle(plan, &trail, fence).await?;
        report.removed += removed;
        report.triggered = triggered;
        if report.refused == 0 && trail.failed_emitters.is_empty() {
            self.remember(id, root.take_recording());
        }
        self.keep_keys(id, &mut trail, fence).await?;
        self.watched.set(id, trail.into_watched());
        Ok(report)
    }

    /// Keeps what the location was read from. What could not be read this time may be told of all the same.
    async fn keep_keys(
        &self,
        location: Uuid,
        trail: &mut Trail,
        fence: &dyn Fence,
    ) -> Result<(), CatalogError> {
        let repository = self.service.repository();
        let known = repository.refresh_keys(repository.database(), location).await?;
        if trail.error.is_some() || !trail.failed_emitters.is_empty() {
            trail.keys.extend(known.iter().cloned());
        }
        if known == trail.keys {
            return Ok(());
        }
        let write = repository.begin().await?;
        fence.check(&write).await?;
        repository.save_refresh_keys(&*write, location, &trail.keys).await?;
        repository.commit(write).await
    }

    /// Whether the files of a location are as they were when this process read them last, and nothing else asks to
    /// look at them.
    async fn is_current(&self, root: &Arc<Root>) -> Result<bool, CatalogError> {
        let known = {
            let recordings = self.recordings.lock().unwrap_or_else(PoisonError::into_inner);
            recordings.get(&root.row.id).cloned()
        };
        let Some(recording) = known else { return Ok(false) };
        Ok(root.is_current(recording).await
            && !self.service.repository().has_dirty_sources(root.row.id).await?)
    }

    fn remember(&self, location: Uuid, recording: Option<Recording>) {
        let mut recordings = self.recordings.lock().unwrap_or_else(PoisonError::into_inner);
        match recording {
            Some(recording) => drop(recordings.insert(location, Arc::new(recording))),
            None => drop(recordings.remove(&location)),
        }
    }
}

impl IngestionReport {
    fn add_batch(&mut self, batch: &batch::BatchReport) {
        self.stored += batch.entities;
        self.refused += batch.conflicts;
        self.removed += batch.removed;
    }

    fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.stored += other.stored;
        self.removed += other.removed;
        self.refused += other.refused;
    }
}
