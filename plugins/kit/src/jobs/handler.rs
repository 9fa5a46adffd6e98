use std::{fmt, time::Duration};

use async_trait::async_trait;
use serde_json::Value;

use super::{RunningJob, options::jittered};
use crate::Problem;

/// Does the work of a queue.
///
/// A job is run at least once: whoever ran it may have been killed after the work and before that was written down. So
/// a handler either does what may be done twice, or writes under `RunningJob::fence`.
#[async_trait]
pub trait JobHandler: Send + Sync {
    /// Runs a job to its end, or until `job.cancelled`, after which it should return soon: it is dropped otherwise.
    async fn run(&self, job: RunningJob) -> Result<JobOutcome, JobFailure>;
}

/// How a run ends well.
#[derive(Clone, Debug, PartialEq)]
pub enum JobOutcome {
    /// The job ends; what it gives is kept for a while.
    Done(Value),
    /// The job stays and runs again after this; it is recurring from now on.
    Again(Duration),
}

impl JobOutcome {
    /// The job runs again after about this, up to a tenth sooner or later, so that many do not run at once for ever.
    pub fn again_about(interval: Duration) -> Self {
        Self::Again(jittered(interval.mul_f64(1.1), 2.0 / 11.0))
    }
}

/// How a run fails. Any error turns into one that is retried.
pub enum JobFailure {
    /// It may go well another time.
    Retry(anyhow::Error),
    /// It may go well another time, not before this has passed.
    RetryAfter(Duration, anyhow::Error),
    /// It would fail again: the job dies now; a recurring one waits for as long as it ever does.
    Fatal(anyhow::Error),
}

impl JobFailure {
    /// It would fail again, for this reason.
    pub fn fatal(error: impl Into<anyhow::Error>) -> Self {
        Self::Fatal(error.into())
    }

    /// It may go well another time; with what is behind the problem, as it is for the operator's eyes.
    pub fn of_problem(problem: &Problem) -> Self {
        match problem.cause() {
            Some(cause) => Self::Retry(anyhow::anyhow!("{problem}: {cause}")),
            None => Self::Retry(anyhow::anyhow!("{problem}")),
        }
    }

    /// What went wrong.
    pub const fn cause(&self) -> &anyhow::Error {
        match self {
            Self::Retry(cause) | Self::RetryAfter(_, cause) | Self::Fatal(cause) => cause,
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for JobFailure {
    fn from(error: E) -> Self {
        Self::Retry(error.into())
    }
}

impl fmt::Debug for JobFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "JobFailure({:#})", self.cause())
    }
}
