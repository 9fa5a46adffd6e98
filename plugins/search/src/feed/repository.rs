use callboard_kit::{EntityRef, Problem, SearchDocument};
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Order, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sea_query::{Expr, ExprTrait, Query},
    sqlx::{
        self,
        postgres::{PgListener, PgPoolOptions},
    },
};
use serde::{Deserialize, Serialize};

const TABLE: &str = "search_changes";
/// The channel on which PostgreSQL tells replicas that the log has grown.
const CHANNEL: &str = "callboard_search_changes";

/// A change that a plugin told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Change {
    /// A document is as it is here.
    Put(Box<SearchDocument>),
    /// The document with this id is gone.
    Delete(String),
    /// All of the entity are gone.
    DeleteOf(EntityRef),
}

/// A change and its place in the log.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub sequence: i64,
    pub change: Change,
}

/// The log of changes that plugins told, in the database.
#[derive(Clone, Debug)]
pub(crate) struct ChangeRepository(DatabaseConnection);

impl ChangeRepository {
    /// The log behind a connection, which is migrated.
    pub const fn new(database: DatabaseConnection) -> Self {
        Self(database)
    }

    fn is_postgres(&self) -> bool {
        self.0.get_database_backend() == DbBackend::Postgres
    }

    /// Adds changes of one type, all or none.
    pub async fn add(&self, type_: &str, changes: &[Change], now: DateTime<Utc>) -> Result<(), Problem> {
        let payloads = changes.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
        let payloads = payloads.map_err(Problem::internal)?;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.0.begin_with_options(options).await?;
        if self.is_postgres() {
            // What is committed later must not have an earlier place: whoever follows would pass it over.
            let lock = "SELECT pg_advisory_xact_lock(hashtext('callboard_search_changes'))";
            transaction.execute_unprepared(lock).await?;
        }
        for chunk in payloads.chunks(100) {
            let mut insert = Query::insert();
            insert.into_table(TABLE).columns(["type", "payload", "created_at"]);
            for payload in chunk {
                insert.values_panic([type_.into(), payload.clone().into(), now.into()]);
            }
            transaction.execute(&insert).await?;
        }
        if self.is_postgres() {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The oldest and the newest place; `None` while the log is empty.
    pub async fn bounds(&self) -> Result<Option<(i64, i64)>, Problem> {
        let end = |end: Expr| Query::select().expr(end).from(TABLE).to_owned();
        let select = Query::select()
            .expr(end(Expr::col("sequence").min()))
            .expr(end(Expr::col("sequence").max()))
            .to_owned();
        let Some(row) = self.0.query_one(&select).await? else { return Ok(None) };
        let oldest: Option<i64> = row.try_get_by_index(0)?;
        let newest: Option<i64> = row.try_get_by_index(1)?;
        Ok(oldest.zip(newest))
    }

    /// Up to `limit` changes of a type after a place, in order.
    pub(super) async fn after(&self, type_: &str, place: i64, limit: u64) -> Result<Vec<Entry>, Problem> {
        let select = Query::select()
            .columns(["sequence", "payload"])
            .from(TABLE)
            .and_where(Expr::col("type").eq(type_))
            .and_where(Expr::col("sequence").gt(place))
            .order_by("sequence", Order::Asc)
            .limit(limit)
            .to_owned();
        let rows = self.0.query_all(&select).await?;
        rows.iter()
            .map(|row| {
                let payload: String = row.try_get_by_index(1)?;
                let change = serde_json::from_str(&payload).map_err(Problem::internal)?;
                Ok(Entry { sequence: row.try_get_by_index(0)?, change })
            })
            .collect()
    }

    /// Forgets what is older, but for the newest: its place says where the log is.
    pub async fn prune(&self, before: DateTime<Utc>) -> Result<(), Problem> {
        let Some((_, newest)) = self.bounds().await? else { return Ok(()) };
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("created_at").lt(before))
            .and_where(Expr::col("sequence").lt(newest))
            .to_owned();
        self.0.execute(&delete).await?;
        Ok(())
    }

    /// Hears of what other processes add to the same PostgreSQL; `None` elsewhere.
    pub async fn listen(&self) -> Result<Option<PgListener>, Problem> {
        if !self.is_postgres() {
            return Ok(None);
        }
        let options = (*self.0.get_postgres_connection_pool().connect_options()).clone();
        let listen = async {
            let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
            let mut listener = PgListener::connect_with(&pool).await?;
            listener.listen(CHANNEL).await?;
            Ok::<_, sqlx::Error>(listener)
        };
        let listener = listen.await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
        Ok(Some(listener))
    }
}
