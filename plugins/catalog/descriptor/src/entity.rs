use callboard_kit::{EntityRef, RefContext};
use serde_json::{Map, Value};

/// The kind as written.
pub fn kind_of(entity: &Value) -> Option<&str> {
    entity.get("kind")?.as_str()
}

/// The API version as written.
pub fn api_version_of(entity: &Value) -> Option<&str> {
    entity.get("apiVersion")?.as_str()
}

/// The name as written.
pub fn name_of(entity: &Value) -> Option<&str> {
    entity.get("metadata")?.get("name")?.as_str()
}

/// The namespace as written, or `default`.
pub fn namespace_of(entity: &Value) -> &str {
    let written = entity.get("metadata").and_then(|metadata| metadata.get("namespace"));
    written.and_then(Value::as_str).unwrap_or(callboard_kit::DEFAULT_NAMESPACE)
}

/// The value of an annotation.
pub fn annotation<'a>(entity: &'a Value, key: &str) -> Option<&'a str> {
    entity.get("metadata")?.get("annotations")?.get(key)?.as_str()
}

/// The spec, where it is a mapping.
pub fn spec_of(entity: &Value) -> Option<&Map<String, Value>> {
    entity.get("spec")?.as_object()
}

/// The entity's own reference, where its kind and name allow one.
pub fn reference_of(entity: &Value) -> Option<EntityRef> {
    EntityRef::new(kind_of(entity)?, namespace_of(entity), name_of(entity)?).ok()
}

/// Who owns it, where its `spec.owner` is a reference.
pub fn owner_of(entity: &Value) -> Option<EntityRef> {
    let owner = spec_of(entity)?.get("owner")?.as_str()?;
    EntityRef::parse(owner, RefContext { kind: Some("Group"), namespace: namespace_of(entity) }).ok()
}
