//! The catalog's part of the graph. Resolvers parse, call the service and wrap.

mod ancestry;
mod api;
mod connection;
mod declared;
mod fields;
mod group;
mod interface;
mod kinds;
mod lookup;
mod mutation;
mod query;
mod relation;
mod relations_of_kind;
mod template;
mod unprocessed;
mod validation;
mod values;
mod viewer;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, MergedObject};
use callboard_kit::{InProcessSubgraph, Subgraph, SubgraphSchema, subgraph_schema};

use crate::service::{CatalogRequest, CatalogService};

/// What can be asked.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
struct Query(query::CatalogQuery, lookup::EntityLookup);

type CatalogSchema = SubgraphSchema<Query, mutation::Mutation, EmptySubscription>;

fn schema() -> CatalogSchema {
    subgraph_schema(Query::default(), mutation::Mutation, EmptySubscription).finish()
}

/// The SDL of the subgraph.
pub fn sdl() -> String {
    sdl_of(&schema())
}

fn sdl_of(schema: &CatalogSchema) -> String {
    callboard_kit::federation_sdl(schema) + interface::NODE_SDL
}

/// The subgraph over a catalog.
pub fn subgraph(service: Arc<CatalogService>) -> Subgraph {
    let schema = schema();
    let sdl = sdl_of(&schema);
    let schema = InProcessSubgraph::new(schema).with_request_data(move |context, request| {
        request.data(service.request(Arc::clone(&context.viewer)))
    });
    Subgraph::in_process("catalog", sdl, schema)
}

/// The catalog as the viewer of this request sees it.
fn catalog<'a>(ctx: &Context<'a>) -> &'a CatalogRequest {
    ctx.data_unchecked::<CatalogRequest>()
}
