//! Who asks: signs people in, turns the credentials of a request into a viewer, and tells the viewer about itself.

mod access;
mod accounts;
mod authenticator;
mod command;
mod config;
mod cookies;
mod error;
mod external;
mod graphql;
mod housekeeping;
mod jwt;
mod limits;
mod outgoing;
mod people;
mod permissions;
mod plugin;
mod providers;
mod repository;
mod return_to;
mod routes;
mod secrets;
mod sessions;
mod settings;
mod sign_in;
mod signing;
mod tokens;

pub use config::*;
pub use plugin::AuthPlugin;
