use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;
use tokio::time::Instant;
use uuid::Uuid;

use super::{Lease, json, lease_end, lock, places, statement};
use crate::jobs::JobsError;

/// What a process takes jobs from.
#[derive(Clone, Copy, Debug)]
pub(in crate::jobs) struct Share<'a> {
    pub queue: &'a str,
    /// Only jobs with these keys; any where there is none.
    pub keys: Option<&'a [String]>,
}

/// A job that a run has just got.
#[derive(Debug)]
pub(in crate::jobs) struct Claimed {
    pub lease: Lease,
    /// When the lease began.
    pub since: Instant,
    pub key: Option<String>,
    pub payload: Value,
    /// Whether what is stored cannot be read.
    pub is_corrupt: bool,
    /// Still sealed.
    pub secrets: Option<String>,
    pub checkpoint: Option<Value>,
    pub failures: i32,
    pub max_attempts: i32,
    pub recurring: bool,
    /// The last run that ended before.
    pub ended_run: i64,
    pub created_by: Option<String>,
    run_at: DateTime<Utc>,
}

/// The priorities of a queue's waiting jobs, greatest first, each with the time of its first job.
///
/// They are hopped over in the index: neither many jobs that wait for their time nor many that are due are read.
pub(in crate::jobs) async fn levels(
    connection: &impl ConnectionTrait,
    share: Share<'_>,
) -> Result<Vec<(i32, DateTime<Utc>)>, JobsError> {
    const ALL: &str = "
        WITH RECURSIVE level(priority) AS (
            SELECT (SELECT priority FROM kit_jobs WHERE state = 'ready' AND queue = $1
                    ORDER BY priority DESC LIMIT 1)
            UNION ALL
            SELECT (SELECT below.priority FROM kit_jobs below
                    WHERE below.state = 'ready' AND below.queue = $1 AND below.priority < level.priority
                    ORDER BY below.priority DESC LIMIT 1)
            FROM level WHERE level.priority IS NOT NULL
        )
        SELECT level.priority, (SELECT first.run_at FROM kit_jobs first
            WHERE first.state = 'ready' AND first.queue = $1 AND first.priority = level.priority
            ORDER BY first.run_at LIMIT 1)
        FROM level WHERE level.priority IS NOT NULL";
    let keys = share.keys.unwrap_or_default();
    let sql = match share.keys {
        None => ALL.to_owned(),
        Some(_) => format!(
            "SELECT priority, MIN(run_at) FROM kit_jobs
             WHERE state = 'ready' AND queue = $1 AND unique_key IN ({})
             GROUP BY priority ORDER BY priority DESC",
            places(2, keys.len())
        ),
    };
    let values = std::iter::once(share.queue.into()).chain(keys.iter().map(|key| key.as_str().into()));
    let mut levels = Vec::new();
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        // The last job of a priority may have been taken in between.
        if let Some(first) = row.try_get_by_index(1)? {
            levels.push((row.try_get_by_index(0)?, first));
        }
    }
    Ok(levels)
}

/// Gives up to `limit` due jobs of a priority to a process, those that have waited longest first. A job whose key a
/// cancelled run still has waits for that to end.
pub(in crate::jobs) async fn claim(
    connection: &impl ConnectionTrait,
    share: Share<'_>,
    priority: i32,
    limit: usize,
    owner: Uuid,
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Vec<Claimed>, JobsError> {
    let (lease_until, lease_value) = lease_end(connection, 6, now, lease);
    let keys = share.keys.unwrap_or_default();
    let is_known = match share.keys {
        None => String::new(),
        Some(_) => format!("AND job.unique_key IN ({})", places(7, keys.len())),
    };
    let sql = format!(
        "WITH picked AS (
            SELECT job.id FROM kit_jobs job
            WHERE job.state = 'ready' AND job.queue = $1 AND job.priority = $2 AND job.run_at <= $3 {is_known}
            AND NOT EXISTS (
                SELECT 1 FROM kit_jobs other
                WHERE other.queue = job.queue AND other.unique_key = job.unique_key AND other.state = 'running'
            )
            ORDER BY job.run_at LIMIT $4 {}
         )
         UPDATE kit_jobs SET state = 'running', lease_owner = $5, lease_until = {lease_until}, runs = runs + 1, again = false,
            started_at = $3
         WHERE id IN (SELECT id FROM picked)
         RETURNING id, runs, unique_key, payload, secrets, checkpoint, failures, max_attempts, recurring, ended_run,
            created_by, run_at",
        lock(connection, "FOR UPDATE OF job SKIP LOCKED")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [share.queue.into(), priority.into(), now.into(), limit.into(), owner.into(), lease_value];
    let values = values.into_iter().chain(keys.iter().map(|key| key.as_str().into()));
    let since = Instant::now();
    let rows = connection.query_all_raw(statement(connection, &sql, values)).await?;
    let mut claimed: Vec<Claimed> =
        rows.iter().map(|row| read(row, owner, since)).collect::<Result<_, _>>()?;
    claimed.sort_by_key(|job| job.run_at);
    Ok(claimed)
}

fn read(row: &QueryResult, owner: Uuid, since: Instant) -> Result<Claimed, JobsError> {
    let id = row.try_get_by_index(0)?;
    let payload = json(id, Some(row.try_get_by_index(3)?));
    let checkpoint = json(id, row.try_get_by_index(5)?);
    // One that cannot be read must not keep those from running that were claimed with it.
    let is_corrupt = payload.is_err() || checkpoint.is_err();
    Ok(Claimed {
        lease: Lease { id, run: row.try_get_by_index(1)?, owner },
        since,
        key: row.try_get_by_index(2)?,
        payload: payload.ok().flatten().unwrap_or_default(),
        is_corrupt,
        secrets: row.try_get_by_index(4)?,
        checkpoint: checkpoint.ok().flatten(),
        failures: row.try_get_by_index(6)?,
        max_attempts: row.try_get_by_index(7)?,
        recurring: row.try_get_by_index(8)?,
        ended_run: row.try_get_by_index(9)?,
        created_by: row.try_get_by_index(10)?,
        run_at: row.try_get_by_index(11)?,
    })
}
