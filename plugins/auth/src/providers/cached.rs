use std::sync::{Arc, PoisonError, RwLock};

use callboard_kit::Clock;
use chrono::{DateTime, Utc};

use super::ProviderError;
use crate::outgoing::OutgoingError;

/// How long something is taken without asking again.
const FRESH: chrono::Duration = chrono::Duration::hours(1);
/// How long it is taken while it cannot be asked for. A key that was withdrawn must not be good for ever.
const USABLE: chrono::Duration = chrono::Duration::hours(24);
/// How long somebody who did not answer is left alone: each of those who wait would wait as long as the one before.
const REST: chrono::Duration = chrono::Duration::seconds(30);

/// Something of somebody else's that is asked for when it is needed, by one at a time.
pub(super) struct Cached<T> {
    clock: Clock,
    state: RwLock<State<T>>,
    asking: tokio::sync::Mutex<()>,
}

struct State<T> {
    /// What was told, where and when.
    known: Option<(String, DateTime<Utc>, Arc<T>)>,
    /// Where nobody answered, and when.
    silent: Option<(String, DateTime<Utc>)>,
}

impl<T> Cached<T> {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            state: RwLock::new(State { known: None, silent: None }),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// What there is at an address, as known or asked for.
    pub(super) async fn get(
        &self,
        url: &str,
        ask: impl Future<Output = Result<T, ProviderError>> + Send,
    ) -> Result<Arc<T>, ProviderError> {
        if let Some(known) = self.known(url, FRESH) {
            return Ok(known);
        }
        let _only_one = match (self.asking.try_lock(), self.known(url, USABLE)) {
            (Ok(only_one), _) => only_one,
            // Somebody else asks already, and what is an hour old is better than to wait.
            (Err(_), Some(known)) => return Ok(known),
            (Err(_), None) => self.asking.lock().await,
        };
        if let Some(known) = self.known(url, FRESH) {
            return Ok(known);
        }
        match self.ask(url, ask).await {
            Err(ProviderError::Unavailable(error)) => {
                self.known(url, USABLE).ok_or(ProviderError::Unavailable(error))
            }
            asked => asked,
        }
    }

    /// Asks again, where `than` is still all that is known. `None` where `may_ask` says no.
    pub(super) async fn newer(
        &self,
        url: &str,
        than: &Arc<T>,
        may_ask: impl FnOnce() -> bool,
        ask: impl Future<Output = Result<T, ProviderError>> + Send,
    ) -> Result<Option<Arc<T>>, ProviderError> {
        let _only_one = self.asking.lock().await;
        if let Some(known) = self.known(url, FRESH).filter(|known| !Arc::ptr_eq(known, than)) {
            return Ok(Some(known));
        }
        if !may_ask() {
            return Ok(None);
        }
        self.ask(url, ask).await.map(Some)
    }

    async fn ask(
        &self,
        url: &str,
        ask: impl Future<Output = Result<T, ProviderError>> + Send,
    ) -> Result<Arc<T>, ProviderError> {
        if self.is_silent(url) {
            return Err(OutgoingError::Silent.into());
        }
        let asked = ask.await;
        let now = self.clock.now();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match asked {
            Ok(told) => {
                let told = Arc::new(told);
                *state = State { known: Some((url.to_owned(), now, Arc::clone(&told))), silent: None };
                Ok(told)
            }
            Err(error) => {
                if matches!(error, ProviderError::Unavailable(_)) {
                    state.silent = Some((url.to_owned(), now));
                }
                Err(error)
            }
        }
    }

    fn known(&self, url: &str, within: chrono::Duration) -> Option<Arc<T>> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let (from, at, known) = state.known.as_ref()?;
        (from == url && self.clock.now() - *at < within).then(|| Arc::clone(known))
    }

    fn is_silent(&self, url: &str) -> bool {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.silent.as_ref().is_some_and(|(from, at)| from == url && self.clock.now() - *at < REST)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use super::*;

    struct Told {
        cached: Cached<usize>,
        clock: Clock,
        asked: AtomicUsize,
        answers: std::sync::atomic::AtomicBool,
    }

    impl Told {
        fn new() -> Self {
            let clock = Clock::fixed("2026-01-01T00:00:00Z".parse().unwrap());
            Self { cached: Cached::new(clock.clone()), clock, asked: 0.into(), answers: true.into() }
        }

        async fn ask(&self) -> Result<usize, ProviderError> {
            let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            tokio::task::yield_now().await;
            if self.answers.load(Ordering::SeqCst) {
                Ok(asked)
            } else {
                Err(OutgoingError::Status(503).into())
            }
        }

        async fn get(&self) -> Option<usize> {
            self.cached.get("a", self.ask()).await.ok().map(|told| *told)
        }

        fn asked(&self) -> usize {
            self.asked.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn somebody_who_does_not_answer_is_left_alone_for_a_while() {
        let told = Told::new();
        told.answers.store(false, Ordering::SeqCst);
        let all = futures::future::join_all((0..50).map(|_| told.get())).await;
        assert_eq!((all.iter().flatten().count(), told.asked()), (0, 1));
        told.clock.advance(Duration::from_secs(29));
        assert_eq!((told.get().await, told.asked()), (None, 1));
        told.answers.store(true, Ordering::SeqCst);
        told.clock.advance(Duration::from_secs(1));
        assert_eq!((told.get().await, told.asked()), (Some(2), 2));
    }

    #[tokio::test]
    async fn what_is_known_is_taken_while_nobody_answers_but_not_for_ever() {
        let told = Told::new();
        assert_eq!((told.get().await, told.get().await, told.asked()), (Some(1), Some(1), 1));
        told.answers.store(false, Ordering::SeqCst);
        told.clock.advance(Duration::from_hours(2));
        let all = futures::future::join_all((0..50).map(|_| told.get())).await;
        assert!(all.iter().all(|one| *one == Some(1)));
        assert_eq!(told.asked(), 2);
        told.clock.advance(Duration::from_hours(22));
        assert_eq!(told.get().await, None, "a key that was withdrawn is good for ever");
    }

    #[tokio::test]
    async fn newer_ones_are_asked_for_by_one_and_as_often_as_is_allowed() {
        let told = Told::new();
        let first = told.cached.get("a", told.ask()).await.unwrap();
        let newer = |may| told.cached.newer("a", &first, move || may, told.ask());
        assert!(newer(false).await.unwrap().is_none());
        assert_eq!(newer(true).await.unwrap().as_deref(), Some(&2));
        assert_eq!(newer(true).await.unwrap().as_deref(), Some(&2), "it is known by now");
        assert_eq!(told.asked(), 2);
    }
}
