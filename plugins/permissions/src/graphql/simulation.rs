use async_graphql::{InputObject, SimpleObject};
use callboard_kit::EntityRef;

use super::{explanation::Decision, grant::GrantInput, input::UpdateRoleInput};
use crate::service::{self, RoleChange, Simulated};

/// Changes of roles to look at before they are made.
#[derive(InputObject)]
pub(crate) struct SimulateRolesInput {
    /// Roles to create.
    create: Option<Vec<SimulatedRoleInput>>,
    /// Roles to change.
    update: Option<Vec<UpdateRoleInput>>,
    /// Roles to delete, by name.
    delete: Option<Vec<String>>,
}

/// A role to create.
#[derive(InputObject)]
struct SimulatedRoleInput {
    /// Its name.
    name: String,
    /// The users and groups that would have it.
    members: Vec<EntityRef>,
    /// Whether every signed-in user and the guest would have it.
    #[graphql(default)]
    everyone: bool,
    /// What it would grant and deny.
    grants: Vec<GrantInput>,
}

impl From<SimulateRolesInput> for Simulated {
    fn from(input: SimulateRolesInput) -> Self {
        let create = |role: SimulatedRoleInput| RoleChange {
            name: Some(role.name),
            members: Some(role.members),
            everyone: Some(role.everyone),
            grants: Some(role.grants.into_iter().map(Into::into).collect()),
            ..RoleChange::default()
        };
        Self {
            create: input.create.into_iter().flatten().map(create).collect(),
            update: input.update.into_iter().flatten().map(UpdateRoleInput::update).collect(),
            delete: input.delete.unwrap_or_default(),
        }
    }
}

/// Who would gain and lose what.
#[derive(SimpleObject)]
pub(crate) struct RoleSimulation {
    /// The differences, 200 at most.
    changes: Vec<AccessChange>,
    /// How many differences there are.
    total_count: i32,
    /// Whether everyone was looked at: of very many people only the first 500 are, and of the members of groups only those
    /// that the viewer may see.
    complete: bool,
}

/// What would be different for somebody.
#[derive(SimpleObject)]
pub(crate) struct AccessChange {
    /// The user; null for everyone who has no role of their own.
    subject: Option<EntityRef>,
    /// Whether it is about everyone who has no role of their own.
    everyone: bool,
    /// The name of the permission.
    permission: String,
    /// The decision as it is.
    before: Decision,
    /// The decision as it would be.
    after: Decision,
    /// How many entities of the catalog it would newly be about, of those that the viewer may see; null where it may see
    /// none, or the permission is not about entities.
    gained: Option<i32>,
    /// How many entities of the catalog it would no longer be about, of those that the viewer may see; null where it may see
    /// none, or the permission is not about entities.
    lost: Option<i32>,
}

impl From<service::Simulation> for RoleSimulation {
    fn from(simulation: service::Simulation) -> Self {
        let count = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
        let change = |change: service::AccessChange| AccessChange {
            everyone: change.subject.is_none(),
            subject: change.subject,
            permission: change.permission.to_owned(),
            before: (&change.before).into(),
            after: (&change.after).into(),
            gained: change.gained.map(count),
            lost: change.lost.map(count),
        };
        Self {
            total_count: i32::try_from(simulation.total_count).unwrap_or(i32::MAX),
            complete: simulation.complete,
            changes: simulation.changes.into_iter().map(change).collect(),
        }
    }
}
