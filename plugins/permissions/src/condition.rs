use callboard_kit::{EntityFilter, EntityRef, FieldFilter, MAX_FILTER_VALUE, OwnerRef, Viewer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// For which entities a grant holds: one rule, or rules under `allOf`, `anyOf` and `not`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Condition {
    /// `IS_ENTITY_OWNER`, `IS_ENTITY_KIND`, `HAS_ANNOTATION`, `HAS_LABEL`, `HAS_METADATA` or `HAS_SPEC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The rule's parameters, e.g. `{ claims: ["$ownerRefs"] }`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub params: Option<Value>,
    /// All of these hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_of: Option<Vec<Condition>>,
    /// At least one of these holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_of: Option<Vec<Condition>>,
    /// This does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<Condition>>,
}

#[derive(Deserialize)]
#[serde(tag = "rule", content = "params", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
enum Rule {
    IsEntityOwner { claims: Vec<String> },
    IsEntityKind { kinds: Vec<String> },
    HasAnnotation { annotation: String, value: Option<String> },
    HasLabel { label: String, value: Option<String> },
    HasMetadata { key: String, value: Option<String> },
    HasSpec { key: String, value: Option<String> },
}

impl Condition {
    /// Whether it can be evaluated; the error says what to write.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.compile(&Viewer::anonymous()).map(drop)
    }

    /// The entities it means for this viewer.
    pub(crate) fn compile(&self, viewer: &Viewer) -> Result<EntityFilter, String> {
        let compile_all = |conditions: &[Self]| {
            if conditions.is_empty() {
                return Err("`allOf` and `anyOf` need at least one condition".to_owned());
            }
            conditions.iter().map(|condition| condition.compile(viewer)).collect::<Result<Vec<_>, _>>()
        };
        match (&self.rule, &self.all_of, &self.any_of, &self.not) {
            (Some(rule), None, None, None) => self.rule(rule, viewer),
            (None, Some(all), None, None) => {
                Ok(EntityFilter { all_of: Some(compile_all(all)?), ..EntityFilter::default() })
            }
            (None, None, Some(any), None) => {
                Ok(EntityFilter { any_of: Some(compile_all(any)?), ..EntityFilter::default() })
            }
            (None, None, None, Some(not)) => {
                Ok(EntityFilter { not: Some(Box::new(not.compile(viewer)?)), ..EntityFilter::default() })
            }
            _ => Err("give exactly one of `rule`, `allOf`, `anyOf` and `not`".to_owned()),
        }
    }

    fn rule(&self, name: &str, viewer: &Viewer) -> Result<EntityFilter, String> {
        let params = self.params.clone().unwrap_or_default();
        let rule: Rule = serde_json::from_value(serde_json::json!({ "rule": name, "params": params }))
            .map_err(|error| format!("rule `{name}`: {error}"))?;
        let filter = EntityFilter::new();
        Ok(match rule {
            Rule::IsEntityOwner { claims } => {
                EntityFilter { owner: Some(owners(&claims, viewer)?), ..filter }
            }
            Rule::IsEntityKind { kinds } => EntityFilter { kind: Some(kinds), ..filter },
            Rule::HasAnnotation { annotation, value } => {
                field(format!("metadata.annotations.{annotation}"), value)?
            }
            Rule::HasLabel { label, value } => field(format!("metadata.labels.{label}"), value)?,
            Rule::HasMetadata { key, value } => field(format!("metadata.{key}"), value)?,
            Rule::HasSpec { key, value } => field(format!("spec.{key}"), value)?,
        })
    }
}

fn field(field: String, value: Option<String>) -> Result<EntityFilter, String> {
    if value.as_ref().is_some_and(|value| value.len() > MAX_FILTER_VALUE) {
        return Err(format!(
            "the value for `{field}` is longer than {MAX_FILTER_VALUE} bytes, which cannot be compared"
        ));
    }
    let exists = value.is_none().then_some(true);
    let filter = FieldFilter { field, values: value.map(|value| vec![value]), exists };
    Ok(EntityFilter { fields: Some(vec![filter]), ..EntityFilter::default() })
}

fn owners(claims: &[String], viewer: &Viewer) -> Result<Vec<OwnerRef>, String> {
    let mut owners: Vec<EntityRef> = Vec::new();
    for claim in claims {
        match claim.as_str() {
            "$ownerRefs" => owners.extend(viewer.ownership_refs().iter().cloned()),
            "$currentUser" => owners.extend(viewer.reference().cloned()),
            text => owners.push(text.parse().map_err(|error| format!("claim {error}"))?),
        }
    }
    Ok(owners.into_iter().map(OwnerRef).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compile(condition: Value) -> Result<EntityFilter, String> {
        let viewer =
            Viewer::user("user:default/ada".parse().unwrap(), ["group:default/crew".parse().unwrap()]);
        serde_json::from_value::<Condition>(condition).unwrap().compile(&viewer)
    }

    #[test]
    fn a_value_that_cannot_be_compared_is_refused() {
        let params = json!({ "annotation": "acme.io/seal", "value": "x".repeat(201) });
        let refused = compile(json!({ "rule": "HAS_ANNOTATION", "params": params })).unwrap_err();
        assert!(refused.contains("longer than 200 bytes"), "{refused}");
    }

    #[test]
    fn the_aliases_stand_for_the_viewer() {
        let filter =
            compile(json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } })).unwrap();
        let owners: Vec<String> = filter.owner.unwrap().iter().map(|owner| owner.0.to_string()).collect();
        assert_eq!(owners, ["user:default/ada", "group:default/crew"]);
        let filter =
            compile(json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$currentUser"] } })).unwrap();
        assert_eq!(filter.owner.unwrap().len(), 1);
    }

    #[test]
    fn a_rule_that_is_not_known_is_refused() {
        assert!(compile(json!({ "rule": "IS_BLUE" })).unwrap_err().contains("IS_BLUE"));
        assert!(compile(json!({ "rule": "IS_ENTITY_KIND", "params": { "kind": "API" } })).is_err());
        assert!(compile(json!({ "anyOf": [] })).is_err());
        assert!(
            compile(json!({ "rule": "IS_ENTITY_KIND", "params": { "kinds": ["API"] }, "not": {} })).is_err()
        );
        assert!(compile(json!({})).is_err());
    }
}
