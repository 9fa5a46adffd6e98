use std::path::{Component, Path};

use url::{Host, Url};

pub(super) fn check_id(id: &str, plugins: &[&str]) -> Result<(), String> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.len() > 63 || !id.starts_with(|first: char| first.is_ascii_lowercase()) || !id.bytes().all(is_name)
    {
        return Err(format!(
            "`{id}` must begin with a lower case letter and have up to 63 lower case letters, digits and `-`"
        ));
    }
    if plugins.contains(&id) {
        return Err(format!("`{id}` is the id of a plugin of this portal, choose another"));
    }
    Ok(())
}

/// Whether a path stays below the folder that it is relative to, and names nothing hidden.
pub(crate) fn is_relative_file(file: &str) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    Path::new(file).components().all(plain)
        && file.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
        && !file.contains(|character: char| character == '\\' || character.is_control())
}

/// Whether what comes from there is what was sent from there: by TLS, or without leaving this machine.
fn is_safe(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https" | "wss", Some(_)) => true,
        ("http" | "ws", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http" | "ws", Some(Host::Ipv6(address))) => address.is_loopback(),
        ("http" | "ws", Some(Host::Domain(name))) => name == "localhost" || name.ends_with(".localhost"),
        _ => false,
    }
}

pub(super) fn check_url(address: &str) -> Result<(), String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "https" | "http") && is_safe(url));
    let Some(url) = url else {
        return Err(format!(
            "`{address}` must be the https address of a script (http is for localhost): its code runs in the pages"
        ));
    };
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("must have neither a user nor a fragment: everyone reads it".to_owned());
    }
    if url.path().ends_with('/') || !url.host_str().is_some_and(is_plain_host) {
        return Err(format!("`{address}` is not the address of a script, such as `https://host/index.js`"));
    }
    Ok(())
}

/// Letters that mean something in a policy are not forbidden in the names of hosts.
fn is_plain_host(host: &str) -> bool {
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte))
}

pub(super) fn check_integrity(integrity: &str) -> Result<(), String> {
    use base64::{Engine, engine::general_purpose::STANDARD};

    let lengths = [("sha256-", 32), ("sha384-", 48), ("sha512-", 64)];
    let is_hash = lengths.into_iter().any(|(prefix, length)| {
        let digest = integrity.strip_prefix(prefix).and_then(|digest| STANDARD.decode(digest).ok());
        digest.is_some_and(|digest| digest.len() == length)
    });
    if is_hash {
        return Ok(());
    }
    Err(format!("`{integrity}` is not a hash such as `sha384-` and 64 letters of base64"))
}

/// A source of the policy: an origin and nothing that means more than it says.
pub(super) fn check_source(list: &str, source: &str) -> Result<(), String> {
    let schemes: &[&str] = match list {
        "connect" => &["https", "http", "wss", "ws"],
        _ => &["https", "http"],
    };
    let not_origin = || {
        format!("`{source}` is not an origin, such as `https://api.example.org` or `https://*.example.org`")
    };
    let (scheme, rest) = source.split_once("://").ok_or_else(not_origin)?;
    let (is_wildcard, host) = rest.strip_prefix("*.").map_or((false, rest), |host| (true, host));
    let is_written =
        |byte: u8| byte.is_ascii_alphanumeric() || b".-_[]:/".contains(&byte) || byte == b'~' || byte == b'@';
    if !schemes.contains(&scheme) || !host.bytes().all(is_written) || host.starts_with(['/', ':']) {
        return Err(not_origin());
    }
    let url = Url::parse(&format!("{scheme}://{host}")).map_err(|_| not_origin())?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(not_origin());
    }
    if is_wildcard && !matches!(url.host(), Some(Host::Domain(name)) if name.contains('.')) {
        return Err(format!(
            "`{source}` is too much of the Internet: name a domain, as in `https://*.example.org`"
        ));
    }
    if list == "scripts" && !is_safe(&url) {
        return Err(format!("`{source}` must be https (http is for localhost): its code runs in the pages"));
    }
    let origin = url.origin().ascii_serialization();
    let path = if list == "scripts" && url.path().ends_with('/') { url.path() } else { "" };
    let written = format!("{origin}{path}");
    let given = format!("{scheme}://{host}");
    if given.trim_end_matches('/') == written.trim_end_matches('/') {
        return Ok(());
    }
    let star = if is_wildcard { "*." } else { "" };
    let (scheme, host) = written.split_once("://").ok_or_else(not_origin)?;
    Err(format!("`{source}` is not how browsers write that origin, write `{scheme}://{star}{host}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_plain_and_no_plugins() {
        for id in ["a", "oncall", "on-call-2", &"a".repeat(63)] {
            assert_eq!(check_id(id, &["catalog"]), Ok(()), "{id}");
        }
        for id in ["", "-a", "2a", "On", "a_b", "a/b", "a.b", "ä", "a b", &"a".repeat(64), "catalog"] {
            assert!(check_id(id, &["catalog"]).is_err(), "{id}");
        }
    }

    #[test]
    fn a_file_stays_below_its_folder_and_is_not_hidden() {
        for file in ["index.js", "dist/index.js", "a/b/c.min.css", "a..b/c"] {
            assert!(is_relative_file(file), "{file}");
        }
        for file in [
            "",
            "/index.js",
            "../index.js",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            ".env",
            "a/.git/config",
            "a\\b",
            "a\0b",
        ] {
            assert!(!is_relative_file(file), "{file:?}");
        }
    }

    #[test]
    fn code_comes_by_tls_or_from_this_machine() {
        for url in [
            "https://cdn.example.org/oncall/1.2.0/index.js",
            "https://cdn.example.org/index.js?v=1",
            "http://localhost:5173/src/index.ts",
            "http://127.0.0.1:5173/index.js",
            "http://[::1]:5173/index.js",
        ] {
            assert_eq!(check_url(url), Ok(()), "{url}");
        }
        for url in [
            "http://cdn.example.org/index.js",
            "http://localhost.example.org/index.js",
            "https://user:password@cdn.example.org/index.js",
            "https://cdn.example.org/index.js#x",
            "https://cdn.example.org/",
            "https://cdn.example.org/oncall/",
            "https://cdn.example.org;script-src/index.js",
            "https://cdn.example.org'/index.js",
            "data:text/javascript,1",
            "/index.js",
            "",
        ] {
            assert!(check_url(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_hash_has_the_length_of_its_kind() {
        for hash in [format!("sha256-{}=", "A".repeat(43)), format!("sha384-{}", "A".repeat(64))] {
            assert_eq!(check_integrity(&hash), Ok(()), "{hash}");
        }
        for hash in ["", "sha384-", "md5-AAAA", "sha384-AAAA", "sha384-nonsense!"] {
            assert!(check_integrity(hash).is_err(), "{hash}");
        }
    }

    #[test]
    fn a_source_is_an_origin_and_cannot_widen_the_policy() {
        for (list, source) in [
            ("connect", "https://api.example.org"),
            ("connect", "wss://api.example.org:8443"),
            ("connect", "http://grafana.internal:3000"),
            ("images", "https://*.example.org"),
            ("images", "https://img.example.org/"),
            ("frames", "https://[2001:db8::1]:8443"),
            ("scripts", "https://cdn.example.org"),
            ("scripts", "https://cdn.example.org/oncall/1.2.0/"),
            ("scripts", "http://localhost:5173"),
        ] {
            assert_eq!(check_source(list, source), Ok(()), "{list} {source}");
        }
        for (list, source, told) in [
            ("connect", "*", "not an origin"),
            ("connect", "'self'", "not an origin"),
            ("connect", "'unsafe-inline'", "not an origin"),
            ("connect", "data:", "not an origin"),
            ("connect", "https:", "not an origin"),
            ("connect", "https://", "not an origin"),
            ("connect", "https://*", "not an origin"),
            ("connect", "https://*.org", "too much"),
            ("connect", "https://*.1.2.3.4", "too much"),
            ("connect", "https://a.*.example.org", "not an origin"),
            ("connect", "https://api.example.org;", "not an origin"),
            ("connect", "https://api.example.org; script-src *", "not an origin"),
            ("connect", "https://api.example.org https://evil.example", "not an origin"),
            ("connect", "https://api.example.org,", "not an origin"),
            ("connect", "https://user@api.example.org", "not an origin"),
            ("connect", "https://api.example.org/v1", "write `https://api.example.org`"),
            ("connect", "https://API.example.org:443", "write `https://api.example.org`"),
            ("images", "wss://api.example.org", "not an origin"),
            ("images", "blob:https://example.org", "not an origin"),
            ("images", "https://*.Example.org", "write `https://*.example.org`"),
            ("scripts", "http://cdn.example.org", "must be https"),
            ("scripts", "https://cdn.example.org/index.js", "write `https://cdn.example.org`"),
            ("scripts", "https://cdn.example.org/a/../", "write `https://cdn.example.org/`"),
        ] {
            let message = check_source(list, source).unwrap_err();
            assert!(message.contains(told), "{list} {source}: {message}");
        }
    }
}
