//! What finds entities and locations by itself, beyond those that the config names.

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

    /// Looks. An error leaves everything it found before as it is.
    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure>;
}

/// A location that a provider found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FoundLocation {
    /// `url`, `git` or `file`.
    pub kind: String,
    /// A URL, or an absolute path.
    pub target: String,
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
