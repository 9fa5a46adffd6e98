use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The search over entities, documentation and whatever else plugins give.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SearchConfig {}
