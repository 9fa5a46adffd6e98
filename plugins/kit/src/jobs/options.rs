use std::time::Duration;

use uuid::Uuid;

/// How a process works on a queue.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// How many jobs at once.
    pub concurrency: usize,
    /// How long after its last sign of life a job is taken from a process; renewed every third of it.
    pub lease: Duration,
    /// How long a run may take; as long as it likes where there is none.
    pub timeout: Option<Duration>,
    /// How long a run that was told to stop may take to do so before it is dropped.
    pub grace: Duration,
    /// How long a failed job waits.
    pub backoff: Backoff,
    /// The keys of the jobs that this process knows how to do; others are left to those who do. All where there is none.
    pub keys: Option<Vec<String>>,
}

impl Default for WorkerOptions {
    fn default() -> Self {
        Self {
            concurrency: 1,
            lease: Duration::from_secs(30),
            timeout: Some(Duration::from_hours(1)),
            grace: Duration::from_secs(5),
            backoff: Backoff::default(),
            keys: None,
        }
    }
}

/// How long a failed job waits: twice as long each time, less a jitter.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// After the first failure.
    pub first: Duration,
    /// After any.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(5), longest: Duration::from_mins(10) }
    }
}

impl Backoff {
    /// How long to wait after so many failures in a row.
    pub(super) fn pause(self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(30);
        let full = self.first.saturating_mul(1 << doublings).min(self.longest);
        jittered(full, 0.5)
    }
}

/// The duration less up to this fraction of it.
pub(super) fn jittered(full: Duration, fraction: f64) -> Duration {
    let [random, ..] = Uuid::new_v4().into_bytes();
    full.mul_f64(1.0 - fraction * f64::from(random) / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_doubles_up_to_the_longest_and_is_halved_at_most() {
        let backoff = Backoff { first: Duration::from_secs(2), longest: Duration::from_mins(1) };
        for (failures, full) in [(1, 2), (2, 4), (3, 8), (6, 60), (1000, 60)] {
            let pause = backoff.pause(failures);
            assert!(
                pause <= Duration::from_secs(full) && pause >= Duration::from_secs(full) / 2,
                "{pause:?}"
            );
        }
    }
}
