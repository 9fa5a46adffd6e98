//! The catalog from the files to the graph, on both databases.

mod corpus;
mod graph;
mod harness;
mod hostile;
mod index_laws;
mod ingestion;
mod migrations;
mod permissions;
mod schema;
