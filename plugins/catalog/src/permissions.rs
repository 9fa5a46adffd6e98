use callboard_kit::{PermissionAction, PermissionDefinition};

/// Seeing entities.
pub const ENTITY_READ: &str = "catalog.entity.read";

/// The resource type that conditions on entities are written for.
pub const ENTITY_RESOURCE: &str = "catalog-entity";

/// The permissions that the catalog checks.
pub const PERMISSIONS: &[PermissionDefinition] = &[PermissionDefinition {
    name: ENTITY_READ,
    description: "See entities of the catalog, their relations and their counts.",
    action: PermissionAction::Read,
    resource_type: Some(ENTITY_RESOURCE),
}];
