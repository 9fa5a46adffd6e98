use std::{path::PathBuf, process::ExitCode, sync::Arc};

use async_trait::async_trait;
use futures::future::BoxFuture;
use schemars::JsonSchema;
use sea_orm::DatabaseConnection;
use serde::de::DeserializeOwned;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    AuditLog, CheckContext, Clock, ConditionRule, Findings, Jobs, PermissionDefinition, Services, Subgraph,
    Vault,
};

/// One slice of the portal: a subgraph, a config section, routes, commands and background work.
#[async_trait]
pub trait Plugin: Sized + Send + Sync + 'static {
    /// Names the subgraph, the table prefix and the web feature folder.
    const ID: &'static str;
    /// What people read, e.g. `Software catalog`.
    const TITLE: &'static str;
    /// The key of its section in the config.
    const CONFIG_SECTION: &'static str = Self::ID;
    /// Its section of the config; the default must be complete.
    type Config: DeserializeOwned + JsonSchema + Default + Send + Sync;

    /// The SDL of its subgraph, without starting it; empty where it has none.
    fn sdl() -> String;

    /// The permissions it checks.
    fn permissions() -> &'static [PermissionDefinition] {
        &[]
    }

    /// The rules that conditions on its resources are made of.
    fn condition_rules() -> &'static [ConditionRule] {
        &[]
    }

    /// Its command of the command line, named after the plugin, with subcommands.
    fn command() -> Option<clap::Command> {
        None
    }

    /// Runs its command, without a server.
    async fn run_command(
        _config: Self::Config,
        _context: CommandContext,
        _matches: clap::ArgMatches,
    ) -> anyhow::Result<ExitCode> {
        Ok(ExitCode::SUCCESS)
    }

    /// Where commands write down what they did, while no server runs beside them or one does.
    fn audit_log(_database: &DatabaseConnection, _clock: &Clock) -> Option<Arc<dyn AuditLog>> {
        None
    }

    /// Checks of the config that its types cannot say; each finding names the key below the section.
    fn check(_config: &Self::Config, _context: CheckContext<'_>) -> Findings {
        Findings::default()
    }

    /// Starts it. The database is migrated; other plugins may not have started yet.
    async fn start(config: Self::Config, context: PluginContext) -> anyhow::Result<PluginHandle>;
}

/// What a plugin is given to live in.
#[derive(Clone, Debug)]
pub struct PluginContext {
    /// The database, migrated.
    pub database: DatabaseConnection,
    /// What plugins offer each other.
    pub services: Services,
    /// The time.
    pub clock: Clock,
    /// Where files of the portal's own are kept.
    pub data_dir: PathBuf,
    /// What relative paths in the config are relative to.
    pub base_dir: PathBuf,
    /// The portal's own files and folders, its config and its data: whatever reads files for others refuses them.
    pub private_paths: Arc<[PathBuf]>,
    /// The address people open, without a slash at the end.
    pub base_url: Arc<str>,
    /// Whether files are watched and read again when they change.
    pub watch: bool,
    /// Whether the server listens on loopback addresses only.
    pub loopback: bool,
    /// The permissions that all registered plugins check.
    pub permissions: Arc<[PermissionDefinition]>,
    /// The rules that all registered plugins know.
    pub condition_rules: Arc<[ConditionRule]>,
    /// Encrypts what is kept and must not be read by whoever reads the database.
    pub vault: Vault,
    /// Work that outlives a request.
    pub jobs: Jobs,
    /// Cancelled when the server stops.
    pub shutdown: CancellationToken,
    /// Tracks background work, which must end soon after `shutdown`.
    pub tasks: TaskTracker,
}

/// What a command is given beside its arguments.
#[derive(Clone)]
pub struct CommandContext {
    /// Whether a config was named on the command line.
    pub has_config: bool,
    /// What relative paths in the config are relative to.
    pub base_dir: PathBuf,
    /// The time.
    pub clock: Clock,
    /// The permissions that all registered plugins check.
    pub permissions: Arc<[PermissionDefinition]>,
    /// Opens what the portal keeps, for commands that work on it.
    pub stores: StoreOpener,
}

/// Opens what the portal keeps.
pub type StoreOpener = Arc<dyn Fn() -> BoxFuture<'static, anyhow::Result<CommandStores>> + Send + Sync>;

/// What the portal keeps, as a command sees it; a server may run on it.
#[derive(Clone)]
pub struct CommandStores {
    /// The database, migrated.
    pub database: DatabaseConnection,
    /// Encrypts what is kept and must not be read by whoever reads the database.
    pub vault: Vault,
    /// Where it is written down what was done, if a plugin keeps that.
    pub audit: Option<Arc<dyn AuditLog>>,
}

impl std::fmt::Debug for CommandStores {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CommandStores").field("database", &self.database).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CommandContext {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CommandContext")
            .field("has_config", &self.has_config)
            .field("base_dir", &self.base_dir)
            .finish_non_exhaustive()
    }
}

/// A plugin that runs.
#[derive(Default)]
pub struct PluginHandle {
    /// Its part of the graph.
    pub subgraph: Option<Subgraph>,
    /// Its HTTP routes, at absolute paths.
    pub routes: axum::Router,
    /// Says how it is, for `/readyz` and `Query.plugins`.
    pub health: Option<HealthCheck>,
}

/// Answers with how a plugin is now.
pub type HealthCheck = Arc<dyn Fn() -> BoxFuture<'static, Health> + Send + Sync>;

/// How a plugin is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Nothing is wrong.
    Ok,
    /// It answers, but a part of its work fails; what and why, for people. The portal stays ready.
    Degraded(String),
    /// It cannot answer; why, for people. The portal is not ready.
    Unavailable(String),
}

impl Health {
    /// What is wrong; `None` where nothing is.
    pub fn trouble(&self) -> Option<&str> {
        match self {
            Self::Ok => None,
            Self::Degraded(trouble) | Self::Unavailable(trouble) => Some(trouble),
        }
    }
}

impl std::fmt::Debug for PluginHandle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PluginHandle").field("subgraph", &self.subgraph).finish_non_exhaustive()
    }
}
