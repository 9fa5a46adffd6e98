use std::fmt::Write;

use callboard_kit::{EntityRef, SearchDocument};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::analysis::{joined, pieces};

/// A document as Meilisearch keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Stands for type and id, of the letters that keys may have.
    pub key: String,
    #[serde(rename = "type")]
    pub type_: String,
    pub entity: Option<String>,
    pub title: String,
    pub name: String,
    /// Parts of the name, and the name without what parts it.
    pub words: Vec<String>,
    /// Names of owners, tags, kinds and the like.
    pub extra: Vec<String>,
    pub text: String,
    pub updated: i64,
    /// The names of the fields.
    pub field: Vec<String>,
    /// Field and value as it is compared, and as it is written.
    pub filter: Vec<String>,
    pub facet: Vec<String>,
    /// All of it.
    pub document: Value,
}

/// What stands for a type and an id.
pub(super) fn key(type_: &str, id: &str) -> String {
    let hash = Sha256::digest(format!("{type_}\u{1f}{id}").as_bytes());
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Field and value as one.
pub(super) fn pair(field: &str, value: &str) -> String {
    format!("{field}={value}")
}

impl Kept {
    pub fn new(document: &SearchDocument) -> Result<Self, serde_json::Error> {
        let name = document.name.clone().unwrap_or_default();
        let mut words: Vec<String> = joined(&name).into_iter().chain(joined(&document.title)).collect();
        words.extend(pieces(&name).into_iter().filter(|piece| piece.is_part).map(|piece| piece.text));
        let mut kept = Self {
            key: key(&document.type_, &document.id),
            type_: document.type_.clone(),
            entity: document.entity.as_ref().map(ToString::to_string),
            title: document.title.clone(),
            name,
            words,
            extra: Vec::new(),
            text: document.text.clone(),
            updated: document.updated.map_or(0, |updated| updated.timestamp()),
            field: document.fields.keys().cloned().collect(),
            filter: vec![pair("type", &document.type_)],
            facet: vec![pair("type", &document.type_)],
            document: serde_json::to_value(document)?,
        };
        for (field, values) in &document.fields {
            for value in values {
                kept.facet.push(pair(field, value));
                let lower = value.to_lowercase();
                if let Ok(reference) = lower.parse::<EntityRef>()
                    && reference.as_str() == lower
                {
                    let (namespace, name) = (reference.namespace(), reference.name());
                    kept.filter.extend([pair(field, name), pair(field, &format!("{namespace}/{name}"))]);
                    if namespace == "default" {
                        kept.filter.push(pair(field, &format!("{}:{name}", reference.kind())));
                    }
                    kept.extra.push(name.to_owned());
                } else {
                    kept.extra.push(value.clone());
                }
                kept.filter.push(pair(field, &lower));
            }
        }
        Ok(kept)
    }

    pub fn document(self) -> Result<SearchDocument, serde_json::Error> {
        serde_json::from_value(self.document)
    }
}
