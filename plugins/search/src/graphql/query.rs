use async_graphql::{Context, ID, Object, SimpleObject};
use callboard_kit::{FieldFilter, Result, SearchType as KnownType};

use super::{connection::SearchConnection, index::SearchIndexStatus, result::Entity, search};
use crate::service::Question;

/// What can be asked.
#[derive(Default)]
pub(crate) struct Query;

#[Object]
impl Query {
    /// What the viewer may see of what fits a text, the best first. A text may hold fields (`kind:api owner:team-a
    /// tag:java`), `"exact phrases"` and `-words` that must not be there; without any word, what changed last comes first.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for, 500 characters and 24 words at most.")] text: String,
        #[graphql(desc = "Only these types, as `searchTypes` names them.")] types: Option<Vec<String>>,
        #[graphql(
            desc = "Conditions on fields that all must hold, e.g. on `kind`, `owner`, `tag`; 30 at most."
        )]
        filters: Option<Vec<FieldFilter>>,
        #[graphql(desc = "How many, from 0 to 100; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Option<SearchConnection>> {
        let question = Question { text, types, filters: filters.unwrap_or_default(), first, after };
        Ok(Some(SearchConnection(search(ctx).search(question).await?)))
    }

    /// The types of documents that the viewer may find something of.
    async fn search_types(&self, ctx: &Context<'_>) -> Result<Option<Vec<SearchType>>> {
        Ok(Some(search(ctx).types().await?.into_iter().map(SearchType::from).collect()))
    }

    /// How the index is of the process that answers; null without `search.index.read`.
    async fn search_index_status(&self, ctx: &Context<'_>) -> Result<Option<SearchIndexStatus>> {
        SearchIndexStatus::of(search(ctx)).await
    }

    #[graphql(entity)]
    async fn find_entity_by_id(&self, id: ID) -> Option<Entity> {
        Some(Entity { id })
    }
}

/// A type of documents.
#[derive(SimpleObject)]
pub(crate) struct SearchType {
    /// What queries call it, e.g. `techdocs`.
    name: &'static str,
    /// What people read, e.g. `Documentation`.
    title: &'static str,
}

impl From<KnownType> for SearchType {
    fn from(known: KnownType) -> Self {
        Self { name: known.name, title: known.title }
    }
}
