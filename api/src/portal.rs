//! A portal that runs: database, plugins and gateway, without a socket.

mod database;
mod health;
mod vault;

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use axum::Router;
use callboard_kit::{
    Clock, CommandStores, ConditionRule, Jobs, PermissionDefinition, PluginContext, PluginRegistry, Services,
    Subgraph,
};
use callboard_migrations::Migrator;
use callboard_reading::Reading;
use callboard_schema::GatewayHandle;
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::{Config, ConfigError},
    modules,
    remote::RemotePlugins,
    subgraph,
};

pub(crate) use database::{connect, connect_if_there};
pub(crate) use health::{PluginState, PluginStates};

/// How a portal is started.
#[derive(Clone, Debug)]
pub struct PortalOptions {
    /// Where it will listen, or listens already.
    pub address: SocketAddr,
    /// Whether files are watched and read again when they change.
    pub watch: bool,
    /// The time.
    pub clock: Clock,
}

/// A portal that runs.
pub struct Portal {
    /// What answers GraphQL.
    pub gateway: Arc<GatewayHandle>,
    /// What plugins offer.
    pub services: Services,
    /// The routes of the plugins.
    pub routes: Router,
    /// The config it runs with.
    pub config: Config,
    pub(crate) states: Arc<PluginStates>,
    pub(crate) database: DatabaseConnection,
    pub(crate) jobs: Jobs,
    shutdown: CancellationToken,
    tasks: TaskTracker,
}

impl std::fmt::Debug for Portal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Portal").field("states", &self.states).finish_non_exhaustive()
    }
}

impl Portal {
    /// Connects, migrates, starts every plugin and composes the graph.
    pub async fn start(
        config: Config,
        registry: &PluginRegistry,
        options: PortalOptions,
    ) -> anyhow::Result<Self> {
        let faults = modules::faults(&config);
        anyhow::ensure!(faults.is_empty(), ConfigError::Invalid(faults));
        let database = connect(&config).await?;
        if config.core.database.migrate {
            Migrator::up(&database, None).await.context("cannot migrate the database")?;
        }
        let shutdown = CancellationToken::new();
        let tasks = TaskTracker::new();
        let services = Services::default();
        let permissions: Arc<[PermissionDefinition]> =
            registry.iter().flat_map(|plugin| (plugin.permissions)()).copied().collect();
        let condition_rules: Arc<[ConditionRule]> =
            registry.iter().flat_map(|plugin| (plugin.condition_rules)()).copied().collect();
        let vault = vault::open(&config)?;
        let jobs = Jobs::new(database.clone(), options.clock.clone(), vault.clone());
        jobs.run(&shutdown, &tasks).await.context("cannot look after jobs")?;
        let backend = &config.core.backend;
        let reading =
            Reading::new(&backend.reading, &config.core.integrations, &options.clock, &backend.data)
                .context("cannot read what others host")?;
        services.sources.provide(Arc::new(reading))?;
        let context = PluginContext {
            database: database.clone(),
            services: services.clone(),
            clock: options.clock.clone(),
            data_dir: config.core.backend.data.clone(),
            base_dir: config.base_dir.clone(),
            private_paths: config.private_paths(),
            base_url: base_url(&config, options.address).into(),
            watch: options.watch,
            loopback: options.address.ip().is_loopback(),
            permissions,
            condition_rules,
            vault,
            jobs: jobs.clone(),
            shutdown: shutdown.clone(),
            tasks: tasks.clone(),
        };
        let mut routes = Router::new();
        let mut subgraphs: Vec<Subgraph> = Vec::new();
        let states = Arc::new(PluginStates::default());
        for plugin in registry.iter() {
            let section = config.section(plugin.config_section);
            let handle = (plugin.start)(section, context.clone())
                .await
                .with_context(|| format!("plugin `{}` did not start", plugin.id))?;
            routes = routes.merge(handle.routes);
            subgraphs.extend(handle.subgraph);
            states.add(PluginState::in_process(plugin.id, plugin.title, handle.health));
        }
        subgraphs.push(subgraph::portal(Arc::clone(&states)));
        let mut remote = RemotePlugins::new(
            &config,
            subgraphs,
            database.clone(),
            Arc::clone(&states),
            &services,
            options.clock,
        )?;
        let gateway = remote.first_gateway().await.context("the plugins' schemas do not compose")?;
        if remote.is_any() {
            tasks.spawn(remote.follow(Arc::clone(&gateway), shutdown.clone()));
        }
        Ok(Self { gateway, services, routes, config, states, database, jobs, shutdown, tasks })
    }

    /// Cancelled when the portal stops: what would outlast its requests must end then.
    pub fn shutdown(&self) -> CancellationToken {
        self.shutdown.clone()
    }

    /// Stops the background work and waits for it.
    pub async fn stop(self) {
        self.shutdown.cancel();
        self.tasks.close();
        let limit = self.config.core.backend.shutdown_timeout.0;
        if tokio::time::timeout(limit, self.tasks.wait()).await.is_err() {
            tracing::warn!("background work did not end within {limit:?}");
        }
        if let Err(error) = self.database.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}

/// What commands of plugins work on, beside a server that may run.
pub(crate) async fn open_stores(
    config: Config,
    registry: PluginRegistry,
    clock: Clock,
) -> anyhow::Result<CommandStores> {
    let database = connect(&config).await?;
    if config.core.database.migrate {
        Migrator::up(&database, None).await.context("cannot migrate the database")?;
    }
    let audit = registry.iter().find_map(|plugin| (plugin.audit_log)(&database, &clock));
    Ok(CommandStores { database, vault: vault::open(&config)?, audit })
}

/// The address people open, without a slash at the end.
pub(crate) fn base_url(config: &Config, address: SocketAddr) -> String {
    config.core.base_url(address)
}
