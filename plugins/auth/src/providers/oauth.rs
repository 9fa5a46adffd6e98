use callboard_kit::{Clock, Secret};
use chrono::{DateTime, Utc};
use futures::{FutureExt, future::BoxFuture};
use openidconnect::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardErrorResponse, TokenUrl,
    core::{CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreJsonWebKeySet, CoreTokenResponse},
};
use url::Url;

use super::{ProviderError, ProviderTokens};
use crate::outgoing::{Outgoing, OutgoingError};

/// The portal as a client of an authorization server.
pub(crate) struct OAuthClient {
    pub client_id: String,
    pub client_secret: Option<Secret>,
    pub redirect_uri: String,
    pub outgoing: Outgoing,
    pub clock: Clock,
}

/// Where an authorization server is asked, and how.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub issuer: String,
    pub authorization: String,
    pub token: String,
    /// Whether the client's secret goes into the body rather than into a header.
    pub secret_in_body: bool,
}

/// What is asked of the authorization server on behalf of a browser.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest<'a> {
    pub state: &'a str,
    pub nonce: &'a str,
    pub verifier: &'a str,
    pub scopes: Vec<String>,
    pub parameters: Vec<(&'a str, &'a str)>,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointNotSet>;

impl OAuthClient {
    fn client(&self, endpoints: &Endpoints) -> Result<Client, ProviderError> {
        let invalid = |error: openidconnect::url::ParseError| ProviderError::invalid(error);
        let client = CoreClient::new(
            ClientId::new(self.client_id.clone()),
            IssuerUrl::new(endpoints.issuer.clone()).map_err(invalid)?,
            CoreJsonWebKeySet::new(Vec::new()),
        );
        let client = match &self.client_secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose().to_owned())),
            None => client,
        };
        Ok(client
            .set_auth_uri(AuthUrl::new(endpoints.authorization.clone()).map_err(invalid)?)
            .set_token_uri(TokenUrl::new(endpoints.token.clone()).map_err(invalid)?)
            .set_redirect_uri(RedirectUrl::new(self.redirect_uri.clone()).map_err(invalid)?)
            .set_auth_type(if endpoints.secret_in_body {
                AuthType::RequestBody
            } else {
                AuthType::BasicAuth
            }))
    }

    /// Where the browser goes.
    pub(crate) fn authorization_url(
        &self,
        endpoints: &Endpoints,
        request: &AuthorizationRequest<'_>,
    ) -> Result<Url, ProviderError> {
        // `openid` is among the scopes where it is wanted.
        let client = self.client(endpoints)?.disable_openid_scope();
        let (state, nonce) = (request.state.to_owned(), request.nonce.to_owned());
        let verifier = PkceCodeVerifier::new(request.verifier.to_owned());
        let mut authorization = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(request.scopes.iter().cloned().map(Scope::new));
        for (name, value) in &request.parameters {
            authorization = authorization.add_extra_param(*name, *value);
        }
        Ok(authorization.url().0)
    }

    /// What the server gives for a code.
    pub(crate) fn exchange<'a>(
        &'a self,
        endpoints: &'a Endpoints,
        code: &'a str,
        verifier: &'a str,
    ) -> BoxFuture<'a, Result<ProviderTokens, ProviderError>> {
        async move {
            let (client, http) = (self.client(endpoints)?, self.http());
            let answer = client
                .exchange_code(AuthorizationCode::new(code.to_owned()))
                .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
                .request_async(&http)
                .await;
            Ok(self.tokens(&answer.map_err(problem)?))
        }
        .boxed()
    }

    /// What the server gives for a refresh token, which is kept where it gives no other.
    pub(crate) fn refresh<'a>(
        &'a self,
        endpoints: &'a Endpoints,
        refresh_token: &'a str,
    ) -> BoxFuture<'a, Result<ProviderTokens, ProviderError>> {
        async move {
            let (client, http) = (self.client(endpoints)?, self.http());
            let token = RefreshToken::new(refresh_token.to_owned());
            let answer = client.exchange_refresh_token(&token).request_async(&http).await;
            let mut tokens = self.tokens(&answer.map_err(problem)?);
            tokens.refresh_token.get_or_insert_with(|| refresh_token.to_owned());
            Ok(tokens)
        }
        .boxed()
    }

    fn http(
        &self,
    ) -> impl Fn(HttpRequest) -> BoxFuture<'static, Result<HttpResponse, OutgoingError>> + use<> {
        let outgoing = self.outgoing.clone();
        move |request| {
            let outgoing = outgoing.clone();
            async move { outgoing.send(request).await }.boxed()
        }
    }

    fn tokens(&self, answer: &CoreTokenResponse) -> ProviderTokens {
        let scopes = answer.scopes().map(Vec::as_slice).unwrap_or_default().iter();
        ProviderTokens {
            access_token: AccessToken::secret(answer.access_token()).clone(),
            refresh_token: answer.refresh_token().map(|token| token.secret().clone()),
            id_token: answer.extra_fields().id_token().map(ToString::to_string),
            expires_at: answer.expires_in().and_then(|after| self.after(after)),
            // GitHub separates them by commas.
            scopes: scopes.flat_map(|scope| scope.split(',')).map(|scope| scope.trim().to_owned()).collect(),
        }
    }

    fn after(&self, duration: std::time::Duration) -> Option<DateTime<Utc>> {
        self.clock.now().checked_add_signed(chrono::Duration::from_std(duration).ok()?)
    }
}

type ErrorAnswer = StandardErrorResponse<CoreErrorResponseType>;

type TokenError = RequestTokenError<OutgoingError, ErrorAnswer>;

/// What a server says of whoever signs in, or was signed in: of the standards, and of GitHub. All else is about the portal
/// and how it asks.
const ABOUT_THE_PERSON: [&str; 8] = [
    "invalid_grant",
    "access_denied",
    "login_required",
    "interaction_required",
    "consent_required",
    "account_selection_required",
    "bad_verification_code",
    "bad_refresh_token",
];

fn problem(error: TokenError) -> ProviderError {
    match error {
        RequestTokenError::ServerResponse(answer) => refusal(&answer),
        RequestTokenError::Request(error) => ProviderError::Unavailable(error),
        // GitHub says no with status 200.
        RequestTokenError::Parse(_, body) => match serde_json::from_slice::<ErrorAnswer>(&body) {
            Ok(answer) => refusal(&answer),
            Err(_) => ProviderError::invalid("it is not what a token endpoint answers"),
        },
        RequestTokenError::Other(reason) => ProviderError::Invalid(reason),
    }
}

fn refusal(answer: &ErrorAnswer) -> ProviderError {
    if ABOUT_THE_PERSON.contains(&answer.error().to_string().as_str()) {
        ProviderError::Refused(answer.to_string())
    } else {
        ProviderError::RefusedPortal(answer.to_string())
    }
}
