use callboard_kit::{PermissionAction, PermissionDefinition};

/// Seeing entities.
pub const ENTITY_READ: &str = "catalog.entity.read";
/// Bringing entities in, by registering where they are described.
pub const ENTITY_CREATE: &str = "catalog.entity.create";
/// Having the source of an entity read again.
pub const ENTITY_REFRESH: &str = "catalog.entity.refresh";
/// Removing an entity.
pub const ENTITY_DELETE: &str = "catalog.entity.delete";
/// Seeing where descriptors are read from.
pub const LOCATION_READ: &str = "catalog.location.read";
/// Registering and changing where descriptors are read from.
pub const LOCATION_CREATE: &str = "catalog.location.create";
/// Unregistering locations.
pub const LOCATION_DELETE: &str = "catalog.location.delete";
/// Looking into repositories that have no descriptor.
pub const LOCATION_ANALYZE: &str = "catalog.location.analyze";

/// The resource type that conditions on entities are written for.
pub const ENTITY_RESOURCE: &str = "catalog-entity";

const fn of_entities(
    name: &'static str,
    action: PermissionAction,
    description: &'static str,
) -> PermissionDefinition {
    PermissionDefinition { name, description, action, resource_type: Some(ENTITY_RESOURCE) }
}

const fn basic(
    name: &'static str,
    action: PermissionAction,
    description: &'static str,
) -> PermissionDefinition {
    PermissionDefinition { name, description, action, resource_type: None }
}

/// The permissions that the catalog checks.
pub const PERMISSIONS: &[PermissionDefinition] = &[
    of_entities(
        ENTITY_READ,
        PermissionAction::Read,
        "See entities of the catalog, their relations and their counts.",
    ),
    basic(
        ENTITY_CREATE,
        PermissionAction::Create,
        "Bring entities into the catalog, by registering the location that describes them.",
    ),
    of_entities(ENTITY_REFRESH, PermissionAction::Update, "Have the source of an entity read again now."),
    of_entities(ENTITY_DELETE, PermissionAction::Delete, "Remove entities from the catalog."),
    basic(
        LOCATION_READ,
        PermissionAction::Read,
        "See the locations and providers that the catalog reads, and every document that is refused.",
    ),
    basic(LOCATION_CREATE, PermissionAction::Create, "Register locations to be read, and change them."),
    basic(
        LOCATION_DELETE,
        PermissionAction::Delete,
        "Unregister locations, with the entities that only they bring in.",
    ),
    basic(
        LOCATION_ANALYZE,
        PermissionAction::Read,
        "Look into repositories for descriptors, and have one proposed where there is none.",
    ),
];
