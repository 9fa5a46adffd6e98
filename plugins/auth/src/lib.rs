//! Who asks: turns the credentials of a request into a viewer, and tells the viewer about itself.

mod authenticator;
mod config;
mod graphql;
mod plugin;

pub use config::{AuthConfig, GuestConfig, StaticTokenConfig};
pub use plugin::AuthPlugin;
