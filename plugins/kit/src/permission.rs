use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

/// What a permission lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PermissionAction {
    /// Bring something into being.
    Create,
    /// See it.
    Read,
    /// Change it.
    Update,
    /// Remove it.
    Delete,
    /// Make it do something.
    Use,
}

/// A permission that a plugin checks.
#[derive(Clone, Copy, Debug)]
pub struct PermissionDefinition {
    /// Dotted name, e.g. `catalog.entity.read`.
    pub name: &'static str,
    /// What it lets its holder do, one sentence.
    pub description: &'static str,
    /// The kind of act.
    pub action: PermissionAction,
    /// The resource type that conditions can narrow it to, e.g. `catalog-entity`.
    pub resource_type: Option<&'static str>,
}

/// A permission name or a pattern of names: `*` matches any run of characters.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PermissionPattern(String);

impl PermissionPattern {
    /// How names and patterns are written, for people.
    pub const WRITTEN: &str =
        "must be 1 to 200 letters from a to z, digits and `.`, `_`, `-`; a pattern may have `*`";

    /// A pattern as written in config or on a token.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is written as [`Self::WRITTEN`] says; no permission's name is not.
    pub fn is_well_formed(&self) -> bool {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-*".contains(&byte);
        (1..=200).contains(&self.0.len()) && self.0.bytes().all(is_allowed)
    }

    /// Whether it is a plain name rather than a pattern.
    pub fn is_exact(&self) -> bool {
        !self.0.contains('*')
    }

    /// Whether the permission `name` is meant.
    pub fn matches(&self, name: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
        if self.is_exact() {
            return rest.is_empty();
        }
        let mut parts = parts.peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return rest.ends_with(part);
            }
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}

impl fmt::Debug for PermissionPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl schemars::JsonSchema for PermissionPattern {
    fn schema_name() -> Cow<'static, str> {
        "PermissionPattern".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A permission name; `*` matches any run of characters." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_matches_within_names() {
        for (pattern, name, expected) in [
            ("*", "catalog.entity.read", true),
            ("catalog.*", "catalog.entity.read", true),
            ("catalog.*", "catalogue.read", false),
            ("catalog.*.read", "catalog.entity.read", true),
            ("catalog.*.read", "catalog.entity.delete", false),
            ("*.read", "catalog.entity.read", true),
            ("catalog.entity.read", "catalog.entity.read", true),
            ("catalog.entity", "catalog.entity.read", false),
            ("a*a", "a", false),
            ("a*b*c", "a.b.b.c", true),
            ("", "catalog", false),
        ] {
            assert_eq!(PermissionPattern::new(pattern).matches(name), expected, "{pattern} on {name}");
        }
    }

    #[test]
    fn what_names_are_not_written_with_is_not_well_formed() {
        for good in ["*", "catalog.entity.read", "Catalog.*", "a-b_c.9", &"a".repeat(200)] {
            assert!(PermissionPattern::new(good).is_well_formed(), "{good}");
        }
        for bad in ["", "a b", "x*\np, role:default/a, *, use, allow", "ä.*", "a,b", "#*", &"a".repeat(201)]
        {
            assert!(!PermissionPattern::new(bad).is_well_formed(), "{bad}");
        }
    }
}
