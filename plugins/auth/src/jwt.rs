//! Signed tokens of others: signatures by key sets, and the claims that say for whom and until when they are.

use chrono::{DateTime, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    jwk::{Jwk, JwkSet, PublicKeyUse},
};
use serde_json::{Map, Value};

/// The longest token that is looked at.
pub(crate) const MAX_TOKEN: usize = 16 * 1024;

/// Why a token is not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwtError {
    #[error("it is no signed token")]
    Malformed,
    #[error("its algorithm is not allowed")]
    Algorithm,
    /// There may be newer keys.
    #[error("its key is not known")]
    UnknownKey,
    #[error("its signature is wrong")]
    Signature,
    #[error("it is of another issuer")]
    Issuer,
    #[error("it is for somebody else")]
    Audience,
    #[error("it has expired")]
    Expired,
    #[error("it is not valid yet")]
    NotYet,
    #[error("its claim `{0}` is missing or not what it must be")]
    Claim(&'static str),
}

/// What a token must be.
#[derive(Clone, Debug)]
pub(crate) struct Expected<'a> {
    pub issuer: &'a str,
    pub audience: &'a str,
    pub algorithms: &'a [Algorithm],
    pub now: DateTime<Utc>,
    pub skew: chrono::Duration,
}

/// The claims of a token.
pub(crate) type Claims = Map<String, Value>;

/// Checks signature, issuer, audience and time of a token.
pub(crate) fn verify(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Claims, JwtError> {
    let claims = verify_signature(token, keys, expected.algorithms)?;
    check_claims(&claims, expected)?;
    Ok(claims)
}

fn verify_signature(token: &str, keys: &JwkSet, algorithms: &[Algorithm]) -> Result<Claims, JwtError> {
    if token.len() > MAX_TOKEN {
        return Err(JwtError::Malformed);
    }
    let header = decode_header(token).map_err(|_| JwtError::Malformed)?;
    if !algorithms.contains(&header.alg) {
        return Err(JwtError::Algorithm);
    }
    let usable: Vec<&Jwk> =
        keys.keys.iter().filter(|key| fits(key, header.alg, header.kid.as_deref())).collect();
    if usable.is_empty() {
        return Err(JwtError::UnknownKey);
    }
    for key in usable {
        let Ok(key) = DecodingKey::from_jwk(key) else { continue };
        if let Some(claims) = signed_by(token, &key, header.alg) {
            return Ok(claims);
        }
    }
    Err(JwtError::Signature)
}

fn fits(key: &Jwk, algorithm: Algorithm, id: Option<&str>) -> bool {
    let common = &key.common;
    let named = id.is_none_or(|id| common.key_id.as_deref() == Some(id));
    let meant = common.key_algorithm.is_none_or(|known| known.to_string() == format!("{algorithm:?}"));
    let signs = !matches!(common.public_key_use, Some(PublicKeyUse::Encryption));
    let public = !matches!(key.algorithm, jsonwebtoken::jwk::AlgorithmParameters::OctetKey(_));
    named && meant && signs && public
}

/// The claims where the signature is that of the key. Time, issuer and audience are not looked at.
pub(crate) fn signed_by(token: &str, key: &DecodingKey, algorithm: Algorithm) -> Option<Claims> {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    // The time is that of the portal's clock, and all of it is checked in one place.
    validation.validate_exp = false;
    validation.validate_aud = false;
    decode::<Claims>(token, key, &validation).ok().map(|data| data.claims)
}

/// Checks issuer, audience and time. A token that never expires is refused.
pub(crate) fn check_claims(claims: &Claims, expected: &Expected<'_>) -> Result<(), JwtError> {
    if claims.get("iss").and_then(Value::as_str) != Some(expected.issuer) {
        return Err(JwtError::Issuer);
    }
    let is_meant = match claims.get("aud") {
        Some(Value::String(audience)) => audience == expected.audience,
        Some(Value::Array(audiences)) => audiences.iter().any(|audience| audience == expected.audience),
        _ => false,
    };
    if !is_meant {
        return Err(JwtError::Audience);
    }
    check_time(claims, expected.now, expected.skew)
}

/// Checks `exp`, which must be there, `nbf` and `iat`.
pub(crate) fn check_time(
    claims: &Claims,
    now: DateTime<Utc>,
    skew: chrono::Duration,
) -> Result<(), JwtError> {
    let expires = time(claims, "exp")?.ok_or(JwtError::Claim("exp"))?;
    if expires + skew <= now {
        return Err(JwtError::Expired);
    }
    for name in ["nbf", "iat"] {
        if time(claims, name)?.is_some_and(|time| time > now + skew) {
            return Err(JwtError::NotYet);
        }
    }
    Ok(())
}

/// A claim that is a time in seconds.
pub(crate) fn time(claims: &Claims, name: &'static str) -> Result<Option<DateTime<Utc>>, JwtError> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float beyond the range is no time, which is told next"
    )]
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64));
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    // Beyond these a sum with the skew could overflow.
    time.filter(|time| (0..100_000_000_000).contains(&time.timestamp()))
        .map(Some)
        .ok_or(JwtError::Claim(name))
}
