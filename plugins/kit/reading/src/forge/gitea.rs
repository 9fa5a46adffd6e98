use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_kit::{ReadFailure, SourceLinks};
use http::{HeaderMap, header::AUTHORIZATION};
use serde::Deserialize;
use url::Url;

use super::{
    Forge, Listing, Spot,
    links::links,
    urls::{authorization, base, join, json, parts, path_parts, secret_header},
};
use crate::{config::GiteaConfig, http::Http};

/// A Gitea or Forgejo.
#[derive(Debug)]
pub struct Gitea {
    host: String,
    web: Url,
    config: GiteaConfig,
}

#[derive(Deserialize)]
struct Tree {
    #[serde(rename = "tree")]
    nodes: Vec<Node>,
    #[serde(default)]
    truncated: bool,
    #[serde(default)]
    page: u64,
}

#[derive(Deserialize)]
struct Node {
    path: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    mode: String,
}

impl Gitea {
    /// The Gitea of a config; `None` where its address is no URL.
    pub fn new(config: &GiteaConfig) -> Option<Self> {
        let web = base(config.base_url.as_deref(), &format!("https://{}", config.host))?;
        Some(Self { host: config.host.to_lowercase(), web, config: config.clone() })
    }

    fn repository<'a>(&self, spot: &'a Spot, rest: impl IntoIterator<Item = &'a str>) -> Option<Url> {
        let parts = ["api", "v1", "repos", &spot.owner, &spot.repository];
        join(&self.web, parts.into_iter().chain(rest))
    }

    fn view(&self, spot: &Spot, mode: &str, path: &str) -> Option<Url> {
        // What is no commit is taken for a branch, as people link to them.
        let reference = spot.reference();
        let is_commit = reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
        let kind = if is_commit { "commit" } else { "branch" };
        let parts = match mode {
            "src" => vec![spot.owner.as_str(), &spot.repository, "src", kind, reference],
            mode => vec![spot.owner.as_str(), &spot.repository, mode, reference],
        };
        join(&self.web, parts.into_iter().chain(path_parts(path)))
    }
}

#[async_trait]
impl Forge for Gitea {
    fn spot(&self, url: &Url) -> Option<Spot> {
        if super::urls_host(url) != self.host {
            return None;
        }
        let prefix = parts(&self.web);
        let parts = parts(url);
        let parts = parts.strip_prefix(prefix.as_slice())?;
        let (owner, repository, reference, path) = match parts {
            [owner, repository] => (owner, repository, None, &[] as &[String]),
            [owner, repository, mode, kind, reference, path @ ..]
                if matches!(mode.as_str(), "src" | "raw")
                    && matches!(kind.as_str(), "branch" | "tag" | "commit") =>
            {
                (owner, repository, Some(reference.clone()), path)
            }
            [owner, repository, mode, reference, path @ ..]
                if matches!(mode.as_str(), "src" | "raw" | "_edit") =>
            {
                (owner, repository, Some(reference.clone()), path)
            }
            _ => return None,
        };
        let repository = repository.trim_end_matches(".git").to_owned();
        Some(Spot { owner: owner.clone(), repository, reference, path: path.join("/") })
    }

    fn page(&self, spot: &Spot) -> Option<Url> {
        self.view(spot, "src", &spot.path)
    }

    fn links(&self, spot: &Spot) -> SourceLinks {
        links(spot, |path, _| self.view(spot, "src", path), |path| self.view(spot, "_edit", path))
    }

    fn raw(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.repository(spot, ["raw"].into_iter().chain(path_parts(&spot.path)))?;
        if let Some(reference) = &spot.reference {
            url.query_pairs_mut().append_pair("ref", reference);
        }
        Some(url)
    }

    fn listing(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.repository(spot, ["git", "trees", spot.reference()])?;
        url.query_pairs_mut()
            .append_pair("recursive", "true")
            .append_pair("per_page", "1000")
            .append_pair("page", "1");
        Some(url)
    }

    fn read_listing(&self, url: &Url, body: &[u8], _: &HeaderMap) -> Result<Listing, ReadFailure> {
        let tree: Tree = json(url, body)?;
        let next = (tree.truncated && !tree.nodes.is_empty()).then(|| {
            let mut following = url.clone();
            following
                .query_pairs_mut()
                .clear()
                .append_pair("recursive", "true")
                .append_pair("per_page", "1000")
                .append_pair("page", &(tree.page.max(1) + 1).to_string());
            following
        });
        let files = tree.nodes.into_iter().filter(|node| node.kind == "blob" && node.mode != "120000");
        Ok(Listing { files: files.map(|node| node.path).collect(), next })
    }

    async fn credentials(&self, _: &Http, _: &Spot) -> Result<HeaderMap, ReadFailure> {
        let Some(user) = &self.config.username else {
            return Ok(authorization("token", self.config.password.as_ref()));
        };
        let mut headers = HeaderMap::new();
        if let Some(password) = &self.config.password {
            let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
            secret_header(&mut headers, AUTHORIZATION, &format!("Basic {pair}"));
        }
        Ok(headers)
    }

    async fn git_credentials(&self, _: &Http, _: &Spot) -> Result<Option<(String, String)>, ReadFailure> {
        // A token goes in the place of the password, whoever asks.
        let user = self.config.username.clone().unwrap_or_else(|| "token".to_owned());
        Ok(self.config.password.as_ref().map(|password| (user, password.expose().to_owned())))
    }
}
