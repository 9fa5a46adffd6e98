//! The only file that names every plugin.

use callboard_audit::AuditPlugin;
use callboard_auth::AuthPlugin;
use callboard_catalog::CatalogPlugin;
use callboard_kit::PluginRegistry;
use callboard_permissions::PermissionsPlugin;
use callboard_proxy::ProxyPlugin;
use callboard_search::SearchPlugin;

/// The plugins of this portal, in the order they start.
pub fn registry() -> PluginRegistry {
    PluginRegistry::new()
        .register::<AuditPlugin>()
        .register::<PermissionsPlugin>()
        .register::<AuthPlugin>()
        .register::<CatalogPlugin>()
        .register::<ProxyPlugin>()
        .register::<SearchPlugin>()
}
