use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use async_trait::async_trait;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use callboard_kit::{
    AnswerHeaders, Client, ConnectionMemory, Credentials, Problem, RequestContext, RequestId, Services,
    Viewer,
};
use callboard_transport::ContextProvider;
use ipnet::IpNet;
use uuid::Uuid;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is kept of how a client names itself.
const USER_AGENT_LENGTH: usize = 200;

/// Gives every request an id, keeps one that a proxy gave, and tells it in the answer. Says where it came from.
pub(super) async fn identify(
    State(trusted): State<Arc<[IpNet]>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let client = Client {
        address: peer.map(|peer| address_of(request.headers(), peer, &trusted)),
        user_agent: request
            .headers()
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(|text| text.chars().take(USER_AGENT_LENGTH).collect::<String>().into()),
    };
    request.extensions_mut().insert(client);
    let given =
        request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|id| is_sane(id));
    let id: Arc<str> = given.map_or_else(|| Uuid::now_v7().to_string().into(), Arc::from);
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let added = AnswerHeaders::default();
    request.extensions_mut().insert(added.clone());
    request.extensions_mut().insert(ConnectionMemory::default());
    let mut response = next.run(request).await;
    added.apply_to(response.headers_mut());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    response
}

/// The last address of the chain of proxies that no trusted one has: what is before it, anyone can write.
fn address_of(headers: &HeaderMap, peer: IpAddr, trusted: &[IpNet]) -> IpAddr {
    static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let lines = headers.get_all(&FORWARDED_FOR).iter().rev().filter_map(|value| value.to_str().ok());
    let mut client = peer;
    for told in lines.flat_map(|line| line.rsplit(',')) {
        let Some(address) = read_address(told.trim()) else { return client };
        client = address;
        if !is_trusted(&client) {
            return client;
        }
    }
    client
}

/// Some proxies write the port behind it.
fn read_address(text: &str) -> Option<IpAddr> {
    let bare = || text.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    bare().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip())).map(|address| address.to_canonical())
}

fn is_sane(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// Makes the context of a request from its credentials.
pub(super) struct ViewerContexts {
    services: Services,
}

impl ViewerContexts {
    pub(super) const fn new(services: Services) -> Self {
        Self { services }
    }
}

#[async_trait]
impl ContextProvider for ViewerContexts {
    async fn context(&self, credentials: Credentials<'_>) -> Result<RequestContext, Problem> {
        let viewer = match self.services.authenticator.get() {
            Some(authenticator) => authenticator.authenticate(credentials).await?,
            None => Viewer::anonymous(),
        };
        let parts = credentials.parts();
        let id = parts.extensions.get::<RequestId>().map(|id| Arc::clone(&id.0));
        let context = RequestContext::new(viewer, id.unwrap_or_else(|| Uuid::now_v7().to_string().into()));
        Ok(context.audited(credentials.client(), self.services.audit.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "127.0.0.1/32".parse().unwrap()];
        address_of(&headers, peer.parse().unwrap(), &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_say_where_a_request_came_from() {
        for (peer, forwarded, expected) in [
            ("192.0.2.1", &["203.0.113.9"][..], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["1.2.3.4, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            ("10.0.0.1", &["1.2.3.4", "203.0.113.9:4711"], "203.0.113.9"),
            ("10.0.0.1", &["1.2.3.4, nonsense"], "10.0.0.1"),
            ("127.0.0.1", &["[2001:db8::1]:80"], "2001:db8::1"),
        ] {
            assert_eq!(address(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
