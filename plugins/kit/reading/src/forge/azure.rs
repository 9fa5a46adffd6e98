use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_kit::{ReadFailure, SourceLinks};
use http::{HeaderMap, header::AUTHORIZATION};
use serde::Deserialize;
use url::Url;

use super::{
    Forge, Listing, Spot,
    links::links,
    urls::{base, join, json, parts, secret_header},
};
use crate::{config::AzureConfig, http::Http};

/// The version of the API that is spoken.
const API_VERSION: &str = "7.1";

/// Azure DevOps.
#[derive(Debug)]
pub struct Azure {
    host: String,
    web: Url,
    config: AzureConfig,
}

#[derive(Deserialize)]
struct Listed {
    value: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    path: String,
    #[serde(default)]
    is_folder: bool,
    #[serde(default)]
    is_sym_link: bool,
}

impl Azure {
    /// The Azure DevOps of a config; `None` where its host makes no URL.
    pub fn new(config: &AzureConfig) -> Option<Self> {
        let host = config.host.clone().unwrap_or_else(|| "dev.azure.com".to_owned()).to_lowercase();
        let scheme = if config.allow_private && host.contains(':') { "http" } else { "https" };
        Some(Self { web: base(None, &format!("{scheme}://{host}"))?, host, config: config.clone() })
    }

    fn items(&self, spot: &Spot) -> Option<Url> {
        let project = spot.owner.split('/');
        let parts = project.chain(["_apis", "git", "repositories", &spot.repository, "items"]);
        let mut url = join(&self.web, parts)?;
        url.query_pairs_mut().append_pair("api-version", API_VERSION);
        if let Some(reference) = &spot.reference {
            // `GBmain` is a branch, `GTv1` a tag, `GC…` a commit.
            let (kind, name) = match reference.get(..2) {
                Some("GB") => ("branch", &reference[2..]),
                Some("GT") => ("tag", &reference[2..]),
                Some("GC") => ("commit", &reference[2..]),
                _ => ("branch", reference.as_str()),
            };
            url.query_pairs_mut()
                .append_pair("versionDescriptor.version", name)
                .append_pair("versionDescriptor.versionType", kind);
        }
        Some(url)
    }

    fn view(&self, spot: &Spot, path: &str) -> Option<Url> {
        let mut url = join(&self.web, spot.owner.split('/').chain(["_git", &spot.repository]))?;
        url.query_pairs_mut().append_pair("path", &format!("/{path}"));
        if let Some(reference) = &spot.reference {
            url.query_pairs_mut().append_pair("version", reference);
        }
        Some(url)
    }
}

#[async_trait]
impl Forge for Azure {
    fn spot(&self, url: &Url) -> Option<Spot> {
        if super::urls_host(url) != self.host {
            return None;
        }
        let parts = parts(url);
        let at = parts.iter().position(|part| part == "_git")?;
        let [repository] = parts.get(at + 1..)? else { return None };
        let owner = match parts.get(..at)? {
            [] => return None,
            // The project of the same name is left out.
            [organisation] => format!("{organisation}/{repository}"),
            owner => owner.join("/"),
        };
        let pair =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let path = pair("path").unwrap_or_default().trim_matches('/').to_owned();
        Some(Spot { owner, repository: repository.clone(), reference: pair("version"), path })
    }

    fn page(&self, spot: &Spot) -> Option<Url> {
        self.view(spot, &spot.path)
    }

    fn links(&self, spot: &Spot) -> SourceLinks {
        let edit = |path: &str| {
            let mut url = self.view(spot, path)?;
            url.query_pairs_mut().append_pair("_a", "contents");
            Some(url)
        };
        links(spot, |path, _| self.view(spot, path), edit)
    }

    fn raw(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.items(spot)?;
        url.query_pairs_mut()
            .append_pair("path", &format!("/{}", spot.path))
            .append_pair("$format", "octetStream");
        Some(url)
    }

    fn listing(&self, spot: &Spot) -> Option<Url> {
        let mut url = self.items(spot)?;
        url.query_pairs_mut().append_pair("scopePath", "/").append_pair("recursionLevel", "Full");
        Some(url)
    }

    fn read_listing(&self, url: &Url, body: &[u8], _: &HeaderMap) -> Result<Listing, ReadFailure> {
        let listed: Listed = json(url, body)?;
        let files = listed.value.into_iter().filter(|node| !node.is_folder && !node.is_sym_link);
        let files = files.map(|node| node.path.trim_start_matches('/').to_owned()).collect();
        Ok(Listing { files, next: None })
    }

    async fn credentials(&self, _: &Http, _: &Spot) -> Result<HeaderMap, ReadFailure> {
        let mut headers = HeaderMap::new();
        if let Some(token) = &self.config.personal_access_token {
            let pair = STANDARD.encode(format!(":{}", token.expose()));
            secret_header(&mut headers, AUTHORIZATION, &format!("Basic {pair}"));
        }
        Ok(headers)
    }

    async fn git_credentials(&self, _: &Http, _: &Spot) -> Option<(String, String)> {
        let token = self.config.personal_access_token.as_ref()?;
        Some(("token".to_owned(), token.expose().to_owned()))
    }
}
