use async_graphql::Name;
use serde_json::Value as Json;

/// A step of a path into an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(Name),
    Index(usize),
}

/// Where completion of the answer is: keys as fetched beside keys as the client reads them.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Root,
    Field { parent: &'a Place<'a>, source: &'a Name, key: &'a Name },
    Item { parent: &'a Place<'a>, index: usize },
}

impl<'a> Place<'a> {
    /// The path in the client's keys.
    pub(super) fn client_path(&self) -> Vec<Json> {
        let mut path = match self {
            Self::Root => return Vec::new(),
            Self::Field { parent, .. } | Self::Item { parent, .. } => parent.client_path(),
        };
        match self {
            Self::Root => {}
            Self::Field { key, .. } => path.push(Json::from(key.as_str())),
            Self::Item { index, .. } => path.push(Json::from(*index)),
        }
        path
    }

    /// The keys as fetched, without list indexes.
    pub(super) fn source_keys(&self) -> Vec<&'a str> {
        match self {
            Self::Root => Vec::new(),
            Self::Item { parent, .. } => parent.source_keys(),
            Self::Field { parent, source, .. } => {
                let mut keys = parent.source_keys();
                keys.push(source.as_str());
                keys
            }
        }
    }
}
