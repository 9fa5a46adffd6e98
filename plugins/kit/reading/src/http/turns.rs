use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use callboard_kit::ReadFailure;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::refusal::unavailable;

/// Requests to one host at the same time.
const PER_HOST: usize = 8;
/// Hosts that are remembered though nobody asks them.
const REMEMBERED: usize = 256;

/// Lets only so many requests go to a host at a time.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<String, Arc<Semaphore>>>);

impl Turns {
    /// Waits until a host may be asked; what is given is held for as long as it is.
    pub async fn take(&self, url: &Url) -> Result<OwnedSemaphorePermit, ReadFailure> {
        self.host(url).acquire_owned().await.map_err(|_| unavailable(url))
    }

    fn host(&self, url: &Url) -> Arc<Semaphore> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= REMEMBERED {
            // A rule with a wildcard covers more hosts than can be remembered.
            hosts.retain(|_, turns| Arc::strong_count(turns) > 1);
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        Arc::clone(hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(PER_HOST))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_is_asked_by_so_many_at_once_and_forgotten_when_there_are_many_others() {
        let turns = Turns::default();
        let url = |host: &str| Url::parse(&format!("https://{host}.example/")).unwrap();
        let mut taken = Vec::new();
        for _ in 0..PER_HOST {
            taken.push(turns.take(&url("busy")).await.unwrap());
        }
        for number in 0..10 * REMEMBERED {
            drop(turns.take(&url(&format!("host{number}"))).await.unwrap());
        }
        assert!(turns.0.lock().unwrap().len() <= REMEMBERED);
        assert_eq!(turns.host(&url("busy")).available_permits(), 0, "it is still busy");
        drop(taken);
        assert_eq!(turns.host(&url("busy")).available_permits(), PER_HOST);
    }
}
