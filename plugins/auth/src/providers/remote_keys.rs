use std::sync::{Arc, PoisonError, RwLock};

use callboard_kit::Clock;
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use openidconnect::core::CoreJsonWebKeySet;
use serde_json::Value;

use crate::{
    jwt::{self, Claims, Expected, JwtError},
    limits::RateLimit,
    outgoing::{Outgoing, OutgoingError},
    providers::ProviderError,
};

/// How long keys are taken without asking again.
const FRESH: chrono::Duration = chrono::Duration::hours(1);
/// How often in a minute tokens with unknown keys make the portal ask again.
const REFETCHES_A_MINUTE: u32 = 6;

/// The public keys of somebody else, asked for when they are needed.
pub(crate) struct RemoteKeys {
    outgoing: Outgoing,
    clock: Clock,
    refetches: RateLimit<()>,
    fetched: RwLock<Option<Fetched>>,
    fetching: tokio::sync::Mutex<()>,
}

/// Keys, where they are from and since when.
type Fetched = (String, DateTime<Utc>, Arc<Keys>);

/// A key set, as both libraries read it.
#[derive(Debug)]
pub(crate) struct Keys {
    pub set: JwkSet,
    pub core: CoreJsonWebKeySet,
}

impl Keys {
    /// Reads a key set; keys of kinds that are not known are left out.
    fn read(document: &Value) -> Result<Self, OutgoingError> {
        let keys = document.get("keys").and_then(Value::as_array).cloned().unwrap_or_default();
        let known = |key: &Value| serde_json::from_value::<Jwk>(key.clone()).ok();
        let set = JwkSet { keys: keys.iter().filter_map(known).collect() };
        let core = serde_json::from_value(document.clone()).map_err(OutgoingError::Json)?;
        Ok(Self { set, core })
    }
}

impl RemoteKeys {
    pub(crate) fn new(outgoing: Outgoing, clock: Clock) -> Self {
        Self {
            outgoing,
            refetches: RateLimit::new(REFETCHES_A_MINUTE, clock.clone()),
            clock,
            fetched: RwLock::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    /// The keys at an address, as known or fetched.
    pub(crate) async fn get(&self, url: &str) -> Result<Arc<Keys>, OutgoingError> {
        if let Some((_, keys)) = self.known(url, true) {
            return Ok(keys);
        }
        let _only_one = self.fetching.lock().await;
        match self.known(url, true) {
            Some((_, keys)) => Ok(keys),
            None => match self.fetch(url).await {
                Ok(keys) => Ok(keys),
                // Keys that are an hour old are better than nobody signed in.
                Err(error) => self.known(url, false).map(|(_, keys)| keys).ok_or(error),
            },
        }
    }

    /// Asks again, as a token came with a key that `than` does not hold. `None` where that is not allowed so soon.
    pub(crate) async fn newer(
        &self,
        url: &str,
        than: &Arc<Keys>,
    ) -> Result<Option<Arc<Keys>>, OutgoingError> {
        let _only_one = self.fetching.lock().await;
        if let Some((_, keys)) = self.known(url, true).filter(|(_, keys)| !Arc::ptr_eq(keys, than)) {
            return Ok(Some(keys));
        }
        if self.refetches.take(&()).is_err() {
            return Ok(None);
        }
        self.fetch(url).await.map(Some)
    }

    /// Checks a token, with newer keys where its key is not among those known.
    pub(crate) async fn verify(
        &self,
        url: &str,
        token: &str,
        expected: &Expected<'_>,
    ) -> Result<Claims, ProviderError> {
        let keys = self.get(url).await?;
        match jwt::verify(token, &keys.set, expected) {
            Err(JwtError::UnknownKey | JwtError::Signature) => match self.newer(url, &keys).await? {
                Some(newer) => Ok(jwt::verify(token, &newer.set, expected)?),
                None => Err(JwtError::UnknownKey.into()),
            },
            verified => Ok(verified?),
        }
    }

    fn known(&self, url: &str, fresh: bool) -> Option<(DateTime<Utc>, Arc<Keys>)> {
        let fetched = self.fetched.read().unwrap_or_else(PoisonError::into_inner);
        let (from, at, keys) = fetched.as_ref()?;
        let is_fresh = !fresh || self.clock.now() - *at < FRESH;
        (from == url && is_fresh).then(|| (*at, Arc::clone(keys)))
    }

    async fn fetch(&self, url: &str) -> Result<Arc<Keys>, OutgoingError> {
        let keys = Arc::new(Keys::read(&self.outgoing.get_json(url, None).await?)?);
        let fetched = (url.to_owned(), self.clock.now(), Arc::clone(&keys));
        *self.fetched.write().unwrap_or_else(PoisonError::into_inner) = Some(fetched);
        Ok(keys)
    }
}
