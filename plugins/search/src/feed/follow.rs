use std::{sync::Arc, time::Duration};

use callboard_kit::SearchSource;
use futures::StreamExt;
use tokio_util::sync::CancellationToken;

use super::{Feed, FeedError, health::Part, log::Log};
use crate::engine::{Batch, Places};

/// Changes that come one upon the other are taken together.
const GATHERING: Duration = Duration::from_millis(100);
/// The logs are looked at this often even when nobody told: a notice can be lost with its connection.
const POLL: Duration = Duration::from_secs(5);
/// Changes read in one step.
const STEP: u64 = 500;
/// Documents of a first reading that are taken in one step.
const FIRST_STEP: usize = 4000;
/// A place that moved less is not written down for its own sake.
const FAR: i64 = 1000;
/// How often old changes are forgotten, in looks.
const PRUNING: u32 = 500;

impl Feed {
    /// Keeps the index as the sources are, until told to stop.
    pub async fn follow(self: Arc<Self>, stop: CancellationToken) {
        let rebuilding = tokio::spawn(Arc::clone(&self).rebuild_when_asked(stop.clone()));
        let mut listener = None;
        let mut looks = 0_u32;
        loop {
            self.catch_up(&stop).await;
            if looks.is_multiple_of(PRUNING)
                && let Err(problem) = self.log.prune().await
            {
                tracing::warn!(%problem, "old changes of the search cannot be forgotten");
            }
            looks = looks.wrapping_add(1);
            if listener.is_none() {
                listener = self.log.repository.listen().await.unwrap_or_else(|problem| {
                    tracing::warn!(%problem, "changes of other replicas are polled for: listening failed");
                    None
                });
            }
            let notice = async {
                match &mut listener {
                    Some(listener) => listener.recv().await.is_ok(),
                    None => std::future::pending().await,
                }
            };
            let heard = tokio::select! {
                () = stop.cancelled() => break,
                () = self.sources.told() => true,
                () = self.log.grown() => true,
                heard = notice => heard,
                () = tokio::time::sleep(POLL) => true,
            };
            if !heard {
                listener = None;
            }
            tokio::time::sleep(GATHERING).await;
        }
        // It ends with the same token.
        let _ = rebuilding.await;
    }

    /// Brings the index to where the sources are.
    pub(super) async fn catch_up(&self, stop: &CancellationToken) {
        let _changing = self.changing.lock().await;
        for source in self.sources.all() {
            if stop.is_cancelled() {
                return;
            }
            let name = source.search_type().name;
            let result = self.catch_up_with(&*source, stop).await;
            self.note(name, Part::Following, result.err());
        }
    }

    async fn catch_up_with(
        &self,
        source: &dyn SearchSource,
        stop: &CancellationToken,
    ) -> Result<(), FeedError> {
        let name = source.search_type().name;
        let log = self.log_of(source);
        let Some(mut place) = self.engine.places().await?.get(name).copied() else {
            return self.read_first(source, stop).await;
        };
        while !stop.is_cancelled() {
            let Some((batch, has_more)) = log.after(name, place, STEP).await? else {
                tracing::info!(name, "changes were missed, so the search index is built anew");
                self.rebuild_soon();
                return Ok(());
            };
            let next = batch.places.get(name).copied().unwrap_or(place);
            // A place alone is worth writing down once it has moved so far that changes before it may be forgotten.
            if !batch.is_empty() || next > place + FAR {
                metrics::counter!("callboard_search_changes_total", "type" => name)
                    .increment(batch.puts.len() as u64);
                self.engine.apply(batch).await?;
            }
            if !has_more {
                return Ok(());
            }
            place = next;
        }
        Ok(())
    }

    /// Reads all documents of a source that the index has never had all of; each step can be found at once.
    async fn read_first(&self, source: &dyn SearchSource, stop: &CancellationToken) -> Result<(), FeedError> {
        let name = source.search_type().name;
        let place = self.log_of(source).newest().await?;
        let mut documents = source.documents();
        let mut batch = Batch::default();
        while let Some(step) = documents.next().await {
            batch.puts.extend(step?.into_iter().map(|document| of_type(document, name)));
            if stop.is_cancelled() {
                return Ok(());
            }
            if batch.puts.len() >= FIRST_STEP {
                self.engine.apply(std::mem::take(&mut batch)).await?;
            }
        }
        batch.places = Places::from([(name.to_owned(), place)]);
        Ok(self.engine.apply(batch).await?)
    }

    pub(super) fn log_of<'a>(&'a self, source: &'a dyn SearchSource) -> Log<'a> {
        source.changes().map_or(Log::Pushed(&self.log), Log::Own)
    }

    /// Notes how a type fares, and logs what is news.
    pub(super) fn note(&self, name: &'static str, part: Part, error: Option<FeedError>) {
        let fault = error.as_ref().map(ToString::to_string);
        if let (true, Some(error)) = (self.health.note(name, part, fault), error) {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(
                error,
                name,
                "documents cannot be brought into the search index, which is tried again"
            );
        }
    }
}

/// A document of a source is of its type, whatever it says.
pub(super) fn of_type(document: callboard_kit::SearchDocument, name: &str) -> callboard_kit::SearchDocument {
    callboard_kit::SearchDocument { type_: name.to_owned(), ..document }
}
