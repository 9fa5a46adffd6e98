//! The auth plugin's part of the graph. Resolvers parse, call a service and wrap.

mod account;
mod mutation;
mod query;
mod session;
mod sign_in_options;
mod token;
mod viewer;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, ID, Interface};
use callboard_kit::{GlobalId, Services, SubgraphSchema, ViewerContext, federation_sdl, subgraph_schema};

use self::{mutation::Mutation, query::Query, session::Session, token::AccessToken};
use crate::{
    access::AccessRules, accounts::AccountService, providers::Providers, sessions::SessionService,
    settings::SettingService, tokens::TokenService,
};

pub(crate) type AuthSchema = SubgraphSchema<Query, Mutation, EmptySubscription>;

/// What resolvers call.
pub(crate) struct Graph {
    pub services: Services,
    pub providers: Arc<Providers>,
    pub sessions: Arc<SessionService>,
    pub tokens: Arc<TokenService>,
    pub accounts: Arc<AccountService>,
    pub settings: SettingService,
    pub guest: bool,
}

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID", desc = "Opaque, unique in the whole graph, stable over time."))]
enum Node {
    Session(Box<Session>),
    AccessToken(Box<AccessToken>),
}

pub(crate) fn schema(graph: Option<Graph>) -> AuthSchema {
    let builder = subgraph_schema(Query, Mutation, EmptySubscription).register_output_type::<Node>();
    match graph {
        Some(graph) => builder.data(graph).finish(),
        None => builder.finish(),
    }
}

pub(crate) fn sdl() -> String {
    federation_sdl(&schema(None))
}

fn graph<'a>(ctx: &Context<'a>) -> &'a Graph {
    ctx.data_unchecked::<Graph>()
}

fn rules(ctx: &Context<'_>) -> AccessRules {
    AccessRules::new(graph(ctx).services.clone(), ctx.request().clone())
}

/// The key in an id of a type; an empty one, which nothing has, in any other text.
fn key_of(id: &ID, type_name: &str) -> String {
    GlobalId::decode(id).filter(|id| id.type_name == type_name).map(|id| id.key).unwrap_or_default()
}

fn id_of(type_name: &str, key: &str) -> ID {
    ID(GlobalId::new(type_name, key).to_string())
}
