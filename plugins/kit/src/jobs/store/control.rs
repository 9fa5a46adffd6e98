use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{PER_STATEMENT, lock, places, statement};

/// What is removed at once when it is old.
const PRUNED_AT_ONCE: usize = 5000;

/// Cancels a live job: one that waits ends now, one that runs is told to. Gives whether there was one, and whether it
/// runs. No transaction that a run has fenced is under way when this returns.
pub(in crate::jobs) async fn cancel(
    connection: &impl ConnectionTrait,
    condition: &str,
    values: Vec<sea_orm::Value>,
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, bool)>, DbErr> {
    let at = values.len() + 1;
    let sql = format!(
        "WITH picked AS (
            SELECT id FROM kit_jobs WHERE {condition} AND state IN ('ready', 'running') {}
         )
         UPDATE kit_jobs SET
            cancel_requested = true,
            state = CASE WHEN state = 'ready' THEN 'cancelled' ELSE state END,
            ended_at = CASE WHEN state = 'ready' THEN ${at} ELSE NULL END,
            secrets = CASE WHEN state = 'ready' THEN NULL ELSE secrets END
         WHERE id IN (SELECT id FROM picked) AND state IN ('ready', 'running')
         RETURNING id, state",
        lock(connection, "ORDER BY id FOR UPDATE")
    );
    let values = values.into_iter().chain([now.into()]);
    let rows = connection.query_all_raw(statement(connection, &sql, values)).await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get_by_index(1)?;
            Ok((row.try_get_by_index(0)?, state == "running"))
        })
        .collect()
}

/// Cancels those with these keys that run, forgets all others with these keys, and says how many live ones there were
/// and whether any runs.
pub(in crate::jobs) async fn remove(
    connection: &impl ConnectionTrait,
    queue: &str,
    keys: &[&str],
    now: DateTime<Utc>,
) -> Result<(usize, bool), DbErr> {
    let (mut live, mut running) = (0, false);
    for chunk in keys.chunks(PER_STATEMENT) {
        let condition = format!("queue = $1 AND unique_key IN ({})", places(2, chunk.len()));
        let values: Vec<sea_orm::Value> =
            std::iter::once(queue.into()).chain(chunk.iter().map(|key| (*key).into())).collect();
        let cancelled = cancel(connection, &condition, values.clone(), now).await?;
        live += cancelled.len();
        running |= cancelled.iter().any(|(_, runs)| *runs);
        let delete = format!("DELETE FROM kit_jobs WHERE {condition} AND state NOT IN ('ready', 'running')");
        connection.execute_raw(statement(connection, &delete, values)).await?;
    }
    Ok((live, running))
}

/// Makes a dead job ready again, unless it had secrets, and says whether there was one.
pub(in crate::jobs) async fn retry(
    connection: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<String>, DbErr> {
    const SQL: &str = "
        UPDATE kit_jobs SET state = 'ready', run_at = $2, failures = 0, losses = 0, ended_at = NULL,
            cancel_requested = false
        WHERE id = $1 AND state = 'dead' AND NOT had_secrets RETURNING queue";
    let row = connection.query_one_raw(statement(connection, SQL, [id.into(), now.into()])).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// Forgets a part of what ended before `limit`, and says how much that was and whether there may be more.
pub(in crate::jobs) async fn prune(
    connection: &impl ConnectionTrait,
    limit: DateTime<Utc>,
) -> Result<(u64, bool), DbErr> {
    let sql = format!(
        "DELETE FROM kit_jobs WHERE id IN (
            SELECT id FROM kit_jobs WHERE ended_at < $1 ORDER BY ended_at LIMIT {PRUNED_AT_ONCE} {}
         )",
        lock(connection, "FOR UPDATE SKIP LOCKED")
    );
    let gone = connection.execute_raw(statement(connection, &sql, [limit.into()])).await?.rows_affected();
    Ok((gone, gone >= PRUNED_AT_ONCE as u64))
}
