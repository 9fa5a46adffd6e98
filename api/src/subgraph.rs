//! The portal's own small subgraph.

use std::sync::Arc;

use async_graphql::{Context, EmptyMutation, EmptySubscription, Enum, Object, SimpleObject};
use callboard_kit::{
    Health, InProcessSubgraph, Subgraph, SubgraphSchema, ViewerContext, federation_sdl, subgraph_schema,
};
use futures::future::join_all;

use crate::portal::{PluginState, PluginStates};

/// Its id in the composition.
pub(crate) const ID: &str = "portal";

type PortalSchema = SubgraphSchema<Query, EmptyMutation, EmptySubscription>;

fn schema(states: Arc<PluginStates>) -> PortalSchema {
    subgraph_schema(Query, EmptyMutation, EmptySubscription).data(states).finish()
}

pub(crate) fn sdl() -> String {
    federation_sdl(&schema(Arc::default()))
}

pub(crate) fn portal(states: Arc<PluginStates>) -> Subgraph {
    Subgraph::in_process(ID, sdl(), InProcessSubgraph::new(schema(states)))
}

/// The roots of the portal itself.
struct Query;

#[Object]
impl Query {
    /// The plugins this portal is made of; null without credentials.
    async fn plugins(&self, ctx: &Context<'_>) -> Option<Vec<Plugin>> {
        if !ctx.viewer().is_authenticated() {
            return None;
        }
        let states = ctx.data_opt::<Arc<PluginStates>>()?.all();
        Some(join_all(states.into_iter().map(Plugin::of)).await)
    }
}

/// One plugin of the portal.
#[derive(SimpleObject)]
struct Plugin {
    /// Its id, also the name of its subgraph.
    id: String,
    /// What people call it.
    title: String,
    /// Its version; null for a remote plugin.
    version: Option<&'static str>,
    /// Whether it runs inside the portal.
    location: PluginLocation,
    /// How it is.
    health: PluginHealth,
    /// What is wrong with it; null where nothing is.
    health_message: Option<String>,
}

impl Plugin {
    async fn of(state: PluginState) -> Self {
        let health = state.health().await;
        Self {
            version: (!state.remote).then_some(env!("CARGO_PKG_VERSION")),
            location: if state.remote { PluginLocation::Remote } else { PluginLocation::InProcess },
            health: PluginHealth::from(&health),
            health_message: health.trouble().map(str::to_owned),
            id: state.id,
            title: state.title,
        }
    }
}

/// Where a plugin runs.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum PluginLocation {
    /// Inside the portal's process.
    InProcess,
    /// In a process of its own, reached over HTTP.
    Remote,
}

/// How a plugin is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum PluginHealth {
    /// Nothing is wrong.
    Ok,
    /// It answers, but a part of its work fails.
    Degraded,
    /// It does not answer.
    Unavailable,
}

impl From<&Health> for PluginHealth {
    fn from(health: &Health) -> Self {
        match health {
            Health::Ok => Self::Ok,
            Health::Degraded(_) => Self::Degraded,
            Health::Unavailable(_) => Self::Unavailable,
        }
    }
}
