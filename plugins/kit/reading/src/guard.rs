use std::{net::SocketAddr, sync::Arc};

use callboard_kit::ReadFailure;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::{address::is_public, config::AllowedHost};

/// Says which URLs may be read, and which addresses their hosts may have.
#[derive(Clone, Debug)]
pub struct Guard(Arc<[Rule]>);

/// Which addresses may be connected to for a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of the public Internet.
    Public,
    /// All.
    Private,
}

#[derive(Clone, Debug)]
struct Rule {
    /// Lower case, without the dot of a wildcard.
    host: String,
    is_wildcard: bool,
    /// `None` for the usual one of the scheme.
    port: Option<u16>,
    paths: Option<Vec<String>>,
    allow_private: bool,
}

impl Guard {
    /// A guard that lets these hosts be read, and no others.
    pub fn new<'a>(allowed: impl IntoIterator<Item = &'a AllowedHost>) -> Self {
        Self(allowed.into_iter().map(Rule::new).collect())
    }

    /// How far a URL reaches; an error where it may not be read. To be asked again for each redirect.
    pub fn check(&self, url: &Url) -> Result<Reach, ReadFailure> {
        if !matches!(url.scheme(), "http" | "https") {
            let message = format!("`{}` is not read: only https:// and http:// are", shown(url));
            return Err(ReadFailure::NotAllowed(message));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let message = "credentials in a URL are not used: they belong into `integrations` of the config";
            return Err(ReadFailure::NotAllowed(message.to_owned()));
        }
        let Some(host) = url.host() else {
            return Err(ReadFailure::Invalid(format!("`{}` names no host", shown(url))));
        };
        let name = host.to_string().to_lowercase();
        let mut rules = self.0.iter().filter(|rule| rule.covers(&name, url)).peekable();
        if rules.peek().is_none() {
            let message = format!(
                "`{}` is not read: neither `integrations` nor `backend.reading.allow` names `{}`",
                shown(url),
                url.host_str().unwrap_or_default()
            );
            return Err(ReadFailure::NotAllowed(message));
        }
        if rules.any(|rule| rule.allow_private) {
            return Ok(Reach::Private);
        }
        let literal = match host {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        };
        // No name is looked up for it, so that nobody else would notice.
        if literal.is_some_and(|address| !is_public(address)) {
            return Err(ReadFailure::NotAllowed(private(&name)));
        }
        Ok(Reach::Public)
    }
}

impl Rule {
    fn new(allowed: &AllowedHost) -> Self {
        let written = allowed.host.to_lowercase();
        let (is_wildcard, host) = match written.strip_prefix("*.") {
            Some(host) => (true, host),
            None => (false, written.as_str()),
        };
        // The colons of an IPv6 address are within brackets.
        let port = host.rsplit_once(':').and_then(|(name, port)| {
            let is_whole = name.ends_with(']') || !name.contains(':');
            port.parse::<u16>().ok().filter(|_| is_whole).map(|port| (name, port))
        });
        let (host, port) = port.map_or((host, None), |(name, port)| (name, Some(port)));
        Self {
            host: host.to_owned(),
            is_wildcard,
            port,
            paths: allowed.paths.clone(),
            allow_private: allowed.allow_private,
        }
    }

    fn names(&self, host: &str) -> bool {
        if self.is_wildcard {
            host.strip_suffix(&self.host).is_some_and(|rest| rest.ends_with('.'))
        } else {
            host == self.host
        }
    }

    fn covers(&self, host: &str, url: &Url) -> bool {
        let is_below = |path: &String| {
            let rest = url.path().strip_prefix(path.as_str());
            rest.is_some_and(|rest| path.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
        };
        let is_at = match self.port {
            Some(port) => url.port_or_known_default() == Some(port),
            None => url.port().is_none(),
        };
        self.names(host) && is_at && self.paths.as_ref().is_none_or(|paths| paths.iter().any(is_below))
    }
}

/// Looks names up and leaves out what is not public, so that what is checked is what is connected to.
#[derive(Clone, Copy, Debug)]
pub struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if found.is_empty() {
                return Ok(Box::new(found.into_iter()) as Addrs);
            }
            let public: Vec<SocketAddr> =
                found.into_iter().filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(PrivateAddress(private(&host)).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// A host has only addresses that it may not have.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PrivateAddress(String);

fn private(host: &str) -> String {
    format!(
        "`{host}` is not read: its address is of a private network; set `allowPrivate` in its rule of \
         `backend.reading.allow` or in its integration if that is meant"
    )
}

/// A URL as it is told: without credentials and the query, which may hold what is secret.
pub fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Those that cannot have any have none.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url.set_query(None);
    url.set_fragment(None);
    url.to_string().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allow(host: &str, paths: Option<&[&str]>, allow_private: bool) -> AllowedHost {
        let paths = paths.map(|paths| paths.iter().map(|path| (*path).to_owned()).collect());
        AllowedHost { host: host.to_owned(), paths, allow_private }
    }

    #[test]
    fn what_the_rules_name_is_read_and_nothing_else() {
        let rules = [
            allow("example.com", None, false),
            allow("*.corp.example", Some(&["/docs/", "/raw"]), false),
            allow("build.example:8443", None, false),
            allow("[2606:4700::1]", None, false),
            allow("127.0.0.1:9000", None, true),
        ];
        let guard = Guard::new(&rules);
        for allowed in [
            "https://example.com/any/thing?x=1",
            "http://EXAMPLE.com",
            "https://example.com:443/",
            "https://a.corp.example/docs/x",
            "https://a.b.corp.example/raw/x",
            "https://a.corp.example/raw",
            "https://build.example:8443/",
            "https://[2606:4700::1]/",
            "http://127.0.0.1:9000/x",
        ] {
            assert!(guard.check(&allowed.parse().unwrap()).is_ok(), "{allowed}");
        }
        for refused in [
            "https://example.com.evil.example/",
            "https://sub.example.com/",
            "https://example.com:8443/",
            "https://corp.example/docs/x",
            "https://evilcorp.example/docs/x",
            "https://a.corp.example/rawest",
            "https://a.corp.example/docs/../admin",
            "https://a.corp.example/docs/%2e%2e/admin",
            "https://build.example/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://user:password@example.com/",
            "http://127.0.0.1/",
            "http://2130706433:9000/x/../..//@evil",
            "http://0x7f.1/",
            "http://017700000001/",
        ] {
            let url: Url = refused.parse().unwrap();
            if url.host_str() == Some("127.0.0.1") && url.port() == Some(9000) {
                continue;
            }
            assert!(matches!(guard.check(&url), Err(ReadFailure::NotAllowed(_))), "{refused}");
        }
    }

    #[test]
    fn an_address_of_a_private_network_takes_a_word_of_its_own() {
        let rules =
            [allow("127.0.0.1", None, false), allow("[::1]", None, false), allow("10.0.0.1", None, true)];
        let guard = Guard::new(&rules);
        for refused in ["http://127.0.0.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]/"] {
            assert!(guard.check(&refused.parse().unwrap()).is_err(), "{refused}");
        }
        assert_eq!(guard.check(&"http://10.0.0.1/".parse().unwrap()), Ok(Reach::Private));
    }

    #[test]
    fn a_private_network_is_opened_for_what_its_rule_covers_and_for_no_other_port_or_path() {
        let rules = [
            allow("git.example", None, false),
            allow("git.example:8443", None, true),
            allow("git.example", Some(&["/inside/"]), true),
            allow("usual.example:443", None, false),
        ];
        let guard = Guard::new(&rules);
        let reach = |url: &str| guard.check(&url.parse().unwrap());
        assert_eq!(reach("https://git.example/"), Ok(Reach::Public));
        assert_eq!(reach("https://git.example:8443/"), Ok(Reach::Private));
        assert_eq!(reach("https://git.example/inside/x"), Ok(Reach::Private));
        assert_eq!(reach("https://usual.example/"), Ok(Reach::Public));
        assert!(reach("http://usual.example/").is_err());
    }

    #[test]
    fn what_is_told_of_a_url_holds_no_secrets() {
        let guard = Guard::new(&[]);
        for url in ["ftp://alice:s3cret@h/x", "https://alice:s3cret@h/x", "https://h/x?token=s3cret#s3cret"] {
            let failure = guard.check(&url.parse().unwrap()).unwrap_err();
            assert!(!failure.to_string().contains("s3cret"), "{failure}");
            assert!(!shown(&url.parse().unwrap()).contains("s3cret"));
        }
    }
}
