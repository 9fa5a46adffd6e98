use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::server::Server;
use crate::engine::{Batch, EngineError, Places, Rebuild};

/// An index that is built beside the one that answers.
pub(super) struct MeilisearchRebuild {
    server: Arc<Server>,
    known: Arc<Mutex<Option<Places>>>,
    /// `None` once it answers.
    name: Option<String>,
    places: Places,
}

impl MeilisearchRebuild {
    pub async fn begin(server: Arc<Server>, known: Arc<Mutex<Option<Places>>>) -> Result<Self, EngineError> {
        let name = format!("{}-{}", server.live(), Uuid::now_v7().simple());
        server.prepare(server.live()).await?;
        server.prepare(&name).await?;
        Ok(Self { server, known, name: Some(name), places: Places::new() })
    }

    fn name(&self) -> Result<String, EngineError> {
        self.name.clone().ok_or_else(|| EngineError::Unavailable("the index answers already".to_owned()))
    }
}

#[async_trait]
impl Rebuild for MeilisearchRebuild {
    async fn add(&mut self, batch: Batch) -> Result<(), EngineError> {
        self.places.extend(batch.places.clone());
        self.server.write(&self.name()?, &batch).await
    }

    async fn keep(&mut self, type_: &str) -> Result<(), EngineError> {
        let place = self.known.lock().await.as_ref().and_then(|places| places.get(type_).copied());
        match place {
            Some(place) => self.places.insert(type_.to_owned(), place),
            None => self.places.remove(type_),
        };
        self.server.copy(type_, self.server.live(), &self.name()?).await
    }

    async fn finish(mut self: Box<Self>) -> Result<(), EngineError> {
        let name = self.name()?;
        self.server.swap(&name).await?;
        self.name = None;
        self.server.keep_places(&self.places).await?;
        *self.known.lock().await = Some(self.places.clone());
        Ok(())
    }
}

impl Drop for MeilisearchRebuild {
    fn drop(&mut self) {
        let Some(name) = self.name.take() else { return };
        let server = Arc::clone(&self.server);
        tokio::spawn(async move {
            if let Err(error) = server.remove(&name).await {
                tracing::warn!(%error, name, "a search index that was given up cannot be removed");
            }
        });
    }
}
