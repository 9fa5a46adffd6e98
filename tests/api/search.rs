//! One search over everything, each person only what they may see.

mod fed;
mod feeding;
mod language;
mod meilisearch;
mod permissions;
mod rebuilding;
mod world;
