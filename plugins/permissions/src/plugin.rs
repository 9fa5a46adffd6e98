use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    CheckContext, Findings, InProcessSubgraph, Plugin, PluginContext, PluginHandle, Subgraph,
};

use crate::{authorizer::RoleAuthorizer, check, config::PermissionConfig, graphql};

/// Who may do what.
#[derive(Debug)]
pub struct PermissionsPlugin;

#[async_trait]
impl Plugin for PermissionsPlugin {
    const ID: &'static str = "permissions";
    const TITLE: &'static str = "Permissions";
    const CONFIG_SECTION: &'static str = "permission";
    type Config = PermissionConfig;

    fn sdl() -> String {
        graphql::sdl()
    }

    fn check(config: &PermissionConfig, context: CheckContext<'_>) -> Findings {
        check::check(config, context.permissions)
    }

    async fn start(config: PermissionConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        if !config.enabled {
            tracing::warn!("permissions are off: everyone may do everything (`permission.enabled: false`)");
        }
        let authorizer = Arc::new(RoleAuthorizer::new(config));
        context.services.authorizer.provide(authorizer).context("permissions")?;
        let schema = InProcessSubgraph::new(graphql::schema(context.services, context.permissions));
        Ok(PluginHandle {
            subgraph: Some(Subgraph::in_process(Self::ID, Self::sdl(), schema)),
            ..PluginHandle::default()
        })
    }
}
