use std::fmt::Write;

use callboard_kit::PluginRegistry;
use serde_json::{Map, Value};

use super::json_schema;

const MAX_DEPTH: usize = 6;

/// The reference page of the config as Markdown: every key with its type, its default and what it does.
pub fn reference(plugins: &PluginRegistry) -> String {
    let schema = json_schema(plugins);
    let mut page = String::from(
        "# Config reference\n\nMade by `callboard config reference`; do not edit.\n\n\
         Every key can be set by environment: `CALLBOARD__DATABASE__URL` sets `database.url`, \
         `CALLBOARD__AUTH__TOKENS__0__TOKEN` that of the first item of a list. Values take `${VAR}`, \
         `${VAR:-default}` and `{ $file: path }`, numbers and truth values included. Relative paths are relative to the folder of the first config file.\n",
    );
    for (name, section) in schema["properties"].as_object().into_iter().flatten() {
        let shape = resolve(section, &schema);
        let _ = write!(page, "\n## `{name}`\n\n{}\n", description(section, shape));
        let mut rows = String::new();
        write_rows(&mut rows, name, shape, &schema, 0);
        if !rows.is_empty() {
            let _ =
                write!(page, "\n| key | type | default | what it does |\n| --- | --- | --- | --- |\n{rows}");
        }
    }
    page
}

fn resolve<'a>(shape: &'a Value, root: &'a Value) -> &'a Value {
    if let Some(pointer) = shape.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#')) {
        return root.pointer(pointer).map_or(shape, |shape| resolve(shape, root));
    }
    let alternatives = shape.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let mut real = alternatives.filter(|inner| inner.get("type") != Some(&Value::String("null".into())));
    match (real.next(), real.next()) {
        (Some(only), None) => resolve(only, root),
        _ => shape,
    }
}

/// The alternative that has keys, where there is a short form, too.
fn with_keys<'a>(written: &'a Value, root: &'a Value) -> &'a Value {
    let shape = resolve(written, root);
    let alternatives = shape.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let mut alternatives = alternatives.map(|inner| resolve(inner, root));
    alternatives.find(|inner| inner.get("properties").is_some()).unwrap_or(shape)
}

fn description(written: &Value, shape: &Value) -> String {
    let text = |shape: &Value| shape.get("description").and_then(Value::as_str).map(str::to_owned);
    text(written).or_else(|| text(shape)).unwrap_or_default().replace('\n', " ")
}

fn write_rows(rows: &mut String, path: &str, shape: &Value, root: &Value, depth: usize) {
    let empty = Map::new();
    let required: Vec<&str> = shape
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = shape.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    for (key, written) in properties {
        let inner = resolve(written, root);
        let path = format!("{path}.{key}");
        let nested = inner.get("properties").is_some();
        if !nested {
            let default = match written.get("default") {
                _ if required.contains(&key.as_str()) => "required".to_owned(),
                Some(Value::Null) | None => String::new(),
                Some(value) => format!("`{value}`"),
            };
            let text = description(written, inner).replace('|', "\\|");
            let _ = writeln!(rows, "| `{path}` | {} | {default} | {text} |", type_name(inner, root));
        }
        if depth < MAX_DEPTH {
            if nested {
                write_rows(rows, &path, inner, root, depth + 1);
            } else if let Some(items) = inner.get("items") {
                write_rows(rows, &format!("{path}[]"), resolve(items, root), root, depth + 1);
            } else if let Some(values) = inner.get("additionalProperties") {
                write_rows(rows, &format!("{path}.<name>"), with_keys(values, root), root, depth + 1);
            }
        }
    }
}

fn type_name(shape: &Value, root: &Value) -> String {
    if let Some(items) = shape.get("items") {
        return format!("list of {}", type_name(resolve(items, root), root));
    }
    let constants: Vec<String> = match shape.get("enum").and_then(Value::as_array) {
        Some(values) => values.iter().map(|value| format!("`{value}`")).collect(),
        None => shape
            .get("oneOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|one| one.get("const"))
            .map(|value| format!("`{value}`"))
            .collect(),
    };
    if !constants.is_empty() {
        return constants.join(" or ");
    }
    match shape.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| *name != "null")
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "string or object".to_owned(),
    }
}
