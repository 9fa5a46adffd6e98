//! From files to entities: read, parse and judge in parallel, store what changed in batches.

mod batch;
mod files;
mod plan;
mod settle;
mod source;
mod walk;
mod watch;

use std::{path::PathBuf, sync::Arc, time::Instant};

use tokio_util::sync::CancellationToken;

use crate::{
    config::{CatalogConfig, OrphanStrategy},
    error::CatalogError,
    service::CatalogService,
};

pub use files::Root;
pub use plan::Plan;
pub use watch::watch;

use walk::Walk;

/// How many files are read before what they hold is stored.
const FILES_PER_BATCH: usize = 64;

/// Reads the locations of the config into the catalog.
#[derive(Debug)]
pub struct Ingestion {
    service: Arc<CatalogService>,
    roots: Vec<Arc<Root>>,
    orphans: OrphanStrategy,
}

/// What one run did.
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
    /// Files and folders whose changes are a reason to read again.
    pub watched: Vec<PathBuf>,
}

impl Ingestion {
    /// Prepares to read the locations of a config, relative to `base`.
    pub fn new(service: Arc<CatalogService>, config: &CatalogConfig, base: &std::path::Path) -> Self {
        Self { service, roots: files::roots(config, base), orphans: config.orphan_strategy }
    }

    /// Reads everything once.
    pub async fn run(&self, cancelled: &CancellationToken) -> Result<IngestionReport, CatalogError> {
        let started = Instant::now();
        let lock = self.service.repository().lock_ingestion().await?;
        let mut plan = Plan::load(self.service.repository()).await?;
        let mut walk = Walk::new(&self.roots);
        let mut report = IngestionReport::default();
        // Files are read ahead while what came before is stored.
        let mut next = walk.read(FILES_PER_BATCH).await;
        while !next.is_empty() && !cancelled.is_cancelled() {
            let mut files = std::mem::take(&mut next);
            report.files += files.len();
            walk.follow(&mut files);
            let (read, stored) = tokio::join!(walk.read(FILES_PER_BATCH), self.store(&mut plan, files));
            let stored = stored?;
            report.stored += stored.entities;
            report.refused += stored.refused;
            report.removed += stored.removed;
            next = read;
        }
        if !cancelled.is_cancelled() {
            report.removed += self.settle(plan, &walk).await?;
        }
        report.watched = walk.into_watched();
        if let Some(lock) = lock {
            lock.rollback().await?;
        }
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
}

/// Reads everything once and logs what went wrong.
pub async fn read_once(ingestion: &Ingestion, stop: &CancellationToken) -> Option<IngestionReport> {
    match ingestion.run(stop).await {
        Ok(report) => Some(report),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the locations could not be read");
            None
        }
    }
}
