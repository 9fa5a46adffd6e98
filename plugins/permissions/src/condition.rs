use callboard_kit::{EntityFilter, Viewer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rules::RuleSet;

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 16;
/// The most nodes of one condition.
const MAX_NODES: usize = 256;

/// For which resources a grant holds: one rule, or conditions under `allOf`, `anyOf` and `not`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Condition {
    /// The name of a rule, e.g. `IS_ENTITY_OWNER`. The rules are listed in the graph, `conditionRules`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The resource type that the rule is for, e.g. `catalog-entity`; may be left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// The rule's parameters, e.g. `{ claims: ["$ownerRefs"] }`. `$currentUser` stands for who asks, `$ownerRefs` in a
    /// list for them and every group they belong to.
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

/// What a condition is: the one of its members that is given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape<'a> {
    Rule(&'a str),
    AllOf(&'a [Condition]),
    AnyOf(&'a [Condition]),
    Not(&'a Condition),
}

/// What is wrong with a condition, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConditionFault {
    /// Dotted, e.g. `anyOf.0.params`; empty for the whole.
    pub path: String,
    pub message: String,
}

impl ConditionFault {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }

    fn below(self, step: &str) -> Self {
        let path = if self.path.is_empty() { step.to_owned() } else { format!("{step}.{}", self.path) };
        Self { path, ..self }
    }
}

impl std::fmt::Display for ConditionFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.path.is_empty() {
            formatter.write_str(&self.message)
        } else {
            write!(formatter, "`{}`: {}", self.path, self.message)
        }
    }
}

impl Condition {
    /// Reads one that came as JSON; unknown keys are faults.
    pub(crate) fn read(value: &Value) -> Result<Self, ConditionFault> {
        Self::read_at(value, 0, &mut 0)
    }

    fn read_at(value: &Value, depth: usize, nodes: &mut usize) -> Result<Self, ConditionFault> {
        const KEYS: [&str; 6] = ["rule", "resourceType", "params", "allOf", "anyOf", "not"];
        *nodes += 1;
        if depth > MAX_DEPTH || *nodes > MAX_NODES {
            let told = format!("conditions nest {MAX_DEPTH} deep and have {MAX_NODES} parts at most");
            return Err(ConditionFault::new("", told));
        }
        let Value::Object(members) = value else {
            return Err(ConditionFault::new(
                "",
                "a condition is an object with `rule`, `allOf`, `anyOf` or `not`",
            ));
        };
        if let Some(unknown) = members.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let hint = callboard_kit::nearest(unknown, KEYS).map_or_else(
                || format!("there are `{}`", KEYS.join("`, `")),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(ConditionFault::new("", format!("there is no `{unknown}` in a condition, {hint}")));
        }
        let text = |key: &str| match members.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(ConditionFault::new(key, "must be a string")),
        };
        let mut list = |key: &str| match members.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(items)) => {
                let mut read = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let condition = Self::read_at(item, depth + 1, nodes)
                        .map_err(|fault| fault.below(&index.to_string()).below(key))?;
                    read.push(condition);
                }
                Ok(Some(read))
            }
            Some(_) => Err(ConditionFault::new(key, "must be a list of conditions")),
        };
        let (all_of, any_of) = (list("allOf")?, list("anyOf")?);
        let not = match members.get("not") {
            None | Some(Value::Null) => None,
            Some(value) => {
                let condition = Self::read_at(value, depth + 1, nodes).map_err(|fault| fault.below("not"))?;
                Some(Box::new(condition))
            }
        };
        let condition = Self {
            rule: text("rule")?,
            resource_type: text("resourceType")?,
            params: members.get("params").filter(|params| !params.is_null()).cloned(),
            all_of,
            any_of,
            not,
        };
        condition.shape()?;
        Ok(condition)
    }

    /// What it is.
    pub(crate) fn shape(&self) -> Result<Shape<'_>, ConditionFault> {
        let shape = match (&self.rule, &self.all_of, &self.any_of, &self.not) {
            (Some(rule), None, None, None) => Shape::Rule(rule),
            (None, Some(all), None, None) => Shape::AllOf(all),
            (None, None, Some(any), None) => Shape::AnyOf(any),
            (None, None, None, Some(not)) => Shape::Not(not),
            _ => {
                return Err(ConditionFault::new(
                    "",
                    "give exactly one of `rule`, `allOf`, `anyOf` and `not`",
                ));
            }
        };
        if let Shape::AllOf([]) | Shape::AnyOf([]) = shape {
            return Err(ConditionFault::new("", "`allOf` and `anyOf` need at least one condition"));
        }
        if !matches!(shape, Shape::Rule(_)) && self.params.is_some() {
            return Err(ConditionFault::new("params", "belong to a `rule`"));
        }
        Ok(shape)
    }

    /// The resources of one type that it selects for this viewer.
    pub(crate) fn compile(
        &self,
        rules: &RuleSet,
        resource_type: &str,
        viewer: &Viewer,
    ) -> Result<EntityFilter, ConditionFault> {
        let all = |conditions: &[Self], key: &str| {
            let compiled = conditions.iter().enumerate().map(|(index, condition)| {
                let compiled = condition.compile(rules, resource_type, viewer);
                compiled.map_err(|fault| fault.below(&index.to_string()).below(key))
            });
            compiled.collect::<Result<Vec<_>, _>>()
        };
        let none = EntityFilter::default;
        Ok(match self.shape()? {
            Shape::Rule(name) => {
                if let Some(named) = self.resource_type.as_deref().filter(|named| *named != resource_type) {
                    let told = format!("`{named}` is not what the permission is about, `{resource_type}`");
                    return Err(ConditionFault::new("resourceType", told));
                }
                rules.compile(resource_type, name, &self.resolved_params(viewer))?
            }
            Shape::AllOf(conditions) => EntityFilter { all_of: Some(all(conditions, "allOf")?), ..none() },
            Shape::AnyOf(conditions) => EntityFilter { any_of: Some(all(conditions, "anyOf")?), ..none() },
            Shape::Not(condition) => {
                let compiled = condition.compile(rules, resource_type, viewer);
                EntityFilter { not: Some(Box::new(compiled.map_err(|fault| fault.below("not"))?)), ..none() }
            }
        })
    }

    /// What is wrong with it for resources of this type, parameters included.
    pub(crate) fn check(&self, rules: &RuleSet, resource_type: &str) -> Result<(), ConditionFault> {
        match self.shape()? {
            Shape::Rule(name) => {
                let params = self.resolved_params(&sample());
                rules.check(resource_type, name, &params)?;
                self.compile(rules, resource_type, &sample()).map(drop)
            }
            Shape::AllOf(conditions) | Shape::AnyOf(conditions) => {
                let key = if self.all_of.is_some() { "allOf" } else { "anyOf" };
                for (index, condition) in conditions.iter().enumerate() {
                    let checked = condition.check(rules, resource_type);
                    checked.map_err(|fault| fault.below(&index.to_string()).below(key))?;
                }
                Ok(())
            }
            Shape::Not(condition) => {
                condition.check(rules, resource_type).map_err(|fault| fault.below("not"))
            }
        }
    }

    /// Whether every rule in it is one for resources of this type.
    pub(crate) fn fits(&self, rules: &RuleSet, resource_type: &str) -> bool {
        match self.shape() {
            Ok(Shape::Rule(name)) => {
                self.resource_type.as_deref().is_none_or(|named| named == resource_type)
                    && rules.knows(resource_type, name)
            }
            Ok(Shape::AllOf(conditions) | Shape::AnyOf(conditions)) => {
                conditions.iter().all(|condition| condition.fits(rules, resource_type))
            }
            Ok(Shape::Not(condition)) => condition.fits(rules, resource_type),
            Err(_) => false,
        }
    }

    /// How many conditions it is made of, itself included.
    pub(crate) fn parts(&self) -> usize {
        let below = self.all_of.iter().chain(&self.any_of).flatten().chain(self.not.as_deref());
        1 + below.map(Self::parts).sum::<usize>()
    }

    /// The same with the resource type written at every rule, as Backstage wants it.
    pub(crate) fn typed(&self, resource_type: &str) -> Self {
        let all = |conditions: &Option<Vec<Self>>| {
            conditions
                .as_ref()
                .map(|conditions| conditions.iter().map(|part| part.typed(resource_type)).collect())
        };
        Self {
            rule: self.rule.clone(),
            resource_type: self.rule.as_ref().map(|_| resource_type.to_owned()),
            params: self.params.clone(),
            all_of: all(&self.all_of),
            any_of: all(&self.any_of),
            not: self.not.as_ref().map(|part| Box::new(part.typed(resource_type))),
        }
    }

    /// The parameters with the aliases replaced by whom they stand for.
    pub(crate) fn resolved_params(&self, viewer: &Viewer) -> Value {
        self.params
            .as_ref()
            .map_or_else(|| Value::Object(serde_json::Map::new()), |params| resolve(params, viewer))
    }
}

/// Stands for anyone, where a condition is checked and nobody asks.
fn sample() -> Viewer {
    static SOMEONE: std::sync::LazyLock<Option<callboard_kit::EntityRef>> =
        std::sync::LazyLock::new(|| "user:default/someone".parse().ok());
    SOMEONE.clone().map_or_else(Viewer::anonymous, |someone| Viewer::user(someone, []))
}

fn resolve(value: &Value, viewer: &Viewer) -> Value {
    let current = || viewer.reference().map(|reference| Value::from(reference.as_str()));
    match value {
        Value::String(text) if text == "$currentUser" => current().unwrap_or_default(),
        Value::Array(items) => {
            let mut resolved = Vec::with_capacity(items.len());
            for item in items {
                match item.as_str() {
                    Some("$ownerRefs") => {
                        resolved
                            .extend(viewer.ownership_refs().iter().map(|owner| Value::from(owner.as_str())));
                    }
                    Some("$currentUser") => resolved.extend(current()),
                    _ => resolved.push(resolve(item, viewer)),
                }
            }
            Value::Array(resolved)
        }
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.clone(), resolve(member, viewer))).collect()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(condition: &Value) -> String {
        Condition::read(condition).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_condition_is_refused_with_its_place() {
        let rule = json!({ "rule": "IS_BLUE" });
        assert!(message(&json!("IS_BLUE")).contains("is an object"));
        assert!(message(&json!({})).contains("exactly one"));
        assert!(message(&json!({ "rule": "A", "not": rule })).contains("exactly one"));
        assert!(message(&json!({ "anyOf": [] })).contains("at least one"));
        assert!(message(&json!({ "anyOff": [rule] })).contains("did you mean `anyOf`?"));
        assert_eq!(
            message(&json!({ "allOf": [rule, { "not": { "anyOf": 1 } }] })),
            "`allOf.1.not.anyOf`: must be a list of conditions"
        );
        assert!(message(&json!({ "not": rule, "params": {} })).contains("belong to a `rule`"));
    }

    #[test]
    fn nesting_and_size_are_bounded() {
        let mut deep = json!({ "rule": "A" });
        for _ in 0..20 {
            deep = json!({ "not": deep });
        }
        assert!(message(&deep).contains("16 deep"));
        let wide = json!({ "anyOf": vec![json!({ "rule": "A" }); 300] });
        assert!(message(&wide).contains("256 parts"));
    }

    #[test]
    fn the_aliases_stand_for_the_viewer() {
        let viewer =
            Viewer::user("user:default/ada".parse().unwrap(), ["group:default/crew".parse().unwrap()]);
        let params = json!({ "claims": ["$ownerRefs", "group:default/x"], "one": "$currentUser" });
        let condition = Condition { rule: Some("A".into()), params: Some(params), ..Condition::default() };
        assert_eq!(
            condition.resolved_params(&viewer),
            json!({
                "claims": ["user:default/ada", "group:default/crew", "group:default/x"],
                "one": "user:default/ada",
            })
        );
    }
}
