use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header::HOST, request::Parts},
    response::Response,
};
use callboard_kit::Client;
use serde::Deserialize;
use url::{Host, Url};

use super::{
    Endpoints,
    answers::{redirect, refused_location, too_many},
};
use crate::{
    limits::ClientNetwork,
    providers::Provider,
    return_to,
    sign_in::{CallbackQuery, Flow, Purpose, SLOTS, SignInError, Transaction, slot_for},
};

/// How a sign-in begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct StartQuery {
    return_to: Option<String>,
    flow: Option<String>,
}

impl StartQuery {
    fn flow(&self) -> Flow {
        if self.flow.as_deref() == Some("popup") { Flow::Popup } else { Flow::Redirect }
    }
}

pub(super) fn client_of(parts: &Parts) -> Client {
    parts.extensions.get::<Client>().cloned().unwrap_or_default()
}

/// Begins a sign-in.
pub(super) async fn start(
    State(endpoints): State<Arc<Endpoints>>,
    Path(provider): Path<String>,
    Query(query): Query<StartQuery>,
    parts: Parts,
) -> Response {
    if let Some(elsewhere) = other_loopback_name(&endpoints.base_url, &parts.headers) {
        return redirect(&format!("{elsewhere}{}", parts.uri), []);
    }
    let client = client_of(&parts);
    if let Err(limit) = endpoints.sign_in.starts.take(&ClientNetwork::of(client.address)) {
        return too_many(limit);
    }
    let begun = endpoints.begin(&provider, &query, &parts).await;
    endpoints.or_refuse(begun, &provider, query.flow(), &client).await
}

/// Goes on when the browser is back.
pub(super) async fn callback(
    State(endpoints): State<Arc<Endpoints>>,
    Path(provider): Path<String>,
    Query(query): Query<CallbackQuery>,
    parts: Parts,
) -> Response {
    let client = client_of(&parts);
    let (sign_in, now) = (&endpoints.sign_in, endpoints.sign_in.clock.now());
    let kept = (0..SLOTS).find_map(|slot| {
        let sealed = endpoints.cookies.transaction_of(&parts.headers, slot)?;
        Some((slot, Transaction::open(sealed, &sign_in.vault, &query.state, &provider, now)?))
    });
    let Some((slot, transaction)) = kept else {
        return endpoints.or_refuse(Err(SignInError::Transaction), &provider, Flow::Redirect, &client).await;
    };
    let done = endpoints.complete(&provider, &transaction, &query, &client, &parts).await;
    if done.is_ok() {
        sign_in.starts.give_back(&ClientNetwork::of(client.address));
    }
    let mut answer = endpoints.or_refuse(done, &provider, transaction.flow, &client).await;
    if let Some(cookie) = endpoints.cookies.no_transaction(slot) {
        answer.headers_mut().append(axum::http::header::SET_COOKIE, cookie);
    }
    answer
}

impl Endpoints {
    async fn begin(
        &self,
        provider: &str,
        query: &StartQuery,
        parts: &Parts,
    ) -> Result<Response, SignInError> {
        let provider = self.sign_in.provider(provider)?;
        if provider.proxy().is_some() {
            let client = client_of(parts);
            let token = self.sign_in.sign_in_by_proxy(provider, parts, &client).await?;
            self.sign_in.starts.give_back(&ClientNetwork::of(client.address));
            self.end_former(&parts.headers).await;
            let return_to = return_to::safe(query.return_to.as_deref());
            return Ok(self.arrived(query.flow(), &return_to, Some(&token)));
        }
        let (url, cookie) = self.leave(provider, query, Purpose::SignIn, parts).await?;
        Ok(redirect(url.as_str(), [cookie]))
    }

    /// Where the browser goes, and the cookie that it takes along.
    pub(super) async fn leave(
        &self,
        provider: &Provider,
        query: &StartQuery,
        purpose: Purpose,
        parts: &Parts,
    ) -> Result<(Url, Option<HeaderValue>), SignInError> {
        let (url, transaction) =
            self.sign_in.begin(provider, query.return_to.as_deref(), query.flow(), purpose).await?;
        let sealed = transaction.seal(&self.sign_in.vault)?;
        let is_free = |slot| self.cookies.transaction_of(&parts.headers, slot).is_none();
        Ok((url, self.cookies.transaction(slot_for(&transaction.state, is_free), &sealed)))
    }

    async fn complete(
        &self,
        provider: &str,
        transaction: &Transaction,
        query: &CallbackQuery,
        client: &Client,
        parts: &Parts,
    ) -> Result<Response, SignInError> {
        let provider = self.sign_in.provider(provider)?;
        let signed_in = match transaction.purpose {
            Purpose::Connect { .. } => self.signed_in(parts).await?,
            Purpose::SignIn => None,
        };
        let done = self.sign_in.complete(provider, transaction, query, client, signed_in).await?;
        if done.token.is_some() {
            self.end_former(&parts.headers).await;
        }
        Ok(self.arrived(transaction.flow, &done.return_to, done.token.as_deref()))
    }

    fn arrived(&self, flow: Flow, return_to: &str, token: Option<&str>) -> Response {
        let lifetime = self.sessions.config.max_lifetime.0;
        let cookie = token.and_then(|token| self.cookies.session(token, lifetime));
        redirect(if flow == Flow::Popup { "/auth/popup" } else { return_to }, [cookie])
    }

    /// Whoever signs in anew leaves the session behind that the browser had.
    async fn end_former(&self, headers: &HeaderMap) {
        let Some(token) = self.cookies.session_of(headers) else { return };
        let ended = match self.sessions.find(token).await {
            Ok(Some(session)) => self.sessions.end(&session.id).await.map(|_| ()),
            other => other.map(|_| ()),
        };
        if let Err(problem) = ended {
            tracing::error!(cause = ?problem.cause(), "a former session could not be ended");
        }
    }

    async fn or_refuse(
        &self,
        done: Result<Response, SignInError>,
        provider: &str,
        flow: Flow,
        client: &Client,
    ) -> Response {
        match done {
            Ok(response) => response,
            Err(error) => {
                let known = self.sign_in.provider(provider).map_or("unknown", |provider| &provider.id);
                self.sign_in.record_refusal(known, &error, client).await;
                redirect(&refused_location(&error, known, flow), [])
            }
        }
    }
}

/// `localhost` and `127.0.0.1` are two hosts to a browser and its cookies: a sign-in begins at the one that the provider
/// leads back to.
fn other_loopback_name(base_url: &str, headers: &HeaderMap) -> Option<String> {
    let base = Url::parse(base_url).ok()?;
    let asked = Url::parse(&format!("http://{}", headers.get(HOST)?.to_str().ok()?)).ok()?;
    let is_loopback = |url: &Url| match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let same_port = base.port_or_known_default() == asked.port_or_known_default();
    (same_port && is_loopback(&base) && is_loopback(&asked) && base.host() != asked.host())
        .then(|| base_url.to_owned())
}
