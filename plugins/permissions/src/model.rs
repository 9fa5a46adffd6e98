use std::hash::{DefaultHasher, Hash, Hasher};

use callboard_kit::{EntityRef, PermissionAction, PermissionDefinition, PermissionPattern};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{condition::Condition, config::Effect};

/// Who has a role and what it grants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Role {
    /// Unique; it stays when the name changes.
    pub id: String,
    pub name: String,
    pub description: Option<String>,
    /// Who may change it beside the admins.
    pub owner: Option<EntityRef>,
    /// Users and groups.
    pub members: Vec<EntityRef>,
    /// Whether every signed-in user and the guest has it.
    pub everyone: bool,
    pub grants: Vec<Grant>,
    pub source: RoleSource,
    /// When it came into being and when it was changed last; `None` for those of the config.
    pub times: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// How somebody has a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holding<'a> {
    Not,
    /// As everyone has it.
    Everyone,
    /// As this user, or as a member of this group.
    Member(&'a EntityRef),
}

/// Where a role is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleSource {
    Config,
    Database,
}

/// One permission, or several, allowed or denied.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grant {
    pub id: String,
    pub target: GrantTarget,
    pub effect: Effect,
    /// For which resources; all where it is absent.
    pub when: Option<Condition>,
}

/// Which permissions a grant is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum GrantTarget {
    /// A name, or a pattern of names.
    Pattern(PermissionPattern),
    /// Every permission for this action on resources of this type.
    Resource { resource_type: String, action: PermissionAction },
}

impl GrantTarget {
    /// As it is written: `permission`, and `action` where that names a resource type.
    pub fn new(permission: &str, action: Option<PermissionAction>) -> Self {
        match action {
            Some(action) => Self::Resource { resource_type: permission.to_owned(), action },
            None => Self::Pattern(PermissionPattern::new(permission)),
        }
    }

    pub fn permission(&self) -> &str {
        match self {
            Self::Pattern(pattern) => pattern.as_str(),
            Self::Resource { resource_type, .. } => resource_type,
        }
    }

    pub const fn action(&self) -> Option<PermissionAction> {
        match self {
            Self::Pattern(_) => None,
            Self::Resource { action, .. } => Some(*action),
        }
    }

    /// Whether it is one name: a name beats everything that means several.
    pub fn is_name(&self) -> bool {
        matches!(self, Self::Pattern(pattern) if pattern.is_exact())
    }

    /// Whether it is written as names, patterns and types of resources are.
    pub fn is_well_formed(&self) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.is_well_formed(),
            Self::Resource { resource_type, .. } => {
                let written = PermissionPattern::new(resource_type.as_str());
                written.is_well_formed() && written.is_exact()
            }
        }
    }

    pub fn matches(&self, permission: &Asked<'_>) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.matches(permission.name),
            Self::Resource { resource_type, action } => {
                permission.resource_type == Some(resource_type) && permission.action == Some(*action)
            }
        }
    }
}

/// The permission that a question is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub name: &'a str,
    pub action: Option<PermissionAction>,
    pub resource_type: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// One that no plugin here knows, e.g. of a remote one: only its name says anything.
    pub const fn unknown(name: &'a str) -> Self {
        Self { name, action: None, resource_type: None }
    }

    /// Whether a plugin here declares it.
    pub const fn is_known(&self) -> bool {
        self.action.is_some()
    }
}

impl From<&PermissionDefinition> for Asked<'static> {
    fn from(definition: &PermissionDefinition) -> Self {
        Self {
            name: definition.name,
            action: Some(definition.action),
            resource_type: definition.resource_type,
        }
    }
}

impl Grant {
    pub fn new(target: GrantTarget, effect: Effect, when: Option<Condition>) -> Self {
        Self { id: Uuid::now_v7().to_string(), target, effect, when }
    }

    /// Whether it says the same, whatever its id.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.target == other.target && self.effect == other.effect && self.when == other.when
    }

    fn state(&self) -> Value {
        json!({
            "permission": self.target.permission(),
            "action": self.target.action(),
            "effect": self.effect,
            "when": self.when,
        })
    }
}

impl Role {
    /// A role of the database without anything, which came into being `now`.
    pub fn new(name: &str, now: DateTime<Utc>) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            name: name.to_owned(),
            description: None,
            owner: None,
            members: Vec::new(),
            everyone: false,
            grants: Vec::new(),
            source: RoleSource::Database,
            times: Some((now, now)),
        }
    }

    /// What the audit log compares.
    pub fn state(&self) -> Value {
        json!({
            "name": self.name,
            "description": self.description,
            "owner": self.owner,
            "everyone": self.everyone,
            "members": self.members,
            "grants": self.grants.iter().map(Grant::state).collect::<Vec<_>>(),
        })
    }

    /// A mark of what it is: another one as soon as anything about it is different.
    pub fn revision(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (&self.id, self.state()).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// How who goes by `refs` has it.
    pub fn held_by<'a>(&self, refs: &'a [EntityRef]) -> Holding<'a> {
        match refs.iter().find(|reference| self.members.contains(reference)) {
            Some(member) => Holding::Member(member),
            None if self.everyone => Holding::Everyone,
            None => Holding::Not,
        }
    }
}

/// The action as it is kept and as CSV files write it.
pub(crate) const fn action_name(action: PermissionAction) -> &'static str {
    match action {
        PermissionAction::Create => "create",
        PermissionAction::Read => "read",
        PermissionAction::Update => "update",
        PermissionAction::Delete => "delete",
        PermissionAction::Use => "use",
    }
}

/// Reads what `action_name` writes, in any case.
pub(crate) fn action_named(name: &str) -> Option<PermissionAction> {
    use PermissionAction::{Create, Delete, Read, Update, Use};
    [Create, Read, Update, Delete, Use]
        .into_iter()
        .find(|action| action_name(*action).eq_ignore_ascii_case(name))
}
