//! Where people sign in: what every kind of provider is asked, and how it is asked.

mod alb;
mod cached;
mod error;
mod github;
mod id_token;
mod identity;
mod logout_token;
mod oauth;
mod oidc;
mod proxy;
mod remote_keys;

use callboard_kit::Clock;
use indexmap::IndexMap;
use url::Url;

pub(crate) use error::ProviderError;
pub(crate) use id_token::algorithms_of;
pub(crate) use identity::{ExternalIdentity, ProviderTokens};
pub(crate) use oauth::AuthorizationRequest;
pub(crate) use proxy::ProxyVerifier;
pub(crate) use remote_keys::RemoteKeys;

use self::{github::GithubClient, oauth::OAuthClient, oidc::OidcClient};
use crate::{
    config::{AuthConfig, ProviderConfig, ProviderType},
    outgoing::Outgoing,
};

/// The providers of the config, in its order.
pub(crate) type Providers = IndexMap<String, Provider>;

/// One place where people sign in.
pub(crate) struct Provider {
    pub id: String,
    pub kind: ProviderType,
    pub config: ProviderConfig,
    protocol: Protocol,
}

enum Protocol {
    Oidc(Box<OidcClient>),
    Github(Box<GithubClient>),
    Proxy(Box<ProxyVerifier>),
}

/// The providers of the config. None of them is asked for anything yet.
pub(crate) fn from_config(
    config: &AuthConfig,
    base_url: &str,
    outgoing: &Outgoing,
    clock: &Clock,
) -> anyhow::Result<Providers> {
    let skew = chrono::Duration::from_std(config.clock_skew.0)?;
    let mut providers = Providers::new();
    for (id, settings) in &config.providers {
        let kind = settings.kind(id).ok_or_else(|| anyhow::anyhow!("provider `{id}` has no type"))?;
        let oauth = || OAuthClient {
            client_id: settings.client_id.clone().unwrap_or_default(),
            client_secret: settings.client_secret.clone(),
            redirect_uri: format!("{base_url}/auth/{id}/callback"),
            outgoing: outgoing.clone(),
            clock: clock.clone(),
        };
        let protocol = if kind.is_proxy() {
            Protocol::Proxy(Box::new(ProxyVerifier::new(kind, settings.clone(), outgoing, clock, skew)))
        } else if kind == ProviderType::Github {
            Protocol::Github(Box::new(GithubClient::new(settings, oauth())))
        } else {
            let issuer = settings.issuer_of(kind);
            let issuer = issuer.ok_or_else(|| anyhow::anyhow!("provider `{id}` has no issuer"))?;
            Protocol::Oidc(Box::new(OidcClient::new(kind, settings.clone(), issuer, oauth(), skew)))
        };
        providers.insert(id.clone(), Provider { id: id.clone(), kind, config: settings.clone(), protocol });
    }
    Ok(providers)
}

impl Provider {
    pub(crate) fn title(&self) -> &str {
        self.config.title.as_deref().unwrap_or_else(|| self.kind.title())
    }

    /// Whether it lets people in whom the catalog does not know.
    pub(crate) fn allows_unknown_users(&self) -> bool {
        let resolvers = &self.config.sign_in.resolvers;
        resolvers.iter().any(|resolver| resolver.dangerously_allow_sign_in_without_user_in_catalog)
    }

    /// The proxy, where it is one.
    pub(crate) fn proxy(&self) -> Option<&ProxyVerifier> {
        match &self.protocol {
            Protocol::Proxy(proxy) => Some(proxy),
            Protocol::Oidc(_) | Protocol::Github(_) => None,
        }
    }

    /// The provider with back-channel logout, where it is one.
    pub(crate) fn oidc(&self) -> Option<&OidcClient> {
        match &self.protocol {
            Protocol::Oidc(client) => Some(client),
            Protocol::Github(_) | Protocol::Proxy(_) => None,
        }
    }

    /// The host whose tokens it gives.
    pub(crate) fn host(&self) -> Option<String> {
        match &self.protocol {
            Protocol::Github(client) => Some(client.host.clone()),
            Protocol::Oidc(_) => {
                Url::parse(&self.config.issuer_of(self.kind)?).ok()?.host_str().map(str::to_owned)
            }
            Protocol::Proxy(_) => None,
        }
    }

    /// What is asked for at sign-in.
    pub(crate) fn sign_in_scopes(&self) -> Vec<String> {
        let default = match self.kind {
            ProviderType::Github => "read:user user:email",
            ProviderType::Okta | ProviderType::Auth0 | ProviderType::Microsoft => {
                "openid profile email offline_access"
            }
            _ => "openid profile email",
        };
        let scopes = self.config.scope.as_deref().unwrap_or(default).split_whitespace();
        distinct(scopes.chain(self.config.additional_scopes.iter().map(String::as_str)))
    }

    /// What is asked for when an account is connected.
    pub(crate) fn connect_scopes(&self) -> Vec<String> {
        let more = self.config.connect_scopes.iter().map(String::as_str);
        distinct(self.sign_in_scopes().iter().map(String::as_str).chain(more))
    }

    /// Where the browser goes.
    pub(crate) async fn authorization_url(
        &self,
        mut request: AuthorizationRequest<'_>,
    ) -> Result<Url, ProviderError> {
        let more = &self.config.authorization_parameters;
        let parameters: Vec<_> = self
            .config
            .prompt
            .iter()
            .map(|prompt| ("prompt".to_owned(), prompt.clone()))
            .chain(self.config.hosted_domain.iter().map(|domain| ("hd".to_owned(), domain.clone())))
            .chain(more.iter().map(|(name, value)| (name.clone(), value.clone())))
            .collect();
        request.parameters = parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        match &self.protocol {
            Protocol::Oidc(client) => client.authorization_url(&request).await,
            Protocol::Github(client) => client.authorization_url(&request),
            Protocol::Proxy(_) => Err(no_redirect()),
        }
    }

    /// Checks which issuer the answer that came back with the browser is of.
    pub(crate) async fn check_answer_issuer(&self, issuer: Option<&str>) -> Result<(), ProviderError> {
        match &self.protocol {
            Protocol::Oidc(client) => client.check_answer_issuer(issuer).await,
            Protocol::Github(client) => client.check_answer_issuer(issuer),
            Protocol::Proxy(_) => Err(no_redirect()),
        }
    }

    /// Who signed in, for the code that came back with the browser.
    pub(crate) async fn redeem(
        &self,
        code: &str,
        verifier: &str,
        nonce: &str,
    ) -> Result<(ExternalIdentity, ProviderTokens), ProviderError> {
        match &self.protocol {
            Protocol::Oidc(client) => client.redeem(code, verifier, nonce).await,
            Protocol::Github(client) => client.redeem(code, verifier).await,
            Protocol::Proxy(_) => Err(no_redirect()),
        }
    }

    /// New tokens, still for the same person.
    pub(crate) async fn refresh(
        &self,
        refresh_token: &str,
        subject: Option<&str>,
    ) -> Result<ProviderTokens, ProviderError> {
        match &self.protocol {
            Protocol::Oidc(client) => client.refresh(refresh_token, subject).await,
            Protocol::Github(client) => client.refresh(refresh_token).await,
            Protocol::Proxy(_) => Err(no_redirect()),
        }
    }
}

fn no_redirect() -> ProviderError {
    ProviderError::invalid("nobody is sent to this provider")
}

fn distinct<'a>(scopes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for scope in scopes {
        if !distinct.iter().any(|known| known == scope) {
            distinct.push(scope.to_owned());
        }
    }
    distinct
}
