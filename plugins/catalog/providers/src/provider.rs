use std::{fmt, time::Duration};

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceReader};
use serde_json::Value;

/// Finds locations to read, and entities that no descriptor describes, in something that it keeps an eye on.
///
/// What it found belongs to it: what it finds no more is gone at once, whatever becomes of orphans.
#[async_trait]
pub trait EntityProvider: fmt::Debug + Send + Sync {
    /// Names it, the same at every start: what it found is kept under this name.
    fn id(&self) -> &str;

    /// What it is, e.g. `github`.
    fn kind(&self) -> &'static str;

    /// What it looks at, for people: a URL or a path.
    fn target(&self) -> String;

    /// How long after it looked it looks again.
    fn interval(&self) -> Duration;

    /// How long a look may take.
    fn timeout(&self) -> Duration {
        Duration::from_hours(1)
    }

    /// Whether it may find something else now that somebody says what has changed.
    fn concerns(&self, _: &Told<'_>) -> bool {
        false
    }

    /// Looks. An error leaves everything it found before as it is.
    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure>;
}

/// What somebody, e.g. a webhook, says has changed.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// The addresses of a repository, without `.git` and without a slash at the end.
    pub repositories: &'t [String],
    /// The branch; `None` for all of them.
    pub branch: Option<&'t str>,
    /// The branch of what names none, where that is known.
    pub default_branch: Option<&'t str>,
    /// The paths in it; `None` where they are not all known.
    pub files: Option<&'t [String]>,
}

impl Told<'_> {
    /// Whether it is about a repository below an address, e.g. `https://github.com/acme`, and may be about a file of
    /// a name or path on a branch, the default one where none is named.
    pub fn is_below(&self, address: &str, file: &str, branch: Option<&str>) -> bool {
        let is_of_branch =
            self.branch.is_none_or(|told| branch.or(self.default_branch).is_none_or(|branch| branch == told));
        let is_below = |repository: &String| {
            let (start, rest) = repository.split_at_checked(address.len()).unwrap_or_default();
            start.eq_ignore_ascii_case(address) && rest.starts_with('/')
        };
        let name = file.rsplit('/').next().unwrap_or(file);
        is_of_branch
            && self.repositories.iter().any(is_below)
            && self.files.is_none_or(|files| files.iter().any(|file| file.rsplit('/').next() == Some(name)))
    }
}

/// A location that a provider found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FoundLocation {
    /// `url`, `git` or `file`.
    pub kind: String,
    /// A URL, or an absolute path.
    pub target: String,
}

impl FoundLocation {
    /// Something that is read by its URL.
    pub fn url(target: impl Into<String>) -> Self {
        Self { kind: "url".to_owned(), target: target.into() }
    }
}

/// An entity that a provider found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundEntity {
    /// The entity, as a descriptor would have it.
    pub entity: Value,
    /// Where people find what it stands for, `type:target`.
    pub location: String,
}

/// What changes about what a provider found.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderMutation {
    /// This is all there is.
    Full {
        /// Locations to read.
        locations: Vec<FoundLocation>,
        /// Entities that no descriptor describes.
        entities: Vec<FoundEntity>,
    },
    /// This is different from before.
    Delta {
        /// Locations that are new.
        locations: Vec<FoundLocation>,
        /// Locations that are gone.
        removed_locations: Vec<FoundLocation>,
        /// Entities that are new or changed.
        entities: Vec<FoundEntity>,
        /// The references of entities that are gone.
        removed_entities: Vec<String>,
    },
}

impl ProviderMutation {
    /// These locations are all there is.
    pub fn locations(mut locations: Vec<FoundLocation>) -> Self {
        locations.sort_unstable();
        locations.dedup();
        Self::Full { locations, entities: Vec::new() }
    }

    /// These entities are all there is.
    pub const fn entities(entities: Vec<FoundEntity>) -> Self {
        Self::Full { locations: Vec::new(), entities }
    }
}
