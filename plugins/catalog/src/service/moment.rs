//! Answers that are of one moment, however much changes while they are made.

use std::{
    future::Future,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use super::CatalogService;

/// How long, and how often, an answer is tried while changes go on.
const PATIENCE: Duration = Duration::from_millis(250);
const TRIES: usize = 3;

tokio::task_local! {
    /// The moment of the answer that is being made.
    static CURRENT: Arc<Moment>;
}

/// The version of the index that an answer is made from.
#[derive(Debug, Default)]
pub struct Moment {
    version: OnceLock<u64>,
    /// Another version was looked at, too.
    is_mixed: AtomicBool,
    /// The database was ahead of the index.
    is_behind: AtomicBool,
}

impl Moment {
    /// The moment of the answer that this task makes; one of its own where it makes none.
    pub(super) fn current() -> Arc<Self> {
        CURRENT.try_with(Arc::clone).unwrap_or_default()
    }

    /// Notes that the index was looked at.
    pub(super) fn saw(&self, version: u64) {
        if *self.version.get_or_init(|| version) != version {
            self.is_mixed.store(true, Ordering::Relaxed);
        }
    }

    /// Notes that the database did not hold any more what the index holds.
    pub(super) fn fell_behind(&self) {
        self.is_behind.store(true, Ordering::Relaxed);
    }

    fn is_whole(&self) -> bool {
        !self.is_mixed.load(Ordering::Relaxed) && !self.is_behind.load(Ordering::Relaxed)
    }
}

impl CatalogService {
    /// Makes an answer, anew where something it is made of changed meanwhile. Where that happens again and again, changes
    /// wait for the answer.
    pub async fn of_one_moment<T, F: Future<Output = T>>(&self, make: impl Fn() -> F) -> T {
        let began = Instant::now();
        let mut tries = 0;
        loop {
            tries += 1;
            let moment = Arc::new(Moment::default());
            let is_last = tries >= 2 * TRIES;
            let frozen = if tries > TRIES || (tries > 1 && began.elapsed() > PATIENCE) {
                Some(self.index.freeze().await)
            } else {
                None
            };
            let answer = CURRENT.scope(Arc::clone(&moment), make()).await;
            drop(frozen);
            if moment.is_whole() || is_last {
                return answer;
            }
            metrics::counter!("callboard_catalog_answers_made_again_total").increment(1);
            if moment.is_behind.load(Ordering::Relaxed)
                && let Err(error) = self.index.catch_up().await
            {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "the index cannot catch up with the database, which is tried again");
                return answer;
            }
        }
    }
}
