use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::naming::{entity_name, label, tag};

/// What an entity is made of: literals, and fields of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping(Part);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Literal(Value),
    Fields(Vec<(String, Part)>),
    List(Vec<Part>),
    Field(Field),
}

/// A field of an object, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    /// A JSON Pointer.
    from: String,
    /// What it has to be.
    #[serde(rename = "as")]
    shape: Option<Shape>,
    /// Where the field is missing or null.
    default: Option<Value>,
    /// What its values are called here; others stay.
    #[serde(default)]
    map: BTreeMap<String, Value>,
    /// What is before it.
    #[serde(default)]
    prefix: String,
    /// What is after it.
    #[serde(default)]
    suffix: String,
}

/// What a field is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Shape {
    /// A name that an entity may have.
    Name,
    /// A namespace.
    Namespace,
    /// A tag.
    Tag,
    /// A text, of what is a number or a truth value.
    Text,
}

/// Where in the config something is wrong, and what.
type Fault = (String, String);

impl Mapping {
    /// Reads what the config says.
    pub fn read(entity: &BTreeMap<String, Value>) -> Result<Self, Fault> {
        let fields = entity.iter().map(|(key, value)| Ok((key.clone(), part(value, &format!(".{key}"))?)));
        Ok(Self(Part::Fields(fields.collect::<Result<_, Fault>>()?)))
    }

    /// The entity that an object becomes. Fields that the object does not have are left out.
    pub fn entity(&self, item: &Value) -> Value {
        let mut entity = self.0.value(item).unwrap_or_else(|| json!({}));
        if entity.get("apiVersion").is_none() {
            entity["apiVersion"] = json!("backstage.io/v1alpha1");
        }
        entity
    }
}

fn part(value: &Value, at: &str) -> Result<Part, Fault> {
    match value {
        Value::Object(fields) if fields.contains_key("from") => {
            let field = Field::deserialize(value).map_err(|error| (at.to_owned(), error.to_string()))?;
            if !field.from.is_empty() && !field.from.starts_with('/') {
                return Err((format!("{at}.from"), "is a JSON Pointer, which begins with `/`".to_owned()));
            }
            Ok(Part::Field(field))
        }
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(key, value)| Ok((key.clone(), part(value, &format!("{at}.{key}"))?)));
            Ok(Part::Fields(fields.collect::<Result<_, Fault>>()?))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate().map(|(number, item)| part(item, &format!("{at}.{number}")));
            Ok(Part::List(items.collect::<Result<_, _>>()?))
        }
        literal => Ok(Part::Literal(literal.clone())),
    }
}

impl Part {
    /// `None` where the object does not have what it needs.
    fn value(&self, item: &Value) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Field(field) => field.value(item),
            Self::List(items) => Some(items.iter().filter_map(|part| part.value(item)).collect()),
            Self::Fields(fields) => {
                let fields = fields.iter().filter_map(|(key, part)| Some((key.clone(), part.value(item)?)));
                let fields: Map<String, Value> = fields.collect();
                // What had fields and has none left says nothing.
                (!fields.is_empty()).then_some(Value::Object(fields))
            }
        }
    }
}

impl Field {
    fn value(&self, item: &Value) -> Option<Value> {
        let found = item.pointer(&self.from).filter(|found| !found.is_null());
        let made = match found {
            Some(Value::Array(items)) => {
                Some(items.iter().filter_map(|item| self.made(item)).collect::<Value>())
            }
            Some(found) => self.made(found),
            None => None,
        };
        made.or_else(|| self.default.clone())
    }

    fn made(&self, found: &Value) -> Option<Value> {
        let text = match found {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => found.to_string(),
            _ => return self.is_plain().then(|| found.clone()),
        };
        if let Some(mapped) = self.map.get(&text) {
            return Some(mapped.clone());
        }
        let shaped = match self.shape {
            None if self.is_plain() => return Some(found.clone()),
            None | Some(Shape::Text) => text,
            Some(Shape::Name) => entity_name(&text),
            Some(Shape::Namespace) => label(&text),
            Some(Shape::Tag) => tag(&text),
        };
        (!shaped.is_empty()).then(|| json!(format!("{}{shaped}{}", self.prefix, self.suffix)))
    }

    /// Whether it is taken as it is.
    const fn is_plain(&self) -> bool {
        self.shape.is_none() && self.prefix.is_empty() && self.suffix.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(entity: Value) -> Result<Mapping, Fault> {
        Mapping::read(&serde_json::from_value(entity).unwrap())
    }

    #[test]
    fn an_object_becomes_an_entity() {
        let mapping = read(json!({
            "kind": "Component",
            "metadata": {
                "name": { "from": "/key", "as": "name" },
                "title": { "from": "/display" },
                "tags": { "from": "/labels", "as": "tag" },
                "annotations": { "example.com/id": { "from": "/id", "as": "text" }, "example.com/none": { "from": "/none" } },
                "links": [{ "url": { "from": "/id", "prefix": "https://cmdb.example/", "suffix": "/show" } }, { "url": { "from": "/none" } }],
            },
            "spec": {
                "type": "service",
                "lifecycle": { "from": "/stage", "map": { "GA": "production" }, "default": "experimental" },
                "owner": { "from": "/team/name", "as": "name", "prefix": "group:", "default": "unknown" },
            },
        }))
        .unwrap();
        let item = json!({ "id": 7, "key": "Pay ments", "labels": ["Tier 1", "EU", ""], "stage": "GA", "team": { "name": "A Team" } });
        assert_eq!(
            mapping.entity(&item),
            json!({
                "apiVersion": "backstage.io/v1alpha1",
                "kind": "Component",
                "metadata": {
                    "name": "Pay-ments",
                    "tags": ["tier-1", "eu"],
                    "annotations": { "example.com/id": "7" },
                    "links": [{ "url": "https://cmdb.example/7/show" }],
                },
                "spec": { "type": "service", "lifecycle": "production", "owner": "group:A-Team" },
            })
        );
        let bare = mapping.entity(&json!({ "key": "x", "stage": "alpha" }));
        assert_eq!(bare["spec"], json!({ "type": "service", "lifecycle": "alpha", "owner": "unknown" }));
        assert_eq!(bare["metadata"], json!({ "name": "x", "links": [] }));
        assert_eq!(mapping.entity(&json!("no object"))["metadata"], json!({ "links": [] }));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let fault = |value: Value| read(json!({ "metadata": { "name": value } })).unwrap_err();
        assert_eq!(fault(json!({ "from": "key" })).0, ".metadata.name.from");
        let (at, message) = fault(json!({ "from": "/key", "form": "name" }));
        assert_eq!(at, ".metadata.name");
        assert!(message.contains("unknown field `form`"), "{message}");
        assert!(fault(json!({ "from": "/key", "as": "slug" })).1.contains("unknown variant `slug`"));
    }
}
