//! What plugins give to be searched, and how they tell what changed. `docs/search.md` says what they may count on.

mod document;
mod indexer;
mod source;
mod sources;

pub use document::{SearchDocument, SearchField};
pub use indexer::SearchIndexer;
pub use source::{SearchChangeLog, SearchChanges, SearchSource, SearchType};
pub use sources::SearchSources;
