//! The table of jobs. Statements are plain SQL that both databases read; where they differ, it is about row locks,
//! which SQLite needs none of: it has one writer at a time.

mod claim;
mod control;
mod enqueue;
mod finish;
mod leases;
mod records;

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait, Value,
};
use uuid::Uuid;

use super::JobsError;

pub(super) use claim::{Claimed, Share, claim, levels};
pub(super) use control::{cancel, prune, remove, retry};
pub(super) use enqueue::{Insert, insert, live_ids, trigger};
pub(super) use finish::{Verdict, finish, release};
pub(super) use leases::{Which, lapse, look, renew};
pub(super) use records::{by_keys, counts, end_of, get, list};

/// Rows or values of one statement.
pub(super) const PER_STATEMENT: usize = 500;
/// What is kept of an error or of progress, in characters.
const MAX_TEXT: usize = 4000;

/// What a run holds: the number of the run is what fences off an earlier one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lease {
    pub id: Uuid,
    pub run: i64,
    pub owner: Uuid,
}

impl Lease {
    fn values(self) -> [Value; 3] {
        [self.id.into(), self.run.into(), self.owner.into()]
    }
}

pub(super) fn statement(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

/// When a lease ends that begins now, as SQL with the value at `place`. On PostgreSQL it is the database's clock that
/// counts, as those of the replicas may differ by more than a lease.
fn lease_end(
    connection: &impl ConnectionTrait,
    place: usize,
    now: DateTime<Utc>,
    lease: std::time::Duration,
) -> (String, Value) {
    if connection.get_database_backend() == DbBackend::Postgres {
        let end = format!("statement_timestamp() + ${place}::double precision * interval '1 second'");
        (end, lease.as_secs_f64().into())
    } else {
        (format!("${place}"), later(now, lease).into())
    }
}

/// A lock clause where there are row locks.
fn lock(connection: &impl ConnectionTrait, clause: &'static str) -> &'static str {
    if connection.get_database_backend() == DbBackend::Postgres { clause } else { "" }
}

/// `$from, $from + 1, ...`.
fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// A transaction that may read before it writes.
pub(super) async fn begin(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    database.begin_with_options(options).await
}

/// Whether the run holds its job, and goes on to until the transaction ends.
///
/// On PostgreSQL a key-share lock lets the lease be renewed meanwhile, and keeps off whoever takes, cancels or removes
/// the job: they lock it for update. On SQLite the statement makes the transaction the one that writes.
pub(super) async fn holds(connection: &impl ConnectionTrait, lease: Lease) -> Result<bool, DbErr> {
    const HELD: &str =
        "id = $1 AND runs = $2 AND lease_owner = $3 AND state = 'running' AND NOT cancel_requested";
    if connection.get_database_backend() == DbBackend::Postgres {
        let select = format!("SELECT 1 FROM kit_jobs WHERE {HELD} FOR KEY SHARE");
        Ok(connection.query_one_raw(statement(connection, &select, lease.values())).await?.is_some())
    } else {
        let update = format!("UPDATE kit_jobs SET runs = runs WHERE {HELD}");
        Ok(connection.execute_raw(statement(connection, &update, lease.values())).await?.rows_affected() == 1)
    }
}

/// Writes something about a run beside it, and says whether it still held its job.
pub(super) async fn note(
    connection: &impl ConnectionTrait,
    lease: Lease,
    column: &'static str,
    text: String,
) -> Result<bool, DbErr> {
    let update = format!(
        "UPDATE kit_jobs SET {column} = $4
         WHERE id = $1 AND runs = $2 AND lease_owner = $3 AND state = 'running' AND NOT cancel_requested"
    );
    let values = lease.values().into_iter().chain([text.into()]);
    Ok(connection.execute_raw(statement(connection, &update, values)).await?.rows_affected() == 1)
}

/// As much of the text as is kept.
pub(super) fn kept_text(text: &str) -> String {
    // PostgreSQL keeps no zero characters.
    text.chars().filter(|character| *character != '\0').take(MAX_TEXT).collect()
}

fn json(id: Uuid, text: Option<String>) -> Result<Option<serde_json::Value>, JobsError> {
    let parse = |text: String| serde_json::from_str(&text).map_err(|_| JobsError::Corrupt(id.to_string()));
    text.map(parse).transpose()
}

/// The time so much later, a thousand years at most: both databases know years of four digits.
pub(super) fn later(now: DateTime<Utc>, by: std::time::Duration) -> DateTime<Utc> {
    let longest = chrono::Duration::days(365_000);
    now + chrono::Duration::from_std(by).unwrap_or(longest).min(longest)
}
