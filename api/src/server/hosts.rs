//! Which names the server answers to. A page can have its own name lead to this machine (DNS rebinding); its scripts
//! then ask here as if they were of the portal's pages, and only the name that they ask for tells them apart.

use std::{
    collections::HashSet,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, StatusCode, Uri,
        header::{AUTHORIZATION, HOST},
        uri::Authority,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

use crate::portal::Portal;

/// The names that are the portal's own, and whether others are refused.
#[derive(Debug)]
pub(super) struct OwnHosts {
    names: HashSet<String>,
    refuses: Refuses,
}

/// Which requests must come by one of the portal's own names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refuses {
    Nothing,
    /// Those without a token: scripts of strangers have none.
    WithoutToken,
    Everything,
}

impl OwnHosts {
    pub(super) fn of(portal: &Portal, address: SocketAddr) -> Arc<Self> {
        let names: HashSet<String> =
            portal.config.own_origins().filter_map(|origin| name_of(&origin)).collect();
        let has_guest = portal.services.authenticator.get().is_some_and(|known| known.lets_anyone_in());
        let refuses = if address.ip().is_loopback() {
            Refuses::Everything
        } else if has_guest && !names.is_empty() {
            Refuses::WithoutToken
        } else {
            // Without a guest there is nothing to be had for a stranger's script, which has no cookies of the portal.
            Refuses::Nothing
        };
        Arc::new(Self { names, refuses })
    }

    fn lets_in(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        match self.refuses {
            Refuses::Nothing => return true,
            Refuses::WithoutToken if headers.contains_key(AUTHORIZATION) => return true,
            Refuses::WithoutToken | Refuses::Everything => {}
        }
        let mut given = headers.get_all(HOST).iter();
        match (given.next(), given.next()) {
            (None, _) => uri.authority().is_none_or(|authority| self.is_own(authority.host())),
            (Some(host), None) => {
                let authority = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
                authority.is_some_and(|authority| self.is_own(authority.host()))
            }
            (Some(_), Some(_)) => false,
        }
    }

    /// An address is nobody's to rebind, and `localhost` never leads elsewhere.
    fn is_own(&self, host: &str) -> bool {
        let name = host.trim_end_matches('.').to_ascii_lowercase();
        let is_address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        is_address || name == "localhost" || name.ends_with(".localhost") || self.names.contains(&name)
    }
}

fn name_of(origin: &str) -> Option<String> {
    Url::parse(origin).ok()?.host_str().map(str::to_owned)
}

/// What tells everyone the same: probes, and the keys for other services. They ask by whatever name they know.
fn is_for_machines(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics") || path.starts_with("/.well-known/")
}

/// Refuses what comes by a name that is not the portal's.
pub(super) async fn check(State(hosts): State<Arc<OwnHosts>>, request: Request, next: Next) -> Response {
    if is_for_machines(request.uri().path()) || hosts.lets_in(request.headers(), request.uri()) {
        return next.run(request).await;
    }
    let told = "This server does not go by that name. If it should, set `backend.baseUrl` to the address that people open.\n";
    (StatusCode::MISDIRECTED_REQUEST, told).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_name_is_not_the_portals_however_it_is_written() {
        let own = |refuses| OwnHosts { names: HashSet::from(["portal.example.com".to_owned()]), refuses };
        let lets_in = |refuses, headers: &[(&str, &str)]| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(name.parse::<axum::http::HeaderName>().unwrap(), value.parse().unwrap());
            }
            own(refuses).lets_in(&map, &Uri::from_static("/graphql"))
        };
        for (host, expected) in [
            ("localhost:7007", true),
            ("LOCALHOST", true),
            ("portal.localhost:7007", true),
            ("127.0.0.1:7007", true),
            ("[::1]:7007", true),
            ("192.0.2.1", true),
            ("portal.example.com", true),
            ("Portal.example.com.:8443", true),
            ("evil.example", false),
            ("portal.example.com.evil.example:7007", false),
            ("evil-localhost", false),
            ("127.0.0.1.evil.example", false),
            ("localhost:7007@evil.example", false),
            ("localhost, evil.example", false),
            ("", false),
        ] {
            assert_eq!(lets_in(Refuses::Everything, &[("host", host)]), expected, "{host}");
            let with_token = [("host", host), ("authorization", "Bearer t")];
            assert_eq!(lets_in(Refuses::Everything, &with_token), expected, "{host}");
            assert!(lets_in(Refuses::WithoutToken, &with_token), "{host}");
            assert_eq!(lets_in(Refuses::WithoutToken, &[("host", host)]), expected, "{host}");
            assert!(lets_in(Refuses::Nothing, &[("host", host)]), "{host}");
        }
        assert!(!lets_in(Refuses::Everything, &[("host", "localhost"), ("host", "evil.example")]));
        assert!(lets_in(Refuses::Everything, &[]), "no browser leaves it out");
    }
}
