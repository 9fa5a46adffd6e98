use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{CheckContext, Findings, PermissionDefinition, Plugin, PluginContext, PluginHandle};

use crate::{
    config::AuditConfig,
    export, graphql,
    repository::EventRepository,
    service::{AuditService, PERMISSIONS},
};

/// The audit log.
#[derive(Debug)]
pub struct AuditPlugin;

#[async_trait]
impl Plugin for AuditPlugin {
    const ID: &'static str = "audit";
    const TITLE: &'static str = "Audit log";
    type Config = AuditConfig;

    fn sdl() -> String {
        graphql::sdl()
    }

    fn permissions() -> &'static [PermissionDefinition] {
        PERMISSIONS
    }

    fn check(config: &AuditConfig, _: CheckContext<'_>) -> Findings {
        config.check()
    }

    async fn start(config: AuditConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let repository = EventRepository::new(context.database.clone());
        let (services, clock) = (context.services.clone(), context.clock.clone());
        let service = Arc::new(AuditService::new(repository, services, clock, config.retention.0));
        context.services.audit.provide(Arc::clone(&service) as _).context("audit")?;
        let (keeper, stop) = (Arc::clone(&service), context.shutdown.clone());
        context.tasks.spawn(async move { keeper.keep_house(&stop).await });
        Ok(PluginHandle {
            subgraph: Some(graphql::subgraph(Arc::clone(&service))),
            routes: export::router(service),
            ..PluginHandle::default()
        })
    }
}
