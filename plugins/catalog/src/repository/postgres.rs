use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{
        self,
        postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    },
};

use super::{CatalogRepository, changes::CHANNEL};
use crate::error::CatalogError;

impl CatalogRepository {
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

fn store_error(error: sqlx::Error) -> CatalogError {
    CatalogError::Store(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
