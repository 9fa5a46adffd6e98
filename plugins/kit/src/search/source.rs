use async_trait::async_trait;
use futures::stream::BoxStream;

use super::SearchDocument;
use crate::Result;

/// A type of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchType {
    /// What documents and queries call it, e.g. `techdocs`: letters from a to z, digits and `-`.
    pub name: &'static str,
    /// What people read, e.g. `Documentation`.
    pub title: &'static str,
    /// The permission to find documents of this type, beside reading the entity that a document belongs to. Conditions
    /// on it are about that entity. `None` where reading the entity is enough; then documents without one are not found.
    pub permission: Option<&'static str>,
}

/// What gives documents of one type. A plugin adds it to [`SearchSources`](super::SearchSources) when it starts.
#[async_trait]
pub trait SearchSource: Send + Sync + 'static {
    /// The type of its documents.
    fn search_type(&self) -> SearchType;

    /// All its documents, in steps of a few hundred. An error ends the stream and leaves what was found before as it
    /// was; so does a stream without documents, unless [`Self::is_empty`] says that there are none.
    fn documents(&self) -> BoxStream<'_, Result<Vec<SearchDocument>>>;

    /// Whether it is sure to have no documents at all.
    async fn is_empty(&self) -> Result<bool> {
        Ok(false)
    }

    /// Its own log of changes; `None` where changes are told to the [`SearchIndexer`](super::SearchIndexer).
    fn changes(&self) -> Option<&dyn SearchChangeLog> {
        None
    }
}

/// A log of changes that a plugin keeps in the database, which every replica follows for itself.
#[async_trait]
pub trait SearchChangeLog: Send + Sync {
    /// The place of the newest change; documents that are read afterwards hold all up to it.
    async fn newest(&self) -> Result<i64>;

    /// What changed after a place, up to `limit` changes. `None` where that is not known any more: then all documents
    /// are read again.
    async fn after(&self, place: i64, limit: u64) -> Result<Option<SearchChanges>>;
}

/// Changes of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchChanges {
    /// What is new or another than before, as it is now.
    pub documents: Vec<SearchDocument>,
    /// The ids of what is gone.
    pub deleted: Vec<String>,
    /// The place of the last of these changes; the place that was asked about where there are none.
    pub place: i64,
}
