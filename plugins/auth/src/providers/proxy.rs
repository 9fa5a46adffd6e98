//! Proxies before the portal that say who asks, in a header of every request.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use callboard_kit::Clock;
use http::{HeaderMap, request::Parts};
use jsonwebtoken::Algorithm;
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::{ExternalIdentity, ProviderError, alb, remote_keys::RemoteKeys};
use crate::{
    config::{ProviderConfig, ProviderType},
    jwt::Expected,
    outgoing::Outgoing,
};

/// Where Google has the keys of its proxy.
const IAP_KEYS: &str = "https://www.gstatic.com/iap/verify/public_key-jwk";
/// Who signs for Google's proxy.
const IAP_ISSUER: &str = "https://cloud.google.com/iap";

/// A proxy whose word is taken, once it is clear that it is the proxy's.
pub(crate) struct ProxyVerifier {
    kind: ProviderType,
    config: ProviderConfig,
    clock: Clock,
    skew: chrono::Duration,
    keys: RemoteKeys,
    alb_keys: alb::AlbKeys,
}

impl ProxyVerifier {
    pub(crate) fn new(
        kind: ProviderType,
        config: ProviderConfig,
        outgoing: &Outgoing,
        clock: &Clock,
        skew: chrono::Duration,
    ) -> Self {
        Self {
            kind,
            keys: RemoteKeys::new(outgoing.clone(), clock.clone()),
            alb_keys: alb::AlbKeys::new(outgoing.clone(), clock.clone()),
            clock: clock.clone(),
            config,
            skew,
        }
    }

    /// Who asks, as the proxy says.
    pub(crate) async fn identify(&self, parts: &Parts) -> Result<ExternalIdentity, ProviderError> {
        match self.kind {
            ProviderType::GcpIap => self.identify_by_iap(parts).await,
            ProviderType::AwsAlb => self.identify_by_alb(parts).await,
            _ => self.identify_by_headers(parts),
        }
    }

    fn identify_by_headers(&self, parts: &Parts) -> Result<ExternalIdentity, ProviderError> {
        if !self.is_trusted(parts) {
            return Err(ProviderError::invalid("the request does not come from the proxy"));
        }
        let user = header(&parts.headers, "x-forwarded-user")?;
        let preferred = header(&parts.headers, "x-forwarded-preferred-username")?;
        let email = header(&parts.headers, "x-forwarded-email")?;
        let subject = user.or(email).ok_or_else(|| ProviderError::invalid("the proxy names nobody"))?;
        Ok(ExternalIdentity {
            subject: subject.to_owned(),
            user_id: subject.to_owned(),
            username: preferred.or(user).map(str::to_owned),
            email: email.map(str::to_owned),
            // The proxy lets nobody in without.
            email_verified: email.is_some(),
            session: None,
        })
    }

    fn is_trusted(&self, parts: &Parts) -> bool {
        // The peer and not the client that a header may tell of.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        let networks = &self.config.trusted_proxies;
        let from_network = peer.is_some_and(|peer| networks.iter().any(|network| network.contains(&peer)));
        let with_secret = self.config.secret_header.as_ref().map(|secret| {
            let given = header(&parts.headers, &secret.name).ok().flatten().unwrap_or_default();
            bool::from(given.as_bytes().ct_eq(secret.value.expose().as_bytes()))
        });
        (networks.is_empty() || from_network) && with_secret.unwrap_or(from_network)
    }

    async fn identify_by_iap(&self, parts: &Parts) -> Result<ExternalIdentity, ProviderError> {
        let token = header(&parts.headers, "x-goog-iap-jwt-assertion")?
            .ok_or_else(|| ProviderError::invalid("the request did not come through the proxy"))?;
        let expected = Expected {
            issuer: self.config.issuer.as_deref().unwrap_or(IAP_ISSUER),
            audience: self.config.audience.as_deref().unwrap_or_default(),
            algorithms: &[Algorithm::ES256],
            now: self.clock.now(),
            skew: self.skew,
        };
        let url = self.config.keys_url.as_deref().unwrap_or(IAP_KEYS);
        let claims = self.keys.verify(url, token, &expected).await?;
        super::oidc::check_domain(self.config.hosted_domain.as_deref(), &claims)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        let subject = text("sub").filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| ProviderError::invalid("the token names nobody"))?;
        Ok(ExternalIdentity {
            user_id: subject.strip_prefix("accounts.google.com:").unwrap_or(&subject).to_owned(),
            subject,
            email: text("email"),
            email_verified: claims.contains_key("email"),
            ..ExternalIdentity::default()
        })
    }

    async fn identify_by_alb(&self, parts: &Parts) -> Result<ExternalIdentity, ProviderError> {
        let token = header(&parts.headers, "x-amzn-oidc-data")?
            .ok_or_else(|| ProviderError::invalid("the request did not come through the load balancer"))?;
        let claims = self.alb_keys.verify(token, &self.config, self.clock.now(), self.skew).await?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        let subject = text("sub").filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| ProviderError::invalid("the token names nobody"))?;
        let mut identity =
            ExternalIdentity { user_id: subject.clone(), subject, ..ExternalIdentity::default() };
        super::id_token::complete(&mut identity, &Value::Object(claims));
        Ok(identity)
    }
}

/// A header that is there once. Two of them are one too many: who knows which one the proxy wrote.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, ProviderError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            let text =
                value.to_str().map(str::trim).map_err(|_| ProviderError::invalid("a header is no text"))?;
            Ok((!text.is_empty()).then_some(text))
        }
        _ => Err(ProviderError::Invalid(format!("the header `{name}` is there twice"))),
    }
}
