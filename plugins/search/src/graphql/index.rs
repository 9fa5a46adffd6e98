use async_graphql::{Context, InputObject, Object, SimpleObject};
use callboard_kit::Result;
use chrono::{DateTime, Utc};

use super::search;
use crate::{feed::TypeStatus, service::SearchRequest};

/// What can be changed.
#[derive(Default)]
pub(crate) struct Mutation;

/// How the index is to be built anew.
#[derive(Default, InputObject)]
pub(crate) struct RebuildSearchIndexInput {
    /// Why, for the audit log.
    reason: Option<String>,
}

/// The index that will be built anew.
#[derive(SimpleObject)]
pub(crate) struct RebuildSearchIndexPayload {
    /// How it is now; null without `search.index.read`.
    status: Option<SearchIndexStatus>,
}

#[Object]
impl Mutation {
    /// Has the index of the process that answers built anew, beside the one that answers until then. Needs
    /// `search.index.rebuild`.
    async fn rebuild_search_index(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be known of it.")] input: Option<RebuildSearchIndexInput>,
    ) -> Result<RebuildSearchIndexPayload> {
        search(ctx).rebuild(input.unwrap_or_default().reason.as_deref()).await?;
        Ok(RebuildSearchIndexPayload { status: SearchIndexStatus::of(search(ctx)).await? })
    }
}

/// How an index is.
#[derive(SimpleObject)]
pub(crate) struct SearchIndexStatus {
    /// The engine, as the config names it.
    engine: &'static str,
    /// How many documents there are in all.
    documents: i32,
    /// How much room it takes, in bytes, where that is known.
    bytes: Option<f64>,
    /// The types of documents.
    types: Vec<SearchTypeStatus>,
    /// Whether one is being built beside it, or soon will be.
    rebuilding: bool,
    /// When one was built beside it last, since the start.
    rebuilt_at: Option<DateTime<Utc>>,
    /// What is wrong with it.
    error: Option<String>,
}

/// How the documents of a type are.
#[derive(SimpleObject)]
pub(crate) struct SearchTypeStatus {
    /// What queries call it.
    name: String,
    /// What people read.
    title: String,
    /// How many documents there are.
    documents: i32,
    /// Whether all of them have been read once.
    complete: bool,
    /// Why what is found may not be what there is.
    error: Option<String>,
}

impl From<TypeStatus> for SearchTypeStatus {
    fn from(status: TypeStatus) -> Self {
        let TypeStatus { name, title, documents, is_complete, fault } = status;
        Self { name, title, documents: count(documents), complete: is_complete, error: fault }
    }
}

impl SearchIndexStatus {
    /// As the viewer may see it.
    pub async fn of(request: &SearchRequest) -> Result<Option<Self>> {
        let status = request.status().await?;
        #[expect(clippy::cast_precision_loss, reason = "nobody counts the last bytes of petabytes")]
        let bytes = |bytes: u64| bytes as f64;
        Ok(status.map(|status| Self {
            engine: request.engine(),
            documents: count(status.engine.documents.values().sum()),
            bytes: status.engine.bytes.map(bytes),
            types: status.types.into_iter().map(SearchTypeStatus::from).collect(),
            rebuilding: status.is_rebuilding,
            rebuilt_at: status.rebuilt_at,
            error: status.fault,
        }))
    }
}

fn count(documents: u64) -> i32 {
    i32::try_from(documents).unwrap_or(i32::MAX)
}
