use callboard_kit::{PermissionAction, PermissionDefinition};

use crate::rules::POLICY;

pub(crate) const READ: &str = "policy.entity.read";
pub(crate) const CREATE: &str = "policy.entity.create";
pub(crate) const UPDATE: &str = "policy.entity.update";
pub(crate) const DELETE: &str = "policy.entity.delete";

/// The permissions that this plugin checks.
pub(crate) const PERMISSIONS: &[PermissionDefinition] = &[
    definition(
        READ,
        "See roles, their members and their grants, and explain what others may do.",
        PermissionAction::Read,
    ),
    definition(
        CREATE,
        "Create roles. Without a condition: with any grant; with one: with grants of what one may do oneself.",
        PermissionAction::Create,
    ),
    definition(
        UPDATE,
        "Change roles. Without a condition: grant anything; with one: grant what one may do oneself.",
        PermissionAction::Update,
    ),
    definition(DELETE, "Delete roles.", PermissionAction::Delete),
];

const fn definition(
    name: &'static str,
    description: &'static str,
    action: PermissionAction,
) -> PermissionDefinition {
    PermissionDefinition { name, description, action, resource_type: Some(POLICY) }
}
