use std::{fs, path::Path};

use callboard_kit::StrictError;
use serde_json::{Map, Value};

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Puts in `${VAR}`, `${VAR:-default}`, `{ $env: VAR }` and `{ $file: path }`; `$${` is a plain `${`. A file's text is
/// taken without the line ends at its end.
pub(super) fn resolve(value: Value, folder: &Path, lookup: Lookup<'_>) -> Result<Value, Vec<StrictError>> {
    let mut errors = Vec::new();
    let value = visit("", value, folder, lookup, &mut errors);
    if errors.is_empty() { Ok(value) } else { Err(errors) }
}

fn visit(
    path: &str,
    value: Value,
    folder: &Path,
    lookup: Lookup<'_>,
    errors: &mut Vec<StrictError>,
) -> Value {
    let child = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let fail = |message: String, errors: &mut Vec<StrictError>| {
        errors.push(StrictError { path: path.to_owned(), message });
        Value::Null
    };
    match value {
        Value::String(text) => match substitute(&text, lookup) {
            Ok(text) => Value::String(text),
            Err(message) => fail(message, errors),
        },
        Value::Array(items) => Value::Array(
            items
                .into_iter()
                .enumerate()
                .map(|(index, item)| visit(&child(&index.to_string()), item, folder, lookup, errors))
                .collect(),
        ),
        Value::Object(entries) => match reference(&entries) {
            Some(("$env", name)) => match lookup(name) {
                Some(text) => Value::String(text),
                None => fail(format!("environment variable `{name}` is not set"), errors),
            },
            Some((_, file)) => match fs::read_to_string(folder.join(file)) {
                Ok(text) => Value::String(text.trim_end_matches(['\r', '\n']).to_owned()),
                Err(error) => {
                    fail(format!("cannot read file `{}`: {error}", folder.join(file).display()), errors)
                }
            },
            None => Value::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let value = visit(&child(&key), value, folder, lookup, errors);
                        (key, value)
                    })
                    .collect(),
            ),
        },
        other => other,
    }
}

fn reference(entries: &Map<String, Value>) -> Option<(&str, &str)> {
    let (key, value) = entries.iter().next().filter(|_| entries.len() == 1)?;
    matches!(key.as_str(), "$env" | "$file").then_some((key.as_str(), value.as_str()?))
}

fn substitute(text: &str, lookup: Lookup<'_>) -> Result<String, String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(escaped) = rest.strip_prefix("$${") {
            result.push_str("${");
            rest = escaped;
        } else if let Some(inside) = rest.strip_prefix("${") {
            let end = inside.find('}').ok_or_else(|| format!("`{text}` has `${{` without `}}`"))?;
            let (name, default) = match inside[..end].split_once(":-") {
                Some((name, default)) => (name, Some(default)),
                None => (&inside[..end], None),
            };
            let value = lookup(name).filter(|value| default.is_none() || !value.is_empty());
            match value.or_else(|| default.map(str::to_owned)) {
                Some(value) => result.push_str(&value),
                None => {
                    return Err(format!(
                        "environment variable `{name}` is not set, set it or write `${{{name}:-default}}`"
                    ));
                }
            }
            rest = &inside[end + 1..];
        } else {
            result.push('$');
            rest = &rest[1..];
        }
    }
    result.push_str(rest);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lookup(name: &str) -> Option<String> {
        match name {
            "HOST" => Some("db".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        }
    }

    #[test]
    fn variables_are_put_in() {
        for (text, expected) in [
            ("plain $5", "plain $5"),
            ("${HOST}", "db"),
            ("postgres://${HOST}/${NAME:-callboard}", "postgres://db/callboard"),
            ("${EMPTY:-x}|${EMPTY}", "x|"),
            ("$${HOST}", "${HOST}"),
        ] {
            assert_eq!(substitute(text, &lookup).unwrap(), expected, "{text}");
        }
        assert!(substitute("${MISSING}", &lookup).unwrap_err().contains("`MISSING` is not set"));
        assert!(substitute("${HOST", &lookup).is_err());
    }

    #[test]
    fn files_and_the_environment_are_read_and_what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("token"), "secret\n").unwrap();
        let value = json!({ "a": { "$file": "token" }, "b": [{ "$env": "HOST" }] });
        assert_eq!(resolve(value, folder.path(), &lookup).unwrap(), json!({ "a": "secret", "b": ["db"] }));
        let errors =
            resolve(json!({ "a": { "b": { "$file": "gone" } } }), folder.path(), &lookup).unwrap_err();
        assert_eq!(errors[0].path, "a.b");
    }
}
