use callboard_kit::{PermissionAction, PermissionDefinition};

/// Asking services with methods that change nothing.
pub(crate) const READ: &str = "proxy.endpoint.read";
/// Asking services with any other method.
pub(crate) const USE: &str = "proxy.endpoint.use";

/// The permissions that this plugin checks.
pub(crate) const PERMISSIONS: &[PermissionDefinition] = &[
    PermissionDefinition {
        name: READ,
        description: "Read what services of third parties answer through the proxy (GET, HEAD and OPTIONS).",
        action: PermissionAction::Read,
        resource_type: None,
    },
    PermissionDefinition {
        name: USE,
        description: "Have services of third parties do something through the proxy (POST, PUT, PATCH and DELETE).",
        action: PermissionAction::Use,
        resource_type: None,
    },
];
