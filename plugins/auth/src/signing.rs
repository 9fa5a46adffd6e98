//! The keys that the portal signs with: published before they are used, and until what they signed has ended.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::{Clock, PermissionPattern, Problem, Result, Vault, Viewer};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    limits::RateLimit,
    repository::{AuthRepository, StoredKey},
};

/// How long an identity token is valid.
const LIFETIME: chrono::Duration = chrono::Duration::minutes(5);
/// A cached token is given out while this much of its time is left.
const MARGIN: chrono::Duration = chrono::Duration::minutes(1);
/// How long a key is published before it signs: longer than anyone caches the key set.
const LEAD: chrono::Duration = chrono::Duration::hours(1);
/// How long anyone may cache the key set, in seconds.
pub(crate) const KEYS_MAX_AGE: u32 = 300;
/// How often in a minute whoever asks for the keys makes the portal read them anew.
const READS_A_MINUTE: u32 = 6;
/// How many identity tokens are remembered.
const MAX_CACHED: usize = 10_000;

/// The keys of the portal.
pub(crate) struct KeyRing {
    pub repository: AuthRepository,
    pub vault: Vault,
    pub clock: Clock,
    pub issuer: Arc<str>,
    pub rotate_every: chrono::Duration,
    keys: RwLock<Arc<Vec<Key>>>,
    cache: Mutex<HashMap<CacheKey, (String, DateTime<Utc>)>>,
    reads: RateLimit<()>,
}

struct Key {
    id: String,
    public: Value,
    /// `None` where another key of the vault sealed it: it is published still, and signs no more.
    private: Option<EncodingKey>,
    active_at: DateTime<Utc>,
    retires_at: DateTime<Utc>,
}

/// Subject, audience and permissions of an identity token.
type CacheKey = (String, String, Option<Vec<PermissionPattern>>);

impl KeyRing {
    /// The keys in the database, and a first one where there is none.
    pub(crate) async fn open(
        repository: AuthRepository,
        vault: Vault,
        clock: Clock,
        issuer: Arc<str>,
        rotate_every: std::time::Duration,
    ) -> Result<Self> {
        let ring = Self {
            repository,
            vault,
            clock: clock.clone(),
            issuer,
            rotate_every: chrono::Duration::from_std(rotate_every)
                .unwrap_or(chrono::Duration::days(365))
                .max(LEAD * 2),
            keys: RwLock::default(),
            cache: Mutex::default(),
            reads: RateLimit::new(READS_A_MINUTE, clock),
        };
        ring.rotate().await?;
        Ok(ring)
    }

    /// Reads the keys anew, makes the next one in time, and forgets those that nothing valid is signed with.
    pub(crate) async fn rotate(&self) -> Result<()> {
        let now = self.clock.now();
        self.repository.sweep_keys(now - LIFETIME * 3).await?;
        let mut keys = self.read().await?;
        let usable = keys.iter().filter(|key| key.private.is_some());
        match usable.map(|key| key.retires_at).max() {
            // The next one takes over when this one retires.
            Some(last) if last - now > LEAD => {}
            Some(last) if last > now => {
                self.add(last, now).await?;
                keys = self.read().await?;
            }
            _ => {
                self.add(now, now).await?;
                keys = self.read().await?;
            }
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        Ok(())
    }

    async fn add(&self, active_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
        let wrong = |_| Problem::internal("a signing key could not be made");
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(wrong)?;
        let private = pair.to_pkcs8v1().map_err(wrong)?;
        let point = pair.public_key().as_ref();
        let (x, y) = point.get(1..33).zip(point.get(33..65)).ok_or_else(|| Problem::internal("no point"))?;
        let id = Uuid::now_v7().to_string();
        let public = json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": id,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        });
        let sealed = self.vault.seal(&purpose(&id), private.as_ref()).map_err(Problem::internal)?;
        let key = StoredKey {
            id,
            public_key: public.to_string(),
            private_key: sealed,
            active_at,
            retires_at: active_at.max(now) + self.rotate_every,
        };
        Ok(self.repository.add_key(&key).await?)
    }

    async fn read(&self) -> Result<Vec<Key>> {
        let stored = self.repository.keys().await?;
        let keys = stored.into_iter().filter_map(|key| {
            let private = self.vault.open(&purpose(&key.id), &key.private_key);
            if private.is_err() {
                tracing::warn!(key = key.id, "a signing key was sealed with another `backend.encryptionKey`");
            }
            Some(Key {
                public: serde_json::from_str(&key.public_key).ok()?,
                private: private.ok().map(|der| EncodingKey::from_ec_der(&der)),
                active_at: key.active_at,
                retires_at: key.retires_at,
                id: key.id,
            })
        });
        Ok(keys.collect())
    }

    fn keys(&self) -> Arc<Vec<Key>> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The public halves, as anyone may read them; those that another replica has just made among them.
    pub(crate) async fn published(&self) -> Value {
        if self.reads.take(&()).is_ok()
            && let Err(problem) = self.rotate().await
        {
            tracing::error!(cause = ?problem.cause(), "the signing keys could not be read anew");
        }
        let keys: Vec<Value> = self.keys().iter().map(|key| key.public.clone()).collect();
        json!({ "keys": keys })
    }

    /// A token that tells `audience` who asks.
    pub(crate) fn identity_token(&self, viewer: &Viewer, audience: &str) -> Option<String> {
        let subject = viewer.reference()?.to_string();
        let permissions = viewer.token_permissions().map(<[_]>::to_vec);
        let cache_key = (subject, audience.to_owned(), permissions);
        let now = self.clock.now();
        {
            let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((token, expires)) = cache.get(&cache_key)
                && now + MARGIN < *expires
            {
                return Some(token.clone());
            }
        }
        let expires = now + LIFETIME;
        let token = self.sign(&cache_key, now, expires)?;
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MAX_CACHED {
            cache.retain(|_, (_, expires)| now + MARGIN < *expires);
            if cache.len() >= MAX_CACHED {
                cache.clear();
            }
        }
        cache.insert(cache_key, (token.clone(), expires));
        Some(token)
    }

    fn sign(&self, of: &CacheKey, now: DateTime<Utc>, expires: DateTime<Utc>) -> Option<String> {
        let keys = self.keys();
        // The latest of those that are published long enough.
        let active = keys.iter().filter(|key| key.active_at <= now && key.private.is_some());
        let key =
            active.max_by(|left, right| (left.active_at, &right.id).cmp(&(right.active_at, &left.id)))?;
        let (subject, audience, permissions) = of;
        let mut claims = json!({
            "iss": self.issuer, "sub": subject, "aud": audience, "iat": now.timestamp(),
            "exp": expires.timestamp(), "jti": Uuid::new_v4().to_string(),
        });
        if let Some(permissions) = permissions {
            claims["permissions"] = json!(permissions);
        }
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::ES256) };
        let signed = jsonwebtoken::encode(&header, &claims, key.private.as_ref()?);
        signed.inspect_err(|error| tracing::error!(%error, "an identity token could not be signed")).ok()
    }
}

fn purpose(id: &str) -> String {
    format!("auth.signing-key:{id}")
}

#[cfg(test)]
mod tests {
    use callboard_migrations::{Migrator, MigratorTrait};
    use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};

    use super::*;

    async fn repository() -> AuthRepository {
        let database = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&database, None).await.unwrap();
        AuthRepository::new(database)
    }

    async fn ring(repository: &AuthRepository, clock: &Clock, secret: &[u8]) -> KeyRing {
        let (vault, month) = (Vault::new(secret).unwrap(), std::time::Duration::from_hours(30 * 24));
        let issuer = "https://portal.example.com".into();
        KeyRing::open(repository.clone(), vault, clock.clone(), issuer, month).await.unwrap()
    }

    fn alice() -> Viewer {
        Viewer::user("user:default/alice".parse().unwrap(), [])
    }

    /// Whether the published keys verify a token, and with which of them.
    async fn verified(ring: &KeyRing, token: &str) -> Option<String> {
        let kid = decode_header(token).unwrap().kid.unwrap();
        let published = ring.published().await;
        let key =
            published["keys"].as_array().unwrap().iter().find(|key| key["kid"] == kid.as_str())?.clone();
        let key = DecodingKey::from_jwk(&serde_json::from_value(key).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::ES256);
        validation.validate_exp = false;
        validation.set_audience(&["docs"]);
        decode::<Value>(token, &key, &validation).ok().map(|_| kid)
    }

    #[tokio::test]
    async fn keys_are_published_before_they_sign_and_until_what_they_signed_has_ended() {
        let clock = Clock::fixed("2026-01-01T00:00:00Z".parse().unwrap());
        let ring = ring(&repository().await, &clock, b"secret").await;
        let hours = |hours: u64| std::time::Duration::from_hours(hours);
        let count = |ring: &KeyRing| ring.keys().len();
        let first = verified(&ring, &ring.identity_token(&alice(), "docs").unwrap()).await.unwrap();
        clock.advance(hours(30 * 24 - 2));
        ring.rotate().await.unwrap();
        assert_eq!(count(&ring), 1);
        clock.advance(std::time::Duration::from_mins(90));
        ring.rotate().await.unwrap();
        assert_eq!(count(&ring), 2, "the next one is published");
        let last = ring.identity_token(&alice(), "docs").unwrap();
        assert_eq!(verified(&ring, &last).await.as_ref(), Some(&first), "and does not sign yet");
        clock.advance(std::time::Duration::from_mins(34));
        ring.rotate().await.unwrap();
        let next = ring.identity_token(&alice(), "docs").unwrap();
        assert_ne!(verified(&ring, &next).await.unwrap(), first);
        assert_eq!(
            verified(&ring, &last).await.as_ref(),
            Some(&first),
            "what the old one signed is valid still"
        );
        clock.advance(hours(1));
        ring.rotate().await.unwrap();
        assert_eq!(count(&ring), 1);
        assert_eq!(verified(&ring, &last).await, None);
    }

    #[tokio::test]
    async fn replicas_share_keys_and_another_vault_makes_its_own() {
        let clock = Clock::fixed("2026-01-01T00:00:00Z".parse().unwrap());
        let repository = repository().await;
        let one = ring(&repository, &clock, b"secret").await;
        let two = ring(&repository, &clock, b"secret").await;
        assert_eq!(one.keys().len(), 1);
        assert!(verified(&two, &one.identity_token(&alice(), "docs").unwrap()).await.is_some());
        let changed = ring(&repository, &clock, b"another").await;
        let token = changed.identity_token(&alice(), "docs").unwrap();
        assert!(verified(&one, &token).await.is_some(), "it is published by all");
        assert_eq!(changed.identity_token(&Viewer::anonymous(), "docs"), None);
    }

    #[tokio::test]
    async fn a_token_is_made_for_one_audience_one_viewer_and_what_it_may_do() {
        let clock = Clock::fixed("2026-01-01T00:00:00Z".parse().unwrap());
        let ring = ring(&repository().await, &clock, b"secret").await;
        let whole = ring.identity_token(&alice(), "docs").unwrap();
        assert_eq!(ring.identity_token(&alice(), "docs").unwrap(), whole);
        assert_ne!(ring.identity_token(&alice(), "search").unwrap(), whole);
        let narrow = alice().with_token_permissions(vec![PermissionPattern::new("docs.*")]);
        assert_ne!(ring.identity_token(&narrow, "docs").unwrap(), whole);
        clock.advance(std::time::Duration::from_mins(5));
        assert_ne!(ring.identity_token(&alice(), "docs").unwrap(), whole);
    }
}
