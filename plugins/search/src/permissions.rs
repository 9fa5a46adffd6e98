use callboard_kit::{PermissionAction, PermissionDefinition};

/// Seeing how the index is.
pub(crate) const INDEX_READ: &str = "search.index.read";
/// Building it anew.
pub(crate) const INDEX_REBUILD: &str = "search.index.rebuild";

/// The permissions that this plugin checks. To search needs none: everyone finds what they may see.
pub(crate) const PERMISSIONS: &[PermissionDefinition] = &[
    PermissionDefinition {
        name: INDEX_READ,
        description: "See how the search index is: how many documents it has, and what is wrong with it.",
        action: PermissionAction::Read,
        resource_type: None,
    },
    PermissionDefinition {
        name: INDEX_REBUILD,
        description: "Have the search index built anew.",
        action: PermissionAction::Use,
        resource_type: None,
    },
];
