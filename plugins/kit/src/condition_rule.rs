use serde_json::Value;

use crate::EntityFilter;

/// A rule that conditions are made of: with parameters it selects resources of one type.
#[derive(Clone, Copy)]
pub struct ConditionRule {
    /// Its name, e.g. `IS_ENTITY_OWNER`.
    pub name: &'static str,
    /// What it selects, one sentence.
    pub description: &'static str,
    /// The resource type that it is for, e.g. `catalog-entity`.
    pub resource_type: &'static str,
    /// The JSON Schema of its parameters: an object.
    pub params: fn() -> Value,
    /// The resources that it selects with parameters that fit the schema; the error says what to write.
    pub compile: fn(&Value) -> Result<EntityFilter, String>,
}

impl std::fmt::Debug for ConditionRule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ConditionRule")
            .field("name", &self.name)
            .field("resource_type", &self.resource_type)
            .finish_non_exhaustive()
    }
}
