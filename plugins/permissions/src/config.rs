use std::sync::Arc;

use callboard_kit::{EntityRef, PermissionAction};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    condition::Condition,
    model::{Grant, GrantTarget, Role, RoleSource},
};

/// Who may do what.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PermissionConfig {
    /// Whether permissions are checked at all; without it everyone may do everything.
    pub enabled: bool,
    /// Roles that stand beside those of the database and are changed here alone. What no role grants is denied.
    pub roles: Vec<RoleConfig>,
}

impl Default for PermissionConfig {
    fn default() -> Self {
        Self { enabled: true, roles: Vec::new() }
    }
}

/// A role: who has it and what it grants.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleConfig {
    /// Unique name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// Users and groups as references; `*` means every signed-in user and the guest, no services.
    pub members: Vec<Member>,
    /// Whose role it is; for people to ask.
    #[serde(default)]
    pub owner: Option<EntityRef>,
    /// What its members may do, or may not.
    #[serde(default)]
    pub grants: Vec<GrantConfig>,
}

/// A grant of one permission or of several.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantConfig {
    /// A permission, e.g. `catalog.entity.read`, or a pattern, e.g. `catalog.*`; with `action` a type of resources,
    /// e.g. `catalog-entity`.
    pub permission: String,
    /// Makes it a grant of every permission for this action on resources of that type.
    #[serde(default)]
    pub action: Option<PermissionAction>,
    /// Whether it allows or denies.
    #[serde(default)]
    pub effect: Effect,
    /// For which resources; absent means all.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// What a grant does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Effect {
    /// Lets it pass.
    #[default]
    Allow,
    /// Stops it, whatever allows it.
    Deny,
}

impl GrantConfig {
    pub(crate) fn target(&self) -> GrantTarget {
        GrantTarget::new(&self.permission, self.action)
    }
}

impl PermissionConfig {
    /// The roles as all roles are.
    pub(crate) fn roles(&self) -> impl Iterator<Item = Arc<Role>> {
        self.roles.iter().map(|role| Arc::new(role.role()))
    }
}

impl RoleConfig {
    fn role(&self) -> Role {
        let grant = |(index, grant): (usize, &GrantConfig)| Grant {
            id: format!("config:{}:{index}", self.name),
            target: grant.target(),
            effect: grant.effect,
            when: grant.when.clone(),
        };
        let members = self.members.iter().filter_map(|member| match member {
            Member::Everyone => None,
            Member::Reference(reference) => Some(reference.clone()),
        });
        Role {
            id: format!("config:{}", self.name),
            name: self.name.clone(),
            description: self.description.clone(),
            owner: self.owner.clone(),
            members: members.collect(),
            everyone: self.members.contains(&Member::Everyone),
            grants: self.grants.iter().enumerate().map(grant).collect(),
            source: RoleSource::Config,
            times: None,
        }
    }
}

/// A member of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Member {
    /// Every signed-in user and the guest.
    Everyone,
    /// A user, or everyone in a group.
    Reference(EntityRef),
}

impl TryFrom<String> for Member {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "*" {
            return Ok(Self::Everyone);
        }
        text.parse().map(Self::Reference).map_err(|error| format!("{error}, or `*` for everyone"))
    }
}

impl From<Member> for String {
    fn from(member: Member) -> Self {
        match member {
            Member::Everyone => "*".to_owned(),
            Member::Reference(reference) => reference.to_string(),
        }
    }
}

impl JsonSchema for Member {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Member".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A reference of a user or group, or `*`." })
    }
}
