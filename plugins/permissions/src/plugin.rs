use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    CheckContext, ConditionRule, Findings, PermissionDefinition, Plugin, PluginContext, PluginHandle,
};

use crate::{
    book::Knowledge,
    check,
    config::PermissionConfig,
    graphql,
    permissions::PERMISSIONS,
    repository::RoleRepository,
    rules::{RULES, RuleSet},
    service::PermissionService,
};

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

    fn permissions() -> &'static [PermissionDefinition] {
        PERMISSIONS
    }

    fn condition_rules() -> &'static [ConditionRule] {
        RULES
    }

    fn check(config: &PermissionConfig, context: CheckContext<'_>) -> Findings {
        check::check(config, context.permissions, &RuleSet::new(context.condition_rules))
    }

    async fn start(config: PermissionConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        if !config.enabled {
            tracing::warn!("permissions are off: everyone may do everything (`permission.enabled: false`)");
        }
        let knowledge = Knowledge {
            permissions: Arc::clone(&context.permissions),
            rules: RuleSet::new(&context.condition_rules),
            enabled: config.enabled,
        };
        let repository = RoleRepository::new(context.database.clone());
        let (services, clock) = (context.services.clone(), context.clock.clone());
        let service =
            PermissionService::open(repository, config.roles().collect(), knowledge, services, clock);
        let service = Arc::new(service.await.context("the roles of the database cannot be read")?);
        context.services.authorizer.provide(Arc::clone(&service) as _).context("permissions")?;
        let (following, stop) = (Arc::clone(&service), context.shutdown.clone());
        context.tasks.spawn(async move { following.follow(&stop).await });
        Ok(PluginHandle { subgraph: Some(graphql::subgraph(service)), ..PluginHandle::default() })
    }
}
