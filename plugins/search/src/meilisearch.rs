//! The engine Meilisearch, a server of its own that all replicas share. What it cannot be told while it is away stays in the
//! logs and is told when it is back.

mod document;
mod facets;
mod filter;
mod http;
mod rebuild;
mod search;
mod server;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use meilisearch_sdk::errors::{Error, ErrorCode};
use tokio::sync::Mutex;

use crate::{
    config::MeilisearchConfig,
    engine::{Ask, Batch, Engine, EngineError, EngineStatus, Found, Places, Rebuild},
};
use server::Server;

/// How long the names of fields are remembered.
const FIELDS_KEPT: Duration = Duration::from_secs(10);

/// The engine Meilisearch.
pub(crate) struct Meilisearch {
    server: Arc<Server>,
    /// Where this process is: what another one has told is not what this one has.
    places: Arc<Mutex<Option<Places>>>,
    fields: moka::future::Cache<(), Vec<String>>,
}

impl Meilisearch {
    /// The engine behind an address. It need not answer yet.
    pub fn new(config: &MeilisearchConfig) -> anyhow::Result<Self> {
        let fields = moka::future::Cache::builder().max_capacity(1).time_to_live(FIELDS_KEPT).build();
        Ok(Self { server: Arc::new(Server::new(config)?), places: Arc::default(), fields })
    }
}

#[async_trait]
impl Engine for Meilisearch {
    fn name(&self) -> &'static str {
        "meilisearch"
    }

    async fn places(&self) -> Result<Places, EngineError> {
        let mut places = self.places.lock().await;
        if let Some(places) = &*places {
            return Ok(places.clone());
        }
        self.server.prepare(self.server.live()).await?;
        let stored = self.server.places().await?;
        *places = Some(stored.clone());
        Ok(stored)
    }

    async fn apply(&self, batch: Batch) -> Result<(), EngineError> {
        let mut places = self.places().await?;
        self.server.write(self.server.live(), &batch).await?;
        places.extend(batch.places);
        self.server.keep_places(&places).await?;
        *self.places.lock().await = Some(places);
        Ok(())
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, EngineError> {
        let rebuild = rebuild::MeilisearchRebuild::begin(Arc::clone(&self.server), Arc::clone(&self.places));
        Ok(Box::new(rebuild.await?))
    }

    async fn search(&self, ask: Ask) -> Result<Found, EngineError> {
        search::search(&self.server, &ask).await
    }

    async fn fields(&self) -> Result<Vec<String>, EngineError> {
        let look =
            async { self.server.values("field").await.map(|values| values.into_keys().collect::<Vec<_>>()) };
        self.fields.try_get_with((), look).await.map_err(|error| EngineError::Unavailable(error.to_string()))
    }

    async fn status(&self) -> Result<EngineStatus, EngineError> {
        let documents = self.server.values("type").await?;
        let places = self.places.lock().await.clone().unwrap_or_default();
        let bytes = self.server.bytes().await?;
        let documents = documents.into_iter().map(|(name, count)| (name, count as u64)).collect();
        Ok(EngineStatus { documents, bytes: Some(bytes), places })
    }
}

impl From<Error> for EngineError {
    fn from(error: Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// Whether an index is not there yet.
fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Meilisearch(error) if error.error_code == ErrorCode::IndexNotFound)
}
