use async_trait::async_trait;

use super::SearchDocument;
use crate::{EntityRef, Result};

/// Takes single changes of documents. Offered by the search plugin.
///
/// A change is kept in the database before this answers, so that neither a crash nor another replica misses it, and can
/// be found about a second later.
#[async_trait]
pub trait SearchIndexer: Send + Sync + 'static {
    /// Adds documents, or puts them in the place of those with the same type and id. `BAD_USER_INPUT` names what is wrong
    /// with one of them; then none is taken.
    async fn upsert(&self, documents: Vec<SearchDocument>) -> Result<()>;

    /// Removes documents of a type by their ids; those that are not there are passed over.
    async fn delete(&self, type_: &str, ids: &[String]) -> Result<()>;

    /// Removes all documents of a type that belong to an entity.
    async fn delete_of(&self, type_: &str, entity: &EntityRef) -> Result<()>;

    /// Puts these documents in the place of all of the type that belong to the entity, at once.
    async fn replace_of(&self, type_: &str, entity: &EntityRef, documents: Vec<SearchDocument>)
    -> Result<()>;
}
