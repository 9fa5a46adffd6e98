//! What an engine of search must be able to do, whichever it is.

mod answer;
mod sight;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use callboard_kit::{EntityRef, SearchDocument};

use crate::query::SearchQuery;

pub(crate) use answer::{Cursor, FacetCounter, Found, Hit, merged};
pub(crate) use sight::{Sight, TypeSight};

/// Why an engine did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EngineError {
    /// The cursor is of another search.
    #[error("`after` is not a cursor of this search")]
    ForeignCursor,
    /// Files of the index could not be read or written.
    #[error("the search index in the data folder failed")]
    Index(#[from] tantivy::TantivyError),
    /// The data folder did not do what it should.
    #[error("the folder of the search index failed")]
    Folder(#[from] std::io::Error),
    /// What was stored in the index cannot be read.
    #[error("the search index holds something that cannot be read")]
    Corrupt(#[from] serde_json::Error),
    /// Work was given up, as the portal stops or something panicked.
    #[error("the search was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
    /// The index is of no use now; why.
    #[error("the search cannot answer: {0}")]
    Unavailable(String),
}

/// For each type of documents the place in its log up to which it was taken.
pub(crate) type Places = BTreeMap<String, i64>;

/// Changes that become visible together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    /// What is put, in the place of what has the same type and id. After the rest.
    pub puts: Vec<SearchDocument>,
    /// Type and id of what goes.
    pub deletes: Vec<(String, String)>,
    /// Type and entity of what goes all together.
    pub deletes_of: Vec<(String, EntityRef)>,
    /// Types that go altogether.
    pub drops: Vec<String>,
    /// Where the types are afterwards.
    pub places: Places,
}

impl Batch {
    /// Whether it changes documents.
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty() && self.deletes_of.is_empty() && self.drops.is_empty()
    }
}

/// What is asked of an engine.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// What for.
    pub query: Arc<SearchQuery>,
    /// What the viewer may see.
    pub sight: Arc<Sight>,
    /// How many at most.
    pub size: usize,
    /// After which of them.
    pub after: Option<Cursor>,
    /// The present day, so that what is recent stays so from page to page.
    pub today: i64,
}

/// How an index is.
#[derive(Clone, Debug, Default)]
pub(crate) struct EngineStatus {
    /// How many documents there are of each type.
    pub documents: BTreeMap<String, u64>,
    /// How much room it takes, in bytes, where that is known.
    pub bytes: Option<u64>,
    /// Where the types are.
    pub places: Places,
}

/// An index of documents.
#[async_trait]
pub(crate) trait Engine: Send + Sync {
    /// What it is called in the config.
    fn name(&self) -> &'static str;

    /// Where the types are, as far as that outlives a crash.
    async fn places(&self) -> Result<Places, EngineError>;

    /// Takes changes; afterwards they can be found and outlive a crash.
    async fn apply(&self, batch: Batch) -> Result<(), EngineError>;

    /// Begins an index beside this one.
    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, EngineError>;

    /// Looks for documents.
    async fn search(&self, ask: Ask) -> Result<Found, EngineError>;

    /// The fields that there is something to filter by.
    async fn fields(&self) -> Result<Vec<String>, EngineError>;

    /// How it is.
    async fn status(&self) -> Result<EngineStatus, EngineError>;
}

/// An index that is built beside the one that answers. Dropped, it leaves nothing behind.
#[async_trait]
pub(crate) trait Rebuild: Send {
    /// Adds documents, or changes those that were added; nobody finds them yet.
    async fn add(&mut self, batch: Batch) -> Result<(), EngineError>;

    /// Takes over the documents of a type from the index that answers, with their place, in the place of what was added.
    async fn keep(&mut self, type_: &str) -> Result<(), EngineError>;

    /// Puts it in the place of the one that answers, in one step.
    async fn finish(self: Box<Self>) -> Result<(), EngineError>;
}
