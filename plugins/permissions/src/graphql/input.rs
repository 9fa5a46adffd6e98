use async_graphql::{ID, InputObject, MaybeUndefined};
use callboard_kit::EntityRef;

use super::grant::{Effect, GrantInput};
use crate::service::{Part, RoleChange, RoleUpdate};

/// A role to create.
#[derive(InputObject)]
pub(crate) struct CreateRoleInput {
    /// The unique name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The users and groups that have it.
    pub members: Vec<EntityRef>,
    /// Whether every signed-in user and the guest has it.
    #[graphql(default)]
    pub everyone: bool,
    /// The user or group whose role it is.
    pub owner: Option<EntityRef>,
}

/// What to change about a role. What is absent stays as it is.
#[derive(InputObject)]
pub(crate) struct UpdateRoleInput {
    /// The name of the role.
    name: String,
    /// A new name.
    new_name: Option<String>,
    /// What it is for; null for nothing.
    description: MaybeUndefined<String>,
    /// The user or group whose role it is; null for nobody.
    owner: MaybeUndefined<EntityRef>,
    /// The users and groups that have it, all of them.
    members: Option<Vec<EntityRef>>,
    /// Whether every signed-in user and the guest has it.
    everyone: Option<bool>,
    /// What it grants and denies, all of it.
    grants: Option<Vec<GrantInput>>,
    /// The `revision` of the role as it was seen; `CONFLICT` where it is another one by now.
    expected_revision: Option<String>,
}

impl UpdateRoleInput {
    /// Which role, and the change.
    pub fn update(self) -> RoleUpdate {
        let change = RoleChange {
            name: self.new_name,
            description: part(self.description),
            owner: part(self.owner),
            members: self.members,
            everyone: self.everyone,
            grants: self.grants.map(|grants| grants.into_iter().map(Into::into).collect()),
        };
        RoleUpdate { name: self.name, revision: self.expected_revision, change }
    }
}

fn part<T>(value: MaybeUndefined<T>) -> Part<T> {
    match value {
        MaybeUndefined::Undefined => Part::Keep,
        MaybeUndefined::Null => Part::Set(None),
        MaybeUndefined::Value(value) => Part::Set(Some(value)),
    }
}

/// Which role to delete.
#[derive(InputObject)]
pub(crate) struct DeleteRoleInput {
    /// The name of the role.
    pub name: String,
    /// The `revision` of the role as it was seen; `CONFLICT` where it is another one by now.
    pub expected_revision: Option<String>,
}

/// Whom to give a role.
#[derive(InputObject)]
pub(crate) struct AssignRoleInput {
    /// The name of the role.
    pub role: String,
    /// Users and groups.
    pub members: Vec<EntityRef>,
    /// The `revision` of the role as it was seen; `CONFLICT` where it is another one by now.
    pub expected_revision: Option<String>,
}

/// Whom to take a role from.
#[derive(InputObject)]
pub(crate) struct UnassignRoleInput {
    /// The name of the role.
    pub role: String,
    /// Users and groups.
    pub members: Vec<EntityRef>,
    /// The `revision` of the role as it was seen; `CONFLICT` where it is another one by now.
    pub expected_revision: Option<String>,
}

/// What to take back from a role: one grant by its id, or all that are written alike.
#[derive(InputObject)]
pub(crate) struct RevokePermissionInput {
    /// The name of the role.
    pub role: String,
    /// The id of the grant.
    pub grant: Option<ID>,
    /// The permission, the pattern or the type of resources as the grant has it.
    pub permission: Option<String>,
    /// With `permission`: only those that allow, or only those that deny.
    pub effect: Option<Effect>,
    /// The `revision` of the role as it was seen; `CONFLICT` where it is another one by now.
    pub expected_revision: Option<String>,
}
