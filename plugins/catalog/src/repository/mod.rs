//! Queries, and nothing else: the one place that sees the database.

mod changes;
mod documents;
mod entities;
mod postgres;
mod sources;
mod stars;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{DatabaseConnection, DbBackend};

pub use documents::{DocumentRow, EntityWrite, Removal};
pub use entities::{Declared, StoredEntity, StoredRelation};
pub use sources::SourceRow;

/// The catalog's tables.
#[derive(Clone, Debug)]
pub struct CatalogRepository {
    database: DatabaseConnection,
    queries: Arc<AtomicU64>,
}

/// Rows of one statement, so that every engine's limit of variables is kept.
const ROWS_PER_STATEMENT: usize = 500;

impl CatalogRepository {
    /// The tables behind a connection, which is migrated.
    pub fn new(database: DatabaseConnection) -> Self {
        Self { database, queries: Arc::default() }
    }

    /// How many statements read for requests so far; tests count by it.
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.database.get_database_backend() == DbBackend::Postgres
    }

    fn count_query(&self) {
        self.queries.fetch_add(1, Ordering::Relaxed);
    }
}
