use std::{sync::Arc, time::Duration};

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    AuditLog, CheckContext, Clock, Findings, JobFailure, PermissionDefinition, Plugin, PluginContext,
    PluginHandle, Services,
};
use sea_orm::DatabaseConnection;

use crate::{
    config::AuditConfig,
    export, graphql,
    repository::EventRepository,
    service::{AuditService, PERMISSIONS},
};

/// The queue of the job that forgets old events.
const RETENTION: &str = "audit.retention";
/// How often it does.
const HOUSEKEEPING: Duration = Duration::from_hours(1);

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
        let keeper = Arc::clone(&service);
        let forget = move |_| {
            let keeper = Arc::clone(&keeper);
            async move {
                let count = keeper.forget_old().await.map_err(|problem| JobFailure::of_problem(&problem))?;
                if count > 0 {
                    tracing::info!(count, "old audit events were removed");
                }
                Ok(())
            }
        };
        context.jobs.every(RETENTION, HOUSEKEEPING, forget, &context.shutdown, &context.tasks).await?;
        // The config may have another limit than when it was done last.
        context.jobs.soon(RETENTION).await?;
        let (teller, stop) = (Arc::clone(&service), context.shutdown.clone());
        context.tasks.spawn(async move { teller.tell_omitted(&stop).await });
        Ok(PluginHandle {
            subgraph: Some(graphql::subgraph(Arc::clone(&service))),
            routes: export::router(service),
            ..PluginHandle::default()
        })
    }
}
