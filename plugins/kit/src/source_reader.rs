use std::{fmt, str::FromStr, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use url::Url;

use crate::source_api::{ApiAnswer, ApiRequest};

/// Reads what others host, within what the config allows: `backend.reading.allow`, `integrations`, the limits of size
/// and time. For every plugin that reads URLs or git repositories, and the only way to do so.
#[async_trait]
pub trait SourceReader: fmt::Debug + Send + Sync {
    /// The bytes of one file. What was read before is asked for conditionally and not transferred again.
    async fn read(&self, source: &SourceUrl) -> Result<SourceFile, ReadFailure>;

    /// The files that a target with a glob or a folder in its path stands for, sorted; a target that names a file is
    /// that file alone, whether it is there or not.
    async fn expand(&self, source: &SourceUrl) -> Result<Vec<SourceUrl>, ReadFailure>;

    /// All files below a folder of a repository, for what is read as a whole: docs, skeletons.
    async fn read_tree(&self, source: &SourceUrl) -> Result<SourceTree, ReadFailure>;

    /// What `target`, written in the file behind `base`, refers to: a URL, or a path relative to that file which stays
    /// inside its repository or host. Nothing is read.
    fn resolve(&self, base: &SourceUrl, target: &str) -> Result<SourceUrl, ReadFailure>;

    /// The repository that something to read is in, as far as its address tells. Nothing is read.
    fn repository(&self, source: &SourceUrl) -> Option<SourceRepository>;

    /// What an API answers to a question that changes nothing there.
    async fn ask(&self, request: &ApiRequest) -> Result<ApiAnswer, ReadFailure>;

    /// Where people look at a file, change it and find what lies beside it, as far as its host is known.
    fn links(&self, source: &SourceUrl) -> SourceLinks;
}

/// How something is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// By its URL, as a browser would; files of the forges in `integrations` through their APIs.
    Url,
    /// From a clone of the repository: `https://host/repository.git//path/in/it?ref=branch`.
    Git,
}

impl SourceKind {
    /// `url` or `git`, the type of a location.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Git => "git",
        }
    }
}

/// Something to read, written as locations are: `url:https://…` or `git:https://…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceUrl {
    /// How it is read.
    pub kind: SourceKind,
    /// Where it is.
    pub url: Url,
}

/// A text that names nothing to read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a source to read, write it as `url:https://…` or `git:https://…`")]
pub struct SourceUrlError(String);

impl SourceUrl {
    /// Something that is read by its URL.
    pub const fn url(url: Url) -> Self {
        Self { kind: SourceKind::Url, url }
    }

    /// Something that is read from a clone.
    pub const fn git(url: Url) -> Self {
        Self { kind: SourceKind::Git, url }
    }
}

impl fmt::Display for SourceUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind.as_str(), self.url)
    }
}

impl FromStr for SourceUrl {
    type Err = SourceUrlError;

    fn from_str(text: &str) -> Result<Self, SourceUrlError> {
        let parsed = match text.split_once(':') {
            Some(("url", url)) => Url::parse(url).map(Self::url),
            Some(("git", url)) => Url::parse(url).map(Self::git),
            _ => return Err(SourceUrlError(text.to_owned())),
        };
        parsed.map_err(|_| SourceUrlError(text.to_owned()))
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// What is in it.
    pub bytes: Bytes,
    /// What its host knows this version by: an entity tag or a commit.
    pub revision: Option<String>,
}

/// Files below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTree {
    /// The paths relative to the folder, with `/` between their parts and never `..`, and what is in the files; sorted.
    pub files: Vec<(String, Bytes)>,
    /// What its host knows this version by.
    pub revision: Option<String>,
}

/// Where people find a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLinks {
    /// Where it is shown.
    pub view: Option<Url>,
    /// Where it is edited.
    pub edit: Option<Url>,
    /// The folder it is in, with a slash at the end.
    pub folder: Option<Url>,
}

/// A repository, and a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRepository {
    /// What it is called, without its owner.
    pub name: String,
    /// What it is called with its owner: `acme/ticket-shop`.
    pub slug: String,
    /// The annotation that has the slug on entities, where its host has one: `github.com/project-slug`.
    pub annotation: Option<&'static str>,
    /// The path of the place in it, without a slash at its ends; empty for its root.
    pub path: String,
}

/// Why something cannot be read. The messages name the source and say what to do, and no secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFailure {
    /// There is nothing there, or its host says so to strangers.
    #[error("{0}")]
    NotFound(String),
    /// The config does not allow it.
    #[error("{0}")]
    NotAllowed(String),
    /// The host wants other credentials.
    #[error("{0}")]
    Unauthorized(String),
    /// It is no URL or path that can be read.
    #[error("{0}")]
    Invalid(String),
    /// It is larger than what may be read.
    #[error("{0}")]
    TooLarge(String),
    /// The host asks for patience.
    #[error("{message}")]
    RateLimited {
        /// What happened.
        message: String,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The host does not answer, or not in time; it may later.
    #[error("{0}")]
    Unavailable(String),
}

impl ReadFailure {
    /// Whether the same question may be answered later.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Unavailable(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_back_as_they_are_written() {
        for text in ["url:https://example.org/a.yaml", "git:https://example.org/a.git//b/*.yaml?ref=main"] {
            assert_eq!(text.parse::<SourceUrl>().unwrap().to_string(), text);
        }
        for text in ["https://example.org", "file:/etc/passwd", "url:", "url:not a url", ""] {
            assert!(text.parse::<SourceUrl>().is_err(), "{text}");
        }
    }
}
