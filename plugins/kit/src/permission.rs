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
    /// A pattern as written in config or on a token.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
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
}
