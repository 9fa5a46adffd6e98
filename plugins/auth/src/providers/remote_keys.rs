use std::sync::Arc;

use callboard_kit::Clock;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use openidconnect::core::CoreJsonWebKeySet;
use serde_json::Value;

use super::{ProviderError, cached::Cached};
use crate::{
    jwt::{self, Claims, Expected, JwtError},
    limits::RateLimit,
    outgoing::{Outgoing, OutgoingError},
};

/// How often in a minute tokens with unknown keys make the portal ask again.
const REFETCHES_A_MINUTE: u32 = 6;

/// The public keys of somebody else, asked for when they are needed.
pub(crate) struct RemoteKeys {
    outgoing: Outgoing,
    refetches: RateLimit<()>,
    cached: Cached<Keys>,
}

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
        let refetches = RateLimit::new(REFETCHES_A_MINUTE, clock.clone());
        Self { outgoing, refetches, cached: Cached::new(clock) }
    }

    /// The keys at an address, as known or fetched.
    pub(crate) async fn get(&self, url: &str) -> Result<Arc<Keys>, ProviderError> {
        self.cached.get(url, self.fetch(url)).await
    }

    /// Asks again, as a token came with a key that `than` does not hold. `None` where that is not allowed so soon.
    pub(crate) async fn newer(
        &self,
        url: &str,
        than: &Arc<Keys>,
    ) -> Result<Option<Arc<Keys>>, ProviderError> {
        self.cached.newer(url, than, || self.refetches.take(&()).is_ok(), self.fetch(url)).await
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

    async fn fetch(&self, url: &str) -> Result<Keys, ProviderError> {
        Ok(Keys::read(&self.outgoing.get_json(url, None).await?)?)
    }
}
