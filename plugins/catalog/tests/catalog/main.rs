//! The catalog from the files to the graph, on both databases.

#![expect(clippy::unwrap_used, clippy::format_collect, reason = "a helper that cannot go on ends its test")]

mod corpus;
mod graph;
mod graph_laws;
mod harness;
mod hostile;
mod index_laws;
mod ingestion;
mod locations;
mod migrations;
mod moment;
mod orphans;
mod permissions;
mod replicas;
mod schema;
