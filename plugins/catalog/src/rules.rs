//! The rules that conditions on entities are made of.

use callboard_kit::{ConditionRule, EntityFilter, EntityRef, FieldFilter, MAX_FILTER_VALUE, OwnerRef};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::permissions::ENTITY_RESOURCE;

/// The rules of the catalog.
pub const RULES: &[ConditionRule] = &[
    rule("IS_ENTITY_OWNER", "Entities owned by one of these users and groups.", claims, owned),
    rule("IS_ENTITY_KIND", "Entities of one of these kinds.", kinds, of_kinds),
    rule(
        "HAS_ANNOTATION",
        "Entities with this annotation, of this value where one is given.",
        annotation,
        annotated,
    ),
    rule("HAS_LABEL", "Entities with this label, of this value where one is given.", label, labelled),
    rule(
        "HAS_METADATA",
        "Entities with this field of `metadata`, of this value where one is given.",
        key,
        with_metadata,
    ),
    rule("HAS_SPEC", "Entities with this field of `spec`, of this value where one is given.", key, with_spec),
];

type Compile = fn(&Value) -> Result<EntityFilter, String>;

const fn rule(
    name: &'static str,
    description: &'static str,
    params: fn() -> Value,
    compile: Compile,
) -> ConditionRule {
    ConditionRule { name, description, resource_type: ENTITY_RESOURCE, params, compile }
}

fn claims() -> Value {
    let description = "References of users and groups. `$currentUser` stands for who asks, `$ownerRefs` for \
                       them and every group they belong to.";
    list_of("claims", description)
}

fn kinds() -> Value {
    list_of("kinds", "Kinds, e.g. `Component`; case does not matter.")
}

fn list_of(name: &str, description: &str) -> Value {
    let list =
        json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "description": description });
    json!({
        "type": "object", "properties": { name: list }, "required": [name], "additionalProperties": false,
    })
}

fn annotation() -> Value {
    key_and_value("annotation", "The annotation's key, e.g. `backstage.io/techdocs-ref`.")
}

fn label() -> Value {
    key_and_value("label", "The label's key, e.g. `tier`.")
}

fn key() -> Value {
    key_and_value("key", "A dotted path below it, e.g. `lifecycle` or `profile.email`.")
}

fn key_and_value(name: &str, description: &str) -> Value {
    let key = json!({ "type": "string", "minLength": 1, "description": description });
    let told = "The value, or an item where it is a list; case does not matter. Left out: any value.";
    let value = json!({ "type": "string", "maxLength": MAX_FILTER_VALUE, "description": told });
    json!({
        "type": "object",
        "properties": { name: key, "value": value },
        "required": [name],
        "additionalProperties": false,
    })
}

#[derive(Deserialize)]
struct KeyAndValue {
    #[serde(alias = "annotation", alias = "label")]
    key: String,
    value: Option<String>,
}

fn owned(params: &Value) -> Result<EntityFilter, String> {
    #[derive(Deserialize)]
    struct Params {
        claims: Vec<String>,
    }
    let Params { claims } = read(params)?;
    let owner =
        |claim: &String| claim.parse::<EntityRef>().map(OwnerRef).map_err(|error| format!("claim {error}"));
    let owners = claims.iter().map(owner).collect::<Result<_, _>>()?;
    Ok(EntityFilter { owner: Some(owners), ..EntityFilter::default() })
}

fn of_kinds(params: &Value) -> Result<EntityFilter, String> {
    #[derive(Deserialize)]
    struct Params {
        kinds: Vec<String>,
    }
    let Params { kinds } = read(params)?;
    Ok(EntityFilter { kind: Some(kinds), ..EntityFilter::default() })
}

fn annotated(params: &Value) -> Result<EntityFilter, String> {
    field("metadata.annotations", params)
}

fn labelled(params: &Value) -> Result<EntityFilter, String> {
    field("metadata.labels", params)
}

fn with_metadata(params: &Value) -> Result<EntityFilter, String> {
    field("metadata", params)
}

fn with_spec(params: &Value) -> Result<EntityFilter, String> {
    field("spec", params)
}

fn field(parent: &str, params: &Value) -> Result<EntityFilter, String> {
    let KeyAndValue { key, value } = read(params)?;
    let field = format!("{parent}.{key}");
    if value.as_ref().is_some_and(|value| value.len() > MAX_FILTER_VALUE) {
        let told = format!(
            "the value for `{field}` is longer than {MAX_FILTER_VALUE} bytes, which cannot be compared"
        );
        return Err(told);
    }
    let exists = value.is_none().then_some(true);
    let filter = FieldFilter { field, values: value.map(|value| vec![value]), exists };
    Ok(EntityFilter { fields: Some(vec![filter]), ..EntityFilter::default() })
}

fn read<T: serde::de::DeserializeOwned>(params: &Value) -> Result<T, String> {
    T::deserialize(params).map_err(|error| error.to_string())
}
