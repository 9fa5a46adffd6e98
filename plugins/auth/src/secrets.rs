//! Secrets that the portal gives out, and what is kept of them.

use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::{EntityRef, Problem, Secret};
use sha2::{Digest, Sha256};

/// What secrets of users' tokens begin with.
pub(crate) const USER_PREFIX: &str = "cbp_";
/// What secrets of services' tokens begin with.
pub(crate) const SERVICE_PREFIX: &str = "cbs_";
/// How many characters at the end of a token's secret check the others.
const CHECK_LENGTH: usize = 6;
/// How many characters of a secret are shown later on.
const HINT_LENGTH: usize = 8;

/// 256 random bits as text.
pub(crate) fn random() -> Result<String, Problem> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).map_err(|_| Problem::internal("the machine gives no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a secret. It is random, so nothing slower is needed.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// A new secret for a token of a user or a service.
pub(crate) fn token_for(subject: &EntityRef) -> Result<Secret, Problem> {
    let prefix = if subject.kind() == "service" { SERVICE_PREFIX } else { USER_PREFIX };
    let body = format!("{prefix}{}", random()?);
    Ok(Secret::new(format!("{body}{}", check_of(&body))))
}

/// Whether it looks like a secret of ours to the last character. Scanners of leaked secrets find it by the same rule.
pub(crate) fn is_token(text: &str) -> bool {
    let prefixed = text.starts_with(USER_PREFIX) || text.starts_with(SERVICE_PREFIX);
    prefixed
        && text.is_ascii()
        && text.len().checked_sub(CHECK_LENGTH).is_some_and(|end| check_of(&text[..end]) == text[end..])
}

/// The first characters, by which people know it again.
pub(crate) fn hint_of(secret: &Secret) -> String {
    secret.expose().chars().take(HINT_LENGTH).collect()
}

fn check_of(body: &str) -> String {
    hash(body).chars().take(CHECK_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_from_a_typing_error() {
        let token = token_for(&"service:default/ci".parse().unwrap()).unwrap();
        let text = token.expose();
        assert!(text.starts_with("cbs_") && is_token(text), "{text}");
        assert_eq!(hint_of(&token), text[..8]);
        let flipped = if text.as_bytes()[10] == b'A' { "B" } else { "A" };
        for wrong in
            [&format!("{}{flipped}{}", &text[..10], &text[11..]), "cbs_", "cbp_abc", "", "cbs_ä123456"]
        {
            assert!(!is_token(wrong), "{wrong}");
        }
        assert_ne!(random().unwrap(), random().unwrap());
    }
}
