use std::sync::Arc;

use meilisearch_sdk::search::{MatchingStrategies, SearchQuery, SearchResults};

use super::{document::Kept, facets::Counted, filter::condition, is_missing, server::Server};
use crate::{
    engine::{Ask, Cursor, EngineError, Found, Hit},
    excerpt::Matcher,
    query::SearchQuery as Asked,
};

/// Looks for documents.
pub(super) async fn search(server: &Arc<Server>, ask: &Ask) -> Result<Found, EngineError> {
    let filter = condition(&ask.sight, &ask.query)?;
    let text = text_of(&ask.query);
    let signature = signature(&ask.query);
    let skipped = match &ask.after {
        Some(after) if after.signature != signature => return Err(EngineError::ForeignCursor),
        Some(after) => usize::try_from(after.tie).map_err(|_| EngineError::ForeignCursor)?,
        None => 0,
    };
    let index = server.index(server.live());
    let newest = ["updated:desc", "key:asc"];
    let mut query = SearchQuery::new(&index);
    query.with_query(&text).with_filter(&filter).with_show_ranking_score(true);
    query.with_matching_strategy(MatchingStrategies::LAST);
    if text.is_empty() {
        query.with_sort(&newest);
    }
    // Pages are what Meilisearch counts exactly by, an offset what a cursor is: one question each.
    let mut counted = query.clone();
    counted.with_page(1).with_hits_per_page(0);
    query.with_offset(skipped).with_limit(ask.size + 1);
    let total = async {
        let found: SearchResults<Kept> = counted.execute().await?;
        Ok::<_, meilisearch_sdk::errors::Error>(found.total_hits.unwrap_or_default())
    };
    let (found, total) = match futures::try_join!(query.execute::<Kept>(), total) {
        Ok(found) => found,
        Err(error) if is_missing(&error) => {
            return Err(EngineError::Unavailable("the index is not there yet".to_owned()));
        }
        Err(error) => return Err(error.into()),
    };
    let has_next = found.hits.len() > ask.size;
    let hit = |(place, hit): (usize, meilisearch_sdk::search::SearchResult<Kept>)| {
        #[expect(clippy::cast_possible_truncation, reason = "scores are from 0 to 1")]
        let score = hit.ranking_score.unwrap_or(1.0) as f32;
        let cursor = Cursor { signature, score, tie: (skipped + place + 1) as u64, ..Cursor::default() };
        Ok::<_, EngineError>(Hit { cursor, score, document: hit.result.document()? })
    };
    let hits = found.hits.into_iter().take(ask.size).enumerate().map(hit).collect::<Result<_, _>>()?;
    Ok(Found {
        hits,
        total: total as u64,
        has_next,
        is_later_page: ask.after.is_some(),
        suggestion: None,
        matcher: Arc::new(Matcher::new(&ask.query, &[])),
        facets: Arc::new(Counted { server: Arc::clone(server), text, filter }),
    })
}

/// What is asked for, as Meilisearch writes it.
fn text_of(query: &Asked) -> String {
    let in_phrase = |text: &String| query.phrases.iter().any(|phrase| phrase.contains(text));
    let words = query
        .words
        .iter()
        .filter(|word| !(word.is_exact && in_phrase(&word.text)))
        .map(|word| if word.is_exact { format!("\"{}\"", word.text) } else { word.text.clone() });
    let phrases = query.phrases.iter().map(|phrase| format!("\"{}\"", phrase.join(" ")));
    let without = query.without.iter().map(|phrase| format!("-\"{}\"", phrase.join(" ")));
    words.chain(phrases).chain(without).collect::<Vec<_>>().join(" ")
}

fn signature(query: &Asked) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    query.text.hash(&mut hasher);
    for filter in &query.filters {
        (&filter.field, &filter.values, filter.exists, filter.is_negated).hash(&mut hasher);
    }
    hasher.finish()
}
