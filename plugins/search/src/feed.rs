//! How the index stays as the sources are: it follows their logs, and is built anew beside itself where that is not enough.

mod follow;
mod health;
mod indexer;
mod log;
mod rebuild;
mod repository;

use std::sync::Arc;

use callboard_kit::{Clock, Health, SearchSources};
use tokio::sync::{Mutex, Notify};

use crate::engine::{Engine, EngineError};
use health::FeedHealth;
pub(crate) use health::{FeedStatus, TypeStatus};
pub(crate) use log::PushedLog;
pub(crate) use repository::ChangeRepository;

/// Feeds the index of this process.
pub(crate) struct Feed {
    engine: Arc<dyn Engine>,
    sources: SearchSources,
    log: PushedLog,
    clock: Clock,
    health: FeedHealth,
    /// Held while what answers is changed.
    changing: Mutex<()>,
    rebuild: Notify,
}

impl Feed {
    /// Feeds this engine from these sources and this log.
    pub fn new(engine: Arc<dyn Engine>, sources: SearchSources, log: PushedLog, clock: Clock) -> Self {
        let (health, changing, rebuild) = (FeedHealth::default(), Mutex::default(), Notify::new());
        Self { engine, sources, log, clock, health, changing, rebuild }
    }

    /// The engine that is fed.
    pub fn engine(&self) -> &Arc<dyn Engine> {
        &self.engine
    }

    /// Has the index built anew, beside the one that answers. Asked again while that is done, it is done once more.
    pub fn rebuild_soon(&self) {
        self.health.wants_rebuild();
        self.rebuild.notify_one();
    }

    /// What is wrong, if anything.
    pub fn health(&self) -> Health {
        self.health.get()
    }

    /// How the index is.
    pub async fn status(&self) -> Result<FeedStatus, EngineError> {
        let engine = self.engine.status().await?;
        Ok(self.health.status(engine, &self.sources))
    }
}

/// Why a source's documents did not get into the index.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FeedError {
    /// The source said so.
    #[error("the documents cannot be had: {0}")]
    Source(String),
    /// There were none where there have been some.
    #[error("there are no documents any more, which is not believed: those of before stay")]
    Empty,
    /// The engine did not take them.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<callboard_kit::Problem> for FeedError {
    fn from(problem: callboard_kit::Problem) -> Self {
        // The operator reads it: with what is behind it.
        Self::Source(match problem.cause() {
            Some(cause) => format!("{problem}: {cause}"),
            None => problem.to_string(),
        })
    }
}
