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
use crate::{config::BitbucketCloudConfig, http::Http};

/// Bitbucket Cloud.
#[derive(Debug)]
pub struct BitbucketCloud {
    web: Url,
    api: Url,
    config: BitbucketCloudConfig,
}

#[derive(Deserialize)]
struct Listed {
    values: Vec<Node>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Node {
    path: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    attributes: Vec<String>,
}

impl BitbucketCloud {
    /// Bitbucket Cloud, as in a config.
    pub fn new(config: &BitbucketCloudConfig) -> Option<Self> {
        Some(Self {
            web: base(None, "https://bitbucket.org")?,
            api: base(config.api_base_url.as_deref(), "https://api.bitbucket.org/2.0")?,
            config: config.clone(),
        })
    }

    fn source(&self, spot: &Spot, path: &str) -> Option<Url> {
        let parts = ["repositories", &spot.owner, &spot.repository, "src", spot.reference()];
        join(&self.api, parts.into_iter().chain(path_parts(path)))
    }

    fn view(&self, spot: &Spot, path: &str) -> Option<Url> {
        let parts = [spot.owner.as_str(), &spot.repository, "src", spot.reference()];
        join(&self.web, parts.into_iter().chain(path_parts(path)))
    }
}

#[async_trait]
impl Forge for BitbucketCloud {
    fn spot(&self, url: &Url) -> Option<Spot> {
        if super::urls_host(url) != "bitbucket.org" {
            return None;
        }
        let parts = parts(url);
        let (owner, repository, reference, path) = match parts.as_slice() {
            [owner, repository] => (owner, repository, None, &[] as &[String]),
            [owner, repository, mode, reference, path @ ..] if matches!(mode.as_str(), "src" | "raw") => {
                (owner, repository, Some(reference.clone()), path)
            }
            _ => return None,
        };
        let repository = repository.trim_end_matches(".git").to_owned();
        Some(Spot { owner: owner.clone(), repository, reference, path: path.join("/") })
    }

    fn page(&self, spot: &Spot) -> Option<Url> {
        self.view(spot, &spot.path)
    }

    fn links(&self, spot: &Spot) -> SourceLinks {
        let edit = |path: &str| {
            let mut url = self.view(spot, path)?;
            url.query_pairs_mut().append_pair("mode", "edit").append_pair("at", spot.reference());
            Some(url)
        };
        links(spot, |path, _| self.view(spot, path), edit)
    }

    fn raw(&self, spot: &Spot) -> Option<Url> {
        self.source(spot, &spot.path)
    }

    fn listing(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.source(spot, "")?;
        url.path_segments_mut().ok()?.push("");
        url.query_pairs_mut().append_pair("max_depth", "50").append_pair("pagelen", "100");
        Some(url)
    }

    fn read_listing(&self, url: &Url, body: &[u8], _: &HeaderMap) -> Result<Listing, ReadFailure> {
        let listed: Listed = json(url, body)?;
        let is_file = |node: &Node| {
            node.kind == "commit_file" && !node.attributes.iter().any(|attribute| attribute == "link")
        };
        let files = listed.values.into_iter().filter(is_file).map(|node| node.path).collect();
        Ok(Listing { files, next: listed.next.and_then(|next| Url::parse(&next).ok()) })
    }

    async fn credentials(&self, _: &Http, _: &Spot) -> Result<HeaderMap, ReadFailure> {
        let secret = self.config.token.as_ref().or(self.config.app_password.as_ref());
        let (Some(user), Some(secret)) = (&self.config.username, secret) else {
            return Ok(authorization("Bearer", self.config.token.as_ref()));
        };
        let mut headers = HeaderMap::new();
        let pair = STANDARD.encode(format!("{user}:{}", secret.expose()));
        secret_header(&mut headers, AUTHORIZATION, &format!("Basic {pair}"));
        Ok(headers)
    }

    async fn git_credentials(&self, _: &Http, _: &Spot) -> Result<Option<(String, String)>, ReadFailure> {
        let secret = self.config.token.as_ref().or(self.config.app_password.as_ref());
        let user = self.config.username.clone().unwrap_or_else(|| "x-token-auth".to_owned());
        Ok(secret.map(|secret| (user, secret.expose().to_owned())))
    }
}
