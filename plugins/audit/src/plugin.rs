use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    AuditLog, CheckContext, Clock, Findings, PermissionDefinition, Plugin, PluginContext, PluginHandle,
    Services,
};
use sea_orm::DatabaseConnection;

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

    fn audit_log(database: &DatabaseConnection, clock: &Clock) -> Option<Arc<dyn AuditLog>> {
        let repository = EventRepository::new(database.clone());
        let retention = AuditConfig::default().retention.0;
        Some(Arc::new(AuditService::new(repository, Services::default(), clock.clone(), retention)))
    }

    fn check(config: &AuditConfig, _: CheckContext<'_>) -> Findings {
        config.check()
    }

    async fn start(config: AuditConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let repository = EventRepository::new(context.database.clone());
        let (services, clock) = (context.services.clone(), context.clock.clone());
        let service = AuditService::new(repository, services, clock, config.retention.0);
        let service = Arc::new(service.tracked(context.tasks.clone()));
        context.services.audit.provide(Arc::clone(&service) as _).context("audit")?;
        let (keeper, stop) = (Arc::clone(&service), context.shutdown.clone());
        context.tasks.spawn(async move { keeper.keep_house(&stop).await });
        let (teller, stop) = (Arc::clone(&service), context.shutdown.clone());
        context.tasks.spawn(async move { teller.tell_omitted(&stop).await });
        Ok(PluginHandle {
            subgraph: Some(graphql::subgraph(Arc::clone(&service))),
            routes: export::router(service),
            ..PluginHandle::default()
        })
    }
}
