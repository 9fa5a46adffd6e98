use std::time::Duration;

use callboard_kit::HumanDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How operations are planned, bounded and answered.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct GatewayOptions {
    /// Whether `node(id)` and `nodes(ids)` are offered over the types that implement `Node`.
    pub node_lookup: bool,
    /// Whether clients may read the schema through `__schema` and `__type`.
    pub introspection: bool,
    /// What an operation may cost at most.
    pub limits: Limits,
    /// How long an operation may take; parts that are late are null with an error.
    pub operation_timeout: HumanDuration,
    /// How long one fetch from a part of the graph may take.
    pub subgraph_timeout: HumanDuration,
    /// How many plans of operations are kept.
    pub plan_cache_entries: usize,
    /// How much memory plans of operations may take together, in bytes.
    pub plan_cache_bytes: usize,
    /// Whether clients read `internal error` in place of what went wrong inside.
    pub mask_internal_errors: bool,
}

/// What an operation may cost at most.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Limits {
    /// Levels of nested fields.
    pub depth: usize,
    /// Fields with an alias, fragments counted wherever they are used.
    pub aliases: usize,
    /// Fields of the operation's root.
    pub root_fields: usize,
    /// Fields in all, fragments counted wherever they are used.
    pub fields: usize,
    /// Fields in all, those below a field with `first` or `last` counted as often as that says.
    pub complexity: u64,
    /// Words and signs of the document.
    pub tokens: usize,
}

impl Default for GatewayOptions {
    fn default() -> Self {
        Self {
            node_lookup: true,
            introspection: true,
            limits: Limits::default(),
            operation_timeout: HumanDuration::from_secs(30),
            subgraph_timeout: HumanDuration::from_secs(10),
            plan_cache_entries: 1_000,
            plan_cache_bytes: 64 * 1024 * 1024,
            mask_internal_errors: true,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 20, aliases: 200, root_fields: 50, fields: 3_000, complexity: 500_000, tokens: 15_000 }
    }
}

impl GatewayOptions {
    pub(crate) const fn planning_timeout(&self) -> Duration {
        self.operation_timeout.0
    }
}
