use std::time::Duration;

use super::{JobId, JobRecord, JobState, Jobs, JobsError, store};

/// Which jobs to list.
#[derive(Clone, Debug, Default)]
pub struct JobFilter {
    /// Of this queue only.
    pub queue: Option<String>,
    /// With this key only.
    pub key: Option<String>,
    /// In one of these states; in any where there is none.
    pub states: Vec<JobState>,
    /// Older than this one: the last of the page before.
    pub after: Option<JobId>,
}

/// How many jobs of a queue there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// The queue.
    pub queue: String,
    /// Those whose time has not come.
    pub waiting: u64,
    /// Those that could run.
    pub due: u64,
    /// Those that do.
    pub running: u64,
    /// Those that failed for good.
    pub dead: u64,
    /// For how long the first of those that could run has been able to.
    pub overdue_by: Duration,
}

impl Jobs {
    /// The job with this id; ended ones are kept for a while.
    pub async fn get(&self, id: JobId) -> Result<Option<JobRecord>, JobsError> {
        store::get(&self.0.database, id.0).await
    }

    /// The newest `limit` jobs that a filter selects.
    pub async fn list(&self, filter: &JobFilter, limit: u64) -> Result<Vec<JobRecord>, JobsError> {
        store::list(&self.0.database, filter, limit).await
    }

    /// The live jobs with these keys, in no particular order.
    pub async fn by_keys(&self, queue: &str, keys: &[&str]) -> Result<Vec<JobRecord>, JobsError> {
        store::by_keys(&self.0.database, queue, keys).await
    }

    /// How many jobs there are, by queue; queues without any are left out.
    pub async fn counts(&self) -> Result<Vec<QueueCounts>, JobsError> {
        store::counts(&self.0.database, self.0.clock.now()).await
    }
}
