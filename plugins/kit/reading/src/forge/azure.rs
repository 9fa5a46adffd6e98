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
        let web = base(config.base_url.as_deref(), &format!("https://{host}"))?;
        Some(Self { web, host, config: config.clone() })
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
            url.query_pairs_mut().append_pair("version", &version(reference));
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
        let prefix = parts(&self.web);
        let parts = parts(url);
        let parts = parts.strip_prefix(prefix.as_slice())?;
        let at = parts.iter().position(|part| part == "_git")?;
        let [repository] = parts.get(at + 1..)? else { return None };
        let owner = match parts.get(..at)? {
            [] => return None,
            // The older addresses, in which the organisation is the host.
            [project] if self.host.ends_with(".visualstudio.com") => project.clone(),
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

    async fn git_credentials(&self, _: &Http, _: &Spot) -> Result<Option<(String, String)>, ReadFailure> {
        let token = self.config.personal_access_token.as_ref();
        Ok(token.map(|token| ("token".to_owned(), token.expose().to_owned())))
    }
}

/// A branch, tag or commit as pages of Azure DevOps have it: told apart by two letters, which names from elsewhere lack.
fn version(reference: &str) -> String {
    let is_commit = reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
    match reference.get(..2) {
        Some("GB" | "GT" | "GC") => reference.to_owned(),
        _ if is_commit => format!("GC{reference}"),
        _ => format!("GB{reference}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn azure(host: Option<&str>, base_url: Option<&str>) -> Azure {
        let config = AzureConfig {
            host: host.map(str::to_owned),
            base_url: base_url.map(str::to_owned),
            allow_private: true,
            ..AzureConfig::default()
        };
        Azure::new(&config).unwrap()
    }

    #[test]
    fn projects_and_repositories_are_found_in_all_kinds_of_addresses() {
        let cloud = azure(None, None);
        let old = azure(Some("org.visualstudio.com"), None);
        let server = azure(Some("tfs.example:8443"), None);
        for (azure, url, raw) in [
            (
                &cloud,
                "https://dev.azure.com/org/p/_git/r?path=/x",
                "https://dev.azure.com/org/p/_apis/git/repositories/r/items",
            ),
            (
                &cloud,
                "https://dev.azure.com/org/_git/r?path=/x",
                "https://dev.azure.com/org/r/_apis/git/repositories/r/items",
            ),
            (
                &old,
                "https://org.visualstudio.com/p/_git/r?path=/x",
                "https://org.visualstudio.com/p/_apis/git/repositories/r/items",
            ),
            (
                &server,
                "https://tfs.example:8443/tfs/Main/p/_git/r?path=/x",
                "https://tfs.example:8443/tfs/Main/p/_apis/git/repositories/r/items",
            ),
        ] {
            let spot = azure.spot(&url.parse().unwrap()).unwrap();
            let items = azure.raw(&spot).unwrap();
            assert!(items.as_str().starts_with(&format!("{raw}?")), "{items}");
        }
    }

    #[test]
    fn links_say_whether_they_are_of_a_branch_or_a_commit() {
        let cloud = azure(None, None);
        let commit = "a".repeat(40);
        let of_commit = format!("GC{commit}");
        for (reference, version) in [
            ("main", "GBmain"),
            ("GBmain", "GBmain"),
            ("GTv1", "GTv1"),
            (commit.as_str(), of_commit.as_str()),
        ] {
            let spot = Spot {
                owner: "org/p".to_owned(),
                repository: "r".to_owned(),
                reference: Some(reference.to_owned()),
                path: "x".to_owned(),
            };
            let view = cloud.links(&spot).view.unwrap();
            assert_eq!(view.query(), Some(format!("path=%2Fx&version={version}").as_str()));
        }
    }
}
