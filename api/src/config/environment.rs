use serde_json::{Map, Value};

const PREFIX: &str = "CALLBOARD__";

/// Sets keys from variables such as `CALLBOARD__DATABASE__URL`. Names are matched without regard to case and
/// underscores; a value is read as YAML unless the key wants text.
pub(super) fn apply(config: &mut Value, variables: impl Iterator<Item = (String, String)>, schema: &Value) {
    let mut variables: Vec<(String, String)> =
        variables.filter(|(name, _)| name.starts_with(PREFIX)).collect();
    variables.sort();
    for (name, text) in variables {
        let mut place = &mut *config;
        let mut shape = Some(schema);
        for part in name[PREFIX.len()..].split("__") {
            let key =
                shape.and_then(|shape| known_key(shape, schema, part)).unwrap_or_else(|| part.to_lowercase());
            shape = shape.and_then(|shape| property(shape, schema, &key));
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(entries) = place else { return };
            place = entries.entry(key).or_insert(Value::Null);
        }
        let wants_text = shape.is_some_and(|shape| wants_text(shape, schema));
        *place = if wants_text {
            Value::String(text)
        } else {
            serde_yaml::from_str(&text).unwrap_or(Value::String(text))
        };
    }
}

fn fold(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

/// The schema behind a reference, or an optional one.
fn target<'a>(shape: &'a Value, root: &'a Value) -> Vec<&'a Value> {
    if let Some(pointer) = shape.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#')) {
        return root.pointer(pointer).map(|shape| target(shape, root)).unwrap_or_default();
    }
    match shape.get("anyOf").and_then(Value::as_array) {
        Some(alternatives) => alternatives.iter().flat_map(|shape| target(shape, root)).collect(),
        None => vec![shape],
    }
}

fn known_key(shape: &Value, root: &Value, part: &str) -> Option<String> {
    target(shape, root)
        .into_iter()
        .filter_map(|shape| shape.get("properties")?.as_object())
        .flat_map(Map::keys)
        .find(|key| fold(key) == fold(part))
        .cloned()
}

fn property<'a>(shape: &'a Value, root: &'a Value, key: &str) -> Option<&'a Value> {
    target(shape, root).into_iter().find_map(|shape| shape.get("properties")?.get(key))
}

fn wants_text(shape: &Value, root: &Value) -> bool {
    target(shape, root).into_iter().any(|shape| match shape.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_matched_to_the_keys_that_are_known() {
        let schema = json!({
            "properties": {
                "backend": { "$ref": "#/$defs/Backend" },
                "database": { "properties": { "url": { "anyOf": [{ "type": "string" }, { "type": "null" }] }, "migrate": { "type": "boolean" } } },
            },
            "$defs": { "Backend": { "properties": { "baseUrl": { "type": "string" }, "port": { "type": "integer" } } } },
        });
        let mut config = json!({ "database": { "migrate": true } });
        let variables = [
            ("CALLBOARD__BACKEND__BASE_URL", "12345"),
            ("CALLBOARD__BACKEND__PORT", "80"),
            ("CALLBOARD__DATABASE__MIGRATE", "false"),
            ("CALLBOARD__DATABASE__URL", "null"),
            ("CALLBOARD_OTHER", "x"),
        ];
        apply(&mut config, variables.into_iter().map(|(name, text)| (name.into(), text.into())), &schema);
        let expected = json!({
            "database": { "migrate": false, "url": "null" },
            "backend": { "baseUrl": "12345", "port": 80 },
        });
        assert_eq!(config, expected);
    }
}
