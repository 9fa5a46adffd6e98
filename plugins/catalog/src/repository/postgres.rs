use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{
        self, Connection, PgConnection,
        postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    },
};

use super::{CatalogRepository, changes::CHANNEL};
use crate::error::CatalogError;

/// The right of this process to read the locations: no other process that shares the database has it.
///
/// It lives on a connection of its own, beside the pool: whoever holds it goes on to ask the pool for connections, and
/// would wait for itself in a pool of one.
#[derive(Debug)]
pub struct IngestionLock(Option<PgConnection>);

impl CatalogRepository {
    /// Waits until no other process that shares the database reads the locations.
    pub async fn lock_ingestion(&self) -> Result<IngestionLock, CatalogError> {
        let Some(options) = self.connect_options() else { return Ok(IngestionLock(None)) };
        let lock = async {
            let mut connection = PgConnection::connect_with(&options).await?;
            sqlx::query("SELECT pg_advisory_lock(hashtext('callboard_catalog_ingestion'))")
                .execute(&mut connection)
                .await?;
            Ok::<_, sqlx::Error>(connection)
        };
        Ok(IngestionLock(Some(lock.await.map_err(store_error)?)))
    }

    /// Hears of what other processes write to the same PostgreSQL, on a connection of its own; `None` elsewhere.
    pub async fn listen(&self) -> Result<Option<PgListener>, CatalogError> {
        let Some(options) = self.connect_options() else { return Ok(None) };
        let listen = async {
            let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
            let mut listener = PgListener::connect_with(&pool).await?;
            listener.listen(CHANNEL).await?;
            Ok::<_, sqlx::Error>(listener)
        };
        listen.await.map(Some).map_err(store_error)
    }

    /// How the pool connects; `None` where the database is not PostgreSQL.
    fn connect_options(&self) -> Option<PgConnectOptions> {
        self.is_postgres().then(|| (*self.database.get_postgres_connection_pool().connect_options()).clone())
    }
}

impl IngestionLock {
    /// Lets others read. Dropping it does the same as soon as the server notices.
    pub async fn release(self) {
        if let Some(connection) = self.0
            && let Err(error) = connection.close().await
        {
            tracing::debug!(%error, "the connection of the lock did not close cleanly");
        }
    }
}

fn store_error(error: sqlx::Error) -> CatalogError {
    CatalogError::Store(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
