//! The software catalog: ingestion, storage, the entity index and its subgraph.
