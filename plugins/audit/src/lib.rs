//! What was done, by whom: events that are written once, read by filters and exported as JSON lines.

mod budget;
mod config;
mod export;
mod fit;
mod graphql;
mod model;
mod plugin;
mod repository;
mod service;

pub use config::AuditConfig;
pub use plugin::AuditPlugin;
