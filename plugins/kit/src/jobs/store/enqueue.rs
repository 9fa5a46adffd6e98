use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Value};
use uuid::Uuid;

use super::{PER_STATEMENT, lock, places, statement};
use crate::jobs::{JobId, JobTicket, NewJob};

/// A job with an id, its secrets sealed.
pub(in crate::jobs) struct Insert {
    pub id: Uuid,
    pub sealed: Option<String>,
    pub job: NewJob,
}

/// Columns that are given; the rest begins the same for all.
const GIVEN: usize = 12;

/// Adds the jobs whose key no live one has, and gives the ids of those.
pub(in crate::jobs) async fn insert(
    connection: &impl ConnectionTrait,
    inserts: &[Insert],
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, DbErr> {
    let mut added = Vec::with_capacity(inserts.len());
    for chunk in inserts.chunks(PER_STATEMENT) {
        let rows: Vec<String> = (0..chunk.len())
            .map(|row| format!("({}, 'ready', 0, 0, 0, 0, 0, false, false)", places(row * GIVEN + 1, GIVEN)))
            .collect();
        let sql = format!(
            "INSERT INTO kit_jobs (id, queue, unique_key, priority, run_at, payload, secrets, had_secrets, recurring,
                max_attempts, created_by, created_at, state, failures, losses, runs, ended_run, awaited_run,
                again, cancel_requested)
             VALUES {} ON CONFLICT DO NOTHING RETURNING id",
            rows.join(", ")
        );
        let values = chunk.iter().flat_map(|insert| values(insert, now));
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            added.push(row.try_get_by_index(0)?);
        }
    }
    Ok(added)
}

fn values(insert: &Insert, now: DateTime<Utc>) -> [Value; GIVEN] {
    let job = &insert.job;
    [
        insert.id.into(),
        job.queue.as_str().into(),
        job.key.clone().into(),
        job.priority.into(),
        job.run_at.unwrap_or(now).into(),
        job.payload.to_string().into(),
        insert.sealed.clone().into(),
        insert.sealed.is_some().into(),
        job.recurring.into(),
        i32::try_from(job.max_attempts).unwrap_or(i32::MAX).into(),
        job.created_by.clone().into(),
        now.into(),
    ]
}

/// The live jobs with these keys.
pub(in crate::jobs) async fn live_ids(
    connection: &impl ConnectionTrait,
    queue: &str,
    keys: &[&str],
) -> Result<Vec<(String, Uuid)>, DbErr> {
    let mut found = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(PER_STATEMENT) {
        let sql = format!(
            "SELECT unique_key, id FROM kit_jobs WHERE queue = $1 AND unique_key IN ({})
             AND state IN ('ready', 'running') AND NOT cancel_requested",
            places(2, chunk.len())
        );
        let values = std::iter::once(queue.into()).chain(chunk.iter().map(|key| (*key).into()));
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            found.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        }
    }
    Ok(found)
}

/// Makes the live jobs with these keys due now, and those that are running run again.
pub(in crate::jobs) async fn trigger(
    connection: &impl ConnectionTrait,
    queue: &str,
    keys: &[&str],
    now: DateTime<Utc>,
) -> Result<Vec<(String, JobTicket)>, DbErr> {
    let mut tickets = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(PER_STATEMENT) {
        // Locked in the order of ids, so that two who trigger many do not wait for each other.
        let sql = format!(
            "WITH picked AS (
                SELECT id FROM kit_jobs WHERE queue = $1 AND unique_key IN ({})
                AND state IN ('ready', 'running') AND NOT cancel_requested ORDER BY id {}
             )
             UPDATE kit_jobs SET
                again = (state = 'running'),
                run_at = CASE WHEN state = 'ready' AND run_at > $2 THEN $2 ELSE run_at END,
                awaited_run = runs + 1
             WHERE id IN (SELECT id FROM picked) AND state IN ('ready', 'running') AND NOT cancel_requested
             RETURNING unique_key, id, awaited_run",
            places(3, chunk.len()),
            lock(connection, "FOR NO KEY UPDATE")
        );
        let values = [queue.into(), now.into()].into_iter().chain(chunk.iter().map(|key| (*key).into()));
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            let ticket = JobTicket { id: JobId(row.try_get_by_index(1)?), run: row.try_get_by_index(2)? };
            tickets.push((row.try_get_by_index(0)?, ticket));
        }
    }
    Ok(tickets)
}
