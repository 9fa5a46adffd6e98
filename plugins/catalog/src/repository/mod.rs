//! Queries, and nothing else: the one place that sees the database.

mod changes;
mod documents;
mod entities;
mod listing;
mod locations;
mod parents;
mod postgres;
mod refused;
mod sources;
mod stars;
mod webhooks;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{DatabaseConnection, DbBackend};
use tokio::sync::{Mutex, OwnedMutexGuard};

pub use documents::{DocumentRow, EntityWrite, Removal, WriteTransaction};
pub use entities::DeclaringEntity;
pub use listing::LocationFilter;
pub use locations::{LocationOwner, LocationRow};
pub use parents::ParentRow;
pub use refused::{LostClaim, RefusalKind, RefusedFilter};
pub use sources::SourceRow;

/// The catalog's tables.
#[derive(Clone, Debug)]
pub struct CatalogRepository {
    database: DatabaseConnection,
    queries: Arc<AtomicU64>,
    /// Whose turn it is to write: SQLite has one writer, and waiting here is fair and free.
    writing: Arc<Mutex<()>>,
}

/// Rows of one statement, so that every engine's limit of variables is kept.
const ROWS_PER_STATEMENT: usize = 500;

impl CatalogRepository {
    /// The tables behind a connection, which is migrated.
    pub fn new(database: DatabaseConnection) -> Self {
        Self { database, queries: Arc::default(), writing: Arc::default() }
    }

    /// How many statements read for requests so far; tests count by it.
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.database.get_database_backend() == DbBackend::Postgres
    }

    /// The connection, for reads outside a transaction.
    pub(crate) const fn database(&self) -> &DatabaseConnection {
        &self.database
    }

    async fn turn(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.writing).lock_owned().await
    }

    fn count_query(&self) {
        self.queries.fetch_add(1, Ordering::Relaxed);
    }
}
