use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// How often a job is tried when it does not say.
const MAX_ATTEMPTS: u32 = 5;

/// Names a job; later jobs have greater ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub(super) Uuid);

impl fmt::Display for JobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for JobId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A job to put into a queue.
#[derive(Clone)]
pub struct NewJob {
    /// Who works on it.
    pub queue: String,
    /// At most one live job of the queue has this key.
    pub key: Option<String>,
    /// What is to be done.
    pub payload: Value,
    /// What is needed for it and must not be read by whoever reads the database; erased when the job ends.
    pub secrets: Option<Value>,
    /// Not before this time; as soon as possible where there is none.
    pub run_at: Option<DateTime<Utc>>,
    /// Of those that are due, the greatest goes first; 0 unless said otherwise.
    pub priority: i32,
    /// How often it may fail.
    pub max_attempts: u32,
    /// Whether it is retried however often it fails.
    pub recurring: bool,
    /// Who wanted it, an entity reference.
    pub created_by: Option<String>,
}

impl NewJob {
    /// A job that runs as soon as possible and may fail four times before it is given up.
    pub fn new(queue: impl Into<String>, payload: Value) -> Self {
        Self {
            queue: queue.into(),
            key: None,
            payload,
            secrets: None,
            run_at: None,
            priority: 0,
            max_attempts: MAX_ATTEMPTS,
            recurring: false,
            created_by: None,
        }
    }

    /// At most one live job of the queue has this key.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// What is needed for it and must not be read by whoever reads the database; erased when the job ends.
    pub fn secrets(mut self, secrets: Value) -> Self {
        self.secrets = Some(secrets);
        self
    }

    /// Not before this time.
    pub fn run_at(mut self, run_at: DateTime<Utc>) -> Self {
        self.run_at = Some(run_at);
        self
    }

    /// Of those that are due, the greatest goes first. Use few different ones: each is looked for on its own.
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// How often it is tried, once or more.
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts.max(1);
        self
    }

    /// It never dies: it is retried however often it fails.
    pub fn recurring(mut self) -> Self {
        self.recurring = true;
        self
    }

    /// Who wanted it, an entity reference.
    pub fn created_by(mut self, who: impl Into<String>) -> Self {
        self.created_by = Some(who.into());
        self
    }
}

impl fmt::Debug for NewJob {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NewJob")
            .field("queue", &self.queue)
            .field("key", &self.key)
            .field("payload", &self.payload)
            .field("secrets", &self.secrets.as_ref().map(|_| "***"))
            .field("run_at", &self.run_at)
            .finish_non_exhaustive()
    }
}

/// Where a job is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its time or for a worker.
    Ready,
    /// A worker has it.
    Running,
    /// It ended well.
    Done,
    /// It failed for good.
    Dead,
    /// Someone cancelled it.
    Cancelled,
}

impl JobState {
    /// As it is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Ready, Self::Running, Self::Done, Self::Dead, Self::Cancelled]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// A job as it is now; secrets are not part of it.
#[derive(Clone, Debug)]
pub struct JobRecord {
    /// Its id.
    pub id: JobId,
    /// Who works on it.
    pub queue: String,
    /// Its key.
    pub key: Option<String>,
    /// Where it is in its life; a cancelled one that has not stopped yet is still running.
    pub state: JobState,
    /// Whether it was told to stop.
    pub cancel_requested: bool,
    /// The greatest goes first.
    pub priority: i32,
    /// When it runs next, or was to run last.
    pub run_at: DateTime<Utc>,
    /// What is to be done.
    pub payload: Value,
    /// Whether it stays after a run.
    pub recurring: bool,
    /// How often it failed in a row.
    pub failures: u32,
    /// How often it may.
    pub max_attempts: u32,
    /// How many runs have begun.
    pub runs: u64,
    /// How far it has come, for itself.
    pub checkpoint: Option<Value>,
    /// How far it has come, for people.
    pub progress: Option<String>,
    /// What the last run gave, if it ended well.
    pub result: Option<Value>,
    /// Why the last run failed, if it did.
    pub error: Option<String>,
    /// Who wanted it.
    pub created_by: Option<String>,
    /// When it was put into the queue.
    pub created_at: DateTime<Utc>,
    /// When its last run began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Stands for a run that begins after the ticket was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobTicket {
    /// The job.
    pub id: JobId,
    /// The number of the first run that counts.
    pub(super) run: i64,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub enum JobEnd {
    /// It went well; what it gave, null where the job stays.
    Done(Value),
    /// It failed.
    Failed {
        /// Why.
        error: String,
        /// Whether it is tried again by itself.
        will_retry: bool,
    },
    /// The job was cancelled or removed.
    Cancelled,
}
