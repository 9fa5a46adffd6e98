use std::{sync::Arc, time::Duration};

use callboard_kit::SearchSource;
use futures::StreamExt;
use tokio_util::sync::CancellationToken;

use super::{Feed, FeedError, follow::of_type, health::Part};
use crate::engine::{Batch, EngineError, Places, Rebuild};

/// Documents that are taken in one step.
const STEP: usize = 2000;
/// Changes read in one step.
const CHANGES: u64 = 500;
/// The first pause before what failed is tried again; then twice that, and so on.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

impl Feed {
    pub(super) async fn rebuild_when_asked(self: Arc<Self>, stop: CancellationToken) {
        let mut pause = FIRST_PAUSE;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.rebuild.notified() => {}
            }
            self.health.begins_rebuild();
            let rebuilt = tokio::select! {
                () = stop.cancelled() => return,
                rebuilt = self.rebuild_now() => rebuilt,
            };
            match rebuilt {
                Ok(()) => {
                    pause = FIRST_PAUSE;
                    self.health.note_index(None);
                    self.health.ends_rebuild(Some(self.clock.now()));
                }
                Err(error) => {
                    self.health.ends_rebuild(None);
                    self.note_index(&error);
                    self.rebuild.notify_one();
                    tokio::select! {
                        () = stop.cancelled() => return,
                        () = tokio::time::sleep(pause) => {}
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    fn note_index(&self, error: &EngineError) {
        self.health.note_index(Some(format!("the index cannot be built anew: {error}")));
        let error = error as &dyn std::error::Error;
        tracing::error!(error, "the search index cannot be built anew, which is tried again");
    }

    /// Builds an index of everything beside the one that answers, which goes on being fed, and puts it in its place.
    async fn rebuild_now(&self) -> Result<(), EngineError> {
        let mut rebuild = self.engine.rebuild().await?;
        let mut places = Places::new();
        for source in self.sources.all() {
            let name = source.search_type().name;
            match self.read_all(&*source, &mut *rebuild).await {
                Ok(place) => {
                    self.note(name, Part::Rebuilding, None);
                    places.insert(name.to_owned(), place);
                }
                Err(FeedError::Engine(error)) => return Err(error),
                Err(error) => {
                    self.note(name, Part::Rebuilding, Some(error));
                    rebuild.keep(name).await?;
                }
            }
        }
        // First what changed meanwhile, then, while nothing else changes, the little that changed since.
        self.bring_up(&mut *rebuild, &mut places).await?;
        let _changing = self.changing.lock().await;
        self.bring_up(&mut *rebuild, &mut places).await?;
        rebuild.finish().await
    }

    /// Reads all documents of a source, and gives the place from which its log is to be followed.
    async fn read_all(&self, source: &dyn SearchSource, rebuild: &mut dyn Rebuild) -> Result<i64, FeedError> {
        let name = source.search_type().name;
        let place = self.log_of(source).newest().await?;
        let mut documents = source.documents();
        let mut batch = Batch::default();
        let mut is_any = false;
        while let Some(step) = documents.next().await {
            batch.puts.extend(step?.into_iter().map(|document| of_type(document, name)));
            is_any |= !batch.puts.is_empty();
            if batch.puts.len() >= STEP {
                rebuild.add(std::mem::take(&mut batch)).await?;
            }
        }
        drop(documents);
        if !is_any && self.has_some(name).await? && !source.is_empty().await? {
            return Err(FeedError::Empty);
        }
        batch.places = Places::from([(name.to_owned(), place)]);
        rebuild.add(batch).await?;
        Ok(place)
    }

    async fn has_some(&self, name: &str) -> Result<bool, EngineError> {
        Ok(self.engine.status().await?.documents.get(name).is_some_and(|count| *count > 0))
    }

    /// Takes what changed since the places.
    async fn bring_up(&self, rebuild: &mut dyn Rebuild, places: &mut Places) -> Result<(), EngineError> {
        for source in self.sources.all() {
            let name = source.search_type().name;
            let Some(place) = places.get_mut(name) else { continue };
            loop {
                let changes = self.log_of(&*source).after(name, *place, CHANGES).await;
                // What cannot be had now is had by whoever follows the index once it answers.
                let Ok(Some((batch, has_more))) = changes else { break };
                *place = batch.places.get(name).copied().unwrap_or(*place);
                rebuild.add(batch).await?;
                if !has_more {
                    break;
                }
            }
        }
        Ok(())
    }
}
