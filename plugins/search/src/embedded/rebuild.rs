use std::sync::Arc;

use arc_swap::ArcSwap;
use async_trait::async_trait;

use super::{
    folder::{IndexFolder, remove_unused},
    live::LiveIndex,
};
use crate::engine::{Batch, EngineError, Places, Rebuild};

/// An index that is built beside the one that answers.
pub(super) struct EmbeddedRebuild {
    folder: Arc<IndexFolder>,
    live: Arc<ArcSwap<LiveIndex>>,
    /// `None` once it answers.
    beside: Option<Arc<LiveIndex>>,
    places: Places,
}

impl EmbeddedRebuild {
    pub async fn begin(folder: Arc<IndexFolder>, live: Arc<ArcSwap<LiveIndex>>) -> Result<Self, EngineError> {
        let made = Arc::clone(&folder);
        let beside = tokio::task::spawn_blocking(move || made.create()).await??;
        Ok(Self { folder, live, beside: Some(Arc::new(beside)), places: Places::new() })
    }

    fn beside(&self) -> Result<Arc<LiveIndex>, EngineError> {
        self.beside.clone().ok_or_else(|| EngineError::Unavailable("the index answers already".to_owned()))
    }
}

#[async_trait]
impl Rebuild for EmbeddedRebuild {
    async fn add(&mut self, batch: Batch) -> Result<(), EngineError> {
        let beside = self.beside()?;
        self.places.extend(batch.places.clone());
        tokio::task::spawn_blocking(move || beside.add(&batch)).await?
    }

    async fn keep(&mut self, type_: &str) -> Result<(), EngineError> {
        let (beside, live, name) = (self.beside()?, self.live.load_full(), type_.to_owned());
        match live.places().get(type_) {
            Some(place) => self.places.insert(name.clone(), *place),
            None => self.places.remove(&name),
        };
        tokio::task::spawn_blocking(move || beside.copy(&name, &live)).await?
    }

    async fn finish(mut self: Box<Self>) -> Result<(), EngineError> {
        let (beside, folder, places) = (self.beside()?, Arc::clone(&self.folder), self.places.clone());
        let ready = Arc::clone(&beside);
        tokio::task::spawn_blocking(move || {
            ready.apply(&Batch { places, ..Batch::default() })?;
            folder.point_to(&ready)
        })
        .await??;
        self.beside = None;
        let old = self.live.swap(beside);
        let path = old.folder().to_owned();
        drop(old);
        // Whoever still searches in it has its files open; whoever writes to it keeps it until the next start.
        let removed = tokio::task::spawn_blocking(move || remove_unused(&path)).await?;
        if let Err(error) = removed {
            tracing::warn!(%error, "the search index that was replaced cannot be removed yet");
        }
        Ok(())
    }
}

impl Drop for EmbeddedRebuild {
    fn drop(&mut self) {
        let Some(beside) = self.beside.take() else { return };
        let path = beside.folder().to_owned();
        drop(beside);
        if let Err(error) = remove_unused(&path) {
            tracing::warn!(%error, "a search index that was given up cannot be removed yet");
        }
    }
}
