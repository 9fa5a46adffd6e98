use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use base64::{Engine, prelude::BASE64_STANDARD};
use callboard_kit::Secret;
use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderMap;
use sha2::{Digest, Sha256};

use super::{
    config::{WebhookConfig, WebhookType},
    payload::Payload,
};
use crate::entity::hex;

/// How far a sender's clock may be from ours, as Standard Webhooks has it.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// The header of a signature as Standard Webhooks has it.
const SIGNATURE: &str = "webhook-signature";

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disbelief {
    /// Nothing proves who sent it.
    Unsigned,
    /// It was not made with the secret.
    Forged,
    /// It was made too long ago, or in the future.
    Untimely,
}

/// Whether there is something to check: what is not signed at all is not worth reading.
pub fn is_signed(webhook: &WebhookConfig, headers: &HeaderMap) -> bool {
    let names: &[&str] = match webhook.type_ {
        WebhookType::Github => &["x-hub-signature-256"],
        WebhookType::Gitea => &["x-gitea-signature"],
        WebhookType::Gitlab => &["x-gitlab-token", SIGNATURE],
        WebhookType::Generic => &[SIGNATURE],
    };
    names.iter().any(|name| headers.contains_key(*name))
}

/// Checks who sent a webhook. What it answers is the same for the same webhook, and cannot be changed by whoever has
/// only seen it.
pub fn check(
    webhook: &WebhookConfig,
    headers: &HeaderMap,
    payload: &Payload<'_>,
    now: DateTime<Utc>,
) -> Result<String, Disbelief> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let signed = |name: &str| header(name).ok_or(Disbelief::Unsigned);
    let (secret, body) = (&webhook.secret, payload.body);
    let own = match webhook.type_ {
        WebhookType::Github => {
            let signature = signed("x-hub-signature-256")?.strip_prefix("sha256=");
            is_hmac(secret, body, signature.and_then(bytes_of))?;
            digest(&[body])
        }
        WebhookType::Gitea => {
            // Which signs what is in a form, not the form.
            is_hmac(secret, &payload.json, bytes_of(signed("x-gitea-signature")?))?;
            digest(&[&payload.json])
        }
        WebhookType::Gitlab if header("x-gitlab-token").is_some() => {
            let given = signed("x-gitlab-token")?;
            // Of two hashes, since texts of other lengths compare quicker.
            let (given, known) = (Sha256::digest(given), Sha256::digest(secret.expose()));
            verify_slices_are_equal(&given, &known).map_err(|_| Disbelief::Forged)?;
            // Two pushes may be alike to the letter; whoever knows the secret may say anything anyway.
            digest(&[body, header("idempotency-key").unwrap_or_default().as_bytes()])
        }
        // GitLab has signing tokens, too.
        WebhookType::Generic | WebhookType::Gitlab => {
            let (id, timestamp) = (signed("webhook-id")?, signed("webhook-timestamp")?);
            let content = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
            let signatures = signed(SIGNATURE)?.split(' ').filter_map(|one| one.strip_prefix("v1,"));
            let mut signatures = signatures.filter_map(|one| BASE64_STANDARD.decode(one).ok());
            if !signatures.any(|one| is_hmac(secret, &content, Some(one)).is_ok()) {
                return Err(Disbelief::Forged);
            }
            let made = timestamp.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            if made.is_none_or(|made| (now - made).abs() > TOLERANCE) {
                return Err(Disbelief::Untimely);
            }
            digest(&[id.as_bytes()])
        }
    };
    Ok(format!("{}:{own}", webhook.id))
}

fn is_hmac(secret: &Secret, content: &[u8], signature: Option<Vec<u8>>) -> Result<(), Disbelief> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key_of(secret));
    let signature = signature.ok_or(Disbelief::Forged)?;
    hmac::verify(&key, content, &signature).map_err(|_| Disbelief::Forged)
}

/// Standard Webhooks writes keys in base64 after `whsec_`; all others are taken as they are.
fn key_of(secret: &Secret) -> Vec<u8> {
    let text = secret.expose();
    let decoded = text.strip_prefix("whsec_").and_then(|text| BASE64_STANDARD.decode(text).ok());
    decoded.unwrap_or_else(|| text.as_bytes().to_vec())
}

fn digest(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex(&digest.finalize())
}

/// The bytes of a hexadecimal text.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}
