use std::{any::Any, panic::AssertUnwindSafe, pin::pin, sync::Arc, time::Duration};

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use futures::FutureExt;
use tokio::{task::JoinSet, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{
    Interruption, JobFailure, JobHandler, JobId, JobOutcome, JobState, Jobs, JobsError, POLL, RunningJob,
    WorkerOptions,
    active::ActiveRun,
    store::{self, Claimed, Share, Verdict},
    wake::Signal,
};

/// Pause where a due job could not be had, as another replica takes it or its key is held.
const CONTENDED: Duration = Duration::from_millis(100);
/// How often the end of a run is tried to be written down when the process stops.
const TRIES_WHEN_STOPPING: usize = 3;

impl Jobs {
    /// Starts working on a queue in this process, until `shutdown`: what runs then is told so, and given back.
    pub fn work(
        &self,
        queue: &'static str,
        options: WorkerOptions,
        handler: Arc<dyn JobHandler>,
        shutdown: &CancellationToken,
        tasks: &TaskTracker,
    ) {
        let worker = Worker { jobs: self.clone(), queue, options, handler, shutdown: shutdown.clone() };
        tasks.spawn(Arc::new(worker).run());
    }
}

/// What works on a queue in this process.
struct Worker {
    jobs: Jobs,
    queue: &'static str,
    options: WorkerOptions,
    handler: Arc<dyn JobHandler>,
    shutdown: CancellationToken,
}

impl Worker {
    async fn run(self: Arc<Self>) {
        let due = self.jobs.0.wake.queue(self.queue);
        let mut runs = JoinSet::new();
        while !self.shutdown.is_cancelled() {
            let free = self.options.concurrency.max(1).saturating_sub(runs.len());
            let mut pause = POLL;
            if free > 0 {
                match self.claim(free).await {
                    Ok((claimed, next)) => {
                        let any = !claimed.is_empty();
                        for job in claimed {
                            runs.spawn(Arc::clone(&self).perform(job));
                        }
                        if any {
                            continue;
                        }
                        pause = next;
                    }
                    Err(error) => {
                        let error = &error as &dyn std::error::Error;
                        tracing::warn!(
                            error,
                            queue = self.queue,
                            "no jobs could be had, which is tried again"
                        );
                    }
                }
            }
            tokio::select! {
                () = self.shutdown.cancelled() => {}
                () = due.notified() => {}
                Some(_) = runs.join_next() => while runs.try_join_next().is_some() {},
                () = tokio::time::sleep(pause) => {}
            }
        }
        while runs.join_next().await.is_some() {}
    }

    /// The jobs that are this process's now, and how long to wait if there is none.
    async fn claim(&self, free: usize) -> Result<(Vec<Claimed>, Duration), JobsError> {
        let engine = &self.jobs.0;
        let now = engine.clock.now();
        let mut claimed = Vec::new();
        let mut next = POLL;
        let share = Share { queue: self.queue, keys: self.options.keys.as_deref() };
        for (priority, first) in store::levels(&engine.database, share).await? {
            if let Ok(wait) = (first - now).to_std()
                && !wait.is_zero()
            {
                next = next.min(wait);
                continue;
            }
            next = next.min(CONTENDED);
            let room = free - claimed.len();
            if room == 0 {
                break;
            }
            let (owner, lease) = (engine.owner, self.options.lease);
            claimed.extend(store::claim(&engine.database, share, priority, room, owner, now, lease).await?);
        }
        Ok((claimed, next))
    }

    async fn perform(self: Arc<Self>, job: Claimed) {
        let engine = &self.jobs.0;
        let lease = job.lease;
        let active = Arc::new(ActiveRun::new(lease.run, self.options.lease, job.since));
        let counted = engine.active.add(lease.id, &active);
        let ended = self.attempt(&job, &active).await;
        let stopping = active.interruption() == Some(Interruption::Stopping);
        // Neither is the job's fault, which is given back if it is still there to give.
        let is_given_back = stopping || active.interruption() == Some(Interruption::LeaseLost);
        let ended = match ended {
            Some(Err(_)) | None if is_given_back => None,
            Some(ended) => Some(ended),
            None => Some(Err(anyhow!("it did not stop when it was told to").into())),
        };
        let now = engine.clock.now();
        let verdict = ended.map(|ended| self.verdict(&job, &active, ended, now));
        for tries in 1.. {
            let Err(error) = self.write_end(&job, verdict.as_ref(), now).await else { break };
            report(&error, lease.id, "the end of a run could not be written down, which is tried again");
            if self.shutdown.is_cancelled() && tries >= TRIES_WHEN_STOPPING {
                break;
            }
            tokio::time::sleep(POLL).await;
        }
        drop(counted);
        if stopping {
            // Whoever looks after runs ends with the last of them.
            engine.wake.look_at_runs();
        }
    }

    /// Runs the handler; `None` where it was told to stop and did not in time.
    async fn attempt(
        &self,
        job: &Claimed,
        active: &Arc<ActiveRun>,
    ) -> Option<Result<JobOutcome, JobFailure>> {
        if job.is_corrupt {
            return Some(Err(JobFailure::fatal(JobsError::Corrupt(job.lease.id.to_string()))));
        }
        let secrets = match &job.secrets {
            None => None,
            Some(sealed) => match self.jobs.unsealed(job.lease.id, sealed) {
                Ok(secrets) => Some(secrets),
                Err(error) => {
                    let error = error.context("the secrets of the job cannot be read");
                    return Some(Err(JobFailure::Fatal(error)));
                }
            },
        };
        let running = RunningJob {
            id: JobId(job.lease.id),
            key: job.key.clone(),
            payload: job.payload.clone(),
            secrets,
            attempt: u32::try_from(job.failures).unwrap_or_default().saturating_add(1),
            checkpoint: job.checkpoint.clone(),
            created_by: job.created_by.clone(),
            cancelled: active.token.clone(),
            lease: job.lease,
            active: Arc::clone(active),
            jobs: self.jobs.clone(),
        };
        let work = AssertUnwindSafe(self.handler.run(running)).catch_unwind();
        let mut work = pin!(work.map(|ended| ended.unwrap_or_else(|panic| Err(panicked(&*panic)))));
        let limit = async {
            match self.options.timeout {
                Some(limit) => tokio::time::sleep(limit).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            ended = &mut work => return Some(ended),
            () = self.shutdown.cancelled() => active.interrupt(Interruption::Stopping),
            () = limit => active.interrupt(Interruption::TimedOut),
            () = active.token.cancelled() => {}
        }
        timeout(self.options.grace, work).await.ok()
    }

    fn verdict(
        &self,
        job: &Claimed,
        active: &ActiveRun,
        ended: Result<JobOutcome, JobFailure>,
        now: DateTime<Utc>,
    ) -> Verdict {
        let ends_well = |state, run_at, recurring, result| Verdict {
            state,
            run_at,
            failures: 0,
            recurring,
            result,
            error: None,
        };
        let failure = match ended {
            Ok(JobOutcome::Done(result)) => {
                return ends_well(JobState::Done, now, false, Some(result.to_string()));
            }
            Ok(JobOutcome::Again(pause)) => {
                return ends_well(JobState::Ready, store::later(now, pause), true, None);
            }
            Err(failure) => failure,
        };
        let failures = job.failures.saturating_add(1);
        let pause = match &failure {
            JobFailure::RetryAfter(pause, _) => *pause,
            JobFailure::Fatal(_) => self.options.backoff.longest,
            JobFailure::Retry(_) => self.options.backoff.pause(u32::try_from(failures).unwrap_or(u32::MAX)),
        };
        let is_last = matches!(failure, JobFailure::Fatal(_)) || failures >= job.max_attempts;
        let state = if is_last && !job.recurring { JobState::Dead } else { JobState::Ready };
        let mut error = format!("{:#}", failure.cause());
        if active.interruption() == Some(Interruption::TimedOut) {
            let limit = humantime::format_duration(self.options.timeout.unwrap_or_default());
            error = format!("it took longer than {limit}: {error}");
        }
        if active.interruption().is_none() {
            let (queue, id) = (self.queue, JobId(job.lease.id));
            tracing::info!(queue, job = %id, key = job.key, attempt = failures, error, "a job failed");
        }
        let error = Some(store::kept_text(&error));
        Verdict { state, run_at: store::later(now, pause), failures, recurring: false, result: None, error }
    }

    async fn write_end(
        &self,
        job: &Claimed,
        verdict: Option<&Verdict>,
        now: DateTime<Utc>,
    ) -> Result<(), JobsError> {
        let engine = &self.jobs.0;
        let Some(verdict) = verdict else {
            store::release(&engine.database, job.lease, now).await?;
            return Ok(engine.wake.announce(&engine.database, Signal::Due(self.queue)).await?);
        };
        let Some(finished) = store::finish(&engine.database, job.lease, verdict, now).await? else {
            return Ok(());
        };
        engine.wake.tell(Signal::Ended);
        if !finished.stays || finished.awaited_run > job.ended_run {
            // Nobody else may hear of it, as whoever waits looks every second anyway.
            let _ = engine.wake.announce(&engine.database, Signal::Ended).await;
        }
        Ok(())
    }
}

fn report(error: &JobsError, id: Uuid, what: &'static str) {
    let error = error as &dyn std::error::Error;
    tracing::warn!(error, job = %JobId(id), "{what}");
}

fn panicked(panic: &(dyn Any + Send)) -> JobFailure {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    JobFailure::Retry(anyhow!("it panicked: {text}"))
}
