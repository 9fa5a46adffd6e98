use std::{collections::BTreeMap, sync::Arc};

use callboard_kit::{ConditionRule, EntityFilter, EntityRef, OwnerRef, nearest};
use jsonschema::Validator;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::condition::ConditionFault;

/// The resource type of roles and what they grant.
pub(crate) const POLICY: &str = "policy-entity";

/// The rules for roles.
pub(crate) const RULES: &[ConditionRule] = &[ConditionRule {
    name: "IS_OWNER",
    description: "Roles owned by one of these users and groups.",
    resource_type: POLICY,
    params: || {
        let description = "References of users and groups. `$currentUser` stands for who asks, `$ownerRefs` for \
                           them and every group they belong to.";
        json!({
            "type": "object",
            "properties": {
                "owners": { "type": "array", "items": { "type": "string", "minLength": 1 }, "description": description },
            },
            "required": ["owners"],
            "additionalProperties": false,
        })
    },
    compile: |params| {
        #[derive(Deserialize)]
        struct Params {
            owners: Vec<String>,
        }
        let Params { owners } = Params::deserialize(params).map_err(|error| error.to_string())?;
        let owner =
            |text: &String| text.parse::<EntityRef>().map(OwnerRef).map_err(|error| format!("owner {error}"));
        let owners = owners.iter().map(owner).collect::<Result<_, _>>()?;
        Ok(EntityFilter { owner: Some(owners), ..EntityFilter::default() })
    },
}];

/// The rules of all plugins, by resource type and name.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleSet(Arc<BTreeMap<&'static str, BTreeMap<&'static str, Entry>>>);

#[derive(Debug)]
struct Entry {
    rule: ConditionRule,
    validator: Option<Validator>,
}

impl RuleSet {
    pub fn new(rules: &[ConditionRule]) -> Self {
        let mut types: BTreeMap<&'static str, BTreeMap<&'static str, Entry>> = BTreeMap::new();
        for rule in rules {
            let validator = jsonschema::validator_for(&(rule.params)())
                .inspect_err(
                    |error| tracing::error!(rule = rule.name, %error, "the schema of a rule is not valid"),
                )
                .ok();
            types.entry(rule.resource_type).or_default().insert(rule.name, Entry { rule: *rule, validator });
        }
        Self(Arc::new(types))
    }

    pub fn iter(&self) -> impl Iterator<Item = &ConditionRule> {
        self.0.values().flat_map(BTreeMap::values).map(|entry| &entry.rule)
    }

    /// The types of resources that there are rules for.
    pub fn resource_types(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    pub fn knows(&self, resource_type: &str, name: &str) -> bool {
        self.find(resource_type, name).is_ok()
    }

    fn find(&self, resource_type: &str, name: &str) -> Result<&Entry, ConditionFault> {
        self.0.get(resource_type).and_then(|rules| rules.get(name)).ok_or_else(|| {
            let names: Vec<&str> = self
                .iter()
                .filter(|rule| rule.resource_type == resource_type)
                .map(|rule| rule.name)
                .collect();
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => "it has none".to_owned(),
                None => format!("there are `{}`", names.join("`, `")),
            };
            ConditionFault::new("rule", format!("there is no rule `{name}` for `{resource_type}`, {hint}"))
        })
    }

    /// Whether the parameters fit the rule's schema.
    pub fn check(&self, resource_type: &str, name: &str, params: &Value) -> Result<(), ConditionFault> {
        let entry = self.find(resource_type, name)?;
        let Some(validator) = &entry.validator else { return Ok(()) };
        validator.validate(params).map_err(|error| {
            let place = error.instance_path().to_string().replace('/', ".");
            ConditionFault::new(format!("params{place}"), format!("rule `{name}`: {error}"))
        })
    }

    pub fn compile(
        &self,
        resource_type: &str,
        name: &str,
        params: &Value,
    ) -> Result<EntityFilter, ConditionFault> {
        let entry = self.find(resource_type, name)?;
        (entry.rule.compile)(params)
            .map_err(|message| ConditionFault::new("params", format!("rule `{name}`: {message}")))
    }
}
