use axum::http::HeaderValue;
use base64::{Engine, engine::general_purpose::STANDARD};
use url::Url;

use crate::{config::ModuleConfig, server::headers::POLICY};

/// The policy of the entry page: the portal's own, what the modules need beside it, and the import map that is written in
/// the page, by its hash.
pub(crate) fn page_policy(html: &str, modules: &[ModuleConfig]) -> HeaderValue {
    let mut added = Vec::new();
    added.extend(import_map(html).map(|map| {
        use sha2::Digest;
        ("script-src", format!("'sha256-{}'", STANDARD.encode(sha2::Sha256::digest(map.as_bytes()))))
    }));
    for module in modules {
        let entry = module.url.as_deref().and_then(|url| Url::parse(url).ok());
        added.extend(entry.map(|url| ("script-src", entry_source(&url))));
        for (list, sources) in module.content_security_policy.lists() {
            added.extend(sources.iter().map(|source| (directive_of(list), without_root(source).to_owned())));
        }
    }
    extended(POLICY, &added)
}

/// A policy with more sources.
fn extended(policy: &str, added: &[(&str, String)]) -> HeaderValue {
    let mut directives: Vec<String> =
        policy.split(';').map(|directive| directive.trim().to_owned()).collect();
    for (name, source) in added {
        let is_named = |directive: &&mut String| directive.split(' ').next() == Some(name);
        match directives.iter_mut().find(is_named) {
            Some(directive) if directive.split(' ').any(|known| known == source) => {}
            Some(directive) => {
                directive.push(' ');
                directive.push_str(source);
            }
            None => directives.push(format!("{name} {source}")),
        }
    }
    // What the config lets in can be written in a header; else the pages keep to the stricter one.
    HeaderValue::from_str(&directives.join("; ")).unwrap_or(HeaderValue::from_static(POLICY))
}

fn directive_of(list: &str) -> &'static str {
    match list {
        "connect" => "connect-src",
        "images" => "img-src",
        "styles" => "style-src",
        "fonts" => "font-src",
        "frames" => "frame-src",
        _ => "script-src",
    }
}

/// This very file. What separates sources and directives is written as a path may have it.
fn entry_source(url: &Url) -> String {
    let path = url.path().replace(';', "%3B").replace(',', "%2C").replace('\'', "%27");
    format!("{}{path}", url.origin().ascii_serialization())
}

/// An origin with a slash at the end would mean the root alone to some.
fn without_root(source: &str) -> &str {
    let bare = source.strip_suffix('/').unwrap_or(source);
    let has_path = bare.split_once("://").is_some_and(|(_, host)| host.contains('/'));
    if has_path { source } else { bare }
}

/// The text of the import map in a page, as browsers hash it.
fn import_map(html: &str) -> Option<&str> {
    html.split("<script").skip(1).find_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let is_map = attributes.split_whitespace().any(|attribute| attribute == "type=\"importmap\"");
        is_map.then(|| rest.split_once("</script").map(|(text, _)| text))?
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy(html: &str, modules: &serde_json::Value) -> String {
        let modules: Vec<ModuleConfig> = serde_json::from_value(modules.clone()).unwrap();
        page_policy(html, &modules).to_str().unwrap().to_owned()
    }

    fn sources<'a>(policy: &'a str, directive: &str) -> &'a str {
        let found = policy.split("; ").find_map(|text| text.strip_prefix(directive)?.strip_prefix(' '));
        found.unwrap_or_else(|| panic!("no {directive} in {policy}"))
    }

    #[test]
    fn without_modules_and_import_map_the_policy_is_the_portals() {
        assert_eq!(policy("<script src=\"/a.js\"></script>", &json!([])), POLICY);
    }

    #[test]
    fn the_import_map_is_let_in_by_its_hash_and_no_other_script_is() {
        let html = "<script>alert(1)</script><script type=\"importmap\">{}</script><script>x</script>";
        // echo -n '{}' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            sources(&policy(html, &json!([])), "script-src"),
            "'self' 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='"
        );
        assert_eq!(import_map("<script type=\"importmap\" nonce=\"x\">{\n}</script >"), Some("{\n}"));
        assert_eq!(import_map("<script type=\"module\">x</script><script type=\"importmap\">"), None);
    }

    #[test]
    fn each_module_adds_its_entry_and_what_it_asks_for() {
        let modules = json!([
            { "id": "a", "folder": "a", "contentSecurityPolicy": {
                "connect": ["https://api.example.org", "https://api.example.org/"],
                "images": ["http://img.example.org"], "styles": ["https://css.example.org"],
                "fonts": ["https://fonts.example.org"], "frames": ["https://*.example.org"],
                "scripts": ["https://cdn.example.org/a/"] } },
            { "id": "b", "url": "https://cdn.example.org/b;/index.js?v=1" },
        ]);
        let policy = policy("", &modules);
        for (directive, expected) in [
            ("connect-src", "'self' https://api.example.org"),
            ("img-src", "'self' data: https: http://img.example.org"),
            ("style-src", "'self' https://css.example.org"),
            ("font-src", "'self' data: https://fonts.example.org"),
            ("frame-src", "https://*.example.org"),
            ("script-src", "'self' https://cdn.example.org/a/ https://cdn.example.org/b%3B/index.js"),
            ("default-src", "'none'"),
        ] {
            assert_eq!(sources(&policy, directive), expected);
        }
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}
