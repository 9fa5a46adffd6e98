use std::{collections::BTreeSet, sync::Arc};

use callboard_kit::{EntityRef, MAX_FILTER_VALUE};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::limits::MAX_PATH;
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
    pub(super) presence: Vec<Arc<str>>,
    pub(super) words: Vec<String>,
}

/// A scalar at a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FieldValue {
    /// Lower-cased.
    pub path: Arc<str>,
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
            document.values.push(FieldValue { path: ORIGIN.into(), value, is_item: false });
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
                self.visit(&mut key.to_lowercase(), None, value, 0);
            }
        }
        let has_namespace = root.get("metadata").and_then(|metadata| metadata.get("namespace"));
        if !has_namespace.is_some_and(Value::is_string) {
            self.values.push(FieldValue {
                path: "metadata.namespace".into(),
                value: "default".to_owned(),
                is_item: false,
            });
        }
    }

    /// Takes apart what lies at a path, which its items, where it is one of those, have in common.
    fn visit(&mut self, path: &mut String, shared: Option<&Arc<str>>, value: &Value, depth: usize) {
        // Looked up through the entity itself, where they are kept already.
        if path == "metadata.uid" || path == "metadata.etag" {
            return;
        }
        // Nobody can ask for it, and each value below would repeat it.
        if path.len() > MAX_PATH {
            return;
        }
        let name = shared.map_or_else(|| Arc::from(path.as_str()), Arc::clone);
        let is_item = shared.is_some();
        match value {
            Value::Bool(flag) => {
                self.values.push(FieldValue { path: name, value: flag.to_string(), is_item });
            }
            Value::Number(number) => {
                self.values.push(FieldValue { path: name, value: number.to_string(), is_item });
            }
            Value::String(text) if text.len() <= MAX_FILTER_VALUE => {
                self.values.push(FieldValue { path: name, value: text.clone(), is_item });
            }
            Value::Array(items) if depth < MAX_DEPTH => {
                for item in items {
                    self.visit(path, Some(&name), item, depth + 1);
                }
                self.presence.push(name);
            }
            Value::Object(entries) if depth < MAX_DEPTH => {
                let length = path.len();
                for (key, inner) in entries {
                    path.push('.');
                    push_lower(path, key);
                    self.visit(path, None, inner, depth + 1);
                    path.truncate(length);
                }
                self.presence.push(name);
            }
            _ => self.presence.push(name),
        }
    }
}

fn push_lower(path: &mut String, key: &str) {
    if key.is_ascii() {
        path.extend(key.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        path.push_str(&key.to_lowercase());
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
