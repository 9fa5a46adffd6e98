//! The part of the graph that is about roles and what may be done. Resolvers parse, call the service and wrap.

mod access;
mod explanation;
mod grant;
mod input;
mod mutation;
mod query;
mod role;
mod simulation;
mod transfer;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, MergedObject};
use callboard_kit::{InProcessSubgraph, Subgraph, SubgraphSchema, federation_sdl, subgraph_schema};

use crate::service::{PermissionRequest, PermissionService};

/// What can be asked.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
struct Query(query::RoleQuery, access::AccessQuery);

type PermissionsSchema = SubgraphSchema<Query, mutation::Mutation, EmptySubscription>;

fn schema() -> PermissionsSchema {
    subgraph_schema(Query::default(), mutation::Mutation, EmptySubscription).finish()
}

/// The SDL of the subgraph.
pub(crate) fn sdl() -> String {
    federation_sdl(&schema())
}

/// The subgraph over roles.
pub(crate) fn subgraph(service: Arc<PermissionService>) -> Subgraph {
    let schema = schema();
    let sdl = federation_sdl(&schema);
    let schema = InProcessSubgraph::new(schema)
        .with_request_data(move |context, request| request.data(service.request(context.clone())));
    Subgraph::in_process("permissions", sdl, schema)
}

/// The roles as the viewer of this request sees them.
fn permissions<'a>(ctx: &Context<'a>) -> &'a PermissionRequest {
    ctx.data_unchecked::<PermissionRequest>()
}
