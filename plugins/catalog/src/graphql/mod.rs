//! The catalog's part of the graph. Resolvers parse, call the service and wrap.

mod analysis;
mod ancestry;
mod api;
mod connection;
mod declared;
mod fields;
mod graph;
mod group;
mod ingestion;
mod interface;
mod kinds;
mod location;
mod location_acts;
mod lookup;
mod mutation;
mod provider;
mod query;
mod recent;
mod relation;
mod relations_of_kind;
mod subscription;
mod template;
mod unprocessed;
mod validation;
mod values;
mod viewer;
mod whole;

use std::sync::Arc;

use arc_swap::ArcSwap;
use async_graphql::{Context, MergedObject};
use callboard_kit::{InProcessSubgraph, Subgraph, SubgraphSchema, subgraph_schema};

use crate::service::{CatalogRequest, CatalogService};

/// What can be asked.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
struct Query(
    query::CatalogQuery,
    graph::GraphQuery,
    provider::ProviderQuery,
    analysis::AnalysisQuery,
    lookup::EntityLookup,
);

/// What can be changed.
#[derive(Default, MergedObject)]
#[graphql(name = "Mutation")]
struct Mutation(mutation::EntityMutation, location_acts::LocationMutation, provider::ProviderMutation);

type CatalogSchema = SubgraphSchema<Query, Mutation, subscription::CatalogSubscription>;

fn schema() -> CatalogSchema {
    subgraph_schema(Query::default(), Mutation::default(), subscription::CatalogSubscription).finish()
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
    let whole = Arc::clone(&service);
    let schema = InProcessSubgraph::new(schema).with_request_data(move |context, request| {
        request.data(Arc::new(Current::from_pointee(service.request(Arc::clone(&context.viewer)))))
    });
    let answers = whole::WholeAnswers { service: whole, schema };
    Subgraph { id: "catalog".to_owned(), sdl, url: None, timeout: None, service: Arc::new(answers) }
}

/// The catalog as the viewer of this request sees it; of a subscription, as they see it with the latest change.
type Current = ArcSwap<CatalogRequest>;

fn catalog(ctx: &Context<'_>) -> Arc<CatalogRequest> {
    ctx.data_unchecked::<Arc<Current>>().load_full()
}
