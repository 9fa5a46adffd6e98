use http::{
    Uri,
    header::{HOST, ORIGIN},
    request::Parts,
};

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
    // The scheme is left aside: behind a proxy that ends TLS we cannot know our own.
    let bare = |text: &str| text.strip_suffix(default_port).unwrap_or(text).to_ascii_lowercase();
    bare(authority.as_str()) == bare(host)
}

/// Whether the request may open a WebSocket.
pub fn is_allowed(parts: &Parts, allowed: &[String]) -> bool {
    let origin = parts.headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    let is_listed =
        |origin: &str| allowed.iter().any(|known| known == "*" || known.eq_ignore_ascii_case(origin));
    origin.is_some_and(is_listed) || is_same_origin(parts)
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
        assert!(!is_allowed(&elsewhere, &[]));
        assert!(is_allowed(&elsewhere, &["https://cdn.example.com".into()]));
        assert!(is_allowed(&elsewhere, &["*".into()]));
    }
}
