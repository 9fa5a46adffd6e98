use std::{fmt, sync::Arc};

use sea_orm::ConnectionTrait;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{
    JobId, Jobs, JobsError,
    active::{ActiveRun, Interruption},
    store::{self, Lease},
};

/// A job in the hands of its handler.
#[derive(Clone)]
pub struct RunningJob {
    /// Its id.
    pub id: JobId,
    /// Its key.
    pub key: Option<String>,
    /// What is to be done.
    pub payload: Value,
    /// What was sealed for it.
    pub secrets: Option<Value>,
    /// Which attempt this is, from 1; a success begins anew.
    pub attempt: u32,
    /// What an earlier run of the job saved before it was cut short or failed.
    pub checkpoint: Option<Value>,
    /// Who wanted it.
    pub created_by: Option<String>,
    /// Cancelled when the run should end; `interruption` says why.
    pub cancelled: CancellationToken,
    pub(super) lease: Lease,
    pub(super) active: Arc<ActiveRun>,
    pub(super) jobs: Jobs,
}

impl RunningJob {
    /// Why the run should end, if it should.
    pub fn interruption(&self) -> Option<Interruption> {
        self.active.interruption()
    }

    /// Makes sure, inside the caller's transaction, that this run still holds its job: nobody else gets it, and nobody
    /// cancels it, before the transaction has ended. Call it before the first write.
    ///
    /// On SQLite it is a write, so it belongs at the start of a transaction.
    pub async fn fence(&self, transaction: &impl ConnectionTrait) -> Result<(), JobsError> {
        if store::holds(transaction, self.lease).await? { Ok(()) } else { Err(self.lost()) }
    }

    /// Saves how far the run has come, for whoever takes over.
    pub async fn save_checkpoint(&self, checkpoint: Value) -> Result<(), JobsError> {
        self.save_checkpoint_in(&self.jobs.0.database, checkpoint).await
    }

    /// The same as part of the caller's transaction, with what the run has written until there; fenced, too.
    pub async fn save_checkpoint_in(
        &self,
        transaction: &impl ConnectionTrait,
        checkpoint: Value,
    ) -> Result<(), JobsError> {
        let saved = store::note(transaction, self.lease, "checkpoint", checkpoint.to_string()).await?;
        if saved { Ok(()) } else { Err(self.lost()) }
    }

    /// Says how far the run has come, for people.
    pub async fn progress(&self, text: &str) -> Result<(), JobsError> {
        let text = store::kept_text(text);
        let saved = store::note(&self.jobs.0.database, self.lease, "progress", text).await?;
        if saved { Ok(()) } else { Err(self.lost()) }
    }

    fn lost(&self) -> JobsError {
        // Why is found out within a second; the run need not go on until then.
        self.cancelled.cancel();
        self.jobs.0.wake.look_at_runs();
        JobsError::LeaseLost
    }
}

impl fmt::Debug for RunningJob {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RunningJob")
            .field("id", &self.id)
            .field("key", &self.key)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}
