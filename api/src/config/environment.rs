use callboard_kit::StrictError;
use serde_json::{Map, Value};

use super::shape::Shape;

const PREFIX: &str = "CALLBOARD__";

/// Sets keys from variables such as `CALLBOARD__DATABASE__URL`, and items of lists by their number, from 0, as in
/// `CALLBOARD__AUTH__TOKENS__0__TOKEN`. Names are matched without regard to case and underscores; a value is read as
/// YAML unless the key wants text.
pub(super) fn apply(
    config: &mut Value,
    variables: impl Iterator<Item = (String, String)>,
    schema: &Value,
) -> Vec<StrictError> {
    let mut variables: Vec<(String, String)> =
        variables.filter(|(name, _)| name.starts_with(PREFIX)).collect();
    // The items of a list come in the order of their numbers.
    variables.sort_by_cached_key(|(name, _)| name.split("__").map(part_order).collect::<Vec<_>>());
    let mut errors = Vec::new();
    for (name, text) in variables {
        if let Err(message) = set(config, &name[PREFIX.len()..], text, schema) {
            errors.push(StrictError { path: name, message });
        }
    }
    errors
}

fn part_order(part: &str) -> (Option<usize>, String) {
    (part.parse().ok(), part.to_owned())
}

fn set(config: &mut Value, name: &str, text: String, schema: &Value) -> Result<(), String> {
    let mut place = config;
    let mut shape = Some(Shape::of(schema));
    for part in name.split("__") {
        if let Some(item) = shape.as_ref().and_then(Shape::item) {
            place = item_of(place, part)?;
            shape = Some(item);
            continue;
        }
        let key =
            shape.as_ref().and_then(|shape| shape.known_key(part)).unwrap_or_else(|| part.to_lowercase());
        shape = shape.and_then(|shape| shape.key(&key));
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(entries) = place else { return Ok(()) };
        place = entries.entry(key).or_insert(Value::Null);
    }
    *place = if shape.is_some_and(|shape| shape.wants_text()) {
        Value::String(text)
    } else {
        serde_yaml::from_str(&text).unwrap_or(Value::String(text))
    };
    Ok(())
}

/// The item of a list that a part of a name means; the one after the last is made.
fn item_of<'a>(place: &'a mut Value, part: &str) -> Result<&'a mut Value, String> {
    if !place.is_array() {
        *place = Value::Array(Vec::new());
    }
    let Value::Array(items) = place else { return Err("is not a list".to_owned()) };
    let count = items.len();
    let number: usize = part
        .parse()
        .map_err(|_| format!("`{part}` is not the number of an item: the list is counted from 0"))?;
    if number == count {
        items.push(Value::Null);
    }
    items.get_mut(number).ok_or_else(|| {
        format!("the list has {count} items, counted from 0, so the next one is {count} and not {number}")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        json!({
            "properties": {
                "backend": { "$ref": "#/$defs/Backend" },
                "database": { "properties": { "url": { "anyOf": [{ "type": "string" }, { "type": "null" }] }, "migrate": { "type": "boolean" } } },
                "tokens": { "type": "array", "items": { "$ref": "#/$defs/Token" } },
            },
            "$defs": {
                "Backend": { "properties": { "baseUrl": { "type": "string" }, "port": { "type": "integer" } } },
                "Token": { "properties": { "token": { "type": "string" }, "may": { "type": "array", "items": { "type": "string" } } } },
            },
        })
    }

    fn applied(mut config: Value, variables: &[(&str, &str)]) -> (Value, Vec<StrictError>) {
        let variables = variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let errors = apply(&mut config, variables, &schema());
        (config, errors)
    }

    #[test]
    fn names_are_matched_to_the_keys_that_are_known() {
        let variables = [
            ("CALLBOARD__BACKEND__BASE_URL", "12345"),
            ("CALLBOARD__BACKEND__PORT", "80"),
            ("CALLBOARD__DATABASE__MIGRATE", "false"),
            ("CALLBOARD__DATABASE__URL", "null"),
            ("CALLBOARD_OTHER", "x"),
        ];
        let (config, errors) = applied(json!({ "database": { "migrate": true } }), &variables);
        let expected = json!({
            "database": { "migrate": false, "url": "null" },
            "backend": { "baseUrl": "12345", "port": 80 },
        });
        assert_eq!((config, errors), (expected, Vec::new()));
    }

    #[test]
    fn items_of_lists_are_set_by_their_number() {
        let names: Vec<String> =
            (0..12).map(|number| format!("CALLBOARD__TOKENS__{number}__TOKEN")).collect();
        let mut variables: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "123")).collect();
        variables.push(("CALLBOARD__TOKENS__1__MAY__0", "true"));
        let (config, errors) = applied(json!({ "tokens": [{ "token": "old", "may": ["a"] }] }), &variables);
        assert_eq!(errors, Vec::new());
        let tokens = config["tokens"].as_array().unwrap();
        assert_eq!(tokens.len(), 12);
        assert_eq!(tokens[0], json!({ "token": "123", "may": ["a"] }));
        assert_eq!(tokens[1], json!({ "token": "123", "may": ["true"] }));
    }

    #[test]
    fn a_gap_in_a_list_and_a_name_for_a_number_are_refused() {
        let (_, errors) =
            applied(json!({}), &[("CALLBOARD__TOKENS__1__TOKEN", "a"), ("CALLBOARD__TOKENS__X", "a")]);
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(told[0].contains("`X` is not the number"), "{told:?}");
        assert!(told[1].contains("`CALLBOARD__TOKENS__1__TOKEN`: the list has 0 items"), "{told:?}");
    }
}
