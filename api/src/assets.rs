//! The front end: files embedded in the binary, precompressed, with strong entity tags.

use std::{fmt::Write, path::Path, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::{
    config::Config,
    server::headers::{EDITOR_POLICY, OUTSIDE_POLICY},
};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Callboard</title><p>The front end is not part of \
                         this binary. Build it with <code>make web</code>, then build the binary again.</p></html>";

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Dist;

/// The entry page, with what the config says put in.
struct Page {
    html: Vec<u8>,
    etag: HeaderValue,
    policy: HeaderValue,
}

/// Serves the files of the front end, and its entry page for every other path.
pub(crate) fn router(config: &Config) -> Router {
    let page = |file: &str| {
        let html = match Dist::get(file) {
            Some(file) => with_config(&String::from_utf8_lossy(&file.data), config),
            None => NOT_BUILT.to_owned(),
        };
        let policy = match file {
            "graphiql.html" => HeaderValue::from_static(EDITOR_POLICY),
            _ => crate::modules::page_policy(&html, &config.core.app.modules),
        };
        // Who has the page and is told that it is current may keep the policy that it came with.
        let etag = etag(&sha256(&[html.as_bytes(), policy.as_bytes()].concat()), "");
        Arc::new(Page { html: html.into_bytes(), etag, policy })
    };
    Router::new()
        .route("/graphiql", any(editor_page).with_state(page("graphiql.html")))
        .route("/assets/{*file}", any(asset))
        .merge(crate::modules::router(config))
        .fallback_service(any(entry_page_or_file).with_state(page("index.html")))
}

/// Fills the content of the page's `callboard-*` meta elements.
fn with_config(html: &str, config: &Config) -> String {
    let title = escape(&config.core.app.title);
    let organization = escape(config.core.organization.name.as_deref().unwrap_or_default());
    let fill = |html: &str, name: &str, default: &str, content: &str| {
        let element = |content: &str| format!("<meta name=\"callboard-{name}\" content=\"{content}\"");
        html.replace(&element(default), &element(content))
    };
    let html = fill(html, "title", "Callboard", &title);
    let html = fill(&html, "organization", "", &organization);
    let html = fill(&html, "modules", "[]", &escape(&crate::modules::list(&config.core.app.modules)));
    html.replace("<title>Callboard</title>", &format!("<title>{title}</title>"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Addresses of the server's own, present and to come: a client of theirs must never be given a page.
const SERVER_PATHS: [&str; 7] = ["api/", "audit/", "auth/", "docs/", "graphql/", "modules/", ".well-known/"];

async fn entry_page_or_file(State(page): State<Arc<Page>>, request: Request) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    if SERVER_PATHS.iter().any(|prefix| name.starts_with(prefix)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    let hidden = matches!(extension, Some("html" | "br" | "gz"));
    match Dist::get(name) {
        Some(file) if !hidden => respond(request.method(), request.headers(), name, file, REVALIDATE),
        _ => entry(&page, &request),
    }
}

async fn editor_page(State(page): State<Arc<Page>>, request: Request) -> Response {
    entry(&page, &request)
}

fn entry(page: &Page, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let policy = (header::CONTENT_SECURITY_POLICY, page.policy.clone());
    if is_current(request.headers(), &page.etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, page.etag.clone()), policy]).into_response();
    }
    let headers = [
        policy,
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static(REVALIDATE)),
        (header::ETAG, page.etag.clone()),
    ];
    (headers, page.html.clone()).into_response()
}

async fn asset(request: Request) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    match Dist::get(name) {
        Some(file) => {
            let mut response = respond(request.method(), request.headers(), name, file, IMMUTABLE);
            if name.starts_with(OUTSIDE_WORKER) {
                let policy = HeaderValue::from_static(OUTSIDE_POLICY);
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            response
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// How the file of `web/src/features/catalog/definition/tryIt/outsideWorker.ts` begins once it is built.
const OUTSIDE_WORKER: &str = "assets/outsideWorker-";

fn respond(
    method: &Method,
    headers: &HeaderMap,
    name: &str,
    plain: EmbeddedFile,
    cache: &'static str,
) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let content_type = plain.metadata.mimetype().to_owned();
    let digest = plain.metadata.sha256_hash();
    let (file, encoding) = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(headers, encoding))
        .find_map(|(encoding, suffix)| Some((Dist::get(&format!("{name}.{suffix}"))?, encoding)))
        .map_or((plain, None), |(file, encoding)| (file, Some(encoding)));
    let etag = etag(&digest, encoding.unwrap_or(""));
    let mut response = if is_current(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.data.into_owned().into_response()
    };
    let out = response.headers_mut();
    out.insert(header::ETAG, etag);
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(value) = HeaderValue::from_str(&content_type) {
        out.insert(header::CONTENT_TYPE, value);
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|offer| {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            let refused = weight
                .trim()
                .strip_prefix("q=")
                .and_then(|q| q.parse::<f32>().ok())
                .is_some_and(|q| q <= 0.0);
            name.trim().eq_ignore_ascii_case(encoding) && !refused
        })
    })
}

pub(crate) fn is_current(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
    })
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// Quoted, from the start of the content's hash and the encoding it is sent in.
pub(crate) fn etag(digest: &[u8; 32], encoding: &str) -> HeaderValue {
    let mut hex = String::new();
    for byte in &digest[..12] {
        let _ = write!(hex, "{byte:02x}");
    }
    let text = if encoding.is_empty() { format!("\"{hex}\"") } else { format!("\"{hex}-{encoding}\"") };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_with_weight_zero_is_not_accepted() {
        let headers = |value: &str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())]);
        assert!(accepts(&headers("gzip, br;q=0.5"), "br"));
        assert!(!accepts(&headers("gzip, br;q=0"), "br"));
        assert!(!accepts(&headers("identity"), "gzip"));
    }

    #[test]
    fn the_page_says_whose_portal_it_is() {
        let mut config =
            Config::check(&serde_json::Value::Null, ".".into(), &callboard_kit::PluginRegistry::new())
                .unwrap();
        config.core.app.title = "The \"Portal\"".to_owned();
        config.core.organization.name = Some("Ore & Sons".to_owned());
        let page = with_config(include_str!("../../web/index.html"), &config);
        for expected in [
            "<meta name=\"callboard-title\" content=\"The &quot;Portal&quot;\" />",
            "<meta name=\"callboard-organization\" content=\"Ore &amp; Sons\" />",
            "<title>The &quot;Portal&quot;</title>",
        ] {
            assert!(page.contains(expected), "no {expected} in {page}");
        }
    }

    #[test]
    fn a_title_cannot_leave_its_attribute() {
        assert_eq!(escape("\"><script>"), "&quot;&gt;&lt;script&gt;");
    }
}
