use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use callboard_kit::Facet;
use meilisearch_sdk::search::{MatchingStrategies, SearchQuery, SearchResults, Selectors};
use serde_json::Value;

use super::server::Server;
use crate::engine::{EngineError, FacetCounter, merged};

/// The attribute that has all fields and values.
const FACET: &[&str] = &["facet"];

/// What was found, to count in.
pub(super) struct Counted {
    pub server: Arc<Server>,
    pub text: String,
    pub filter: String,
}

#[async_trait]
impl FacetCounter for Counted {
    async fn count(&self, fields: &[String], limit: usize) -> Result<Vec<Facet>, EngineError> {
        let index = self.server.index(self.server.live());
        let mut query = SearchQuery::new(&index);
        query.with_query(&self.text).with_filter(&self.filter).with_limit(0);
        query.with_matching_strategy(MatchingStrategies::LAST).with_facets(Selectors::Some(FACET));
        let found: SearchResults<Value> = query.execute().await?;
        let mut by_field: HashMap<String, HashMap<String, u32>> = HashMap::new();
        for (pair, count) in found.facet_distribution.unwrap_or_default().remove("facet").unwrap_or_default()
        {
            if let Some((field, value)) = pair.split_once('=') {
                let counts = by_field.entry(field.to_owned()).or_default();
                *counts.entry(value.to_owned()).or_default() += u32::try_from(count).unwrap_or(u32::MAX);
            }
        }
        let facet = |field: &String| Facet {
            field: field.clone(),
            values: merged(by_field.remove(field).unwrap_or_default(), limit),
        };
        Ok(fields.iter().map(facet).collect())
    }
}
