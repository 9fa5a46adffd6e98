//! The software catalog: ingestion, storage, the entity index and its subgraph.

mod analysis;
mod command;
mod config;
mod entity;
mod error;
mod graphql;
pub mod index;
mod ingest;
mod permissions;
mod plugin;
mod providing;
mod refresh;
mod replica;
mod repository;
mod rules;
mod searchable;
mod service;
mod webhook;

/// The type name inside the global ids of entities.
const ENTITY_TYPE: &str = "Entity";

pub use config::{CatalogConfig, LocationConfig, LocationType, OrphanStrategy, ProcessingInterval};
pub use error::CatalogError;
pub use graphql::subgraph;
pub use ingest::{Ingestion, IngestionHealth, IngestionReport};
pub use plugin::CatalogPlugin;
pub use refresh::Refresher;
pub use repository::CatalogRepository;
pub use service::CatalogService;
