use serde_json::{Map, Value};

use crate::{Fault, FieldPath, Rule, format::shown};

/// A field of a mapping.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) shape: Shape,
    /// What to write here, to follow the fault.
    pub(crate) hint: &'static str,
}

/// What a value looks like.
pub(crate) enum Shape {
    /// Any text.
    Text,
    /// A text with something in it.
    Filled,
    /// A text with something in it, up to a number of characters.
    FilledUpTo(usize),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    TextOrBoolean,
    /// A text with something in it, or a list of them.
    FilledOrList,
    /// A list, each item of a shape.
    List(&'static Shape),
    /// The same with at least one item.
    FilledList(&'static Shape),
    /// A mapping with these fields, among others.
    Mapping(&'static [Field]),
    /// A mapping with these fields; every other value is a text.
    MappingOfText(&'static [Field]),
    /// One such mapping, or a list of them.
    MappingOrList(&'static [Field]),
}

impl Field {
    pub(crate) const fn required(name: &'static str, shape: Shape, hint: &'static str) -> Self {
        Self { name, is_required: true, shape, hint }
    }

    pub(crate) const fn optional(name: &'static str, shape: Shape, hint: &'static str) -> Self {
        Self { name, is_required: false, shape, hint }
    }
}

/// Says what of `value` does not have the shape.
pub(crate) fn check(value: &Value, shape: &Shape, hint: &str, path: &FieldPath, faults: &mut Vec<Fault>) {
    match (shape, value) {
        (Shape::Filled | Shape::FilledUpTo(_) | Shape::FilledOrList, Value::String(text))
            if text.is_empty() =>
        {
            faults.push(fault(path, Rule::Empty, "must not be empty", hint));
        }
        (Shape::FilledUpTo(limit), Value::String(text)) if text.chars().count() > *limit => {
            let expected = format!("must have at most {limit} characters, found {}", text.chars().count());
            faults.push(fault(path, Rule::Format, &expected, hint));
        }
        (
            Shape::Text | Shape::TextOrBoolean | Shape::Filled | Shape::FilledUpTo(_) | Shape::FilledOrList,
            Value::String(_),
        )
        | (Shape::TextOrBoolean, Value::Bool(_)) => {}
        (Shape::FilledOrList, Value::Array(_)) => {
            check(value, &Shape::List(&Shape::Filled), hint, path, faults);
        }
        (Shape::OneOf(allowed), Value::String(text)) => {
            if !allowed.contains(&text.as_str()) {
                let expected = format!("must be one of `{}`, found {}", allowed.join("`, `"), shown(text));
                faults.push(fault(path, Rule::OneOf, &expected, hint));
            }
        }
        (Shape::FilledList(_), Value::Array(items)) if items.is_empty() => {
            faults.push(fault(path, Rule::Empty, "must have at least one item", hint));
        }
        (Shape::List(item_shape) | Shape::FilledList(item_shape), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                check(item, item_shape, hint, &path.index(index), faults);
            }
        }
        (Shape::MappingOrList(fields), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let path = path.index(index);
                match item {
                    Value::Object(entries) => check_fields(entries, fields, &path, faults),
                    other => faults.push(wrong_type(&path, "a mapping", other, hint)),
                }
            }
        }
        (Shape::Mapping(fields) | Shape::MappingOrList(fields), Value::Object(entries)) => {
            check_fields(entries, fields, path, faults);
        }
        (Shape::MappingOfText(fields), Value::Object(entries)) => {
            check_fields(entries, fields, path, faults);
            let others = entries.iter().filter(|(key, _)| !fields.iter().any(|field| field.name == **key));
            for (key, value) in others.filter(|(_, value)| !value.is_string()) {
                faults.push(wrong_type(&path.key(key), "text", value, hint));
            }
        }
        (shape, other) => faults.push(wrong_type(path, shape.noun(), other, hint)),
    }
}

/// Says what of the mapping's fields is missing or wrong.
pub(crate) fn check_fields(
    entries: &Map<String, Value>,
    fields: &[Field],
    path: &FieldPath,
    faults: &mut Vec<Fault>,
) {
    for field in fields {
        match entries.get(field.name) {
            Some(value) => check(value, &field.shape, field.hint, &path.key(field.name), faults),
            None if field.is_required => faults.push(missing(entries, fields, field, path)),
            None => {}
        }
    }
}

fn missing(entries: &Map<String, Value>, fields: &[Field], field: &Field, path: &FieldPath) -> Fault {
    let unknown =
        entries.keys().map(String::as_str).filter(|key| fields.iter().all(|known| known.name != *key));
    let path = path.key(field.name);
    let message = match callboard_kit::nearest(field.name, unknown) {
        Some(written) => format!("`{path}` is missing, is it what {} was meant to be?", shown(written)),
        None => format!("`{path}` is missing, {}", field.hint),
    };
    Fault::new(path, Rule::Required, message)
}

fn fault(path: &FieldPath, rule: Rule, expected: &str, hint: &str) -> Fault {
    let hint = if hint.is_empty() { String::new() } else { format!("; {hint}") };
    Fault::new(path.clone(), rule, format!("`{path}` {expected}{hint}"))
}

/// The fault of a value of another type than `expected`.
pub(crate) fn wrong_type(path: &FieldPath, expected: &str, found: &Value, hint: &str) -> Fault {
    let found = match found {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) | Value::Number(_) if expected.contains("text") => {
            let quoted = format!("must be {expected}, found {found}, put it in quotes");
            return fault(path, Rule::Type, &quoted, "");
        }
        Value::Bool(_) | Value::Number(_) => shown(&found.to_string()),
        Value::String(text) => shown(text),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(entries) => match entries.keys().next().filter(|key| key.starts_with('$')) {
            Some(key) => format!("a mapping with the key {}, which is no known placeholder", shown(key)),
            None => "a mapping".to_owned(),
        },
    };
    fault(path, Rule::Type, &format!("must be {expected}, found {found}"), hint)
}

impl Shape {
    const fn noun(&self) -> &'static str {
        match self {
            Self::Text | Self::Filled | Self::FilledUpTo(_) | Self::OneOf(_) => "text",
            Self::TextOrBoolean => "text, true or false",
            Self::FilledOrList => "text or a list of texts",
            Self::List(_) | Self::FilledList(_) => "a list",
            Self::Mapping(_) | Self::MappingOfText(_) => "a mapping",
            Self::MappingOrList(_) => "a mapping or a list of mappings",
        }
    }
}
