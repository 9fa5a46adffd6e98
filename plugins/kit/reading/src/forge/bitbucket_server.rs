use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceLinks};
use http::HeaderMap;
use serde::Deserialize;
use url::Url;

use super::{
    Forge, Listing, Spot,
    links::links,
    urls::{authorization, base, join, json, parts, path_parts},
};
use crate::{config::BitbucketServerConfig, http::Http};

/// A Bitbucket Data Center or Server.
#[derive(Debug)]
pub struct BitbucketServer {
    host: String,
    web: Url,
    api: Url,
    config: BitbucketServerConfig,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    values: Vec<String>,
    is_last_page: bool,
    next_page_start: Option<u64>,
}

impl BitbucketServer {
    /// The Bitbucket of a config; `None` where its addresses are no URLs.
    pub fn new(config: &BitbucketServerConfig) -> Option<Self> {
        let fallback = format!("https://{}/rest/api/1.0", config.host);
        let api = base(config.api_base_url.as_deref(), &fallback)?;
        let web = base(None, &format!("{}://{}", api.scheme(), config.host))?;
        Some(Self { host: config.host.to_lowercase(), web, api, config: config.clone() })
    }

    fn repository<'a>(&self, spot: &'a Spot, rest: impl IntoIterator<Item = &'a str>) -> Option<Url> {
        let parts = ["projects", &spot.owner, "repos", &spot.repository];
        let mut url = join(&self.api, parts.into_iter().chain(rest))?;
        if let Some(reference) = &spot.reference {
            url.query_pairs_mut().append_pair("at", reference);
        }
        Some(url)
    }

    fn view(&self, spot: &Spot, path: &str) -> Option<Url> {
        let parts = ["projects", &spot.owner, "repos", &spot.repository, "browse"];
        let mut url = join(&self.web, parts.into_iter().chain(path_parts(path)))?;
        if let Some(reference) = &spot.reference {
            url.query_pairs_mut().append_pair("at", reference);
        }
        Some(url)
    }
}

#[async_trait]
impl Forge for BitbucketServer {
    fn spot(&self, url: &Url) -> Option<Spot> {
        if super::urls_host(url) != self.host {
            return None;
        }
        let parts = parts(url);
        // The address that git clones from.
        if let [scm, owner, repository] = parts.as_slice()
            && scm == "scm"
        {
            let repository = repository.trim_end_matches(".git").to_owned();
            return Some(Spot { owner: owner.clone(), repository, reference: None, path: String::new() });
        }
        let [projects, owner, repos, repository, rest @ ..] = parts.as_slice() else { return None };
        let path = match rest {
            [] => &[] as &[String],
            [mode, path @ ..] if matches!(mode.as_str(), "browse" | "raw") => path,
            _ => return None,
        };
        let owner = match projects.as_str() {
            "projects" => owner.clone(),
            "users" => format!("~{owner}"),
            _ => return None,
        };
        let reference = url.query_pairs().find(|(key, _)| key == "at").map(|(_, at)| at.into_owned());
        let path = path.join("/");
        (repos == "repos").then(|| Spot { owner, repository: repository.clone(), reference, path })
    }

    fn page(&self, spot: &Spot) -> Option<Url> {
        self.view(spot, &spot.path)
    }

    fn links(&self, spot: &Spot) -> SourceLinks {
        links(spot, |path, _| self.view(spot, path), |path| self.view(spot, path))
    }

    fn raw(&self, spot: &Spot) -> Option<Url> {
        self.repository(spot, ["raw"].into_iter().chain(path_parts(&spot.path)))
    }

    fn listing(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.repository(spot, ["files"])?;
        url.query_pairs_mut().append_pair("limit", "1000");
        Some(url)
    }

    fn read_listing(&self, url: &Url, body: &[u8], _: &HeaderMap) -> Result<Listing, ReadFailure> {
        let listed: Listed = json(url, body)?;
        let next = listed.next_page_start.filter(|_| !listed.is_last_page).map(|start| {
            let mut following = url.clone();
            let kept: Vec<(String, String)> = url
                .query_pairs()
                .filter(|(key, _)| key != "start")
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect();
            following.query_pairs_mut().clear().extend_pairs(kept).append_pair("start", &start.to_string());
            following
        });
        Ok(Listing { files: listed.values, next })
    }

    async fn credentials(&self, _: &Http, _: &Spot) -> Result<HeaderMap, ReadFailure> {
        Ok(authorization("Bearer", self.config.token.as_ref()))
    }

    async fn git_credentials(&self, _: &Http, _: &Spot) -> Result<Option<(String, String)>, ReadFailure> {
        let token = self.config.token.as_ref();
        Ok(token.map(|token| ("x-token-auth".to_owned(), token.expose().to_owned())))
    }
}
