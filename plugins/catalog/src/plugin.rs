use std::{future, process::ExitCode, sync::Arc, time::Duration};

use async_trait::async_trait;
use callboard_kit::{
    CheckContext, CommandContext, ConditionRule, Findings, PermissionDefinition, Plugin, PluginContext,
    PluginHandle,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    command,
    config::{CatalogConfig, OrphanStrategy},
    graphql, ingest,
    ingest::{Ingestion, IngestionHealth},
    permissions::PERMISSIONS,
    providing::Providers,
    refresh::Refresher,
    replica,
    repository::CatalogRepository,
    rules::RULES,
    searchable,
    service::CatalogService,
    webhook,
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
            Ingestion::new(Arc::clone(&service), &config, &context.base_dir, &context.private_paths)?;
        let health = IngestionHealth::default();
        let refresher =
            Arc::new(Refresher::new(Arc::new(ingestion), context.jobs.clone(), config.processing_interval));
        service.refresh_with(Arc::clone(&refresher), config.readonly);
        refresher.work(health.clone(), &context.shutdown, &context.tasks);
        let sources = context.services.sources.clone();
        let providers =
            Providers::new(config.providers.providers(&context.base_dir), Arc::clone(&refresher), sources);
        service.provide_with(providers.clone());
        let webhooks = webhook::router(
            config.webhooks,
            Arc::clone(&refresher),
            providers.clone(),
            config.readonly,
            context.clock.clone(),
        );
        let start = Start {
            refresher: Arc::clone(&refresher),
            providers,
            orphans: config.orphan_provider_strategy,
            health: health.clone(),
        };
        let (stop, tasks) = (context.shutdown.clone(), context.tasks.clone());
        context.tasks.spawn(async move { start.until_done(&stop, &tasks).await });
        if context.watch {
            let (refresher, stop) = (Arc::clone(&refresher), context.shutdown.clone());
            context.tasks.spawn(async move { ingest::watch(&refresher, &stop).await });
        }
        let sources = context.services.search_sources.clone();
        context.tasks.spawn(searchable::offer(Arc::clone(&service), sources, context.shutdown.clone()));
        if service.repository().is_postgres() {
            let (service, stop) = (Arc::clone(&service), context.shutdown.clone());
            context.tasks.spawn(async move { replica::follow(&service, &stop).await });
        }
        Ok(PluginHandle {
            subgraph: Some(graphql::subgraph(service)),
            routes: webhooks,
            health: Some(Arc::new(move || Box::pin(future::ready(health.get())))),
        })
    }
}

/// The first pause before what failed at the start is tried again; then twice that, and so on.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// What is done once the portal has started, again and again until it worked: what was read before is served meanwhile.
struct Start {
    refresher: Arc<Refresher>,
    providers: Providers,
    orphans: OrphanStrategy,
    health: IngestionHealth,
}

impl Start {
    async fn until_done(&self, stop: &CancellationToken, tasks: &TaskTracker) {
        let mut pause = FIRST_PAUSE;
        loop {
            let started = async {
                self.refresher.start().await?;
                self.providers.start(self.orphans, stop, tasks).await
            };
            match started.await {
                Ok(()) => return self.health.note(None),
                Err(error) => self.health.note(Some(&error)),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}
