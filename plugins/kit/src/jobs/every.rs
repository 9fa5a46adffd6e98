use std::{future::Future, sync::Arc, time::Duration};

use async_trait::async_trait;
use serde_json::Value;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Backoff, JobFailure, JobHandler, JobOutcome, JobState, Jobs, JobsError, NewJob, RunningJob, WorkerOptions,
};

/// The one job of such a queue.
const KEY: &str = "every";

/// Does the same again and again.
struct Repeated<F> {
    what: F,
    interval: Duration,
}

#[async_trait]
impl<F, Fut> JobHandler for Repeated<F>
where
    F: Fn(RunningJob) -> Fut + Send + Sync,
    Fut: Future<Output = Result<(), JobFailure>> + Send,
{
    async fn run(&self, job: RunningJob) -> Result<JobOutcome, JobFailure> {
        (self.what)(job).await?;
        Ok(JobOutcome::Again(self.interval))
    }
}

impl Jobs {
    /// Does something every so often, on exactly one replica, until `shutdown`: now if it was never done, else when its
    /// time has come, restarts or not. `name` is that of a queue (`audit.retention`), which nothing else may use.
    pub async fn every<F, Fut>(
        &self,
        name: &'static str,
        interval: Duration,
        what: F,
        shutdown: &CancellationToken,
        tasks: &TaskTracker,
    ) -> Result<(), JobsError>
    where
        F: Fn(RunningJob) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobFailure>> + Send + 'static,
    {
        let id = self.enqueue(NewJob::new(name, Value::Null).key(KEY).recurring()).await?;
        let due_within = chrono::Duration::from_std(interval).unwrap_or(chrono::Duration::MAX);
        if let Some(job) = self.get(id).await?
            && job.state == JobState::Ready
            && job.run_at - self.0.clock.now() > due_within
        {
            // The interval has been shortened.
            self.trigger(name, KEY).await?;
        }
        let backoff = Backoff { longest: interval.min(Backoff::default().longest), ..Backoff::default() };
        let options = WorkerOptions { backoff, ..WorkerOptions::default() };
        self.work(name, options, Arc::new(Repeated { what, interval }), shutdown, tasks);
        Ok(())
    }

    /// Has what is done every so often be done as soon as possible, once more where it is being done just now.
    pub async fn soon(&self, name: &'static str) -> Result<(), JobsError> {
        self.trigger(name, KEY).await?;
        Ok(())
    }
}
