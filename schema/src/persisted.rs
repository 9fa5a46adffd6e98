use std::sync::Arc;

use callboard_kit::{Code, GraphqlResponse, Rejection};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::{
    cache::{BoundedCache, CacheStats},
    execute::ErrorBody,
    prepare::rejected,
};

/// Queries that clients sent once and name by their hash from then on.
#[derive(Debug)]
pub(crate) struct PersistedQueries {
    queries: BoundedCache<String, Arc<str>>,
}

impl PersistedQueries {
    pub(crate) fn new(max_entries: usize, max_bytes: usize) -> Self {
        Self { queries: BoundedCache::new(max_entries, max_bytes) }
    }

    pub(crate) fn stats(&self) -> CacheStats {
        self.queries.stats()
    }

    /// The query that a request means, and the hash to keep it under once it has proven valid.
    pub(crate) fn resolve(
        &self,
        query: Arc<str>,
        extensions: &Map<String, Json>,
    ) -> Result<(Arc<str>, Option<String>), Box<GraphqlResponse>> {
        let hash = extensions
            .get("persistedQuery")
            .and_then(|persisted| persisted.get("sha256Hash"))
            .and_then(Json::as_str);
        let reject = |body| Err(Box::new(rejected(Rejection::BadRequest, body)));
        match hash {
            None if query.trim().is_empty() => {
                reject(ErrorBody::new(Code::GraphqlParseFailed, "the request has no query"))
            }
            None => Ok((query, None)),
            Some(hash) if query.is_empty() => match self.queries.get(hash) {
                Some(query) => Ok((query, None)),
                // The text is what clients of Apollo's protocol look for.
                None => reject(ErrorBody::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound")),
            },
            Some(hash) if hash_of(&query).eq_ignore_ascii_case(hash) => {
                Ok((query, Some(hash_of_known(hash))))
            }
            Some(_) => reject(ErrorBody::bad_input(
                "extensions.persistedQuery.sha256Hash",
                "the hash is not that of the query",
            )),
        }
    }

    pub(crate) fn keep(&self, hash: String, query: &Arc<str>) {
        let bytes = hash.len() + query.len() + 64;
        self.queries.insert(hash, Arc::clone(query), bytes);
    }
}

fn hash_of_known(hash: &str) -> String {
    hash.to_ascii_lowercase()
}

fn hash_of(query: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(query.as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
