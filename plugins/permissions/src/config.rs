use callboard_kit::{EntityRef, PermissionPattern};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::condition::Condition;

/// Who may do what.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PermissionConfig {
    /// Whether permissions are checked at all; without it everyone may do everything.
    pub enabled: bool,
    /// The roles. What no role grants is denied.
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
    /// What its members may do, or may not.
    #[serde(default)]
    pub grants: Vec<GrantConfig>,
}

/// A grant of one permission or of a pattern of them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantConfig {
    /// A permission, e.g. `catalog.entity.read`, or a pattern, e.g. `catalog.*`.
    pub permission: PermissionPattern,
    /// Whether it allows or denies.
    #[serde(default)]
    pub effect: Effect,
    /// For which entities; absent means all.
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
