//! Logout tokens of OpenID Connect Back-Channel Logout, beyond what every signed token is checked for.

use chrono::{DateTime, Utc};
use jsonwebtoken::decode_header;
use serde_json::Value;

use crate::jwt::{Claims, JwtError, time};

/// How old a logout token may be.
pub(super) const MAX_AGE: chrono::Duration = chrono::Duration::minutes(5);

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Checks what makes a token a logout token, so that no ID token is taken for one.
pub(super) fn check(
    token: &str,
    claims: &Claims,
    now: DateTime<Utc>,
    skew: chrono::Duration,
) -> Result<(), JwtError> {
    let header = decode_header(token).map_err(|_| JwtError::Malformed)?;
    let is_typed = |kind: &str| kind.eq_ignore_ascii_case("logout+jwt") || kind.eq_ignore_ascii_case("jwt");
    if !header.typ.as_deref().is_none_or(is_typed) {
        return Err(JwtError::Malformed);
    }
    let issued = time(claims, "iat")?.ok_or(JwtError::Claim("iat"))?;
    if issued + MAX_AGE + skew <= now {
        return Err(JwtError::Expired);
    }
    if !claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
        return Err(JwtError::Claim("events"));
    }
    if claims.contains_key("nonce") {
        return Err(JwtError::Claim("nonce"));
    }
    let is_text = |name: &str| claims.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    if !is_text("jti") {
        return Err(JwtError::Claim("jti"));
    }
    if !is_text("sub") && !is_text("sid") {
        return Err(JwtError::Claim("sid"));
    }
    Ok(())
}
