use std::{future, process::ExitCode, sync::Arc};

use async_trait::async_trait;
use callboard_kit::{
    CheckContext, CommandContext, ConditionRule, Findings, PermissionDefinition, Plugin, PluginContext,
    PluginHandle,
};

use crate::{
    command,
    config::CatalogConfig,
    graphql, ingest,
    ingest::{Ingestion, IngestionHealth},
    permissions::PERMISSIONS,
    replica,
    repository::CatalogRepository,
    rules::RULES,
    service::CatalogService,
};

/// The software catalog.
#[derive(Clone, Copy, Debug)]
pub struct CatalogPlugin;

#[async_trait]
impl Plugin for CatalogPlugin {
    const ID: &'static str = "catalog";
    const TITLE: &'static str = "Software catalog";
    type Config = CatalogConfig;

    fn sdl() -> String {
        graphql::sdl()
    }

    fn permissions() -> &'static [PermissionDefinition] {
        PERMISSIONS
    }

    fn condition_rules() -> &'static [ConditionRule] {
        RULES
    }

    fn command() -> Option<clap::Command> {
        Some(command::command())
    }

    async fn run_command(
        config: CatalogConfig,
        context: CommandContext,
        matches: clap::ArgMatches,
    ) -> anyhow::Result<ExitCode> {
        command::run(config, &context, matches).await
    }

    fn check(config: &CatalogConfig, _: CheckContext<'_>) -> Findings {
        config.check()
    }

    async fn start(config: CatalogConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let repository = CatalogRepository::new(context.database.clone());
        let validation = config.process_options(&context.base_dir);
        let (services, clock) = (context.services.clone(), context.clock.clone());
        let service = Arc::new(CatalogService::open(repository, services, clock, validation).await?);
        context.services.catalog.provide(Arc::clone(&service) as _)?;
        let ingestion =
            Ingestion::new(Arc::clone(&service), &config, &context.base_dir, &context.private_paths);
        let health = IngestionHealth::default();
        let (told, stop, watch) = (health.clone(), context.shutdown.clone(), context.watch);
        context.tasks.spawn(async move {
            if watch {
                ingest::watch(&ingestion, &told, &stop).await;
            } else {
                ingest::read_until_done(&ingestion, &told, &stop, None).await;
            }
        });
        if service.repository().is_postgres() {
            let (service, stop) = (Arc::clone(&service), context.shutdown.clone());
            context.tasks.spawn(async move { replica::follow(&service, &stop).await });
        }
        Ok(PluginHandle {
            subgraph: Some(graphql::subgraph(service)),
            health: Some(Arc::new(move || Box::pin(future::ready(health.get())))),
            ..PluginHandle::default()
        })
    }
}
