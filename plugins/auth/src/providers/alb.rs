//! Tokens of Amazon's load balancer: a key for each at an address of its own, and claims in the head.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use callboard_kit::Clock;
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::ProviderError;
use crate::{
    config::ProviderConfig,
    jwt::{self, Claims, MAX_TOKEN},
    limits::RateLimit,
    outgoing::Outgoing,
};

/// The load balancer pads, unlike everyone else.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// How a public key on the curve P-256 begins in DER; the point follows.
const P256_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// How many keys are remembered.
const MAX_KEYS: usize = 32;

/// The keys of a region, by id.
pub(super) struct AlbKeys {
    outgoing: Outgoing,
    fetches: RateLimit<()>,
    known: Mutex<HashMap<String, Vec<u8>>>,
}

impl AlbKeys {
    pub(super) fn new(outgoing: Outgoing, clock: Clock) -> Self {
        Self { outgoing, fetches: RateLimit::new(12, clock), known: Mutex::default() }
    }

    /// The claims of a token of the configured load balancer.
    pub(super) async fn verify(
        &self,
        token: &str,
        config: &ProviderConfig,
        now: DateTime<Utc>,
        skew: chrono::Duration,
    ) -> Result<Claims, ProviderError> {
        let malformed = || ProviderError::invalid("it is no signed token");
        let mut parts = token.split('.');
        let (Some(head), Some(body), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed());
        };
        if token.len() > MAX_TOKEN {
            return Err(malformed());
        }
        let header = object(head).ok_or_else(malformed)?;
        let text = |name: &str| header.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("alg") != "ES256" {
            return Err(ProviderError::invalid("its algorithm is not allowed"));
        }
        if config.signer.as_deref() != Some(text("signer")) {
            return Err(ProviderError::invalid("it is of another load balancer"));
        }
        let key = self.key(text("kid"), config).await?;
        let signed = &token[..head.len() + 1 + body.len()];
        let signature = BASE64.decode(signature).map_err(|_| malformed())?;
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
            .verify(signed.as_bytes(), &signature)
            .map_err(|_| ProviderError::invalid("its signature is wrong"))?;
        let claims = object(body).ok_or_else(malformed)?;
        if config.issuer.as_deref() != Some(text("iss")) {
            return Err(ProviderError::invalid("it is of another issuer"));
        }
        // The end of the token is in its head; the body tells of the token that the provider gave.
        jwt::check_time(&header, now, skew)?;
        Ok(claims)
    }

    async fn key(&self, id: &str, config: &ProviderConfig) -> Result<Vec<u8>, ProviderError> {
        // It becomes part of an address.
        if uuid::Uuid::parse_str(id).is_err() || id.len() != 36 {
            return Err(ProviderError::invalid("its key has no id"));
        }
        let unknown = || ProviderError::invalid("its key is not known");
        if let Some(key) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(key.clone());
        }
        if self.fetches.take(&()).is_err() {
            return Err(unknown());
        }
        let folder = config.keys_url.clone().unwrap_or_else(|| {
            format!(
                "https://public-keys.auth.elb.{}.amazonaws.com",
                config.region.as_deref().unwrap_or_default()
            )
        });
        let pem = self.outgoing.get(&format!("{}/{id}", folder.trim_end_matches('/')), None).await?;
        let key = point(&pem).ok_or_else(unknown)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_KEYS {
            known.clear();
        }
        known.insert(id.to_owned(), key.clone());
        Ok(key)
    }
}

fn object(part: &str) -> Option<Claims> {
    serde_json::from_slice(&BASE64.decode(part).ok()?).ok()
}

/// The point of a public key in PEM.
fn point(pem: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(pem).ok()?;
    let body: String =
        text.lines().filter(|line| !line.starts_with("-----")).flat_map(|line| line.trim().chars()).collect();
    let der = STANDARD.decode(body).ok()?;
    der.strip_prefix(&P256_HEAD).filter(|point| point.len() == 65).map(<[u8]>::to_vec)
}
