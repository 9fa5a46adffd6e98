//! The forges: how their pages are addressed, and how their APIs are asked for what is on them.

mod azure;
mod bitbucket_cloud;
mod bitbucket_server;
mod gitea;
mod github;
mod github_app;
mod gitlab;
mod links;
mod urls;

use std::fmt::Debug;

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceApi, SourceLinks};
use http::HeaderMap;
use url::Url;

use crate::http::Http;

pub use azure::Azure;
pub use bitbucket_cloud::BitbucketCloud;
pub use bitbucket_server::BitbucketServer;
pub use gitea::Gitea;
pub use github::Github;
pub use gitlab::Gitlab;
pub use urls::{decoded, join, json, secret_header};

/// A place in a repository of a forge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The owner, group or workspace; with the project after a slash where the forge has both.
    pub owner: String,
    /// The repository.
    pub repository: String,
    /// A branch, tag or commit; the forge's default branch where there is none.
    pub reference: Option<String>,
    /// The path without a slash at its ends; empty for the root.
    pub path: String,
}

impl Spot {
    /// All that belongs to an owner.
    pub fn of_owner(owner: &str) -> Self {
        Self { owner: owner.to_owned(), repository: String::new(), reference: None, path: String::new() }
    }

    /// The same with another path.
    pub fn at(&self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self.clone() }
    }

    /// An error unless its parts stay parts of an address: encoded slashes and dots could make it lead elsewhere in the
    /// forge's API, with the forge's credentials.
    pub fn check(&self) -> Result<(), ReadFailure> {
        let is_plain = |part: &str| {
            !matches!(part, "" | "." | "..")
                && !part.contains('\\')
                && !part.contains(|c: char| c.is_control())
        };
        let are_plain = |path: &str| path.split('/').all(is_plain);
        let is_plain_spot = are_plain(&self.owner)
            && is_plain(&self.repository)
            && !self.repository.contains('/')
            && self.reference.as_deref().is_none_or(are_plain)
            && (self.path.is_empty() || are_plain(&self.path));
        if is_plain_spot {
            return Ok(());
        }
        let message = "an owner, repository, branch or path of a forge has no `.`, `..` or empty part";
        Err(ReadFailure::Invalid(message.to_owned()))
    }

    /// The branch, tag or commit as forges understand it.
    pub fn reference(&self) -> &str {
        self.reference.as_deref().unwrap_or("HEAD")
    }
}

/// A part of the files of a repository.
#[derive(Debug, Default)]
pub struct Listing {
    /// Paths of files.
    pub files: Vec<String>,
    /// Where the next part is.
    pub next: Option<Url>,
}

/// One forge.
#[async_trait]
pub trait Forge: Debug + Send + Sync {
    /// What the page at `url` shows; `None` where the page is not of this forge or of no place in a repository.
    fn spot(&self, url: &Url) -> Option<Spot>;

    /// The page of a file.
    fn page(&self, spot: &Spot) -> Option<Url>;

    /// Where people find a file.
    fn links(&self, spot: &Spot) -> SourceLinks;

    /// Where the bytes of a file are.
    fn raw(&self, spot: &Spot) -> Option<Url>;

    /// Where the first part of the list of all files is.
    fn listing(&self, spot: &Spot) -> Option<Url>;

    /// A part of the list of all files, as the forge wrote it at `url`.
    fn read_listing(&self, url: &Url, body: &[u8], headers: &HeaderMap) -> Result<Listing, ReadFailure>;

    /// What proves to the forge who asks.
    async fn credentials(&self, http: &Http, spot: &Spot) -> Result<HeaderMap, ReadFailure>;

    /// The name and password that git asks for with; `None` where only what is public can be read.
    async fn git_credentials(
        &self,
        http: &Http,
        spot: &Spot,
    ) -> Result<Option<(String, String)>, ReadFailure>;

    /// Forgets credentials that the forge has just refused, and says whether there may be others now.
    async fn renew(&self, _: &Spot) -> bool {
        false
    }

    /// Where one of its APIs is, and whose credentials it is asked with; `None` where the API is not of this forge.
    fn api(&self, _: &SourceApi) -> Option<(Url, Spot)> {
        None
    }

    /// The annotation that has `owner/repository` on entities.
    fn annotation(&self) -> Option<&'static str> {
        None
    }

    /// Headers that a request for the bytes of a file needs beside the credentials.
    fn raw_headers(&self) -> HeaderMap {
        HeaderMap::new()
    }
}

/// The host of a URL as configs write it: with the port where that is not the usual one.
fn urls_host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_lowercase();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    }
}
