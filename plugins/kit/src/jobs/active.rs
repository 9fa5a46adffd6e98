use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
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
    lease_until: Mutex<DateTime<Utc>>,
}

impl ActiveRun {
    pub(super) fn new(run: i64, lease: Duration, lease_until: DateTime<Utc>) -> Self {
        Self {
            run,
            lease,
            token: CancellationToken::new(),
            interruption: OnceLock::new(),
            lease_until: Mutex::new(lease_until),
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
    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        let until = *self.lease_until.lock().unwrap_or_else(PoisonError::into_inner);
        (until - now).to_std().unwrap_or_default() <= self.lease.mul_f64(2.0 / 3.0)
    }

    pub(super) fn renewed(&self, until: DateTime<Utc>) {
        *self.lease_until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}

/// The runs of this process, by job.
#[derive(Debug, Default)]
pub(super) struct ActiveRuns(Mutex<HashMap<Uuid, Arc<ActiveRun>>>);

impl ActiveRuns {
    pub(super) fn add(&self, id: Uuid, active: &Arc<ActiveRun>) {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = runs.insert(id, Arc::clone(active)) {
            earlier.interrupt(Interruption::LeaseLost);
        }
    }

    pub(super) fn remove(&self, id: Uuid, run: i64) {
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
