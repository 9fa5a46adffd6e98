//! Services of third parties for front ends: named routes to them, with credentials that stay on the server.

mod answer;
mod config;
mod endpoint;
mod headers;
mod path;
mod permissions;
mod plugin;
mod redirect;
mod refusal;
mod rewrite;
mod routes;
mod send;

pub use plugin::ProxyPlugin;
