use std::{fmt, path::Path};

use globset::{GlobBuilder, GlobMatcher};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{kind_of, spec_of};

/// Which kinds may come from where, as in the config: an entry of `catalog.rules`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The kinds that are allowed.
    pub allow: Vec<AllowedKind>,
    /// Where they are allowed from; left out, from everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locations: Option<Vec<LocationPattern>>,
}

/// A kind, or a kind with one `spec.type`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AllowedKind {
    /// A kind, in any case.
    Kind(String),
    /// A kind with one `spec.type`, both in any case.
    Typed {
        /// The kind.
        kind: String,
        /// Its `spec.type`; left out, any.
        #[serde(default, rename = "spec.type", skip_serializing_if = "Option::is_none")]
        spec_type: Option<String>,
    },
}

/// The locations that a rule is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationPattern {
    /// The location's type, `file` or `url`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The location's target, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// A glob of targets, in any case, such as `https://github.com/org/**`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

/// A rule of the config that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// A location names its target in two ways.
    #[error("location `{0}` of a rule has both `exact` and `pattern`, keep one of them")]
    ExactAndPattern(String),
    /// A pattern is no glob.
    #[error("`{pattern}` is not a glob: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Decides which entities a location may bring in. An entity is judged by where its location began, not by the
/// Location that led to it.
#[derive(Clone)]
pub struct Rules {
    rules: Vec<Compiled>,
    /// Where the location has rules of its own, the rules for all, which still let Locations lead on.
    for_locations: Vec<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    /// Every kind, where there is none.
    allow: Option<Vec<AllowedKind>>,
    locations: Option<Vec<Matcher>>,
}

#[derive(Clone, Debug)]
struct Matcher {
    kind: String,
    target: TargetMatcher,
}

#[derive(Clone, Debug)]
enum TargetMatcher {
    Any,
    Exact(String),
    Pattern(GlobMatcher),
}

impl Default for Rules {
    fn default() -> Self {
        let allow = ["Component", "API", "Location"].map(|kind| AllowedKind::Kind(kind.to_owned())).to_vec();
        Self { rules: vec![Compiled { allow: Some(allow), locations: None }], for_locations: Vec::new() }
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Rules").field("rules", &self.rules).finish_non_exhaustive()
    }
}

impl Rules {
    /// The rules of `catalog.rules`: left out, Component, API and Location from everywhere; empty, nothing.
    ///
    /// `base` is what the exact targets of `file` locations are relative to.
    pub fn new(rules: Option<&[Rule]>, base: &Path) -> Result<Self, RulesError> {
        let Some(rules) = rules else { return Ok(Self::default()) };
        Ok(Self { rules: compile(rules, base)?, for_locations: Vec::new() })
    }

    /// All kinds from everywhere.
    pub fn allow_all() -> Self {
        Self { rules: vec![Compiled { allow: None, locations: None }], for_locations: Vec::new() }
    }

    /// The rules for a location of the config that has rules of its own, which take the place of those for all.
    ///
    /// A Location is still judged by the rules for all as well: the reference adds the two up, and its users list
    /// only what their Locations lead to.
    pub fn for_location(&self, own: Option<&[Rule]>, base: &Path) -> Result<Self, RulesError> {
        let Some(own) = own else { return Ok(self.clone()) };
        Ok(Self { rules: compile(own, base)?, for_locations: self.rules.clone() })
    }

    /// Whether an entity may come from a location with this type and target.
    pub fn allows(&self, entity: &Value, location_type: &str, target: &str) -> bool {
        let matches = |rule: &Compiled| rule.covers(location_type, target) && rule.names(entity);
        let is_location = kind_of(entity).is_some_and(|kind| kind.eq_ignore_ascii_case("Location"));
        self.rules.iter().any(matches) || (is_location && self.for_locations.iter().any(matches))
    }
}

impl Compiled {
    fn covers(&self, location_type: &str, target: &str) -> bool {
        self.locations.as_ref().is_none_or(|locations| {
            locations.iter().any(|location| {
                location.kind == location_type
                    && match &location.target {
                        TargetMatcher::Any => true,
                        TargetMatcher::Exact(exact) => exact == target,
                        TargetMatcher::Pattern(pattern) => pattern.is_match(target),
                    }
            })
        })
    }

    fn names(&self, entity: &Value) -> bool {
        let Some(allow) = &self.allow else { return true };
        let kind = kind_of(entity).unwrap_or_default();
        let spec_type = spec_of(entity).and_then(|spec| spec.get("type")).and_then(Value::as_str);
        allow.iter().any(|allowed| match allowed {
            AllowedKind::Kind(name) => name.eq_ignore_ascii_case(kind),
            AllowedKind::Typed { kind: name, spec_type: wanted } => {
                name.eq_ignore_ascii_case(kind)
                    && wanted.as_ref().is_none_or(|wanted| {
                        spec_type.is_some_and(|found| found.to_lowercase() == wanted.to_lowercase())
                    })
            }
        })
    }
}

fn compile(rules: &[Rule], base: &Path) -> Result<Vec<Compiled>, RulesError> {
    rules
        .iter()
        .map(|rule| {
            let locations = rule.locations.as_ref().map(|locations| {
                locations.iter().map(|location| matcher(location, base)).collect::<Result<Vec<_>, _>>()
            });
            Ok(Compiled { allow: Some(rule.allow.clone()), locations: locations.transpose()? })
        })
        .collect()
}

fn matcher(location: &LocationPattern, base: &Path) -> Result<Matcher, RulesError> {
    let target = match (&location.exact, &location.pattern) {
        (Some(exact), Some(_)) => return Err(RulesError::ExactAndPattern(exact.clone())),
        (None, None) => TargetMatcher::Any,
        (Some(exact), None) if location.kind == "file" => {
            TargetMatcher::Exact(crate::reader::normalise(&base.join(exact)).to_string_lossy().into_owned())
        }
        (Some(exact), None) => TargetMatcher::Exact(exact.clone()),
        (None, Some(pattern)) => {
            let glob = GlobBuilder::new(pattern).case_insensitive(true).literal_separator(true).build();
            let glob = glob.map_err(|error| RulesError::Pattern {
                pattern: pattern.clone(),
                reason: error.kind().to_string(),
            })?;
            TargetMatcher::Pattern(glob.compile_matcher())
        }
    };
    Ok(Matcher { kind: location.kind.clone(), target })
}
