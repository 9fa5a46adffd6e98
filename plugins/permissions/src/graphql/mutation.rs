use async_graphql::{Context, Object, SimpleObject};
use callboard_kit::{Problem, Result};

use super::{
    grant::GrantPermissionInput,
    input::{
        AssignRoleInput, CreateRoleInput, DeleteRoleInput, RevokePermissionInput, UnassignRoleInput,
        UpdateRoleInput,
    },
    permissions,
    role::Role,
    transfer::{ImportRolesInput, ImportRolesPayload},
};
use crate::service::{Part, Revocation, RoleChange, RoleKey};

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

fn key<'a>(name: &'a str, revision: Option<&'a String>) -> RoleKey<'a> {
    RoleKey { name, revision: revision.map(String::as_str) }
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
        let update = input.update();
        let role = permissions(ctx).update(update.key(), &update.change).await?;
        Ok(Some(UpdateRolePayload { role: Role(role) }))
    }

    /// Deletes a role with all that it grants. Needs `policy.entity.delete`; `CONFLICT` for a role of the config.
    async fn delete_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] input: DeleteRoleInput,
    ) -> Result<Option<DeleteRolePayload>> {
        permissions(ctx).delete(key(&input.name, input.expected_revision.as_ref())).await?;
        Ok(Some(DeleteRolePayload { deleted_name: input.name }))
    }

    /// Gives a role to users and groups. Needs `policy.entity.update`.
    async fn assign_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and to whom.")] input: AssignRoleInput,
    ) -> Result<Option<AssignRolePayload>> {
        let role = permissions(ctx)
            .assign(key(&input.role, input.expected_revision.as_ref()), &input.members)
            .await?;
        Ok(Some(AssignRolePayload { role: Role(role) }))
    }

    /// Takes a role from users and groups. Needs `policy.entity.update`.
    async fn unassign_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and from whom.")] input: UnassignRoleInput,
    ) -> Result<Option<UnassignRolePayload>> {
        let role = permissions(ctx)
            .unassign(key(&input.role, input.expected_revision.as_ref()), &input.members)
            .await?;
        Ok(Some(UnassignRolePayload { role: Role(role) }))
    }

    /// Lets a role allow or deny something more. Needs `policy.entity.update`.
    async fn grant_permission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and what.")] input: GrantPermissionInput,
    ) -> Result<Option<GrantPermissionPayload>> {
        let (name, revision) = (input.role.clone(), input.expected_revision.clone());
        let role = permissions(ctx).grant(key(&name, revision.as_ref()), &input.written()).await?;
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
        let role =
            permissions(ctx).revoke(key(&input.role, input.expected_revision.as_ref()), &revocation).await?;
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
