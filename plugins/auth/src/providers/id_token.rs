//! ID tokens: whether they are the provider's, for this portal and this sign-in, and what they say.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::Secret;
use chrono::{DateTime, Utc};
use jsonwebtoken::Algorithm;
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, ClientSecret, IssuerUrl, Nonce,
    SignatureVerificationError,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde_json::Value;

use super::ExternalIdentity;
use crate::{
    config::{ExternalAlgorithm, ProviderType},
    jwt::{self, Claims},
};

/// What is expected of an ID token.
pub(super) struct Verification<'a> {
    pub client_id: &'a str,
    /// The secret that signs, where that is allowed.
    pub symmetric_secret: Option<&'a Secret>,
    pub issuer: &'a str,
    pub algorithms: Option<&'a [ExternalAlgorithm]>,
    pub now: DateTime<Utc>,
    pub skew: chrono::Duration,
    /// What was sent along when the sign-in began; `None` for a refresh.
    pub nonce: Option<&'a str>,
    pub access_token: &'a str,
}

/// Why an ID token is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum IdTokenError {
    /// There may be newer keys.
    #[error("the ID token is signed with an unknown key: {0}")]
    Key(String),
    #[error("the ID token is not valid: {0}")]
    Invalid(String),
}

impl Verification<'_> {
    /// The claims of the token, all of them checked.
    pub(super) fn verify(&self, text: &str, keys: &CoreJsonWebKeySet) -> Result<Claims, IdTokenError> {
        let invalid = |error: &dyn ToString| IdTokenError::Invalid(error.to_string());
        let token = CoreIdToken::from_str(text).map_err(|error| invalid(&error))?;
        let verifier = self.verifier(keys)?;
        let nonce = |given: Option<&Nonce>| match (self.nonce, given) {
            (Some(sent), Some(given)) if given.secret() == sent => Ok(()),
            (Some(_), _) => Err("the nonce is not the one that was sent".to_owned()),
            (None, _) => Ok(()),
        };
        let claims = token.claims(&verifier, nonce).map_err(told)?;
        let audiences = claims.audiences().len();
        match claims.authorized_party() {
            Some(party) if party.as_str() != self.client_id => {
                return Err(invalid(&"it was made for another party"));
            }
            None if audiences > 1 => return Err(invalid(&"it has several audiences and no party")),
            _ => {}
        }
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| invalid(&error))?;
            let key = token.signing_key(&verifier).map_err(|error| invalid(&error))?;
            let token = AccessToken::new(self.access_token.to_owned());
            let actual =
                AccessTokenHash::from_token(&token, algorithm, key).map_err(|error| invalid(&error))?;
            if actual != *expected {
                return Err(invalid(&"the access token beside it is another one"));
            }
        }
        // The library keeps standard claims only; these are the bytes whose signature it has just checked.
        let claims = payload(text).ok_or_else(|| invalid(&"its claims are no object"))?;
        jwt::check_time(&claims, self.now, self.skew).map_err(|error| invalid(&error))?;
        Ok(claims)
    }

    fn verifier(&self, keys: &CoreJsonWebKeySet) -> Result<CoreIdTokenVerifier<'static>, IdTokenError> {
        let client = ClientId::new(self.client_id.to_owned());
        let issuer = IssuerUrl::new(self.issuer.to_owned())
            .map_err(|error| IdTokenError::Invalid(error.to_string()))?;
        let mut algorithms: Vec<CoreJwsSigningAlgorithm> =
            algorithms_of(self.algorithms).into_iter().filter_map(core_algorithm).collect();
        let verifier = match self.symmetric_secret {
            Some(secret) => {
                algorithms.push(CoreJwsSigningAlgorithm::HmacSha256);
                let secret = ClientSecret::new(secret.expose().to_owned());
                CoreIdTokenVerifier::new_confidential_client(client, secret, issuer, keys.clone())
            }
            None => CoreIdTokenVerifier::new_public_client(client, issuer, keys.clone()),
        };
        let (now, skew) = (self.now, self.skew);
        Ok(verifier
            .set_allowed_algs(algorithms)
            .set_other_audience_verifier_fn(|_| true)
            .set_time_fn(move || now - skew)
            .set_issue_time_verifier_fn(move |issued| {
                if issued <= now + skew { Ok(()) } else { Err("it was issued in the future".to_owned()) }
            }))
    }
}

fn payload(token: &str) -> Option<Claims> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?).ok()
}

fn told(error: ClaimsVerificationError) -> IdTokenError {
    match error {
        ClaimsVerificationError::SignatureVerification(
            reason @ (SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_)),
        ) => IdTokenError::Key(reason.to_string()),
        ClaimsVerificationError::SignatureVerification(reason) => IdTokenError::Invalid(reason.to_string()),
        other => IdTokenError::Invalid(other.to_string()),
    }
}

/// The algorithms of the config, or all with public keys.
pub(crate) fn algorithms_of(configured: Option<&[ExternalAlgorithm]>) -> Vec<Algorithm> {
    use ExternalAlgorithm as Known;
    let all = [
        Known::RS256,
        Known::RS384,
        Known::RS512,
        Known::PS256,
        Known::PS384,
        Known::PS512,
        Known::ES256,
        Known::ES384,
        Known::EdDSA,
    ];
    let algorithm = |known: &Known| match known {
        Known::RS256 => Algorithm::RS256,
        Known::RS384 => Algorithm::RS384,
        Known::RS512 => Algorithm::RS512,
        Known::PS256 => Algorithm::PS256,
        Known::PS384 => Algorithm::PS384,
        Known::PS512 => Algorithm::PS512,
        Known::ES256 => Algorithm::ES256,
        Known::ES384 => Algorithm::ES384,
        Known::EdDSA => Algorithm::EdDSA,
    };
    configured.unwrap_or(&all).iter().map(algorithm).collect()
}

fn core_algorithm(algorithm: Algorithm) -> Option<CoreJwsSigningAlgorithm> {
    Some(match algorithm {
        Algorithm::RS256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        Algorithm::RS384 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
        Algorithm::RS512 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
        Algorithm::PS256 => CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        Algorithm::PS384 => CoreJwsSigningAlgorithm::RsaSsaPssSha384,
        Algorithm::PS512 => CoreJwsSigningAlgorithm::RsaSsaPssSha512,
        Algorithm::ES256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        Algorithm::ES384 => CoreJwsSigningAlgorithm::EcdsaP384Sha384,
        Algorithm::EdDSA => CoreJwsSigningAlgorithm::EdDsa,
        _ => return None,
    })
}

/// Who the claims are about.
pub(super) fn identity(kind: ProviderType, claims: &Claims) -> ExternalIdentity {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    let subject = text("sub").unwrap_or_default();
    let mut identity = ExternalIdentity {
        user_id: (kind == ProviderType::Microsoft)
            .then(|| text("oid"))
            .flatten()
            .unwrap_or_else(|| subject.clone()),
        subject,
        session: text("sid"),
        ..ExternalIdentity::default()
    };
    complete(&mut identity, &Value::Object(claims.clone()));
    if kind == ProviderType::Gitlab {
        identity.username = text("nickname").or(identity.username);
    }
    // Microsoft verifies the domain of an address in a claim of its own.
    if kind == ProviderType::Microsoft && claims.get("xms_edov").is_some_and(is_true) {
        identity.email_verified = true;
    }
    identity
}

/// Adds what claims say of name and e-mail address.
pub(super) fn complete(identity: &mut ExternalIdentity, claims: &Value) {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    identity.username = identity.username.take().or_else(|| text("preferred_username"));
    if identity.email.is_none() {
        identity.email = text("email");
        identity.email_verified =
            identity.email.is_some() && claims.get("email_verified").is_some_and(is_true);
    }
}

fn is_true(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value == 1 || value == "true" || value == "1"
}
