use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Lease, statement};
use crate::jobs::JobState;

/// What becomes of a job after a run, unless it was cancelled or triggered meanwhile.
#[derive(Clone, Debug)]
pub(in crate::jobs) struct Verdict {
    /// `Ready` where it stays.
    pub state: JobState,
    pub run_at: DateTime<Utc>,
    pub failures: i32,
    pub recurring: bool,
    pub result: Option<String>,
    /// Present where the run failed: the checkpoint is kept then.
    pub error: Option<String>,
}

/// What a job is after a run.
#[derive(Clone, Copy, Debug)]
pub(in crate::jobs) struct Finished {
    /// Whether it is waiting to run again.
    pub stays: bool,
    /// The last run that someone waits for.
    pub awaited_run: i64,
}

/// Ends a run; `None` where it no longer held its job.
pub(in crate::jobs) async fn finish(
    connection: &impl ConnectionTrait,
    lease: Lease,
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Option<Finished>, DbErr> {
    const SQL: &str = "
        UPDATE kit_jobs SET
            state = CASE WHEN cancel_requested THEN 'cancelled' WHEN again OR NOT $5 THEN 'ready' ELSE $6 END,
            run_at = CASE WHEN again THEN $4 ELSE $7 END,
            ended_at = CASE WHEN cancel_requested OR ($5 AND NOT again) THEN $4 ELSE NULL END,
            secrets = CASE WHEN cancel_requested OR ($5 AND NOT again) THEN NULL ELSE secrets END,
            checkpoint = CASE WHEN $11 THEN checkpoint ELSE NULL END,
            failures = $8, losses = 0, recurring = (recurring OR $9), result = CASE WHEN cancel_requested THEN NULL ELSE $10 END, error = $12,
            ended_run = runs, again = false, lease_owner = NULL, lease_until = NULL
        WHERE id = $1 AND runs = $2 AND lease_owner = $3 AND state = 'running'
        RETURNING state, awaited_run";
    let values = [
        now.into(),
        (verdict.state != JobState::Ready).into(),
        verdict.state.as_str().into(),
        verdict.run_at.into(),
        verdict.failures.into(),
        verdict.recurring.into(),
        verdict.result.clone().into(),
        verdict.error.is_some().into(),
        verdict.error.clone().into(),
    ];
    let values = lease.values().into_iter().chain(values);
    let Some(row) = connection.query_one_raw(statement(connection, SQL, values)).await? else {
        return Ok(None);
    };
    let state: String = row.try_get_by_index(0)?;
    Ok(Some(Finished { stays: state == JobState::Ready.as_str(), awaited_run: row.try_get_by_index(1)? }))
}

/// Gives a job back as if the run had not been, but for its checkpoint; a cancelled one ends.
pub(in crate::jobs) async fn release(
    connection: &impl ConnectionTrait,
    lease: Lease,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    const SQL: &str = "
        UPDATE kit_jobs SET
            state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'ready' END,
            ended_at = CASE WHEN cancel_requested THEN $4 ELSE NULL END,
            secrets = CASE WHEN cancel_requested THEN NULL ELSE secrets END,
            lease_owner = NULL, lease_until = NULL
        WHERE id = $1 AND runs = $2 AND lease_owner = $3 AND state = 'running'";
    let values = lease.values().into_iter().chain([now.into()]);
    connection.execute_raw(statement(connection, SQL, values)).await?;
    Ok(())
}
