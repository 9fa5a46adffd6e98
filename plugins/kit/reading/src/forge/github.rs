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
        let host = config.host.clone().unwrap_or_else(|| "github.com".to_owned());
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
            let [owner, repository, reference, path @ ..] = parts.as_slice() else { return None };
            return Some(Spot {
                owner: owner.clone(),
                repository: repository.clone(),
                reference: Some(reference.clone()),
                path: path.join("/"),
            });
        }
        if super::urls_host(url) != self.host {
            return None;
        }
        let (owner, repository, reference, path) = match parts.as_slice() {
            [owner, repository] => (owner, repository, None, &[] as &[String]),
            [owner, repository, mode, reference, path @ ..]
                if matches!(mode.as_str(), "blob" | "tree" | "raw" | "edit") =>
            {
                (owner, repository, Some(reference.clone()), path)
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

    async fn git_credentials(&self, http: &Http, spot: &Spot) -> Option<(String, String)> {
        let app = self.apps.token(http, &spot.owner).await.ok().flatten();
        let token = app.or_else(|| self.config.token.clone())?;
        Some(("x-access-token".to_owned(), token.expose().to_owned()))
    }
}
