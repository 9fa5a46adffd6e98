use http::{
    Uri,
    header::{HOST, ORIGIN},
    request::Parts,
};

use crate::TransportOptions;

/// Whether a request comes from a page of this very server, or from no page at all.
///
/// Browsers open sockets across sites without asking, cookies included, so the server has to look.
pub fn is_same_origin(parts: &Parts) -> bool {
    let mut origins = parts.headers.get_all(ORIGIN).iter();
    let (Some(origin), None) = (origins.next(), origins.next()) else {
        return !parts.headers.contains_key(ORIGIN);
    };
    let host = match parts.headers.get(HOST) {
        Some(host) => host.to_str().ok(),
        None => parts.uri.authority().map(http::uri::Authority::as_str),
    };
    let origin = origin.to_str().ok().and_then(|text| text.parse::<Uri>().ok());
    let (Some(origin), Some(host)) = (origin, host) else { return false };
    let default_port = match origin.scheme_str() {
        Some("http") => ":80",
        Some("https") => ":443",
        _ => return false,
    };
    let Some(authority) = origin.authority() else { return false };
    // The scheme is left aside here: behind a proxy that ends TLS the request does not tell our own.
    let bare = |text: &str| text.strip_suffix(default_port).unwrap_or(text).to_ascii_lowercase();
    bare(authority.as_str()) == bare(host)
}

/// Whether the request may open a WebSocket.
pub fn is_allowed(parts: &Parts, options: &TransportOptions) -> bool {
    let origin = parts.headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    let is_listed = |origin: &str| {
        options.allowed_origins.iter().any(|known| known == "*" || known.eq_ignore_ascii_case(origin))
    };
    let is_forged = |origin: &str| options.own_pages_by_tls && !may_be_own(origin);
    origin.is_some_and(is_listed) || (is_same_origin(parts) && !origin.is_some_and(is_forged))
}

/// Whether a page of this origin came by TLS, or from this machine: whoever sits in between cannot have written it.
fn may_be_own(origin: &str) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let host = origin.host().unwrap_or_default();
    origin.scheme_str() == Some("https") || matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn parts(origin: Option<&str>, host: &str) -> Parts {
        let mut request = Request::builder().uri("/graphql/ws").header(HOST, host);
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_pages_of_this_server_are_of_the_same_origin() {
        for (origin, host, expected) in [
            (None, "portal.example.com", true),
            (Some("https://portal.example.com"), "portal.example.com", true),
            (Some("https://portal.example.com"), "portal.example.com:443", true),
            (Some("http://PORTAL.example.com:7007"), "portal.example.com:7007", true),
            (Some("http://portal.example.com:7008"), "portal.example.com:7007", false),
            (Some("https://evil.example.com"), "portal.example.com", false),
            (Some("https://portal.example.com.evil.com"), "portal.example.com", false),
            (Some("null"), "portal.example.com", false),
            (Some(""), "portal.example.com", false),
            (Some("chrome-extension://portal.example.com"), "portal.example.com", false),
        ] {
            assert_eq!(is_same_origin(&parts(origin, host)), expected, "{origin:?} at {host}");
        }
    }

    #[test]
    fn two_origins_are_none() {
        let mut parts = parts(Some("https://portal.example.com"), "portal.example.com");
        parts.headers.append(ORIGIN, "https://portal.example.com".parse().unwrap());
        assert!(!is_same_origin(&parts));
    }

    #[test]
    fn listed_origins_are_let_in() {
        let elsewhere = parts(Some("https://cdn.example.com"), "portal.example.com");
        let listed = |origins: &[&str]| TransportOptions {
            allowed_origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
            own_pages_by_tls: true,
            ..TransportOptions::default()
        };
        assert!(!is_allowed(&elsewhere, &listed(&[])));
        assert!(is_allowed(&elsewhere, &listed(&["https://cdn.example.com"])));
        assert!(is_allowed(&elsewhere, &listed(&["*"])));
    }
    #[test]
    fn a_page_of_our_host_that_came_without_tls_is_forged_where_ours_come_with_it() {
        for (origin, host, by_tls, expected) in [
            (Some("http://portal.example.com"), "portal.example.com", true, false),
            (Some("https://portal.example.com"), "portal.example.com", true, true),
            (Some("http://portal.example.com"), "portal.example.com", false, true),
            (Some("http://localhost:7007"), "localhost:7007", true, true),
            (Some("http://localhost.evil.example"), "localhost.evil.example", true, false),
            (None, "portal.example.com", true, true),
        ] {
            let options = TransportOptions { own_pages_by_tls: by_tls, ..TransportOptions::default() };
            assert_eq!(is_allowed(&parts(origin, host), &options), expected, "{origin:?} {by_tls}");
        }
    }
}
