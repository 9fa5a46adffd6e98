//! Git repositories: the files of one commit are fetched without its history, kept on disk and read from the pack.

mod address;
mod counting;
mod effort;
mod pack;
mod packets;
mod remote;
mod snapshot;
mod store;

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use callboard_kit::{Clock, ReadFailure};
use gix_hash::ObjectId;
use tokio::{
    sync::{Mutex as Turn, Semaphore},
    time::Instant,
};
use url::Url;

use self::{remote::Remote, store::Store};
use crate::{
    config::ReadingConfig,
    git_config::GitReadingConfig,
    guard::shown,
    http::{Http, MAX_TRIES, pause},
};

pub use address::GitAddress;
pub use effort::Effort;
pub use snapshot::{Found, Snapshot, damaged};

/// Packs that are received and unpacked at the same time.
const FETCHES: usize = 4;

type Credentials = Option<(String, String)>;
/// A repository, and a branch, tag or commit of it.
type Branch = (Url, Option<String>);
/// What came of the last look at a branch, and when that was.
type Known = Option<(Instant, Result<Arc<Snapshot>, ReadFailure>)>;

/// Reads git repositories.
#[derive(Clone, Debug)]
pub struct Git(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: Http,
    limits: GitReadingConfig,
    store: Store,
    known: Mutex<HashMap<Branch, Arc<Turn<Known>>>>,
    fetches: Semaphore,
}

impl Git {
    /// Reads git repositories within the limits of a config and keeps what it read below a folder.
    pub fn new(config: &ReadingConfig, http: Http, clock: Clock, folder: &Path) -> Self {
        let limits = config.git.clone();
        let store = Store::new(folder.to_owned(), limits.max_cache_bytes, clock);
        let fetches = Semaphore::new(FETCHES);
        Self(Arc::new(Inner { http, limits, store, known: Mutex::default(), fetches }))
    }

    /// How many files and folders a repository may have.
    pub fn max_objects(&self) -> usize {
        usize::try_from(self.0.limits.max_objects).unwrap_or(usize::MAX)
    }

    /// The files of a repository as they are now, or were a moment ago. Whoever asks for the same while it is fetched
    /// waits and gets the same.
    pub async fn snapshot(
        &self,
        address: &GitAddress,
        credentials: Credentials,
    ) -> Result<Arc<Snapshot>, ReadFailure> {
        let place = self.place(address);
        let mut known = place.lock().await;
        if let Some((at, result)) = known.as_ref()
            && at.elapsed() < self.0.limits.fresh_for.0
        {
            return result.clone();
        }
        let result = self.look(address, credentials).await;
        *known = Some((Instant::now(), result.clone()));
        result
    }

    /// What may be done to answer one question, until what is given with it is dropped.
    pub fn effort(&self) -> (Effort, Interrupt) {
        let interrupt = Interrupt::default();
        (Effort::new(self.0.limits.max_unpacked_bytes, Arc::clone(&interrupt.0)), interrupt)
    }

    /// Has the next one look again, as what came of the last look was with credentials that are given up.
    pub async fn look_again(&self, address: &GitAddress) {
        *self.place(address).lock().await = None;
    }

    /// Forgets a repository whose files turned out not to be whole. It is fetched again, but no more often than it is
    /// looked at: its host may send it so for ever.
    pub async fn forget(&self, address: &GitAddress, commit: ObjectId) {
        *self.place(address).lock().await = Some((Instant::now(), Err(damaged())));
        let folder = self.0.store.folder(&address.repository, commit);
        let removed = tokio::task::spawn_blocking(move || std::fs::remove_dir_all(folder)).await;
        tracing::warn!(repository = shown(&address.repository), ?removed, "what was kept is not whole");
    }

    fn place(&self, address: &GitAddress) -> Arc<Turn<Known>> {
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh_for = self.0.limits.fresh_for.0;
        known.retain(|_, place| {
            let is_fresh = |known: &Known| known.as_ref().is_some_and(|(at, _)| at.elapsed() < fresh_for);
            Arc::strong_count(place) > 1 || place.try_lock().is_ok_and(|known| is_fresh(&known))
        });
        let key = (address.repository.clone(), address.reference.clone());
        Arc::clone(known.entry(key).or_default())
    }

    /// Looks again as long as that may help and there is time.
    async fn look(
        &self,
        address: &GitAddress,
        credentials: Credentials,
    ) -> Result<Arc<Snapshot>, ReadFailure> {
        let end = Instant::now() + self.0.limits.timeout.0;
        let mut tries = 0;
        loop {
            tries += 1;
            let once = tokio::time::timeout_at(end, self.look_once(address, credentials.clone())).await;
            let failure = match once {
                Ok(Ok(snapshot)) => return Ok(Arc::new(snapshot)),
                Ok(Err(failure)) => failure,
                Err(_) => {
                    let message = format!("`{}` did not answer in time", shown(&address.repository));
                    return Err(ReadFailure::Unavailable(message));
                }
            };
            let next = pause(&failure, tries).filter(|_| failure.is_transient() && tries < MAX_TRIES);
            match next {
                Some(next) if Instant::now() + next < end => tokio::time::sleep(next).await,
                _ => return Err(failure),
            }
        }
    }

    async fn look_once(
        &self,
        address: &GitAddress,
        credentials: Credentials,
    ) -> Result<Snapshot, ReadFailure> {
        let repository = &address.repository;
        let named = address.reference.as_deref().filter(|name| name.len() == 40);
        let named = named.and_then(|name| ObjectId::from_hex(name.as_bytes()).ok());
        // A commit never changes.
        if let Some(commit) = named
            && let Some(snapshot) = self.kept(repository, commit).await?
        {
            return Ok(snapshot);
        }
        let remote = Remote::open(&self.0.http, repository, credentials).await?;
        let commit = match named {
            Some(commit) => commit,
            None => remote.commit(address.reference.as_deref()).await?,
        };
        if let Some(snapshot) = self.kept(repository, commit).await? {
            return Ok(snapshot);
        }
        let _turn = self.0.fetches.acquire().await.map_err(|_| damaged())?;
        let (store, place) = (self.0.store.clone(), repository.clone());
        let begun = tokio::task::spawn_blocking(move || store.begin(&place, commit));
        let unfinished = begun.await.map_err(|_| damaged())??;
        let pack = unfinished.folder.join("received");
        if let Err(failure) = remote.fetch(commit, &pack, self.0.limits.max_pack_bytes).await {
            unfinished.discard().await;
            return Err(failure);
        }
        let interrupt = Interrupt::default();
        let (flag, limits) = (Arc::clone(&interrupt.0), self.0.limits.clone());
        let store = self.0.store.clone();
        let indexed = tokio::task::spawn_blocking(move || {
            let unfinished = unfinished.blocking();
            pack::index(&pack, &unfinished.folder, &limits, &flag)?;
            let folder = unfinished.finish()?;
            store.evict(&folder);
            Ok(())
        });
        indexed.await.map_err(|_| damaged())??;
        self.kept(repository, commit).await?.ok_or_else(damaged)
    }

    async fn kept(&self, repository: &Url, commit: ObjectId) -> Result<Option<Snapshot>, ReadFailure> {
        let (store, repository) = (self.0.store.clone(), repository.clone());
        let opened = tokio::task::spawn_blocking(move || store.open(&repository, commit));
        opened.await.map_err(|_| damaged())?
    }
}

/// Stops the work behind it when whoever waits for that is gone.
#[derive(Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
