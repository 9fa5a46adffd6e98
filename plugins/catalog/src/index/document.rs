use std::collections::BTreeSet;

use callboard_kit::{EntityRef, MAX_FILTER_VALUE};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::entity::hex;

/// Levels of nesting that are looked into.
const MAX_DEPTH: usize = 64;

/// A relation that an entity declares, for itself or for the other end.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Relation {
    /// The entity that bears it.
    pub source: EntityRef,
    /// Its type, e.g. `ownedBy`.
    pub relation_type: String,
    /// The entity it points to, which need not exist.
    pub target: EntityRef,
}

/// The path under which entities are found by the location that they came from, however long that is.
pub const ORIGIN: &str = "$origin";

/// What stands for a location at [`ORIGIN`].
pub fn origin_key(location: &str) -> String {
    hex(&Sha256::digest(location.as_bytes())[..16])
}

/// All that the index knows of one entity, taken apart before the index is locked.
#[derive(Clone, Debug, Default)]
pub struct IndexDocument {
    /// The uid.
    pub uid: Uuid,
    /// The address.
    pub reference: Option<EntityRef>,
    /// Changes whenever the stored body or status does.
    pub revision: u64,
    /// Whether no location emits it any more.
    pub orphan: bool,
    /// What it declares.
    pub relations: Vec<Relation>,
    pub(super) values: Vec<FieldValue>,
    pub(super) presence: Vec<String>,
    pub(super) words: Vec<String>,
}

/// A scalar at a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FieldValue {
    /// Lower-cased.
    pub path: String,
    /// As written.
    pub value: String,
    /// Whether it is an item of a list at that path.
    pub is_item: bool,
}

impl IndexDocument {
    /// Takes an entity apart.
    pub fn new(
        uid: Uuid,
        reference: EntityRef,
        revision: u64,
        orphan: bool,
        body: &Value,
        relations: Vec<Relation>,
    ) -> Self {
        let mut document = Self { uid, reference: None, revision, orphan, relations, ..Self::default() };
        if let Value::Object(root) = body {
            document.root(root);
        }
        let origin = body["metadata"]["annotations"]["backstage.io/managed-by-origin-location"].as_str();
        if let Some(origin) = origin {
            let value = origin_key(origin);
            document.values.push(FieldValue { path: ORIGIN.to_owned(), value, is_item: false });
        }
        document.words = words_of(&reference, body);
        document.reference = Some(reference);
        document.values.sort_unstable();
        document.values.dedup();
        document.presence.sort_unstable();
        document.presence.dedup();
        document
    }

    fn root(&mut self, root: &Map<String, Value>) {
        for (key, value) in root {
            if key != "relations" && key != "status" {
                self.visit(key.to_lowercase(), value, false, 0);
            }
        }
        let has_namespace = root.get("metadata").and_then(|metadata| metadata.get("namespace"));
        if !has_namespace.is_some_and(Value::is_string) {
            let path = "metadata.namespace".to_owned();
            self.values.push(FieldValue { path, value: "default".to_owned(), is_item: false });
        }
    }

    fn visit(&mut self, path: String, value: &Value, is_item: bool, depth: usize) {
        // Looked up through the entity itself, where they are kept already.
        if path == "metadata.uid" || path == "metadata.etag" {
            return;
        }
        match value {
            Value::Null => self.presence.push(path),
            Value::Bool(flag) => self.scalar(path, flag.to_string(), is_item),
            Value::Number(number) => self.scalar(path, number.to_string(), is_item),
            Value::String(text) => self.scalar(path, text.clone(), is_item),
            _ if depth >= MAX_DEPTH => self.presence.push(path),
            Value::Array(items) => {
                for item in items {
                    self.visit(path.clone(), item, true, depth + 1);
                }
                self.presence.push(path);
            }
            Value::Object(entries) => {
                for (key, inner) in entries {
                    self.visit(format!("{path}.{}", key.to_lowercase()), inner, false, depth + 1);
                }
                self.presence.push(path);
            }
        }
    }

    fn scalar(&mut self, path: String, value: String, is_item: bool) {
        if value.len() > MAX_FILTER_VALUE {
            self.presence.push(path);
        } else {
            self.values.push(FieldValue { path, value, is_item });
        }
    }
}

/// The words that text search finds an entity by: of its reference, name, title, description and tags.
fn words_of(reference: &EntityRef, body: &Value) -> Vec<String> {
    let metadata = &body["metadata"];
    let mut words = BTreeSet::new();
    collect_words(reference.as_str(), &mut words);
    for key in ["name", "title", "description"] {
        if let Some(text) = metadata[key].as_str() {
            collect_words(text, &mut words);
        }
    }
    if let Some(name) = body["spec"]["profile"]["displayName"].as_str() {
        collect_words(name, &mut words);
    }
    for tag in metadata["tags"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        collect_words(tag, &mut words);
    }
    words.into_iter().collect()
}

/// The runs of letters and digits in a text, lower-cased.
pub(super) fn collect_words(text: &str, into: &mut BTreeSet<String>) {
    for word in text.split(|character: char| !character.is_alphanumeric()) {
        if !word.is_empty() {
            into.insert(word.to_lowercase());
        }
    }
}
