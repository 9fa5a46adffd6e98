//! The part of the graph that is about search. Resolvers parse, call the service and wrap.

mod connection;
mod index;
mod query;
mod result;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription};
use callboard_kit::{InProcessSubgraph, Subgraph, SubgraphSchema, federation_sdl, subgraph_schema};

use crate::service::{SearchRequest, SearchService};

type SearchSchema = SubgraphSchema<query::Query, index::Mutation, EmptySubscription>;

fn schema() -> SearchSchema {
    subgraph_schema(query::Query, index::Mutation, EmptySubscription).finish()
}

/// The SDL of the subgraph.
pub(crate) fn sdl() -> String {
    federation_sdl(&schema())
}

/// The subgraph over the search.
pub(crate) fn subgraph(service: Arc<SearchService>) -> Subgraph {
    let schema = schema();
    let sdl = federation_sdl(&schema);
    let schema = InProcessSubgraph::new(schema).with_request_data(move |context, request| {
        request.data(service.request(Arc::clone(&context.viewer)))
    });
    Subgraph::in_process("search", sdl, schema)
}

/// The search as the viewer of this request sees it.
fn search<'a>(ctx: &Context<'a>) -> &'a SearchRequest {
    ctx.data_unchecked::<SearchRequest>()
}
