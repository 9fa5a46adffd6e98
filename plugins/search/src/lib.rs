//! One search over entities, documentation and whatever else plugins give: an index of this process, fed from the
//! database, asked with what the viewer may see.

mod analysis;
mod config;
mod embedded;
mod engine;
mod excerpt;
mod feed;
mod graphql;
#[cfg(test)]
mod measured;
mod meilisearch;
mod permissions;
mod plugin;
mod query;
#[cfg(test)]
mod relevance;
mod service;

pub use plugin::SearchPlugin;
