//! Has providers look by jobs, so that one replica does and a failure is tried again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use callboard_kit::{
    JobFailure, JobFilter, JobHandler, JobOutcome, JobRecord, JobState, NewJob, ReadFailure, RunningJob,
    Slot, SourceReader, WorkerOptions,
};
use callboard_providers::{EntityProvider, Told};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::OrphanStrategy,
    error::CatalogError,
    refresh::{Awaited, JobFence, Refresher},
    repository::LocationOwner,
};

/// The queue of providers that are to look; the key is the provider's id.
pub const QUEUE: &str = "catalog.providers";
/// Providers that look at the same time in one process.
const CONCURRENCY: usize = 2;
/// How long a look may take.
const TIMEOUT: Duration = Duration::from_hours(1);
/// More jobs of providers than a config ever names.
const MOST_JOBS: u64 = 1000;
/// How long one waits whom a host asks for patience, and does not say for how long.
const PATIENCE: Duration = Duration::from_mins(1);

/// The providers of the config.
#[derive(Clone, Debug)]
pub struct Providers {
    all: Arc<BTreeMap<String, Arc<dyn EntityProvider>>>,
    refresher: Arc<Refresher>,
    sources: Slot<dyn SourceReader>,
}

/// How it goes with a provider.
#[derive(Clone, Debug)]
pub struct ProviderState {
    /// The provider.
    pub provider: Arc<dyn EntityProvider>,
    /// When it looked last; `None` where it did not yet.
    pub looked_at: Option<DateTime<Utc>>,
    /// When it looks next.
    pub next_at: Option<DateTime<Utc>>,
    /// Whether it looks now.
    pub is_looking: bool,
    /// Why its last look failed.
    pub error: Option<String>,
}

impl Providers {
    /// These providers, whose locations `refresher` has read.
    pub fn new(
        providers: Vec<Arc<dyn EntityProvider>>,
        refresher: Arc<Refresher>,
        sources: Slot<dyn SourceReader>,
    ) -> Self {
        let all = providers.into_iter().map(|provider| (provider.id().to_owned(), provider)).collect();
        Self { all: Arc::new(all), refresher, sources }
    }

    /// Has every provider look now and every so often, and deals with what those found that the config names no more.
    pub async fn start(
        &self,
        orphans: OrphanStrategy,
        shutdown: &CancellationToken,
        tasks: &TaskTracker,
    ) -> Result<(), CatalogError> {
        let jobs = self.refresher.jobs();
        let ids: Vec<&str> = self.all.keys().map(String::as_str).collect();
        // Those that found something, and those that never did and wait all the same.
        let mut known: BTreeSet<String> =
            self.refresher.ingestion().provider_ids().await?.into_iter().collect();
        let (queue, states) = (Some(QUEUE.to_owned()), vec![JobState::Ready]);
        let waiting = jobs.list(&JobFilter { queue, states, ..JobFilter::default() }, MOST_JOBS).await?;
        known.extend(waiting.into_iter().filter_map(|job| job.key));
        for id in known.into_iter().filter(|id| !self.all.contains_key(id)) {
            jobs.remove_by_key(QUEUE, &[&id]).await?;
            if orphans == OrphanStrategy::Delete {
                tracing::info!(
                    provider = id,
                    "the config names the provider no more, what it found is removed"
                );
                self.refresher.remove_all(&LocationOwner::Provider(id)).await?;
            }
        }
        if ids.is_empty() {
            return Ok(());
        }
        jobs.enqueue_many(ids.iter().map(|id| job(id)).collect()).await?;
        let options = WorkerOptions {
            concurrency: CONCURRENCY,
            timeout: Some(TIMEOUT),
            // While the config is changed, some replicas know other providers than the rest.
            keys: Some(self.all.keys().cloned().collect()),
            ..WorkerOptions::default()
        };
        jobs.work(QUEUE, options, Arc::new(Handler(self.clone())), shutdown, tasks);
        Ok(())
    }

    /// How it goes with each provider, by id.
    pub async fn states(&self) -> Result<Vec<ProviderState>, CatalogError> {
        let ids: Vec<&str> = self.all.keys().map(String::as_str).collect();
        let records = self.refresher.jobs().by_keys(QUEUE, &ids).await?;
        let record_of = |id: &str| records.iter().find(|record| record.key.as_deref() == Some(id));
        Ok(self.all.iter().map(|(id, provider)| state(Arc::clone(provider), record_of(id))).collect())
    }

    /// What reads URLs, where something does.
    pub(crate) fn sources(&self) -> Option<Arc<dyn SourceReader>> {
        self.sources.get()
    }

    /// Has the providers look soon that may find something else now, and says how many those are.
    pub async fn tell(&self, told: &Told<'_>) -> Result<usize, CatalogError> {
        let concerned = self.all.values().filter(|provider| provider.concerns(told));
        let ids: Vec<&str> = concerned.map(|provider| provider.id()).collect();
        self.refresher.jobs().trigger_many(QUEUE, &ids).await?;
        Ok(ids.len())
    }

    /// Has a provider look now, and waits for it; `None` where there is no such provider.
    pub async fn look_now(&self, id: &str, patience: Duration) -> Result<Option<Awaited>, CatalogError> {
        if !self.all.contains_key(id) {
            return Ok(None);
        }
        // Who asks right after the start may come before its job.
        self.refresher.jobs().enqueue_many(vec![job(id)]).await?;
        self.refresher.trigger_and_wait(QUEUE, &[id.to_owned()], patience).await.map(Some)
    }
}

fn job(id: &str) -> NewJob {
    NewJob::new(QUEUE, Value::Null).key(id).recurring()
}

fn state(provider: Arc<dyn EntityProvider>, record: Option<&JobRecord>) -> ProviderState {
    ProviderState {
        provider,
        looked_at: record.and_then(|record| record.started_at),
        next_at: record.filter(|record| record.state == JobState::Ready).map(|record| record.run_at),
        is_looking: record.is_some_and(|record| record.state == JobState::Running),
        error: record.and_then(|record| record.error.clone()),
    }
}

struct Handler(Providers);

#[async_trait]
impl JobHandler for Handler {
    async fn run(&self, job: RunningJob) -> Result<JobOutcome, JobFailure> {
        let providers = &self.0;
        let provider = job.key.as_deref().and_then(|id| providers.all.get(id));
        let provider =
            provider.ok_or_else(|| JobFailure::fatal(anyhow::anyhow!("the job names no provider")))?;
        let sources = providers.sources.get();
        let sources = sources.ok_or_else(|| anyhow::anyhow!("nothing reads URLs in this portal"))?;
        let mutation = tokio::select! {
            () = job.cancelled.cancelled() => return Err(anyhow::anyhow!("it was told to stop").into()),
            found = tokio::time::timeout(provider.timeout(), provider.look(&*sources)) => found,
        };
        let mutation = mutation.map_err(|_| anyhow::anyhow!("it took longer than its schedule lets it"))?;
        let mutation = mutation.map_err(failure)?;
        let refresher = &providers.refresher;
        let fence = JobFence(job.clone());
        let taken = refresher.ingestion().apply(provider.id(), mutation, refresher, &fence).await?;
        refresher.forget(&taken.forgotten).await?;
        refresher.soon(&taken.report.triggered).await?;
        tracing::info!(
            provider = provider.id(),
            locations = taken.begun.len(),
            forgotten = taken.forgotten.len(),
            stored = taken.report.stored,
            removed = taken.report.removed,
            "a provider has looked"
        );
        Ok(JobOutcome::again_about(provider.interval()))
    }
}

fn failure(failure: ReadFailure) -> JobFailure {
    match failure {
        ReadFailure::RateLimited { retry_after, .. } => {
            JobFailure::RetryAfter(retry_after.unwrap_or(PATIENCE), failure.into())
        }
        ReadFailure::Unavailable(_) => JobFailure::Retry(failure.into()),
        _ => JobFailure::Fatal(failure.into()),
    }
}
