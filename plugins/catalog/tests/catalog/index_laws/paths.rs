use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::entity::Entity;

/// All paths of an entity with their values; written without a thought of speed.
#[derive(Debug, Default)]
pub struct Paths {
    pub present: BTreeSet<String>,
    pub values: BTreeSet<(String, String)>,
}

impl Paths {
    pub fn of(entity: &Entity, all: &[Entity]) -> Self {
        let mut document = entity.body.clone();
        let metadata = document["metadata"].as_object_mut().unwrap();
        metadata.entry("namespace").or_insert(json!("default"));
        metadata.insert("uid".into(), json!(entity.uid.to_string()));
        let mut relations = Map::new();
        let own = entity.reference();
        for relation in all.iter().flat_map(Entity::declared).filter(|relation| relation.source == own) {
            let list = relations.entry(relation.relation_type).or_insert(json!([]));
            list.as_array_mut().unwrap().push(json!(relation.target.to_string()));
        }
        if !relations.is_empty() {
            document["relations"] = Value::Object(relations);
        }
        let mut paths = Self::default();
        for (key, value) in document.as_object().unwrap() {
            paths.add(&key.to_lowercase(), value);
        }
        paths
    }

    fn add(&mut self, path: &str, value: &Value) {
        self.present.insert(path.to_owned());
        match value {
            Value::Null => {}
            Value::Object(entries) => {
                entries
                    .iter()
                    .for_each(|(key, value)| self.add(&format!("{path}.{}", key.to_lowercase()), value));
            }
            Value::Array(items) => {
                for item in items {
                    self.add(path, item);
                    if let Some(text) = scalar(item) {
                        let path = format!("{path}.{text}");
                        self.present.insert(path.clone());
                        self.values.insert((path, "true".into()));
                    }
                }
            }
            _ => {
                if let Some(text) = scalar(value) {
                    self.values.insert((path.to_owned(), text));
                }
            }
        }
    }

    pub fn has(&self, path: &str, value: &str) -> bool {
        self.values.contains(&(path.to_lowercase(), value.to_lowercase()))
    }

    pub fn smallest(&self, path: &str) -> Option<&str> {
        let path = path.to_lowercase();
        self.values.iter().filter(|(found, _)| *found == path).map(|(_, value)| value.as_str()).min()
    }
}

fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (text.len() <= 200).then(|| text.to_lowercase())
}
