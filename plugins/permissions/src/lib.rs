//! Who may do what: roles of the config and of the database, the decisions that follow from them, and why.

mod book;
mod check;
mod condition;
mod config;
mod graphql;
mod model;
mod permissions;
mod plugin;
mod repository;
mod rules;
mod selection;
mod service;
mod weights;

pub use condition::Condition;
pub use config::{Effect, GrantConfig, PermissionConfig, RoleConfig};
pub use plugin::PermissionsPlugin;

/// Rules as the catalog and this plugin have them.
#[cfg(test)]
fn test_rules() -> rules::RuleSet {
    use callboard_kit::{ConditionRule, EntityFilter};
    use serde_json::json;
    let owner = ConditionRule {
        name: "IS_ENTITY_OWNER",
        description: "",
        resource_type: "catalog-entity",
        params: || {
            json!({
                "type": "object",
                "properties": { "claims": { "type": "array", "items": { "type": "string" } } },
                "required": ["claims"],
                "additionalProperties": false,
            })
        },
        compile: |params| {
            let claims = params["claims"].as_array().ok_or("no claims")?;
            let owner =
                claims.iter().filter_map(|claim| claim.as_str()?.to_owned().try_into().ok()).collect();
            Ok(EntityFilter { owner: Some(owner), ..EntityFilter::default() })
        },
    };
    rules::RuleSet::new(&[owner, rules::RULES[0]])
}
