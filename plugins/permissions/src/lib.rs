//! Who may do what: the roles of the config, the authorizer they make, and `viewerCan` on everything.

mod authorizer;
mod check;
mod condition;
mod config;
mod graphql;
mod plugin;

pub use config::{Effect, GrantConfig, PermissionConfig, RoleConfig};
pub use plugin::PermissionsPlugin;
