use std::time::Duration;

use anyhow::{Context, anyhow};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::{Client, redirect::Policy};
use url::Url;

use crate::{
    config::{CredentialsConfig, EndpointConfig, ProxyConfig, endpoint_name},
    path::{self, Paths},
    refusal::Refusal,
    rewrite::Rewrites,
};

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection is kept for the next request: less than it takes common servers to close it, which would lose a
/// request that is just being sent. Node's do after five seconds.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// The endpoints by name, the longest first.
#[derive(Debug)]
pub(crate) struct Endpoints(Vec<Endpoint>);

/// A service that can be asked.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub name: String,
    pub credentials: CredentialsConfig,
    pub methods: Vec<Method>,
    /// Added to each request.
    pub headers: HeaderMap,
    /// Passed on both ways beside the usual ones.
    pub allowed_headers: Vec<HeaderName>,
    pub rewrites: Rewrites,
    pub paths: Paths,
    pub timeout: Duration,
    pub max_request_bytes: u64,
    pub max_response_bytes: u64,
    /// Connections of this endpoint's own, so that nothing is shared with another one.
    pub client: Client,
    target: Url,
}

impl Endpoints {
    /// The endpoints of a config that was checked.
    pub(crate) fn new(config: ProxyConfig) -> anyhow::Result<Self> {
        let mut endpoints = Vec::new();
        for (written, endpoint) in config.endpoints {
            let name = endpoint_name(&written);
            let endpoint = Endpoint::new(name, &endpoint.0);
            endpoints.push(endpoint.with_context(|| format!("`proxy.endpoints.{written}`"))?);
        }
        endpoints.sort_by_key(|endpoint| std::cmp::Reverse(endpoint.name.len()));
        Ok(Self(endpoints))
    }

    /// The endpoint that a path begins with, and the rest of the path.
    pub(crate) fn find<'a>(&self, path: &'a str) -> Option<(&Endpoint, &'a str)> {
        self.0.iter().find_map(|endpoint| {
            let rest = path.strip_prefix(endpoint.name.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some((endpoint, rest))
        })
    }
}

impl Endpoint {
    fn new(name: String, config: &EndpointConfig) -> anyhow::Result<Self> {
        let mut headers = HeaderMap::new();
        for (header, value) in &config.headers {
            let mut value = HeaderValue::from_str(value.expose()).context("`headers`")?;
            value.set_sensitive(true);
            headers.append(header.parse::<HeaderName>().context("`headers`")?, value);
        }
        let methods = config.allowed_methods.iter().map(|method| method.to_ascii_uppercase().parse());
        let allowed_headers = config.allowed_headers.iter().map(|name| name.parse());
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            // What the target has packed is passed on as it is.
            .no_gzip()
            .user_agent(concat!("callboard/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT.min(config.timeout.0))
            .pool_idle_timeout(IDLE_TIMEOUT)
            .read_timeout(config.timeout.0);
        Ok(Self {
            credentials: config.credentials,
            methods: methods.collect::<Result<_, _>>().context("`allowedMethods`")?,
            headers,
            allowed_headers: allowed_headers.collect::<Result<_, _>>().context("`allowedHeaders`")?,
            rewrites: Rewrites::new(&config.path_rewrite)
                .map_err(|(pattern, message)| anyhow!("`pathRewrite.{pattern}`: {message}"))?,
            paths: Paths::new(config.paths.as_deref())
                .map_err(|(index, message)| anyhow!("`paths.{index}`: {message}"))?,
            timeout: config.timeout.0,
            max_request_bytes: config.max_request_bytes,
            max_response_bytes: config.max_response_bytes,
            client: client.build()?,
            target: Url::parse(&config.target).context("`target`")?,
            name,
        })
    }

    /// Where a request for `rest`, which came after the name, goes. Never anywhere but below the target.
    pub(crate) fn address(&self, rest: &str, query: Option<&str>) -> Result<Url, Refusal> {
        path::check(rest).map_err(Refusal::bad_path)?;
        let path = self.rewrites.apply(&self.name, rest);
        path::check(&path).map_err(Refusal::bad_path)?;
        if !self.paths.allow(&path) {
            return Err(Refusal::path_not_allowed(&self.name));
        }
        let base = self.base();
        let mut url = self.target.clone();
        // With nothing after it the target is asked for as it is written.
        if !path.is_empty() {
            url.set_path(&format!("{base}{path}"));
        }
        url.set_query(query);
        let is_below =
            path.is_empty() || url.path().strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
        if is_below && url.origin() == self.target.origin() {
            return Ok(url);
        }
        Err(Refusal::bad_path("leads out of where it begins"))
    }

    /// The path and query below this endpoint that an address stands for, if the target's own path is above it.
    pub(crate) fn rest_of(&self, url: &Url) -> Option<String> {
        let rest = url.path().strip_prefix(self.base())?;
        let is_below = rest.is_empty() || rest.starts_with('/');
        let is_ours = is_below && url.origin() == self.target.origin() && url.username().is_empty();
        if !is_ours || path::check(rest).is_err() || !self.paths.allow(rest) {
            return None;
        }
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        Some(format!("{rest}{query}"))
    }

    fn base(&self) -> &str {
        self.target.path().trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn endpoints(config: &Value) -> Endpoints {
        Endpoints::new(serde_json::from_value(json!({ "endpoints": config })).unwrap()).unwrap()
    }

    #[test]
    fn the_longest_name_that_a_path_begins_with_is_meant() {
        let endpoints = endpoints(&json!({ "/a": "http://one", "/a/b": "http://two", "c": "http://three" }));
        let find = |path| endpoints.find(path).map(|(endpoint, rest)| (endpoint.name.as_str(), rest));
        assert_eq!(find("/a/x"), Some(("/a", "/x")));
        assert_eq!(find("/a"), Some(("/a", "")));
        assert_eq!(find("/a/b/x"), Some(("/a/b", "/x")));
        assert_eq!(find("/a/bc"), Some(("/a", "/bc")));
        assert_eq!(find("/c/"), Some(("/c", "/")));
        for path in ["/ab", "/", "", "/A", "//a", "/%61/x"] {
            assert_eq!(find(path), None, "{path}");
        }
    }

    #[test]
    fn an_address_is_below_its_target() {
        let endpoints = endpoints(&json!({ "/a": "https://h.example:8443/api/", "/b": "https://h.example" }));
        let address = |path: &str, query| {
            let (endpoint, rest) = endpoints.find(path).unwrap();
            endpoint.address(rest, query).map(String::from).ok()
        };
        for (path, expected) in [
            ("/a", "https://h.example:8443/api/"),
            ("/a/", "https://h.example:8443/api/"),
            ("/a/v1/x", "https://h.example:8443/api/v1/x"),
            ("/a/v1%2Fx", "https://h.example:8443/api/v1%2Fx"),
            ("/a/@evil.example", "https://h.example:8443/api/@evil.example"),
            ("/a/:80", "https://h.example:8443/api/:80"),
            ("/b", "https://h.example/"),
            ("/b/https:/evil.example", "https://h.example/https:/evil.example"),
            ("/b/a%3Fb%23c", "https://h.example/a%3Fb%23c"),
        ] {
            assert_eq!(address(path, None).as_deref(), Some(expected), "{path}");
        }
        assert_eq!(address("/b/x", Some("a=%2e%2e")).unwrap(), "https://h.example/x?a=%2e%2e");
        for path in ["/a/../x", "/a/%2e%2e/x", "/b//evil.example", "/b/%2f%2fevil.example"] {
            assert_eq!(address(path, None), None, "{path}");
        }
    }

    #[test]
    fn what_a_rewritten_path_leads_to_is_looked_at_too() {
        let endpoints = endpoints(&json!({ "/a": {
            "target": "https://h.example/api", "paths": ["/new/**"],
            "pathRewrite": { "^/old": "/new", "^/up": "/..", "^/bare": "x" },
        } }));
        let address = |path: &str| {
            let (endpoint, rest) = endpoints.find(path).unwrap();
            endpoint.address(rest, None).map(String::from).ok()
        };
        assert_eq!(address("/a/old/x").unwrap(), "https://h.example/api/new/x");
        for path in ["/a/up/x", "/a/other", "/a/bare"] {
            assert_eq!(address(path), None, "{path}");
        }
    }
}
