use std::sync::Arc;

use callboard_kit::Clock;
use openidconnect::{
    AdditionalProviderMetadata, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::{
    ExternalIdentity, ProviderError, ProviderTokens,
    cached::Cached,
    id_token::{self, Verification},
    oauth::{AuthorizationRequest, Endpoints, OAuthClient},
    remote_keys::RemoteKeys,
};
use crate::{
    config::{ProviderConfig, ProviderType},
    jwt::{Claims, Expected},
    outgoing::{OutgoingError, is_safe_address},
    providers::id_token::algorithms_of,
};

/// What discovery tells beside the usual.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct MoreMetadata {
    #[serde(default)]
    end_session_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for MoreMetadata {}

type Metadata = ProviderMetadata<
    MoreMetadata,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider that speaks OpenID Connect. It is asked for nothing before somebody signs in.
pub(crate) struct OidcClient {
    kind: ProviderType,
    config: ProviderConfig,
    issuer: String,
    oauth: OAuthClient,
    clock: Clock,
    skew: chrono::Duration,
    keys: RemoteKeys,
    metadata: Cached<Metadata>,
}

impl OidcClient {
    pub(crate) fn new(
        kind: ProviderType,
        config: ProviderConfig,
        issuer: String,
        oauth: OAuthClient,
        skew: chrono::Duration,
    ) -> Self {
        let clock = oauth.clock.clone();
        Self {
            keys: RemoteKeys::new(oauth.outgoing.clone(), clock.clone()),
            kind,
            config,
            issuer,
            oauth,
            metadata: Cached::new(clock.clone()),
            clock,
            skew,
        }
    }

    /// Where the browser goes.
    pub(crate) async fn authorization_url(
        &self,
        request: &AuthorizationRequest<'_>,
    ) -> Result<Url, ProviderError> {
        let metadata = self.metadata().await?;
        self.oauth.authorization_url(&self.endpoints(&metadata)?, request)
    }

    /// Checks the parameter `iss` of the answer that came back with the browser (RFC 9207).
    pub(crate) async fn check_answer_issuer(&self, issuer: Option<&str>) -> Result<(), ProviderError> {
        let metadata = self.metadata().await?;
        let is_promised = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match issuer {
            Some(issuer) if issuer == self.issuer => Ok(()),
            Some(_) => Err(ProviderError::invalid("it comes from another issuer")),
            None if is_promised => Err(ProviderError::invalid("it does not say which issuer it comes from")),
            None => Ok(()),
        }
    }

    /// Who signed in, for the code that came back with the browser.
    pub(crate) async fn redeem(
        &self,
        code: &str,
        verifier: &str,
        nonce: &str,
    ) -> Result<(ExternalIdentity, ProviderTokens), ProviderError> {
        let metadata = self.metadata().await?;
        let tokens = self.oauth.exchange(&self.endpoints(&metadata)?, code, verifier).await?;
        let Some(id_token) = &tokens.id_token else {
            return Err(ProviderError::invalid("there is no ID token in it"));
        };
        let claims = self.verify(&metadata, id_token, Some(nonce), &tokens.access_token).await?;
        let mut identity = id_token::identity(self.kind, &claims);
        check_domain(self.config.hosted_domain.as_deref(), &claims)?;
        let resolvers = &self.config.sign_in.resolvers;
        let lacks_name =
            identity.username.is_none() && resolvers.iter().any(|known| known.resolver.needs_username());
        if (identity.email.is_none() || lacks_name)
            && let Some(url) = metadata.userinfo_endpoint()
        {
            let told = self.oauth.outgoing.get_json(url.as_str(), Some(&tokens.access_token)).await?;
            if told.get("sub").and_then(Value::as_str) != Some(&identity.subject) {
                return Err(ProviderError::invalid("its user info is about somebody else"));
            }
            id_token::complete(&mut identity, &told);
        }
        Ok((identity, tokens))
    }

    /// New tokens for a session or an account that is known; the provider must still mean the same person.
    pub(crate) async fn refresh(
        &self,
        refresh_token: &str,
        subject: Option<&str>,
    ) -> Result<ProviderTokens, ProviderError> {
        let metadata = self.metadata().await?;
        let tokens = self.oauth.refresh(&self.endpoints(&metadata)?, refresh_token).await?;
        if let (Some(id_token), Some(subject)) = (&tokens.id_token, subject) {
            let claims = self.verify(&metadata, id_token, None, &tokens.access_token).await?;
            if claims.get("sub").and_then(Value::as_str) != Some(subject) {
                return Err(ProviderError::Refused("the new ID token is about somebody else".to_owned()));
            }
        }
        Ok(tokens)
    }

    /// Where the browser ends its session at the provider, too.
    pub(crate) async fn end_session_url(&self, id_token: Option<&str>, back_to: &str) -> Option<Url> {
        let metadata = self.metadata().await.ok()?;
        let endpoint = metadata.additional_metadata().end_session_endpoint.as_deref()?;
        let mut url = Url::parse(endpoint).ok().filter(|_| self.is_safe(endpoint))?;
        {
            let mut query = url.query_pairs_mut();
            if let Some(id_token) = id_token {
                query.append_pair("id_token_hint", id_token);
            }
            query.append_pair("client_id", &self.oauth.client_id);
            query.append_pair("post_logout_redirect_uri", back_to);
        }
        Some(url)
    }

    /// The claims of a logout token, as far as they are those of a token of this provider for this portal.
    pub(crate) async fn verify_logout_token(&self, token: &str) -> Result<Claims, ProviderError> {
        let metadata = self.metadata().await?;
        let algorithms = algorithms_of(self.config.algorithms.as_deref());
        let now = self.clock.now();
        let expected = Expected {
            issuer: &self.issuer,
            audience: &self.oauth.client_id,
            algorithms: &algorithms,
            now,
            skew: self.skew,
        };
        let claims = self.keys.verify(metadata.jwks_uri().as_str(), token, &expected).await?;
        super::logout_token::check(token, &claims, now, self.skew)?;
        Ok(claims)
    }

    /// How long ids of logout tokens must be remembered.
    pub(crate) fn logout_token_lifetime(&self) -> chrono::Duration {
        super::logout_token::MAX_AGE + self.skew * 2
    }

    async fn verify(
        &self,
        metadata: &Metadata,
        id_token: &str,
        nonce: Option<&str>,
        access_token: &str,
    ) -> Result<Claims, ProviderError> {
        let url = metadata.jwks_uri().as_str();
        let keys = self.keys.get(url).await?;
        let symmetric = self.oauth.client_secret.as_ref().filter(|_| self.config.allow_symmetric);
        let verification = Verification {
            client_id: &self.oauth.client_id,
            symmetric_secret: symmetric,
            issuer: &self.issuer,
            algorithms: self.config.algorithms.as_deref(),
            now: self.clock.now(),
            skew: self.skew,
            nonce,
            access_token,
        };
        let verified = match verification.verify(id_token, &keys.core) {
            Err(id_token::IdTokenError::Key(reason)) => match self.keys.newer(url, &keys).await? {
                Some(newer) => verification.verify(id_token, &newer.core),
                None => Err(id_token::IdTokenError::Key(reason)),
            },
            verified => verified,
        };
        verified.map_err(ProviderError::invalid)
    }

    /// The discovery document, as known or fetched.
    async fn metadata(&self) -> Result<Arc<Metadata>, ProviderError> {
        let made = || format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let url = self.config.metadata_url.clone().unwrap_or_else(made);
        self.metadata.get(&url, self.discover(&url)).await
    }

    async fn discover(&self, url: &str) -> Result<Metadata, ProviderError> {
        let document = self.oauth.outgoing.get(url, None).await?;
        let metadata: Metadata = serde_json::from_slice(&document).map_err(OutgoingError::Json)?;
        if metadata.issuer().as_str() != self.issuer {
            let message = format!("its discovery document is of `{}`", metadata.issuer().as_str());
            return Err(ProviderError::Invalid(message));
        }
        let more = metadata.additional_metadata();
        let endpoints = [
            Some(metadata.authorization_endpoint().as_str()),
            metadata.token_endpoint().map(|url| url.as_str()),
            metadata.userinfo_endpoint().map(|url| url.as_str()),
            Some(metadata.jwks_uri().as_str()),
            more.end_session_endpoint.as_deref(),
        ];
        if let Some(endpoint) = endpoints.into_iter().flatten().find(|endpoint| !self.is_safe(endpoint)) {
            return Err(ProviderError::Invalid(format!(
                "its endpoint `{endpoint}` is not an `https` address"
            )));
        }
        Ok(metadata)
    }

    /// A provider elsewhere has no business on this machine.
    fn is_safe(&self, endpoint: &str) -> bool {
        is_safe_address(endpoint) && (endpoint.starts_with("https:") || !self.issuer.starts_with("https:"))
    }

    fn endpoints(&self, metadata: &Metadata) -> Result<Endpoints, ProviderError> {
        let methods = metadata.token_endpoint_auth_methods_supported();
        let token = metadata.token_endpoint();
        Ok(Endpoints {
            issuer: self.issuer.clone(),
            authorization: metadata.authorization_endpoint().as_str().to_owned(),
            token: token
                .map(|url| url.as_str().to_owned())
                .ok_or_else(|| ProviderError::invalid("its discovery document names no token endpoint"))?,
            secret_in_body: methods.is_some_and(|methods| {
                !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                    && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
            }),
        })
    }
}

/// Whether an account is of the one Workspace domain that is let in.
pub(super) fn check_domain(only: Option<&str>, claims: &Claims) -> Result<(), ProviderError> {
    match only {
        Some(domain) if claims.get("hd").and_then(Value::as_str) != Some(domain) => {
            Err(ProviderError::NotAllowed(format!("only accounts of {domain} are let in")))
        }
        _ => Ok(()),
    }
}
