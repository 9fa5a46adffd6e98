use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use uuid::Uuid;

use super::{PER_STATEMENT, begin, later, lease_end, lock, places, statement};
use crate::jobs::{JobState, options::Backoff};

/// A job that took its process down with it so often in a row is given up.
const MAX_LOSSES: i32 = 5;
/// Lapsed leases taken at once.
const LAPSED_AT_ONCE: usize = 200;

/// How the job of a run looks from outside.
#[derive(Clone, Copy, Debug)]
pub(in crate::jobs) struct Look {
    pub run: i64,
    pub owner: Option<Uuid>,
    pub cancel_requested: bool,
}

/// The jobs of runs, as they are now.
pub(in crate::jobs) async fn look(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Look>, DbErr> {
    let mut looks = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(PER_STATEMENT) {
        let sql = format!(
            "SELECT id, runs, lease_owner, cancel_requested FROM kit_jobs WHERE id IN ({})",
            places(1, chunk.len())
        );
        let values = chunk.iter().map(|id| (*id).into());
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            let look = Look {
                run: row.try_get_by_index(1)?,
                owner: row.try_get_by_index(2)?,
                cancel_requested: row.try_get_by_index(3)?,
            };
            looks.insert(row.try_get_by_index(0)?, look);
        }
    }
    Ok(looks)
}

/// Renews the leases of a process's jobs, and gives those that were renewed. One that a transaction of its own run
/// holds is passed over: the next time is soon, and nobody else can take it meanwhile.
pub(in crate::jobs) async fn renew(
    connection: &impl ConnectionTrait,
    owner: Uuid,
    ids: &[Uuid],
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Vec<Uuid>, DbErr> {
    let mut renewed = Vec::with_capacity(ids.len());
    let (until, value) = lease_end(connection, 2, now, lease);
    for chunk in ids.chunks(PER_STATEMENT) {
        let sql = format!(
            "WITH picked AS (
                SELECT id FROM kit_jobs WHERE id IN ({}) AND lease_owner = $1 AND state = 'running' {}
             )
             UPDATE kit_jobs SET lease_until = {until} WHERE id IN (SELECT id FROM picked) RETURNING id",
            places(3, chunk.len()),
            lock(connection, "ORDER BY id FOR NO KEY UPDATE SKIP LOCKED")
        );
        let values = [owner.into(), value.clone()].into_iter().chain(chunk.iter().map(|id| (*id).into()));
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            renewed.push(row.try_get_by_index(0)?);
        }
    }
    Ok(renewed)
}

/// Which leases are taken back.
pub(in crate::jobs) enum Which<'a> {
    /// Those that ran out.
    Lapsed,
    /// All but those of these processes.
    NotOf(&'a [Uuid]),
}

struct Held {
    id: Uuid,
    losses: i32,
    recurring: bool,
    cancel_requested: bool,
}

/// Takes jobs from runs that are no more: they wait again, with their checkpoint. Gives the queues they are in.
pub(in crate::jobs) async fn lapse(
    database: &DatabaseConnection,
    which: Which<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbErr> {
    let (condition, values): (_, Vec<sea_orm::Value>) = match which {
        Which::Lapsed if database.get_database_backend() == DbBackend::Postgres => {
            ("lease_until < statement_timestamp()".to_owned(), Vec::new())
        }
        Which::Lapsed => ("lease_until < $1".to_owned(), vec![now.into()]),
        Which::NotOf(owners) => (
            format!("lease_owner NOT IN ({})", places(1, owners.len())),
            owners.iter().map(|owner| (*owner).into()).collect(),
        ),
    };
    let select = format!("FROM kit_jobs WHERE state = 'running' AND {condition} LIMIT {LAPSED_AT_ONCE}");
    // Most often there is none, which takes no lock to see.
    let any = statement(database, &format!("SELECT id {select}"), values.clone());
    if database.query_one_raw(any).await?.is_none() {
        return Ok(Vec::new());
    }
    let transaction = begin(database).await?;
    let select = format!(
        "SELECT id, queue, losses, recurring, cancel_requested {select} {}",
        lock(&transaction, "FOR UPDATE SKIP LOCKED")
    );
    let mut queues = Vec::new();
    for row in transaction.query_all_raw(statement(&transaction, &select, values)).await? {
        let held = Held {
            id: row.try_get_by_index(0)?,
            losses: row.try_get_by_index(2)?,
            recurring: row.try_get_by_index(3)?,
            cancel_requested: row.try_get_by_index(4)?,
        };
        take(&transaction, &held, now).await?;
        queues.push(row.try_get_by_index(1)?);
    }
    transaction.commit().await?;
    queues.sort_unstable();
    queues.dedup();
    Ok(queues)
}

async fn take(connection: &impl ConnectionTrait, held: &Held, now: DateTime<Utc>) -> Result<(), DbErr> {
    let losses = held.losses + 1;
    let state = if held.cancel_requested {
        JobState::Cancelled
    } else if losses >= MAX_LOSSES && !held.recurring {
        JobState::Dead
    } else {
        JobState::Ready
    };
    let ends = state != JobState::Ready;
    let pause = match losses {
        1 => Duration::ZERO,
        // It may be what takes the process down.
        more => Backoff::default().pause(u32::try_from(more - 1).unwrap_or_default()),
    };
    let error = (state == JobState::Dead)
        .then(|| format!("the process that ran it ended in the middle of it {losses} times in a row"));
    let sql = "
        UPDATE kit_jobs SET state = $2, losses = $3, run_at = $4, error = COALESCE($5, error),
            ended_at = CASE WHEN $6 THEN $7 ELSE NULL END,
            secrets = CASE WHEN $6 THEN NULL ELSE secrets END,
            ended_run = CASE WHEN $6 THEN runs ELSE ended_run END,
            lease_owner = NULL, lease_until = NULL
        WHERE id = $1 AND state = 'running'";
    let values = [
        held.id.into(),
        state.as_str().into(),
        losses.into(),
        later(now, pause).into(),
        error.into(),
        ends.into(),
        now.into(),
    ];
    connection.execute_raw(statement(connection, sql, values)).await?;
    Ok(())
}
