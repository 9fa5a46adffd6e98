use std::{
    fs,
    path::{Path, PathBuf},
};

use callboard_kit::StrictError;
use serde_json::{Map, Value};

use super::shape::Shape;

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A file of the config with everything put in.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) value: Value,
    /// The files that texts were taken from, which are as secret as the config.
    pub(super) files: Vec<PathBuf>,
}

/// Puts in `${VAR}`, `${VAR:-default}`, `{ $env: VAR }` and `{ $file: path }`; `$${` is a plain `${`. A file's text is
/// taken without the line ends at its end. What is put in counts as a number or a truth value where `shape` wants one.
pub(super) fn resolve(
    value: Value,
    folder: &Path,
    lookup: Lookup<'_>,
    shape: Shape<'_>,
) -> Result<Resolved, Vec<StrictError>> {
    let mut resolver = Resolver { folder, lookup, files: Vec::new(), errors: Vec::new() };
    let value = resolver.visit("", value, Some(shape));
    let Resolver { files, errors, .. } = resolver;
    if errors.is_empty() { Ok(Resolved { value, files }) } else { Err(errors) }
}

struct Resolver<'a> {
    folder: &'a Path,
    lookup: Lookup<'a>,
    files: Vec<PathBuf>,
    errors: Vec<StrictError>,
}

impl Resolver<'_> {
    fn visit(&mut self, path: &str, value: Value, shape: Option<Shape<'_>>) -> Value {
        let child = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let put_in = |text: String| match &shape {
            Some(shape) => shape.read_scalar(text),
            None => Value::String(text),
        };
        let text = match value {
            Value::String(text) if text.contains('$') => {
                substitute(&text, self.lookup).map(|found| match found {
                    Substituted::Plain(text) => Value::String(text),
                    Substituted::FromOutside(text) => put_in(text),
                })
            }
            Value::Array(items) => {
                let item = shape.and_then(|shape| shape.item());
                let visit = |(index, value)| self.visit(&child(&format!("{index}")), value, item.clone());
                return Value::Array(items.into_iter().enumerate().map(visit).collect());
            }
            Value::Object(entries) => match reference(&entries) {
                Some(("$env", name)) => (self.lookup)(name)
                    .map(put_in)
                    .ok_or_else(|| format!("environment variable `{name}` is not set")),
                Some((_, file)) => self.file(file).map(put_in),
                None => {
                    let visit = |(key, value): (String, Value)| {
                        let inner = shape.as_ref().and_then(|shape| shape.key(&key));
                        let value = self.visit(&child(&key), value, inner);
                        (key, value)
                    };
                    return Value::Object(entries.into_iter().map(visit).collect());
                }
            },
            other => return other,
        };
        text.unwrap_or_else(|message| {
            self.errors.push(StrictError { path: path.to_owned(), message });
            Value::Null
        })
    }

    fn file(&mut self, file: &str) -> Result<String, String> {
        let file = self.folder.join(file);
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("cannot read file `{}`: {error}", file.display()))?;
        self.files.push(file);
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

fn reference(entries: &Map<String, Value>) -> Option<(&str, &str)> {
    let (key, value) = entries.iter().next().filter(|_| entries.len() == 1)?;
    matches!(key.as_str(), "$env" | "$file").then_some((key.as_str(), value.as_str()?))
}

/// A text whose variables are put in.
#[derive(Debug)]
enum Substituted {
    /// There was none.
    Plain(String),
    /// There was one.
    FromOutside(String),
}

fn substitute(text: &str, lookup: Lookup<'_>) -> Result<Substituted, String> {
    let mut is_plain = true;
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
            is_plain = false;
            rest = &inside[end + 1..];
        } else {
            result.push('$');
            rest = &rest[1..];
        }
    }
    result.push_str(rest);
    Ok(if is_plain { Substituted::Plain(result) } else { Substituted::FromOutside(result) })
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
            let (Substituted::Plain(found) | Substituted::FromOutside(found)) =
                substitute(text, &lookup).unwrap();
            assert_eq!(found, expected, "{text}");
        }
        assert!(substitute("${MISSING}", &lookup).unwrap_err().contains("`MISSING` is not set"));
        assert!(substitute("${HOST", &lookup).is_err());
    }

    #[test]
    fn files_and_the_environment_are_read_and_what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("token"), "secret\n").unwrap();
        let value = json!({ "a": { "$file": "token" }, "b": [{ "$env": "HOST" }] });
        let schema = json!({});
        let resolve = |value| resolve(value, folder.path(), &lookup, Shape::of(&schema));
        let resolved = resolve(value).unwrap();
        assert_eq!(resolved.value, json!({ "a": "secret", "b": ["db"] }));
        assert_eq!(resolved.files, [folder.path().join("token")]);
        let errors = resolve(json!({ "a": { "b": { "$file": "gone" } } })).unwrap_err();
        assert_eq!(errors[0].path, "a.b");
    }

    #[test]
    fn what_is_put_in_is_what_the_schema_wants() {
        let schema = json!({ "properties": {
            "port": { "type": "integer" },
            "share": { "anyOf": [{ "type": "number" }, { "type": "null" }] },
            "flags": { "type": "array", "items": { "type": "boolean" } },
            "name": { "type": "string" },
        } });
        let value = json!({
            "port": "${PORT}", "share": { "$env": "SHARE" }, "flags": ["${YES}", "${YES:-false}", "true"],
            "name": "${PORT}", "other": "${PORT}",
        });
        let lookup = |name: &str| {
            let known = [("PORT", "7007"), ("SHARE", "0.5"), ("YES", "true")];
            known.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let resolved = resolve(value, Path::new("."), &lookup, Shape::of(&schema)).unwrap().value;
        let expected = json!({
            "port": 7007, "share": 0.5, "flags": [true, true, "true"], "name": "7007", "other": "7007",
        });
        assert_eq!(resolved, expected);
        let wrong =
            resolve(json!({ "port": "${PORT}x" }), Path::new("."), &lookup, Shape::of(&schema)).unwrap();
        assert_eq!(wrong.value, json!({ "port": "7007x" }), "what is wrong with it is told by who reads it");
    }
}
