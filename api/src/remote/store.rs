use callboard_kit::Clock;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};

/// The last schema that each remote plugin told and that composed.
pub(crate) struct SdlStore {
    database: DatabaseConnection,
    clock: Clock,
}

impl SdlStore {
    pub(crate) const fn new(database: DatabaseConnection, clock: Clock) -> Self {
        Self { database, clock }
    }

    pub(crate) async fn last_known(&self, id: &str) -> Result<Option<String>, DbErr> {
        let statement = self.statement("SELECT sdl FROM gateway_remote_sdl WHERE id = $1", [id.into()]);
        let row = self.database.query_one_raw(statement).await?;
        row.map(|row| row.try_get("", "sdl")).transpose()
    }

    pub(super) async fn remember(&self, id: &str, sdl: &str) -> Result<(), DbErr> {
        if self.last_known(id).await?.as_deref() == Some(sdl) {
            return Ok(());
        }
        let values = [id.into(), sdl.into(), self.clock.now().into()];
        // Another replica may have met the same schema at the same moment.
        let insert = "INSERT INTO gateway_remote_sdl (id, sdl, fetched_at) VALUES ($1, $2, $3) \
                      ON CONFLICT (id) DO UPDATE SET sdl = excluded.sdl, fetched_at = excluded.fetched_at";
        self.database.execute_raw(self.statement(insert, values)).await.map(|_| ())
    }

    fn statement(&self, sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.database.get_database_backend(), sql, values)
    }
}
