//! Queries, and nothing else: the one place that sees the database.

mod changes;
mod documents;
mod entities;
mod listing;
mod locations;
mod parents;
mod postgres;
mod recent;
mod refused;
mod sources;
mod stars;
mod webhooks;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend,
    sea_query::{Expr, ExprTrait, Query},
};
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

use crate::error::CatalogError;

pub use documents::{DocumentRow, EntityWrite, Removal, WriteTransaction};
pub use entities::DeclaringEntity;
pub use listing::LocationFilter;
pub use locations::{LocationOwner, LocationRow};
pub use parents::ParentRow;
pub use recent::Written;
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

/// Forgets the rows of a table with these ids.
async fn delete_rows(
    connection: &impl ConnectionTrait,
    table: &'static str,
    column: &'static str,
    ids: &[Uuid],
) -> Result<(), CatalogError> {
    for chunk in ids.chunks(ROWS_PER_STATEMENT) {
        let delete = Query::delete()
            .from_table(table)
            .and_where(Expr::col(column).is_in(chunk.iter().copied()))
            .to_owned();
        connection.execute(&delete).await?;
    }
    Ok(())
}
