use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

/// A fault of the config, at a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}`: {message}")]
pub struct StrictError {
    /// The dotted path of the key.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Reads a section of the config: first every unknown key is refused, with the nearest known one, then it is read.
pub fn parse_strict<T>(section: &str, value: &Value) -> Result<T, Vec<StrictError>>
where
    T: DeserializeOwned + schemars::JsonSchema,
{
    let schema = schemars::schema_for!(T).to_value();
    let unknown = unknown_keys(section, value, &schema);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut path = section.to_owned();
        for segment in error.path() {
            let key = match segment {
                Segment::Seq { index } => index.to_string(),
                Segment::Map { key } => key.clone(),
                Segment::Enum { .. } | Segment::Unknown => continue,
            };
            path = join(&path, &key);
        }
        vec![StrictError { path, message: error.into_inner().to_string() }]
    })
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Every key of `value` that the JSON Schema does not know.
pub fn unknown_keys(path: &str, value: &Value, schema: &Value) -> Vec<StrictError> {
    let mut errors = Vec::new();
    visit(path, value, &[schema], schema, &mut errors);
    errors
}

fn visit(path: &str, value: &Value, schemas: &[&Value], root: &Value, errors: &mut Vec<StrictError>) {
    let shapes: Vec<&Map<String, Value>> =
        schemas.iter().flat_map(|schema| shapes_of(schema, root, 0)).collect();
    match value {
        Value::Object(entries) => {
            let closed = !shapes.is_empty()
                && shapes.iter().all(|shape| shape.contains_key("properties") || is_scalar(shape));
            let known: Vec<&String> = shapes
                .iter()
                .filter_map(|shape| shape.get("properties")?.as_object())
                .flat_map(Map::keys)
                .collect();
            for (key, inner) in entries {
                let next: Vec<&Value> = shapes
                    .iter()
                    .filter_map(|shape| {
                        let named = shape.get("properties").and_then(|properties| properties.get(key));
                        named.or_else(|| shape.get("additionalProperties").filter(|extra| extra.is_object()))
                    })
                    .collect();
                let child = join(path, key);
                if next.is_empty() {
                    if closed {
                        errors.push(StrictError { path: child, message: unknown_message(key, &known) });
                    }
                } else {
                    visit(&child, inner, &next, root, errors);
                }
            }
        }
        Value::Array(items) => {
            let next: Vec<&Value> = shapes.iter().filter_map(|shape| shape.get("items")).collect();
            if !next.is_empty() {
                for (index, item) in items.iter().enumerate() {
                    visit(&join(path, &index.to_string()), item, &next, root, errors);
                }
            }
        }
        _ => {}
    }
}

fn is_scalar(shape: &Map<String, Value>) -> bool {
    shape.get("type").and_then(Value::as_str).is_some_and(|kind| kind != "object")
}

/// The plain object schemas behind references and alternatives.
fn shapes_of<'a>(schema: &'a Value, root: &'a Value, depth: usize) -> Vec<&'a Map<String, Value>> {
    let Some(map) = schema.as_object() else { return Vec::new() };
    if depth > 16 {
        return Vec::new();
    }
    let mut shapes = Vec::new();
    if let Some(target) =
        map.get("$ref").and_then(Value::as_str).and_then(|target| root.pointer(target.strip_prefix('#')?))
    {
        shapes.extend(shapes_of(target, root, depth + 1));
    }
    for alternatives in ["anyOf", "oneOf", "allOf"] {
        for inner in map.get(alternatives).and_then(Value::as_array).into_iter().flatten() {
            shapes.extend(shapes_of(inner, root, depth + 1));
        }
    }
    if shapes.is_empty() || map.contains_key("properties") {
        shapes.push(map);
    }
    shapes
}

fn unknown_message(key: &str, known: &[&String]) -> String {
    match nearest(key, known.iter().map(|name| name.as_str())) {
        Some(name) => format!("unknown key `{key}`, did you mean `{name}`?"),
        None if known.is_empty() => format!("unknown key `{key}`, none is expected here"),
        None => {
            let mut names: Vec<&str> = known.iter().map(|name| name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            format!("unknown key `{key}`, expected one of `{}`", names.join("`, `"))
        }
    }
}

/// The known name that is most like `name`, if any is like it at all.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use schemars::JsonSchema;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize, JsonSchema)]
    #[serde(default, rename_all = "camelCase")]
    struct Config {
        refresh_every: u32,
        places: Vec<Place>,
        labels: BTreeMap<String, String>,
    }

    #[derive(Debug, Default, Deserialize, JsonSchema)]
    #[serde(default)]
    struct Place {
        target: Option<String>,
    }

    #[test]
    fn an_unknown_key_names_the_nearest_known_one() {
        let value =
            json!({ "refreshevery": 5, "places": [{ "taget": "x" }], "labels": { "anything": "goes" } });
        let errors = parse_strict::<Config>("catalog", &value).unwrap_err();
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "`catalog.refreshevery`: unknown key `refreshevery`, did you mean `refreshEvery`?",
                "`catalog.places.0.taget`: unknown key `taget`, did you mean `target`?",
            ]
        );
    }

    #[test]
    fn a_wrong_type_names_its_path() {
        let errors = parse_strict::<Config>("catalog", &json!({ "places": [{ "target": 5 }] })).unwrap_err();
        assert_eq!(errors[0].path, "catalog.places.0.target");
        let errors = parse_strict::<Config>("", &json!({ "refreshEvery": "x" })).unwrap_err();
        assert_eq!(errors[0].path, "refreshEvery");
    }
}
