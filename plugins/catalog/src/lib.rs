//! The software catalog: ingestion, storage, the entity index and its subgraph.

mod entity;
mod error;
mod graphql;
pub mod index;
mod permissions;
mod repository;
mod service;

/// The type name inside the global ids of entities.
const ENTITY_TYPE: &str = "Entity";

pub use graphql::{sdl, subgraph};
pub use repository::CatalogRepository;
pub use service::CatalogService;
