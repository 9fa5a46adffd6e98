use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceApi, SourceLinks};
use http::{HeaderMap, HeaderName};
use serde::Deserialize;
use url::Url;

use super::{
    Forge, Listing, Spot,
    links::links,
    urls::{base, join, json, parts, path_parts, secret_header},
};
use crate::{config::GitlabConfig, http::Http};

/// A GitLab.
#[derive(Debug)]
pub struct Gitlab {
    host: String,
    web: Url,
    api: Url,
    config: GitlabConfig,
}

#[derive(Deserialize)]
struct Node {
    path: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    mode: String,
}

impl Gitlab {
    /// The GitLab of a config; `None` where its addresses are no URLs.
    pub fn new(config: &GitlabConfig) -> Option<Self> {
        let host = config.host.as_deref().unwrap_or("gitlab.com").to_lowercase();
        let api = base(config.api_base_url.as_deref(), &format!("https://{host}/api/v4"))?;
        let web = base(None, &format!("{}://{host}", api.scheme()))?;
        Some(Self { host, web, api, config: config.clone() })
    }

    /// What proves who asks.
    pub fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(token) = &self.config.token {
            secret_header(&mut headers, HeaderName::from_static("private-token"), token.expose());
        }
        headers
    }

    fn project<'a>(&self, spot: &Spot, rest: impl IntoIterator<Item = &'a str>) -> Option<Url> {
        let project = format!("{}/{}", spot.owner, spot.repository);
        join(&join(&self.api, ["projects", project.as_str()])?, rest)
    }

    fn view(&self, spot: &Spot, mode: &str, path: &str) -> Option<Url> {
        let project = path_parts(&spot.owner).chain([spot.repository.as_str(), "-", mode, spot.reference()]);
        join(&self.web, project.chain(path_parts(path)))
    }
}

#[async_trait]
impl Forge for Gitlab {
    fn spot(&self, url: &Url) -> Option<Spot> {
        if super::urls_host(url) != self.host {
            return None;
        }
        let parts = parts(url);
        let mode = |part: &str| matches!(part, "blob" | "tree" | "raw" | "edit");
        let dash = parts.iter().position(|part| part == "-");
        // Before GitLab 16 the dash was not everywhere.
        let at = dash.or_else(|| parts.iter().skip(2).position(|part| mode(part)).map(|at| at + 2));
        let (project, rest) = at.map_or((parts.as_slice(), &[] as &[String]), |at| parts.split_at(at));
        let rest = if dash.is_some() { rest.get(1..).unwrap_or_default() } else { rest };
        let [owner @ .., repository] = project else { return None };
        if owner.is_empty() {
            return None;
        }
        let (reference, path) = match rest {
            [] => (None, String::new()),
            [kind, reference, path @ ..] if mode(kind) => (Some(reference.clone()), path.join("/")),
            _ => return None,
        };
        let repository = repository.trim_end_matches(".git").to_owned();
        Some(Spot { owner: owner.join("/"), repository, reference, path })
    }

    fn api(&self, api: &SourceApi) -> Option<(Url, Spot)> {
        let SourceApi::Gitlab { host } = api else { return None };
        host.eq_ignore_ascii_case(&self.host).then(|| (self.api.clone(), Spot::of_owner("")))
    }

    fn annotation(&self) -> Option<&'static str> {
        Some("gitlab.com/project-slug")
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
        let mut url = self.project(spot, ["repository", "files", &spot.path, "raw"])?;
        url.query_pairs_mut().append_pair("ref", spot.reference());
        Some(url)
    }

    fn listing(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.project(spot, ["repository", "tree"])?;
        url.query_pairs_mut()
            .append_pair("ref", spot.reference())
            .append_pair("recursive", "true")
            .append_pair("per_page", "100")
            .append_pair("page", "1");
        Some(url)
    }

    fn read_listing(&self, url: &Url, body: &[u8], headers: &HeaderMap) -> Result<Listing, ReadFailure> {
        let nodes: Vec<Node> = json(url, body)?;
        let next = headers.get("x-next-page").and_then(|next| next.to_str().ok());
        let next = next.filter(|next| !next.is_empty()).map(|next| {
            let mut following = url.clone();
            let pairs: Vec<(String, String)> = url
                .query_pairs()
                .map(|(key, value)| {
                    let value = if key == "page" { next.into() } else { value };
                    (key.into_owned(), value.into_owned())
                })
                .collect();
            following.query_pairs_mut().clear().extend_pairs(pairs);
            following
        });
        let files = nodes.into_iter().filter(|node| node.kind == "blob" && node.mode != "120000");
        Ok(Listing { files: files.map(|node| node.path).collect(), next })
    }

    async fn credentials(&self, _: &Http, _: &Spot) -> Result<HeaderMap, ReadFailure> {
        Ok(self.headers())
    }

    async fn git_credentials(&self, _: &Http, _: &Spot) -> Result<Option<(String, String)>, ReadFailure> {
        let token = self.config.token.as_ref();
        Ok(token.map(|token| ("oauth2".to_owned(), token.expose().to_owned())))
    }
}
