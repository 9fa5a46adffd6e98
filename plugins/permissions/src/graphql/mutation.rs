use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use callboard_kit::{EntityRef, Problem, Result};

use super::{
    grant::{Effect, GrantInput, GrantPermissionInput},
    permissions,
    role::Role,
    transfer::{ImportRolesInput, ImportRolesPayload},
};
use crate::service::{Part, Revocation, RoleChange};

/// A role to create.
#[derive(InputObject)]
pub(crate) struct CreateRoleInput {
    /// The unique name.
    name: String,
    /// What it is for.
    description: Option<String>,
    /// The users and groups that have it.
    members: Vec<EntityRef>,
    /// Whether every signed-in user and the guest has it.
    #[graphql(default)]
    everyone: bool,
    /// The user or group whose role it is.
    owner: Option<EntityRef>,
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
}

impl UpdateRoleInput {
    /// The role's name, and the change.
    pub fn change(self) -> (String, RoleChange) {
        let change = RoleChange {
            name: self.new_name,
            description: part(self.description),
            owner: part(self.owner),
            members: self.members,
            everyone: self.everyone,
            grants: self.grants.map(|grants| grants.into_iter().map(Into::into).collect()),
        };
        (self.name, change)
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
    name: String,
}

/// Whom to give a role.
#[derive(InputObject)]
pub(crate) struct AssignRoleInput {
    /// The name of the role.
    role: String,
    /// Users and groups.
    members: Vec<EntityRef>,
}

/// Whom to take a role from.
#[derive(InputObject)]
pub(crate) struct UnassignRoleInput {
    /// The name of the role.
    role: String,
    /// Users and groups.
    members: Vec<EntityRef>,
}

/// What to take back from a role: one grant by its id, or all that are written alike.
#[derive(InputObject)]
pub(crate) struct RevokePermissionInput {
    /// The name of the role.
    role: String,
    /// The id of the grant.
    grant: Option<ID>,
    /// The permission, the pattern or the type of resources as the grant has it.
    permission: Option<String>,
    /// With `permission`: only those that allow, or only those that deny.
    effect: Option<Effect>,
}

/// The role that was created.
#[derive(SimpleObject)]
pub(crate) struct CreateRolePayload {
    /// The role.
    role: Role,
}

/// The role that was changed.
#[derive(SimpleObject)]
pub(crate) struct UpdateRolePayload {
    /// The role as it is now.
    role: Role,
}

/// The role that was deleted.
#[derive(SimpleObject)]
pub(crate) struct DeleteRolePayload {
    /// Its name.
    deleted_name: String,
}

/// The role that was given.
#[derive(SimpleObject)]
pub(crate) struct AssignRolePayload {
    /// The role as it is now.
    role: Role,
}

/// The role that was taken.
#[derive(SimpleObject)]
pub(crate) struct UnassignRolePayload {
    /// The role as it is now.
    role: Role,
}

/// The role that grants more.
#[derive(SimpleObject)]
pub(crate) struct GrantPermissionPayload {
    /// The role as it is now.
    role: Role,
}

/// The role that grants less.
#[derive(SimpleObject)]
pub(crate) struct RevokePermissionPayload {
    /// The role as it is now.
    role: Role,
}

/// What can be changed about roles.
pub(crate) struct Mutation;

#[Object]
impl Mutation {
    /// Creates a role. Needs `policy.entity.create`; `CONFLICT` where the name is taken.
    async fn create_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role.")] input: CreateRoleInput,
    ) -> Result<Option<CreateRolePayload>> {
        let change = RoleChange {
            name: Some(input.name),
            description: Part::Set(input.description),
            owner: Part::Set(input.owner),
            members: Some(input.members),
            everyone: Some(input.everyone),
            grants: None,
        };
        let role = permissions(ctx).create(change).await?;
        Ok(Some(CreateRolePayload { role: Role(role) }))
    }

    /// Changes a role. Needs `policy.entity.update`; `CONFLICT` for a role of the config.
    async fn update_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and what.")] input: UpdateRoleInput,
    ) -> Result<Option<UpdateRolePayload>> {
        let (name, change) = input.change();
        let role = permissions(ctx).update(&name, &change).await?;
        Ok(Some(UpdateRolePayload { role: Role(role) }))
    }

    /// Deletes a role with all that it grants. Needs `policy.entity.delete`; `CONFLICT` for a role of the config.
    async fn delete_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] input: DeleteRoleInput,
    ) -> Result<Option<DeleteRolePayload>> {
        permissions(ctx).delete(&input.name).await?;
        Ok(Some(DeleteRolePayload { deleted_name: input.name }))
    }

    /// Gives a role to users and groups. Needs `policy.entity.update`.
    async fn assign_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and to whom.")] input: AssignRoleInput,
    ) -> Result<Option<AssignRolePayload>> {
        let role = permissions(ctx).assign(&input.role, &input.members).await?;
        Ok(Some(AssignRolePayload { role: Role(role) }))
    }

    /// Takes a role from users and groups. Needs `policy.entity.update`.
    async fn unassign_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and from whom.")] input: UnassignRoleInput,
    ) -> Result<Option<UnassignRolePayload>> {
        let role = permissions(ctx).unassign(&input.role, &input.members).await?;
        Ok(Some(UnassignRolePayload { role: Role(role) }))
    }

    /// Lets a role allow or deny something more. Needs `policy.entity.update`.
    async fn grant_permission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and what.")] input: GrantPermissionInput,
    ) -> Result<Option<GrantPermissionPayload>> {
        let name = input.role.clone();
        let role = permissions(ctx).grant(&name, &input.written()).await?;
        Ok(Some(GrantPermissionPayload { role: Role(role) }))
    }

    /// Takes grants back from a role. Needs `policy.entity.update`; `NOT_FOUND` where it has no such grant.
    async fn revoke_permission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and what.")] input: RevokePermissionInput,
    ) -> Result<Option<RevokePermissionPayload>> {
        let revocation = match (input.grant, input.permission) {
            (Some(id), None) => Revocation::Id(id.0),
            (None, Some(permission)) => {
                Revocation::Written { permission, effect: input.effect.map(Into::into) }
            }
            _ => return Err(Problem::bad_input("input.grant", "give either `grant` or `permission`")),
        };
        let role = permissions(ctx).revoke(&input.role, &revocation).await?;
        Ok(Some(RevokePermissionPayload { role: Role(role) }))
    }

    /// Adds to roles what files of Backstage's RBAC plugin say; roles that are not there are created. Needs
    /// `policy.entity.create` and `policy.entity.update` without a condition.
    async fn import_roles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The files.")] input: ImportRolesInput,
    ) -> Result<Option<ImportRolesPayload>> {
        let ImportRolesInput { csv, conditions, dry_run } = input;
        let outcome = permissions(ctx).import(csv.as_deref(), conditions.as_deref(), dry_run).await?;
        Ok(Some(outcome.into()))
    }
}
