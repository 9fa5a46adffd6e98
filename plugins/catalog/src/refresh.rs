//! Has locations read by jobs, so that replicas share the work and none is lost.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use callboard_kit::{
    Backoff, JobEnd, JobFailure, JobHandler, JobOutcome, JobRecord, JobState, Jobs, JobsError, NewJob,
    RunningJob, WorkerOptions,
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::{
    config::ProcessingInterval,
    error::CatalogError,
    ingest::{Fence, Ingestion, IngestionHealth},
    repository::{LocationOwner, WriteTransaction},
};

/// The queue of locations that are to be read; the key is the location's id.
pub const QUEUE: &str = "catalog.locations";
/// Locations that one process reads at the same time.
const CONCURRENCY: usize = 8;
/// How long reading a location may take.
const TIMEOUT: Duration = Duration::from_hours(2);

/// Has locations read, now and every so often.
#[derive(Clone, Debug)]
pub struct Refresher {
    ingestion: Arc<Ingestion>,
    jobs: Jobs,
    interval: ProcessingInterval,
}

/// When a location was read last and will be read next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// When its last reading began; `None` where it was not read yet.
    pub read_at: Option<DateTime<Utc>>,
    /// When it will be read next, unless something asks for it sooner.
    pub next_at: Option<DateTime<Utc>>,
    /// Whether it is being read now.
    pub is_running: bool,
}

/// How a reading that someone waited for ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// It is done.
    Done,
    /// It goes on, and whoever waited has waited long enough.
    StillRunning,
    /// It could not be done; why.
    Failed(String),
}

impl Refresher {
    /// Has locations read by `ingestion`.
    pub const fn new(ingestion: Arc<Ingestion>, jobs: Jobs, interval: ProcessingInterval) -> Self {
        Self { ingestion, jobs, interval }
    }

    /// What reads.
    pub(crate) const fn ingestion(&self) -> &Arc<Ingestion> {
        &self.ingestion
    }

    /// The jobs behind it.
    pub(crate) const fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// Reads what is due in this process, until it is told to stop.
    pub fn work(&self, health: IngestionHealth, shutdown: &CancellationToken, tasks: &TaskTracker) {
        let backoff = Backoff { first: Duration::from_secs(1), longest: Duration::from_mins(5) };
        let options = WorkerOptions {
            concurrency: CONCURRENCY,
            timeout: Some(TIMEOUT),
            backoff,
            ..WorkerOptions::default()
        };
        let handler = Arc::new(Handler { refresher: self.clone(), health });
        self.jobs.work(QUEUE, options, handler, shutdown, tasks);
    }

    /// Brings the stored locations in line with the config and has those of the config read.
    pub async fn start(&self) -> Result<(), CatalogError> {
        let synced = self.ingestion.sync().await?;
        self.forget(&synced.forgotten).await?;
        let all = self.ingestion.all_locations().await?;
        let freed = self.ingestion.remove_orphans().await?;
        let due: Vec<Uuid> = synced.locations.into_iter().chain(synced.triggered).chain(freed).collect();
        // Before the new ones have jobs, which are due anyway: nothing is to be read twice.
        self.soon(&due).await?;
        self.jobs.enqueue_many(all.iter().copied().map(job).collect()).await?;
        Ok(())
    }

    /// Has a new location read, once `write` is committed.
    pub async fn begin_in(&self, write: &WriteTransaction, location: Uuid) -> Result<(), CatalogError> {
        self.jobs.enqueue_in(&**write, job(location)).await?;
        Ok(())
    }

    /// The same for many.
    pub async fn begin_all_in(
        &self,
        write: &WriteTransaction,
        locations: &[Uuid],
    ) -> Result<(), CatalogError> {
        self.jobs.enqueue_many_in(&**write, locations.iter().copied().map(job).collect()).await?;
        Ok(())
    }

    /// Tells this process that new locations are committed.
    pub fn wake(&self) {
        self.jobs.wake(QUEUE);
    }

    /// Forgets all that one owner brought in.
    pub(crate) async fn remove_all(&self, owner: &LocationOwner) -> Result<(), CatalogError> {
        let locations = self.ingestion.locations_of(owner).await?;
        let (_, triggered) = self.ingestion.remove(&locations).await?;
        self.forget(&locations).await?;
        self.soon(&triggered).await
    }

    /// Has locations read as soon as possible, again where they are being read just now.
    pub async fn soon(&self, locations: &[Uuid]) -> Result<(), CatalogError> {
        let keys: Vec<String> = locations.iter().map(Uuid::to_string).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.jobs.trigger_many(QUEUE, &keys).await?;
        Ok(())
    }

    /// The same, and waits until it is done, on whatever replica, but no longer than `patience`.
    pub async fn now(&self, locations: &[Uuid], patience: Duration) -> Result<Awaited, CatalogError> {
        let keys: Vec<String> = locations.iter().map(Uuid::to_string).collect();
        self.trigger_and_wait(QUEUE, &keys, patience).await
    }

    /// Has the jobs with these keys run, and waits for them.
    pub(crate) async fn trigger_and_wait(
        &self,
        queue: &str,
        keys: &[String],
        patience: Duration,
    ) -> Result<Awaited, CatalogError> {
        let mut tickets = Vec::with_capacity(keys.len());
        for key in keys {
            tickets.extend(self.jobs.trigger(queue, key).await?);
        }
        let ends = tickets.iter().map(|ticket| self.jobs.wait(ticket, patience));
        let mut awaited = Awaited::Done;
        for end in futures::future::join_all(ends).await {
            match end {
                Ok(JobEnd::Done(_) | JobEnd::Cancelled) => {}
                Ok(JobEnd::Failed { error, .. }) => awaited = Awaited::Failed(error),
                Err(JobsError::TimedOut) => {
                    if awaited == Awaited::Done {
                        awaited = Awaited::StillRunning;
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(awaited)
    }

    /// When locations were read last and will be read next.
    pub async fn readings(&self, locations: &[Uuid]) -> Result<HashMap<Uuid, Reading>, CatalogError> {
        let keys: Vec<String> = locations.iter().map(Uuid::to_string).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let records = self.jobs.by_keys(QUEUE, &keys).await?;
        let reading = |record: JobRecord| {
            let location = Uuid::parse_str(record.key.as_deref()?).ok()?;
            let is_running = record.state == JobState::Running;
            let next_at = (record.state == JobState::Ready).then_some(record.run_at);
            Some((location, Reading { read_at: record.started_at, next_at, is_running }))
        };
        Ok(records.into_iter().filter_map(reading).collect())
    }

    /// Lets go of what the config named before, once all that it names now is read; `just_read` is.
    async fn remove_retired(&self, just_read: Uuid) -> Result<(), CatalogError> {
        if self.ingestion.locations_of(&LocationOwner::Retired).await?.is_empty() {
            return Ok(());
        }
        let configured = self.ingestion.locations_of(&LocationOwner::Config).await?;
        let keys: Vec<String> = configured.iter().map(Uuid::to_string).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let jobs = self.jobs.by_keys(QUEUE, &keys).await?;
        let just_read = just_read.to_string();
        let is_read = |job: &JobRecord| {
            let ended = job.runs > 0 && job.state != JobState::Running && job.error.is_none();
            ended || job.key.as_deref() == Some(&just_read)
        };
        if jobs.len() == configured.len() && jobs.iter().all(is_read) {
            let (_, triggered) = self.ingestion.remove_retired().await?;
            self.soon(&triggered).await?;
        }
        Ok(())
    }

    /// Locations that are read no more.
    pub async fn forget(&self, locations: &[Uuid]) -> Result<(), CatalogError> {
        let keys: Vec<String> = locations.iter().map(Uuid::to_string).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.jobs.remove_by_key(QUEUE, &keys).await?;
        Ok(())
    }
}

fn job(location: Uuid) -> NewJob {
    NewJob::new(QUEUE, Value::Null).key(location.to_string()).recurring()
}

struct Handler {
    refresher: Refresher,
    health: IngestionHealth,
}

#[async_trait]
impl JobHandler for Handler {
    async fn run(&self, job: RunningJob) -> Result<JobOutcome, JobFailure> {
        let location = job.key.as_deref().and_then(|key| Uuid::parse_str(key).ok());
        let location =
            location.ok_or_else(|| JobFailure::fatal(anyhow::anyhow!("the job names no location")))?;
        let fence = JobFence(job.clone());
        let ingestion = &self.refresher.ingestion;
        let read = ingestion.refresh(location, &fence, &job.cancelled).await;
        self.health.note(read.as_ref().err());
        let report = read?;
        if report.stored + report.removed > 0 {
            tracing::info!(
                %location,
                files = report.files,
                stored = report.stored,
                removed = report.removed,
                refused = report.refused,
                "a location is read"
            );
        }
        self.refresher.soon(&report.triggered).await?;
        self.refresher.remove_retired(location).await?;
        if !ingestion.is_there(location).await? {
            return Ok(JobOutcome::Done(Value::Null));
        }
        Ok(match self.refresher.interval {
            ProcessingInterval::Every(interval) => JobOutcome::again_about(interval.0),
            ProcessingInterval::Never => JobOutcome::Again(NEVER),
        })
    }
}

/// Far enough that only a trigger comes before it.
const NEVER: Duration = Duration::from_hours(24 * 365 * 10);

/// Keeps a run that lost its job from writing.
pub(crate) struct JobFence(pub RunningJob);

#[async_trait]
impl Fence for JobFence {
    async fn check(&self, write: &WriteTransaction) -> Result<(), CatalogError> {
        self.0.fence(&**write).await.map_err(|error| match error {
            JobsError::LeaseLost => CatalogError::Overtaken,
            error => error.into(),
        })
    }
}
