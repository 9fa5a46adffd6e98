//! The engine in this process: tantivy keeps words and columns in files, what is found is weighed here.

mod bits;
mod condition;
mod expand;
mod facets;
mod folder;
mod fuzzy;
mod live;
mod phrase;
mod rank;
mod rebuild;
mod schema;
mod score;
mod search;
mod suggest;
mod visible;
mod write;

use std::{path::Path, sync::Arc};

use arc_swap::ArcSwap;
use async_trait::async_trait;

use crate::engine::{Ask, Batch, Engine, EngineError, EngineStatus, Found, Places, Rebuild};
use folder::IndexFolder;
use live::LiveIndex;
use visible::Sights;

/// The embedded engine.
#[derive(Debug)]
pub(crate) struct Embedded {
    folder: Arc<IndexFolder>,
    live: Arc<ArcSwap<LiveIndex>>,
    sights: Arc<Sights>,
}

impl Embedded {
    /// Opens the index below a folder, or begins an empty one where there is none that can be used.
    pub async fn open(root: &Path) -> Result<Self, EngineError> {
        let root = root.to_owned();
        let (folder, live) = tokio::task::spawn_blocking(move || {
            let folder = IndexFolder::new(root)?;
            let live = folder.open()?;
            Ok::<_, EngineError>((folder, live))
        })
        .await??;
        Ok(Self {
            folder: Arc::new(folder),
            live: Arc::new(ArcSwap::from_pointee(live)),
            sights: Arc::default(),
        })
    }
}

#[async_trait]
impl Engine for Embedded {
    fn name(&self) -> &'static str {
        "embedded"
    }

    async fn places(&self) -> Result<Places, EngineError> {
        Ok(self.live.load().places())
    }

    async fn apply(&self, batch: Batch) -> Result<(), EngineError> {
        let live = self.live.load_full();
        tokio::task::spawn_blocking(move || live.apply(&batch)).await?
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, EngineError> {
        let rebuild = rebuild::EmbeddedRebuild::begin(Arc::clone(&self.folder), Arc::clone(&self.live));
        Ok(Box::new(rebuild.await?))
    }

    async fn search(&self, ask: Ask) -> Result<Found, EngineError> {
        let (live, sights) = (self.live.load_full(), Arc::clone(&self.sights));
        tokio::task::spawn_blocking(move || search::search(&live, &sights, &ask)).await?
    }

    async fn fields(&self) -> Result<Vec<String>, EngineError> {
        let live = self.live.load_full();
        tokio::task::spawn_blocking(move || facets::fields(&live.searcher())).await?
    }

    async fn status(&self) -> Result<EngineStatus, EngineError> {
        let live = self.live.load_full();
        tokio::task::spawn_blocking(move || live.status()).await?
    }
}
