//! The federation: composes subgraphs, plans operations and executes them.

mod cache;
mod compose;
mod execute;
mod gateway;
mod guard;
mod handle;
mod http_subgraph;
mod introspect;
mod node;
mod operation;
mod options;
mod persisted;
mod plan;
mod prepare;
mod schema_index;

pub use cache::CacheStats;
pub use compose::{Composed, CompositionError, CompositionErrors, SubgraphSdl, compose_sdl};
pub use gateway::Gateway;
pub use handle::GatewayHandle;
pub use http_subgraph::{HeadersOf, HttpSubgraph, HttpSubgraphError, HttpSubgraphOptions};
pub use options::{GatewayOptions, Limits};
