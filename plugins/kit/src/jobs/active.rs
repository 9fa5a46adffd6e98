use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Why a run should end before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// Someone cancelled the job.
    Cancelled,
    /// The process stops; the job is given back, with its checkpoint.
    Stopping,
    /// It took too long.
    TimedOut,
    /// Its lease ran out and was taken: another run may be under way.
    LeaseLost,
}

/// A run of this process.
#[derive(Debug)]
pub(super) struct ActiveRun {
    pub run: i64,
    pub lease: Duration,
    pub token: CancellationToken,
    interruption: OnceLock<Interruption>,
    /// By the steady clock of this machine: the time of day may be set.
    renewed: Mutex<Instant>,
}

impl ActiveRun {
    pub(super) fn new(run: i64, lease: Duration, since: Instant) -> Self {
        Self {
            run,
            lease,
            token: CancellationToken::new(),
            interruption: OnceLock::new(),
            renewed: Mutex::new(since),
        }
    }

    /// The first reason is the one that counts.
    pub(super) fn interrupt(&self, reason: Interruption) {
        let _ = self.interruption.set(reason);
        self.token.cancel();
    }

    pub(super) fn interruption(&self) -> Option<Interruption> {
        self.interruption.get().copied()
    }

    /// Whether a third of the lease has passed.
    pub(super) fn is_due(&self) -> bool {
        self.age() >= self.lease / 3
    }

    /// Whether all of it has, so that another process may have the job by now.
    pub(super) fn has_lapsed(&self) -> bool {
        self.age() >= self.lease
    }

    pub(super) fn renewed(&self, at: Instant) {
        *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    fn age(&self) -> Duration {
        self.renewed.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// The runs of this process, by job.
#[derive(Debug, Default)]
pub(super) struct ActiveRuns(Mutex<HashMap<Uuid, Arc<ActiveRun>>>);

impl ActiveRuns {
    /// Counts a run among those whose leases are renewed, until what is given is dropped.
    pub(super) fn add(&self, id: Uuid, active: &Arc<ActiveRun>) -> Counted<'_> {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = runs.insert(id, Arc::clone(active)) {
            earlier.interrupt(Interruption::LeaseLost);
        }
        Counted { runs: self, id, run: active.run }
    }

    fn remove(&self, id: Uuid, run: i64) {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if runs.get(&id).is_some_and(|active| active.run == run) {
            runs.remove(&id);
        }
    }

    pub(super) fn all(&self) -> Vec<(Uuid, Arc<ActiveRun>)> {
        let runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        runs.iter().map(|(id, active)| (*id, Arc::clone(active))).collect()
    }
}

/// A run that is counted; however it ends, panics included, its lease is renewed no longer.
pub(super) struct Counted<'a> {
    runs: &'a ActiveRuns,
    id: Uuid,
    run: i64,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.runs.remove(self.id, self.run);
    }
}
