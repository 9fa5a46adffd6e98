use serde_json::Value;
use url::Url;

use super::{
    ExternalIdentity, ProviderError, ProviderTokens,
    oauth::{AuthorizationRequest, Endpoints, OAuthClient},
};
use crate::config::ProviderConfig;

/// GitHub or GitHub Enterprise: OAuth 2, and its API to say who signed in.
pub(crate) struct GithubClient {
    oauth: OAuthClient,
    endpoints: Endpoints,
    api: String,
    /// The host that tokens are for.
    pub host: String,
}

impl GithubClient {
    pub(crate) fn new(config: &ProviderConfig, oauth: OAuthClient) -> Self {
        let given = config.enterprise_instance_url.as_deref().map(|url| url.trim_end_matches('/'));
        let instance = given.unwrap_or("https://github.com");
        let api = match (&config.api_base_url, given) {
            (Some(api), _) => api.trim_end_matches('/').to_owned(),
            (None, Some(instance)) => format!("{instance}/api/v3"),
            (None, None) => "https://api.github.com".to_owned(),
        };
        let url = Url::parse(instance).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
        let endpoints = Endpoints {
            issuer: instance.to_owned(),
            authorization: format!("{instance}/login/oauth/authorize"),
            token: format!("{instance}/login/oauth/access_token"),
            secret_in_body: true,
        };
        Self { oauth, endpoints, api, host }
    }

    /// Where the browser goes.
    pub(crate) fn authorization_url(&self, request: &AuthorizationRequest<'_>) -> Result<Url, ProviderError> {
        self.oauth.authorization_url(&self.endpoints, request)
    }

    /// GitHub does not say which issuer an answer comes from; another one's answer says so.
    pub(crate) fn check_answer_issuer(&self, issuer: Option<&str>) -> Result<(), ProviderError> {
        let own = format!("{}/login/oauth", self.endpoints.issuer);
        match issuer {
            Some(issuer) if issuer != self.endpoints.issuer && issuer != own => {
                Err(ProviderError::invalid("it comes from another issuer"))
            }
            _ => Ok(()),
        }
    }

    /// Who signed in, for the code that came back with the browser.
    pub(crate) async fn redeem(
        &self,
        code: &str,
        verifier: &str,
    ) -> Result<(ExternalIdentity, ProviderTokens), ProviderError> {
        let tokens = self.oauth.exchange(&self.endpoints, code, verifier).await?;
        let user = self.ask("user", &tokens).await?;
        let id = user.get("id").and_then(Value::as_u64);
        let id =
            id.ok_or_else(|| ProviderError::invalid("it does not say which user it is about"))?.to_string();
        let mut identity = ExternalIdentity {
            subject: id.clone(),
            user_id: id,
            username: user.get("login").and_then(Value::as_str).map(str::to_owned),
            ..ExternalIdentity::default()
        };
        // What the profile shows is chosen freely; only the list says what was verified.
        match self.ask("user/emails", &tokens).await {
            Ok(emails) => {
                let is = |email: &&Value, name: &str| email.get(name) == Some(&Value::Bool(true));
                let emails = emails.as_array().map(Vec::as_slice).unwrap_or_default();
                let primary = emails.iter().find(|email| is(email, "primary") && is(email, "verified"));
                identity.email = primary.and_then(|email| email.get("email")?.as_str()).map(str::to_owned);
                identity.email_verified = identity.email.is_some();
            }
            Err(error) => tracing::info!(%error, "GitHub does not tell the user's e-mail addresses"),
        }
        Ok((identity, tokens))
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> Result<ProviderTokens, ProviderError> {
        self.oauth.refresh(&self.endpoints, refresh_token).await
    }

    async fn ask(&self, path: &str, tokens: &ProviderTokens) -> Result<Value, ProviderError> {
        Ok(self.oauth.outgoing.get_json(&format!("{}/{path}", self.api), Some(&tokens.access_token)).await?)
    }
}
