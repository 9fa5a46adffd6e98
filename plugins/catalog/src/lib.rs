//! The software catalog: ingestion, storage, the entity index and its subgraph.

mod command;
mod config;
mod entity;
mod error;
mod graphql;
pub mod index;
mod ingest;
mod permissions;
mod plugin;
mod replica;
mod repository;
mod rules;
mod service;

/// The type name inside the global ids of entities.
const ENTITY_TYPE: &str = "Entity";

pub use config::{CatalogConfig, LocationConfig, LocationType, OrphanStrategy};
pub use error::CatalogError;
pub use graphql::subgraph;
pub use ingest::{Ingestion, IngestionReport};
pub use plugin::CatalogPlugin;
pub use repository::CatalogRepository;
pub use service::CatalogService;
