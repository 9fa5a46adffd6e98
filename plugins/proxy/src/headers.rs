use http::{HeaderMap, HeaderName, HeaderValue, header};

/// What is passed on to every target: it says what is wanted, and nothing of who wants it.
const TO_TARGET: [HeaderName; 14] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::ACCEPT_LANGUAGE,
    header::CACHE_CONTROL,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::RANGE,
];

/// What is given back of every answer.
const FROM_TARGET: [HeaderName; 13] = [
    header::ACCEPT_RANGES,
    header::ALLOW,
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_RANGE,
    header::ETAG,
    header::EXPIRES,
    header::LAST_MODIFIED,
    header::LINK,
    header::RETRY_AFTER,
    header::VARY,
];

/// What belongs to one connection, or is made by whoever sends.
pub(crate) fn is_connections_own(name: &HeaderName) -> bool {
    const OWN: [&str; 11] = [
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    OWN.contains(&name.as_str())
}

/// Why a header goes neither to a target nor back, whatever the config says.
pub(crate) fn never_passed_on(name: &HeaderName) -> Option<&'static str> {
    let text = name.as_str();
    if is_connections_own(name) {
        return Some("it belongs to one connection");
    }
    match text {
        "authorization" => Some("it lets whoever has it act as the viewer here; see `credentials: forward`"),
        "cookie" | "set-cookie" | "proxy-authorization" => Some("it holds credentials of the portal's"),
        "forwarded" | "x-real-ip" | "via" => Some("it tells where the viewer is"),
        "www-authenticate" => Some("browsers would ask people for a password of the portal's"),
        "location" | "refresh" => Some("it leads elsewhere"),
        "clear-site-data"
        | "strict-transport-security"
        | "service-worker-allowed"
        | "nel"
        | "report-to"
        | "alt-svc" => Some("it speaks for the portal as a whole"),
        "x-http-method" | "x-http-method-override" | "x-method-override" => {
            Some("it says another method than the one that was allowed")
        }
        "content-type" | "cache-control" => Some("it is passed on anyhow"),
        "x-content-type-options" | "x-frame-options" | "referrer-policy" => Some("it is set by the portal"),
        _ if text.starts_with("x-forwarded-") => Some("it tells where the viewer is"),
        _ if text.starts_with("x-callboard-") => Some("it is between the portal and its pages"),
        _ if ["access-control-", "content-security-policy", "cross-origin-"]
            .iter()
            .any(|start| text.starts_with(start)) =>
        {
            Some("it is set by the portal")
        }
        _ => None,
    }
}

/// The headers of a request as the target gets them, without those that the config adds.
pub(crate) fn to_target(given: &HeaderMap, allowed: &[HeaderName]) -> HeaderMap {
    picked(given, TO_TARGET.iter().chain(allowed))
}

/// The headers of an answer as the viewer gets them.
pub(crate) fn from_target(given: &HeaderMap, allowed: &[HeaderName], is_shared: bool) -> HeaderMap {
    let mut headers = picked(given, FROM_TARGET.iter().chain(allowed));
    headers.insert(header::CONTENT_TYPE, harmless_type(given.get(header::CONTENT_TYPE)));
    if is_shared {
        headers.extend(picked(given, [header::CACHE_CONTROL].iter()));
    } else {
        headers.insert(header::CACHE_CONTROL, own_cache(given));
        headers.append(header::VARY, HeaderValue::from_static("cookie, authorization"));
    }
    headers
}

fn picked<'a>(given: &HeaderMap, names: impl Iterator<Item = &'a HeaderName>) -> HeaderMap {
    let of_connection: Vec<String> = given
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let mut headers = HeaderMap::new();
    for name in names.filter(|name| !of_connection.iter().any(|own| own == name.as_str())) {
        if headers.contains_key(name) {
            continue;
        }
        for value in given.get_all(name) {
            headers.append(name.clone(), value.clone());
        }
    }
    headers
}

/// The type of an answer, if it is not one that pages run as their own: those are told to be text, so that nobody who
/// can write into a page makes a script of ours of somebody else's answer.
fn harmless_type(given: Option<&HeaderValue>) -> HeaderValue {
    const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
    let Some(given) = given else { return HeaderValue::from_static("application/octet-stream") };
    let Ok(text) = given.to_str() else { return HeaderValue::from_static("application/octet-stream") };
    let essence = text.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let runs =
        ["javascript", "ecmascript", "jscript", "livescript"].iter().any(|part| essence.contains(part))
            || matches!(essence.as_str(), "text/css" | "application/manifest+json" | "text/cache-manifest");
    // Two types beside each other are read as the last by some.
    if runs || text.contains(',') { TEXT } else { given.clone() }
}

/// What was answered to one viewer is kept for no other.
fn own_cache(given: &HeaderMap) -> HeaderValue {
    let lines = given.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let mut kept = vec!["private"];
    let directives = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|directive| {
        let name = directive.split('=').next().unwrap_or_default().to_ascii_lowercase();
        !matches!(name.as_str(), "" | "public" | "private" | "s-maxage")
    });
    kept.extend(directives);
    if kept.len() == 1 {
        return HeaderValue::from_static("no-store");
    }
    HeaderValue::from_str(&kept.join(", ")).unwrap_or(HeaderValue::from_static("no-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name, value);
        }
        map
    }

    #[test]
    fn nothing_that_tells_of_the_viewer_reaches_a_target() {
        let given = map(&[
            ("accept", "application/json"),
            ("content-type", "application/json"),
            ("cookie", "callboard-session=t"),
            ("authorization", "Bearer t"),
            ("x-callboard-csrf", "1"),
            ("x-forwarded-for", "192.0.2.1"),
            ("origin", "https://portal.example.com"),
            ("referer", "https://portal.example.com/x"),
            ("user-agent", "x"),
            ("host", "portal.example.com"),
            ("connection", "close, x-hop"),
            ("x-hop", "1"),
            ("x-trace", "7"),
            ("x-other", "8"),
        ]);
        let allowed = [HeaderName::from_static("x-trace"), HeaderName::from_static("x-hop")];
        let expected =
            map(&[("accept", "application/json"), ("content-type", "application/json"), ("x-trace", "7")]);
        assert_eq!(to_target(&given, &allowed), expected);
    }

    #[test]
    fn nothing_that_speaks_for_the_portal_comes_back() {
        let given = map(&[
            ("content-type", "application/json"),
            ("etag", "\"1\""),
            ("set-cookie", "a=b"),
            ("location", "https://evil.example"),
            ("access-control-allow-origin", "*"),
            ("content-security-policy", "script-src *"),
            ("server", "x"),
            ("cache-control", "public, max-age=60, s-maxage=600"),
        ]);
        let expected = map(&[
            ("content-type", "application/json"),
            ("etag", "\"1\""),
            ("cache-control", "private, max-age=60"),
            ("vary", "cookie, authorization"),
        ]);
        assert_eq!(from_target(&given, &[], false), expected);
        assert_eq!(from_target(&map(&[]), &[], false)[header::CACHE_CONTROL], "no-store");
        let shared = from_target(&given, &[], true);
        assert_eq!(shared[header::CACHE_CONTROL], "public, max-age=60, s-maxage=600");
    }

    #[test]
    fn no_answer_is_a_script_or_a_style_of_ours() {
        for (given, expected) in [
            ("application/json", "application/json"),
            ("image/png", "image/png"),
            ("text/html; charset=utf-8", "text/html; charset=utf-8"),
            ("text/javascript", "text/plain; charset=utf-8"),
            ("Application/X-JavaScript; x=y", "text/plain; charset=utf-8"),
            ("text/css", "text/plain; charset=utf-8"),
            ("text/plain, text/javascript", "text/plain; charset=utf-8"),
        ] {
            assert_eq!(harmless_type(Some(&HeaderValue::from_static(given))), expected, "{given}");
        }
        assert_eq!(harmless_type(None), "application/octet-stream");
    }

    #[test]
    fn some_headers_are_never_passed_on() {
        for name in [
            "authorization",
            "cookie",
            "set-cookie",
            "host",
            "connection",
            "x-forwarded-for",
            "forwarded",
            "x-callboard-csrf",
            "access-control-allow-origin",
            "content-security-policy",
            "www-authenticate",
        ] {
            assert!(never_passed_on(&HeaderName::from_static(name)).is_some(), "{name}");
        }
        for name in ["x-trace", "x-total-count", "x-ratelimit-remaining", "prefer"] {
            assert!(never_passed_on(&HeaderName::from_static(name)).is_none(), "{name}");
        }
    }
}
