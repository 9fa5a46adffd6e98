use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{PER_STATEMENT, json, places, statement};
use crate::jobs::{JobEnd, JobFilter, JobId, JobRecord, JobState, JobTicket, JobsError, QueueCounts};

const COLUMNS: &str =
    "id, queue, unique_key, state, cancel_requested, priority, run_at, payload, recurring, failures,
    max_attempts, runs, checkpoint, progress, result, error, created_by, created_at, started_at, ended_at";

/// The job with this id.
pub(in crate::jobs) async fn get(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<JobRecord>, JobsError> {
    let sql = format!("SELECT {COLUMNS} FROM kit_jobs WHERE id = $1");
    let row = connection.query_one_raw(statement(connection, &sql, [id.into()])).await?;
    row.as_ref().map(record).transpose()
}

/// The newest jobs that a filter selects.
pub(in crate::jobs) async fn list(
    connection: &impl ConnectionTrait,
    filter: &JobFilter,
    limit: u64,
) -> Result<Vec<JobRecord>, JobsError> {
    let mut values: Vec<sea_orm::Value> = Vec::new();
    let mut conditions = vec!["true".to_owned()];
    let mut add = |condition: &str, given: Vec<sea_orm::Value>| {
        conditions.push(condition.replace("{}", &places(values.len() + 1, given.len())));
        values.extend(given);
    };
    if let Some(queue) = &filter.queue {
        add("queue = {}", vec![queue.as_str().into()]);
    }
    if let Some(key) = &filter.key {
        add("unique_key = {}", vec![key.as_str().into()]);
    }
    if !filter.states.is_empty() {
        add("state IN ({})", filter.states.iter().map(|state| state.as_str().into()).collect());
    }
    if let Some(after) = filter.after {
        add("id < {}", vec![after.0.into()]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM kit_jobs WHERE {} ORDER BY id DESC LIMIT {limit}",
        conditions.join(" AND ")
    );
    connection.query_all_raw(statement(connection, &sql, values)).await?.iter().map(record).collect()
}

/// The live jobs with these keys.
pub(in crate::jobs) async fn by_keys(
    connection: &impl ConnectionTrait,
    queue: &str,
    keys: &[&str],
) -> Result<Vec<JobRecord>, JobsError> {
    let mut found = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(PER_STATEMENT) {
        let sql = format!(
            "SELECT {COLUMNS} FROM kit_jobs WHERE queue = $1 AND unique_key IN ({}) \
             AND state IN ('ready', 'running') AND NOT cancel_requested",
            places(2, chunk.len())
        );
        let values = std::iter::once(queue.into()).chain(chunk.iter().map(|key| (*key).into()));
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            found.push(record(&row)?);
        }
    }
    Ok(found)
}

/// What the run of a ticket came to; `None` while it is outstanding.
pub(in crate::jobs) async fn end_of(
    connection: &impl ConnectionTrait,
    ticket: &JobTicket,
) -> Result<Option<JobEnd>, JobsError> {
    const SQL: &str = "SELECT state, ended_run, result, error, cancel_requested FROM kit_jobs WHERE id = $1";
    let id = ticket.id.0;
    let Some(row) = connection.query_one_raw(statement(connection, SQL, [id.into()])).await? else {
        return Ok(Some(JobEnd::Cancelled));
    };
    let state = state(id, &row.try_get_by_index::<String>(0)?)?;
    let has_ended = !matches!(state, JobState::Ready | JobState::Running);
    if !has_ended && row.try_get_by_index::<i64>(1)? < ticket.run {
        return Ok(None);
    }
    let error: Option<String> = row.try_get_by_index(3)?;
    Ok(Some(match (state, error) {
        (JobState::Cancelled, _) => JobEnd::Cancelled,
        (_, Some(error)) => JobEnd::Failed { error, will_retry: !has_ended },
        (_, None) => JobEnd::Done(json(id, row.try_get_by_index(2)?)?.unwrap_or_default()),
    }))
}

/// How many jobs there are, by queue.
pub(in crate::jobs) async fn counts(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<QueueCounts>, JobsError> {
    // Conditions on literal states, so that each is answered from an index of its own.
    const SQL: &str = "
        SELECT queue, 'waiting', COUNT(*), MIN(run_at) FROM kit_jobs
            WHERE state = 'ready' AND run_at > $1 GROUP BY queue
        UNION ALL SELECT queue, 'due', COUNT(*), MIN(run_at) FROM kit_jobs
            WHERE state = 'ready' AND run_at <= $1 GROUP BY queue
        UNION ALL SELECT queue, 'running', COUNT(*), MIN(run_at) FROM kit_jobs
            WHERE state = 'running' GROUP BY queue
        UNION ALL SELECT queue, 'dead', COUNT(*), MIN(run_at) FROM kit_jobs
            WHERE ended_at IS NOT NULL AND state = 'dead' GROUP BY queue
        ORDER BY 1";
    let mut queues: Vec<QueueCounts> = Vec::new();
    for row in connection.query_all_raw(statement(connection, SQL, [now.into()])).await? {
        let queue: String = row.try_get_by_index(0)?;
        if queues.last().is_none_or(|last| last.queue != queue) {
            queues.push(QueueCounts { queue, ..QueueCounts::default() });
        }
        let Some(counts) = queues.last_mut() else { continue };
        let count = u64::try_from(row.try_get_by_index::<i64>(2)?).unwrap_or_default();
        match row.try_get_by_index::<String>(1)?.as_str() {
            "waiting" => counts.waiting = count,
            "due" => {
                counts.due = count;
                let since: DateTime<Utc> = row.try_get_by_index(3)?;
                counts.overdue_by = (now - since).to_std().unwrap_or_default();
            }
            "running" => counts.running = count,
            _ => counts.dead = count,
        }
    }
    Ok(queues)
}

fn state(id: Uuid, name: &str) -> Result<JobState, JobsError> {
    JobState::named(name).ok_or_else(|| JobsError::Corrupt(id.to_string()))
}

fn record(row: &QueryResult) -> Result<JobRecord, JobsError> {
    let id: Uuid = row.try_get_by_index(0)?;
    let count = |value: i32| u32::try_from(value).unwrap_or_default();
    Ok(JobRecord {
        id: JobId(id),
        queue: row.try_get_by_index(1)?,
        key: row.try_get_by_index(2)?,
        state: state(id, &row.try_get_by_index::<String>(3)?)?,
        cancel_requested: row.try_get_by_index(4)?,
        priority: row.try_get_by_index(5)?,
        run_at: row.try_get_by_index(6)?,
        payload: json(id, row.try_get_by_index(7)?)?.unwrap_or_default(),
        recurring: row.try_get_by_index(8)?,
        failures: count(row.try_get_by_index(9)?),
        max_attempts: count(row.try_get_by_index(10)?),
        runs: u64::try_from(row.try_get_by_index::<i64>(11)?).unwrap_or_default(),
        checkpoint: json(id, row.try_get_by_index(12)?)?,
        progress: row.try_get_by_index(13)?,
        result: json(id, row.try_get_by_index(14)?)?,
        error: row.try_get_by_index(15)?,
        created_by: row.try_get_by_index(16)?,
        created_at: row.try_get_by_index(17)?,
        started_at: row.try_get_by_index(18)?,
        ended_at: row.try_get_by_index(19)?,
    })
}
