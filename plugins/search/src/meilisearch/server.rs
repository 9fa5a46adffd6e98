use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use meilisearch_sdk::{
    client::{Client, SwapIndexes},
    documents::{DocumentDeletionQuery, DocumentsQuery},
    indexes::Index,
    search::{SearchQuery, SearchResults, Selectors},
    settings::{FacetingSettings, PaginationSetting, Settings},
    task_info::TaskInfo,
    tasks::Task,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    document::{Kept, key},
    filter::quoted,
    http::Http,
    is_missing,
};
use crate::{
    config::MeilisearchConfig,
    engine::{Batch, EngineError, Places},
};

/// How long a task may take.
const PATIENCE: Duration = Duration::from_mins(10);
/// The first pause before a task is looked at again; then twice that, and so on.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Documents that are told in one step.
const STEP: usize = 1000;
/// The most results that can be paged through, and values that are counted.
const MAX_HITS: usize = 1_000_000;
const MAX_VALUES: usize = 100_000;

/// The indexes of this portal on a server.
pub(super) struct Server {
    client: Client<Http>,
    name: String,
}

/// How far the documents of a type were told.
#[derive(Serialize, Deserialize)]
struct Place {
    key: String,
    #[serde(rename = "type")]
    type_: String,
    /// The place in its log.
    #[serde(rename = "place")]
    told: i64,
}

impl Server {
    pub fn new(config: &MeilisearchConfig) -> anyhow::Result<Self> {
        let secret = config.api_key.as_ref().map(|secret| secret.expose().to_owned());
        let http = Http::new(secret.clone())?;
        let client = Client::new_with_client(config.url.trim_end_matches('/'), secret, http);
        Ok(Self { client, name: config.index.clone() })
    }

    /// The name of the index that answers.
    pub fn live(&self) -> &str {
        &self.name
    }

    pub fn index(&self, name: &str) -> Index<Http> {
        Index::new(name, self.client.clone())
    }

    fn places_index(&self) -> Index<Http> {
        self.index(&format!("{}-places", self.name))
    }

    /// Waits until a task is done.
    async fn done(&self, task: TaskInfo) -> Result<(), EngineError> {
        let (began, mut pause) = (Instant::now(), FIRST_PAUSE);
        loop {
            match self.client.get_task(&task).await? {
                Task::Succeeded { .. } => return Ok(()),
                Task::Failed { content } => {
                    return Err(EngineError::Unavailable(format!("Meilisearch failed: {}", content.error)));
                }
                Task::Enqueued { .. } | Task::Processing { .. } => {}
            }
            if began.elapsed() > PATIENCE {
                return Err(EngineError::Unavailable("Meilisearch did not end a task in time".to_owned()));
            }
            tokio::time::sleep(pause).await;
            pause = (2 * pause).min(LONGEST_PAUSE);
        }
    }

    /// Makes an index where it is missing, with the settings that are counted on.
    pub async fn prepare(&self, name: &str) -> Result<(), EngineError> {
        for (name, is_of_documents) in [(name, true), (&self.places_index().uid, false)] {
            match self.client.get_index(name).await {
                Ok(_) => {}
                Err(error) if is_missing(&error) => {
                    let made = self.client.create_index(name, Some("key")).await?;
                    // Another replica may have made it at the same time.
                    if let Err(error) = self.done(made).await
                        && self.client.get_index(name).await.is_err()
                    {
                        return Err(error);
                    }
                }
                Err(error) => return Err(error.into()),
            }
            if is_of_documents {
                self.done(self.index(name).set_settings(&settings()).await?).await?;
            }
        }
        Ok(())
    }

    /// Tells an index of changes and waits until they can be found.
    pub async fn write(&self, name: &str, batch: &Batch) -> Result<(), EngineError> {
        let index = self.index(name);
        for type_ in &batch.drops {
            self.delete(&index, &format!("type = {}", quoted(type_))).await?;
        }
        for (type_, entity) in &batch.deletes_of {
            let those = format!("type = {} AND entity = {}", quoted(type_), quoted(entity.as_str()));
            self.delete(&index, &those).await?;
        }
        let keys: Vec<String> = batch.deletes.iter().map(|(type_, id)| key(type_, id)).collect();
        for step in keys.chunks(STEP) {
            self.done(index.delete_documents(step).await?).await?;
        }
        for step in batch.puts.chunks(STEP) {
            let step: Vec<Kept> = step.iter().map(Kept::new).collect::<Result<_, _>>()?;
            self.done(index.add_or_replace(&step, Some("key")).await?).await?;
        }
        Ok(())
    }

    async fn delete(&self, index: &Index<Http>, filter: &str) -> Result<(), EngineError> {
        let mut query = DocumentDeletionQuery::new(index);
        query.with_filter(filter);
        self.done(index.delete_documents_with(&query).await?).await
    }

    /// Takes the documents of a type over from one index into another.
    pub async fn copy(&self, type_: &str, from: &str, to: &str) -> Result<(), EngineError> {
        let (from, to) = (self.index(from), self.index(to));
        let filter = format!("type = {}", quoted(type_));
        self.delete(&to, &filter).await?;
        for offset in (0..).step_by(STEP) {
            let mut query = DocumentsQuery::new(&from);
            query.with_filter(&filter).with_offset(offset).with_limit(STEP);
            let step = from.get_documents_with::<Value>(&query).await?.results;
            if step.is_empty() {
                break;
            }
            self.done(to.add_or_replace(&step, Some("key")).await?).await?;
        }
        Ok(())
    }

    /// Has an index answer in the place of the one that does, which goes.
    pub async fn swap(&self, next: &str) -> Result<(), EngineError> {
        let swap = SwapIndexes { indexes: (self.name.clone(), next.to_owned()), rename: None };
        self.done(self.client.swap_indexes([&swap]).await?).await?;
        self.remove(next).await
    }

    /// Removes an index.
    pub async fn remove(&self, name: &str) -> Result<(), EngineError> {
        self.done(self.client.delete_index(name).await?).await
    }

    /// How far the types were told when that was written down last.
    pub async fn places(&self) -> Result<Places, EngineError> {
        let index = self.places_index();
        let mut query = DocumentsQuery::new(&index);
        query.with_limit(STEP);
        let places = index.get_documents_with::<Place>(&query).await?.results;
        Ok(places.into_iter().map(|place| (place.type_, place.told)).collect())
    }

    /// Writes down how far the types were told.
    pub async fn keep_places(&self, places: &Places) -> Result<(), EngineError> {
        let place = |(type_, place): (&String, &i64)| Place {
            key: key(type_, ""),
            type_: type_.clone(),
            told: *place,
        };
        let places: Vec<Place> = places.iter().map(place).collect();
        if places.is_empty() {
            return Ok(());
        }
        self.done(self.places_index().add_or_replace(&places, Some("key")).await?).await
    }

    /// How often each value of an attribute occurs.
    pub async fn values(&self, attribute: &str) -> Result<HashMap<String, usize>, EngineError> {
        let index = self.index(&self.name);
        let (attributes, mut query) = ([attribute], SearchQuery::new(&index));
        query.with_limit(0).with_facets(Selectors::Some(&attributes[..]));
        let found: SearchResults<Value> = match query.execute().await {
            Ok(found) => found,
            Err(error) if is_missing(&error) => return Ok(HashMap::new()),
            Err(error) => return Err(error.into()),
        };
        let mut distribution = found.facet_distribution.unwrap_or_default();
        Ok(distribution.remove(attribute).unwrap_or_default())
    }

    /// How much room all documents take.
    pub async fn bytes(&self) -> Result<u64, EngineError> {
        match self.index(&self.name).get_stats().await {
            Ok(stats) => Ok(stats.raw_document_db_size as u64),
            Err(error) if is_missing(&error) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }
}

fn settings() -> Settings {
    Settings::new()
        .with_searchable_attributes(["title", "name", "words", "extra", "text"])
        .with_filterable_attributes(["type", "entity", "field", "filter", "facet"])
        .with_sortable_attributes(["updated", "key"])
        .with_ranking_rules([
            "words",
            "typo",
            "proximity",
            "attribute",
            "sort",
            "exactness",
            "updated:desc",
            "key:asc",
        ])
        .with_pagination(PaginationSetting { max_total_hits: MAX_HITS })
        .with_faceting(FacetingSettings { max_values_per_facet: MAX_VALUES, sort_facet_values_by: None })
}
