use callboard_kit::{PermissionAction, PermissionDefinition};

/// Seeing who is signed in.
pub(crate) const SESSION_READ: &str = "auth.session.read";
/// Ending others' sessions.
pub(crate) const SESSION_REVOKE: &str = "auth.session.revoke";
/// Seeing all tokens.
pub(crate) const TOKEN_READ: &str = "auth.token.read";
/// Making tokens for others.
pub(crate) const TOKEN_CREATE: &str = "auth.token.create";
/// Revoking others' tokens.
pub(crate) const TOKEN_REVOKE: &str = "auth.token.revoke";

const fn basic(
    name: &'static str,
    action: PermissionAction,
    description: &'static str,
) -> PermissionDefinition {
    PermissionDefinition { name, description, action, resource_type: None }
}

/// The permissions that the auth plugin checks. One's own sessions and tokens need none of them.
pub(crate) const PERMISSIONS: &[PermissionDefinition] = &[
    basic(
        SESSION_READ,
        PermissionAction::Read,
        "See everyone's sessions: who is signed in, from where and since when.",
    ),
    basic(SESSION_REVOKE, PermissionAction::Delete, "Sign others out."),
    basic(
        TOKEN_READ,
        PermissionAction::Read,
        "See everyone's access tokens and those of services, without their secrets.",
    ),
    basic(
        TOKEN_CREATE,
        PermissionAction::Create,
        "Make access tokens for services, with any permissions at all, and for other users, as whom one can then act. \
         For admins only.",
    ),
    basic(TOKEN_REVOKE, PermissionAction::Delete, "Revoke the access tokens of others and of services."),
];
