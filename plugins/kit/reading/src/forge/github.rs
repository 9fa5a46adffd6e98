use async_trait::async_trait;
use callboard_kit::{Clock, ReadFailure, SourceApi, SourceLinks};
use http::{HeaderMap, HeaderValue, header::ACCEPT};
use serde::Deserialize;
use url::Url;

use super::{
    Forge, Listing, Spot,
    github_app::GithubApps,
    links::links,
    urls::{authorization, base, join, json, parts, path_parts},
};
use crate::{config::GithubConfig, http::Http};

/// A GitHub.
#[derive(Debug)]
pub struct Github {
    host: String,
    web: Url,
    api: Url,
    config: GithubConfig,
    apps: GithubApps,
}

#[derive(Deserialize)]
struct Tree {
    tree: Vec<Node>,
    #[serde(default)]
    truncated: bool,
}

#[derive(Deserialize)]
struct Node {
    path: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    mode: String,
}

impl Github {
    /// The GitHub of a config; `None` where its addresses are no URLs.
    pub fn new(config: &GithubConfig, clock: &Clock) -> Option<Self> {
        let host = config.host.as_deref().unwrap_or("github.com").to_lowercase();
        let api = match host.as_str() {
            "github.com" => "https://api.github.com".to_owned(),
            host => format!("https://{host}/api/v3"),
        };
        let api = base(config.api_base_url.as_deref(), &api)?;
        let web = base(
            None,
            &format!("{}://{host}", if config.api_base_url.is_some() { api.scheme() } else { "https" }),
        )?;
        let apps = GithubApps::new(&config.apps, api.clone(), clock.clone());
        Some(Self { host, web, api, config: config.clone(), apps })
    }

    /// Where GitHub answers GraphQL: beside the REST API of a server of one's own, below that of github.com.
    fn graphql(&self) -> Option<Url> {
        let mut url = self.api.clone();
        let mut parts = url.path_segments_mut().ok()?;
        parts.pop_if_empty();
        if self.api.path().trim_end_matches('/').ends_with("/v3") {
            parts.pop();
        }
        parts.push("graphql");
        drop(parts);
        Some(url)
    }

    fn repository<'a>(&self, spot: &'a Spot, rest: impl IntoIterator<Item = &'a str>) -> Option<Url> {
        join(&self.api, ["repos", &spot.owner, &spot.repository].into_iter().chain(rest))
    }

    fn view(&self, spot: &Spot, mode: &str, path: &str) -> Option<Url> {
        let parts = [spot.owner.as_str(), &spot.repository, mode, spot.reference()];
        join(&self.web, parts.into_iter().chain(path_parts(path)))
    }
}

#[async_trait]
impl Forge for Github {
    fn spot(&self, url: &Url) -> Option<Spot> {
        let parts = parts(url);
        if self.host == "github.com" && url.host_str() == Some("raw.githubusercontent.com") {
            let [owner, repository, rest @ ..] = parts.as_slice() else { return None };
            let (reference, path) = named(rest)?;
            return Some(Spot {
                owner: owner.clone(),
                repository: repository.clone(),
                reference: Some(reference.to_owned()),
                path: path.join("/"),
            });
        }
        if super::urls_host(url) != self.host {
            return None;
        }
        let (owner, repository, reference, path) = match parts.as_slice() {
            [owner, repository] => (owner, repository, None, &[] as &[String]),
            [owner, repository, mode, rest @ ..]
                if matches!(mode.as_str(), "blob" | "tree" | "raw" | "edit") =>
            {
                let (reference, path) = named(rest)?;
                (owner, repository, Some(reference.to_owned()), path)
            }
            _ => return None,
        };
        let repository = repository.trim_end_matches(".git").to_owned();
        Some(Spot { owner: owner.clone(), repository, reference, path: path.join("/") })
    }

    fn api(&self, api: &SourceApi) -> Option<(Url, Spot)> {
        let (host, owner, url) = match api {
            SourceApi::GithubRest { host, owner } => (host, owner, self.api.clone()),
            SourceApi::GithubGraphql { host, owner } => (host, owner, self.graphql()?),
            _ => return None,
        };
        host.eq_ignore_ascii_case(&self.host).then(|| (url, Spot::of_owner(owner)))
    }

    fn annotation(&self) -> Option<&'static str> {
        Some("github.com/project-slug")
    }

    fn page(&self, spot: &Spot) -> Option<Url> {
        self.view(spot, "blob", &spot.path)
    }

    fn links(&self, spot: &Spot) -> SourceLinks {
        links(
            spot,
            |path, is_folder| self.view(spot, if is_folder { "tree" } else { "blob" }, path),
            |path| self.view(spot, "edit", path),
        )
    }

    fn raw(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.repository(spot, ["contents"].into_iter().chain(path_parts(&spot.path)))?;
        if let Some(reference) = &spot.reference {
            url.query_pairs_mut().append_pair("ref", reference);
        }
        Some(url)
    }

    fn raw_headers(&self) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/vnd.github.raw"))])
    }

    fn listing(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.repository(spot, ["git", "trees", spot.reference()])?;
        url.query_pairs_mut().append_pair("recursive", "1");
        Some(url)
    }

    fn read_listing(&self, url: &Url, body: &[u8], _: &HeaderMap) -> Result<Listing, ReadFailure> {
        let tree: Tree = json(url, body)?;
        if tree.truncated {
            let message = "the repository has more files than GitHub lists: name files, or use a location of type \
                           `git`";
            return Err(ReadFailure::TooLarge(message.to_owned()));
        }
        let files = tree.tree.into_iter().filter(|node| node.kind == "blob" && node.mode != "120000");
        Ok(Listing { files: files.map(|node| node.path).collect(), next: None })
    }

    async fn credentials(&self, http: &Http, spot: &Spot) -> Result<HeaderMap, ReadFailure> {
        if let Some(token) = self.apps.token(http, &spot.owner).await? {
            return Ok(authorization("Bearer", Some(&token)));
        }
        Ok(authorization("Bearer", self.config.token.as_ref()))
    }

    async fn git_credentials(
        &self,
        http: &Http,
        spot: &Spot,
    ) -> Result<Option<(String, String)>, ReadFailure> {
        let app = self.apps.token(http, &spot.owner).await?;
        let token = app.or_else(|| self.config.token.clone());
        Ok(token.map(|token| ("x-access-token".to_owned(), token.expose().to_owned())))
    }

    async fn renew(&self, spot: &Spot) -> bool {
        self.apps.forget(&spot.owner).await
    }
}

/// The branch, tag or commit at the start of a path, written with or without what says which of them it is.
fn named(parts: &[String]) -> Option<(&str, &[String])> {
    match parts {
        [refs, kind, reference, path @ ..] if refs == "refs" && matches!(kind.as_str(), "heads" | "tags") => {
            Some((reference, path))
        }
        [reference, path @ ..] => Some((reference, path)),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_that_github_gives_for_a_file_mean_the_same() {
        let github = Github::new(&GithubConfig::default(), &Clock::system()).unwrap();
        let spot = |url: &str| github.spot(&url.parse().unwrap());
        let file = spot("https://github.com/o/r/blob/main/a/b.yaml").unwrap();
        assert_eq!((file.reference.as_deref(), file.path.as_str()), (Some("main"), "a/b.yaml"));
        for same in [
            "https://github.com/o/r/raw/main/a/b.yaml",
            "https://github.com/o/r/raw/refs/heads/main/a/b.yaml",
            "https://raw.githubusercontent.com/o/r/main/a/b.yaml",
            "https://raw.githubusercontent.com/o/r/refs/heads/main/a/b.yaml",
        ] {
            assert_eq!(spot(same).as_ref(), Some(&file), "{same}");
        }
        assert_eq!(spot("https://github.com/o/r/pull/1"), None);
        assert_eq!(spot("https://github.com.evil.example/o/r/blob/main/a"), None);
    }

    #[test]
    fn a_server_of_ones_own_is_known_however_its_host_is_written() {
        let config =
            GithubConfig { host: Some("GitHub.Corp.example:8443".to_owned()), ..GithubConfig::default() };
        let github = Github::new(&config, &Clock::system()).unwrap();
        let spot = github.spot(&"https://github.corp.example:8443/o/r/blob/main/a".parse().unwrap()).unwrap();
        let raw = github.raw(&spot).unwrap();
        assert_eq!(raw.as_str(), "https://github.corp.example:8443/api/v3/repos/o/r/contents/a?ref=main");
        assert_eq!(github.graphql().unwrap().as_str(), "https://github.corp.example:8443/api/graphql");
    }
}
