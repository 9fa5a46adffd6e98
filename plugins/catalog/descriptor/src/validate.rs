use serde_json::{Map, Value};

use crate::{
    Fault, FieldPath, Rule,
    format::{Format, shown},
    kinds::{self, Field, KINDS, Kind, Shape},
};

/// The kinds that have a validator, as they are written.
pub const KNOWN_KINDS: &[&str] = &[
    "Component",
    "API",
    "Resource",
    "System",
    "Domain",
    "Group",
    "User",
    "Location",
    "Template",
    "AiResource",
];

const ROOT_FIELDS: &[&str] = &["apiVersion", "kind", "metadata", "spec"];

/// How strict validation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ValidateOptions {
    /// Accepts kinds that have no validator, by their envelope alone (`catalog.allowUnknownKinds`).
    pub allow_unknown_kinds: bool,
}

/// Everything that is wrong with an entity, by the reference's rules; placeholders must be resolved.
pub fn validate(entity: &Value, options: &ValidateOptions) -> Vec<Fault> {
    let Value::Object(entries) = entity else {
        let message = "a document must be a mapping with `apiVersion`, `kind`, `metadata` and `spec`";
        return vec![Fault::new(FieldPath::root(), Rule::RootObject, message)];
    };
    let mut faults = Vec::new();
    foreign_fields(entries, &mut faults);
    kinds::check_fields(entries, ENVELOPE, &FieldPath::root(), &mut faults);
    formats(entries, &mut faults);
    if !faults.iter().any(|fault| is_identity(&fault.path)) {
        kind(entity, entries, *options, &mut faults);
    }
    faults
}

fn is_identity(path: &FieldPath) -> bool {
    *path == FieldPath::of(&["apiVersion"]) || *path == FieldPath::of(&["kind"])
}

const ENVELOPE: &[Field] = &[
    Field::required("apiVersion", Shape::Filled, "write `apiVersion: backstage.io/v1alpha1`"),
    Field::required("kind", Shape::Filled, "write what it is, such as `kind: Component`"),
    Field::required(
        "metadata",
        Shape::Mapping(METADATA),
        "write `metadata:` with at least a `name` below it",
    ),
    Field::optional("spec", Shape::Mapping(&[]), "write fields below it, or leave the key out"),
];

const METADATA: &[Field] = &[
    Field::required("name", Shape::Filled, "give it a name that is unique among its kind"),
    Field::optional("namespace", Shape::Filled, "leave the key out for the namespace `default`"),
    Field::optional("uid", Shape::Filled, "leave the key out, the catalog writes it"),
    Field::optional("etag", Shape::Filled, "leave the key out, the catalog writes it"),
    Field::optional("title", Shape::Filled, "write what people read, or leave the key out"),
    Field::optional("description", Shape::Text, "write a sentence, or leave the key out"),
    Field::optional(
        "labels",
        Shape::MappingOfText(&[]),
        "write `key: value` lines below it, or leave the key out",
    ),
    Field::optional(
        "annotations",
        Shape::MappingOfText(&[]),
        "write `key: value` lines below it, or leave the key out",
    ),
    Field::optional("tags", Shape::List(&Shape::Filled), "write a list of words, or leave the key out"),
    Field::optional("links", Shape::List(&Shape::Mapping(LINK)), "write a list of links, each with a `url`"),
];

const LINK: &[Field] = &[
    Field::required("url", Shape::Filled, "write where the link leads"),
    Field::optional("title", Shape::Filled, "write what people read, or leave the key out"),
    Field::optional("icon", Shape::Filled, "name an icon, or leave the key out"),
    Field::optional("type", Shape::Filled, "say what it leads to, or leave the key out"),
];

fn foreign_fields(entries: &Map<String, Value>, faults: &mut Vec<Fault>) {
    for key in entries.keys().filter(|key| !ROOT_FIELDS.contains(&key.as_str())) {
        let path = FieldPath::of(&[key.as_str()]);
        let hint = match (key.as_str(), callboard_kit::nearest(key, ROOT_FIELDS.iter().copied())) {
            ("relations" | "status", _) => "the catalog writes it, remove it".to_owned(),
            (_, Some(known)) => format!("did you mean `{known}`?"),
            _ => "fields of your own belong below `metadata` or `spec`".to_owned(),
        };
        let message = format!("{} is not a field of an entity; {hint}", shown(key));
        faults.push(Fault::new(path, Rule::UnknownField, message));
    }
}

fn formats(entries: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let root = FieldPath::root();
    text(entries, "apiVersion", Format::ApiVersion, &root, faults);
    text(entries, "kind", Format::Kind, &root, faults);
    let Some(Value::Object(metadata)) = entries.get("metadata") else { return };
    let path = FieldPath::of(&["metadata"]);
    text(metadata, "name", Format::Name, &path, faults);
    text(metadata, "namespace", Format::Namespace, &path, faults);
    pairs(metadata, "labels", Some(Format::LabelValue), &path, faults);
    pairs(metadata, "annotations", None, &path, faults);
    for (index, tag) in list(metadata, "tags") {
        if let Some(tag) = tag.as_str().filter(|tag| !tag.is_empty()) {
            require(tag, Format::Tag, &path.key("tags").index(index), faults);
        }
    }
    for (index, link) in list(metadata, "links") {
        let Some(link) = link.as_object() else { continue };
        let path = path.key("links").index(index);
        text(link, "url", Format::Url, &path, faults);
        text(link, "title", Format::NotBlank, &path, faults);
        text(link, "icon", Format::NotBlank, &path, faults);
    }
}

fn list<'a>(entries: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    entries.get(key).and_then(Value::as_array).into_iter().flatten().enumerate()
}

/// Checks the form of a text that is there; one that is missing or empty is a fault already.
fn text(entries: &Map<String, Value>, key: &str, format: Format, path: &FieldPath, faults: &mut Vec<Fault>) {
    if let Some(text) = entries.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()) {
        require(text, format, &path.key(key), faults);
    }
}

fn pairs(
    metadata: &Map<String, Value>,
    field: &str,
    values: Option<Format>,
    path: &FieldPath,
    faults: &mut Vec<Fault>,
) {
    let path = path.key(field);
    for (key, value) in metadata.get(field).and_then(Value::as_object).into_iter().flatten() {
        if !Format::Key.accepts(key) {
            let message =
                format!("a key of `{path}` must be {}, found {}", Format::Key.expectation(), shown(key));
            faults.push(Fault::new(path.key(key), Rule::Format, message));
        }
        if let (Some(format), Some(value)) = (values, value.as_str()) {
            require(value, format, &path.key(key), faults);
        }
    }
}

fn require(text: &str, format: Format, path: &FieldPath, faults: &mut Vec<Fault>) {
    if format.accepts(text) {
        return;
    }
    let hint = format.suggestion(text).map_or(String::new(), |better| format!("; try `{better}`"));
    let message = format!("`{path}` must be {}, found {}{hint}", format.expectation(), shown(text));
    faults.push(Fault::new(path.clone(), Rule::Format, message));
}

fn kind(entity: &Value, entries: &Map<String, Value>, options: ValidateOptions, faults: &mut Vec<Fault>) {
    let (Some(name), Some(version)) = (crate::kind_of(entity), crate::api_version_of(entity)) else { return };
    let Some(kind) = KINDS.iter().find(|kind| kind.name.eq_ignore_ascii_case(name)) else {
        if !options.allow_unknown_kinds {
            faults.push(unknown_kind(name));
        }
        return;
    };
    if kind.name != name {
        let message = format!("`kind` {} is written `{}`", shown(name), kind.name);
        faults.push(Fault::new(FieldPath::of(&["kind"]), Rule::UnknownKind, message));
        return;
    }
    if !kind.api_versions.contains(&version) {
        let known = kind.api_versions.join("` or `");
        let message = format!("no {name} has the `apiVersion` {}, write `{known}`", shown(version));
        faults.push(Fault::new(FieldPath::of(&["apiVersion"]), Rule::UnknownKind, message));
        return;
    }
    spec(entity, entries, kind, faults);
}

fn unknown_kind(name: &str) -> Fault {
    let hint = match callboard_kit::nearest(name, KNOWN_KINDS.iter().copied()) {
        Some(known) => {
            format!("did you mean `{known}`? Set `catalog.allowUnknownKinds: true` to accept any kind")
        }
        None => "set `catalog.allowUnknownKinds: true` to accept any kind".to_owned(),
    };
    let message = format!("nothing validates the kind {}; {hint}", shown(name));
    Fault::new(FieldPath::of(&["kind"]), Rule::UnknownKind, message)
}

fn spec(entity: &Value, entries: &Map<String, Value>, kind: &Kind, faults: &mut Vec<Fault>) {
    let path = FieldPath::of(&["spec"]);
    match entries.get("spec") {
        Some(Value::Object(spec)) => kinds::check_fields(spec, kind.fields_for(entity), &path, faults),
        // A spec that is no mapping is a fault of the envelope.
        Some(_) => {}
        None => {
            let fields = kind.fields_for(entity).iter().filter(|field| field.is_required);
            let fields: Vec<String> = fields.map(|field| format!("`{}`", field.name)).collect();
            let hint = match fields.as_slice() {
                [] => "write `spec: {}`".to_owned(),
                fields => format!("write it with {} below it", fields.join(", ")),
            };
            let message = format!("`spec` is missing, {hint}");
            faults.push(Fault::new(path, Rule::Required, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_kind_is_named_to_others() {
        assert!(KINDS.iter().map(|kind| kind.name).eq(KNOWN_KINDS.iter().copied()));
    }
}
