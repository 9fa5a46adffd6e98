//! From files to entities: read, parse and judge in parallel, store what changed in batches.

mod batch;
mod patience;
mod plan;
mod root;
mod settle;
mod source;
mod trail;
mod watch;

use std::{collections::HashMap, path::PathBuf, sync::Arc, time::Instant};

use tokio_util::sync::CancellationToken;

use crate::{
    config::{CatalogConfig, OrphanStrategy},
    error::CatalogError,
    service::CatalogService,
};

pub use patience::{IngestionHealth, read_until_done};
pub use root::{Root, origins};
pub use watch::watch;

use plan::Plan;
use trail::Trail;

/// The most files whose changes are stored in one transaction.
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
    /// Prepares to read the locations of a config, relative to `base`, and never what is `private`.
    pub fn new(
        service: Arc<CatalogService>,
        config: &CatalogConfig,
        base: &std::path::Path,
        private: &[std::path::PathBuf],
    ) -> Self {
        Self { service, roots: root::roots(config, base, private), orphans: config.orphan_strategy }
    }

    /// Reads everything once.
    pub async fn run(&self, cancelled: &CancellationToken) -> Result<IngestionReport, CatalogError> {
        let started = Instant::now();
        let lock = tokio::select! {
            // Another replica may take its time.
            () = cancelled.cancelled() => return Ok(IngestionReport::default()),
            lock = self.service.repository().lock_ingestion() => lock?,
        };
        // A run that failed after it stored something left that unread.
        self.service.index.catch_up(HashMap::new()).await?;
        let mut plan = Plan::load(self.service.repository()).await?;
        let mut trail = Trail::default();
        let mut report = IngestionReport::default();
        for root in &self.roots {
            self.read(root, &mut plan, &mut trail, &mut report, cancelled).await?;
        }
        if !cancelled.is_cancelled() {
            report.removed += self.settle(plan, &trail).await?;
        }
        report.watched = trail.into_watched();
        lock.release().await;
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

    async fn read(
        &self,
        root: &Arc<Root>,
        plan: &mut Plan,
        trail: &mut Trail,
        report: &mut IngestionReport,
        cancelled: &CancellationToken,
    ) -> Result<(), CatalogError> {
        trail.watch(&root.target);
        let mut reading = root.read();
        let mut files = Vec::with_capacity(FILES_PER_BATCH);
        loop {
            // Files are read ahead while what came before is stored.
            let count = tokio::select! {
                () = cancelled.cancelled() => return Ok(()),
                count = reading.files.recv_many(&mut files, FILES_PER_BATCH) => count,
            };
            if count == 0 {
                break;
            }
            let found = files.drain(..).filter_map(|file| trail.note(root, file)).collect();
            report.add(&self.store(plan, found).await?);
        }
        let errors = reading.errors.await.map_err(CatalogError::Interrupted)?;
        if errors.is_empty() {
            return Ok(());
        }
        trail.failed_roots.insert(root.location.clone());
        if let Some(file) = trail.note(root, root.unreadable(errors)) {
            report.add(&self.store(plan, vec![file]).await?);
        }
        Ok(())
    }
}

impl IngestionReport {
    fn add(&mut self, stored: &batch::Stored) {
        self.files += stored.files;
        self.stored += stored.entities;
        self.refused += stored.refused;
        self.removed += stored.removed;
    }
}
