use std::{process::ExitCode, sync::Arc};

use futures::{FutureExt, future::BoxFuture};
use sea_orm::DatabaseConnection;
use serde_json::Value;

use crate::{
    AuditLog, CheckContext, Clock, CommandContext, ConditionRule, Findings, PermissionDefinition, Plugin,
    PluginContext, PluginHandle, StrictError, parse_strict,
};

/// A plugin whose config type is out of sight.
#[derive(Clone)]
pub struct ErasedPlugin {
    /// Its id.
    pub id: &'static str,
    /// What people read.
    pub title: &'static str,
    /// The key of its config section.
    pub config_section: &'static str,
    /// Its SDL.
    pub sdl: fn() -> String,
    /// The permissions it checks.
    pub permissions: fn() -> &'static [PermissionDefinition],
    /// The rules that conditions on its resources are made of.
    pub condition_rules: fn() -> &'static [ConditionRule],
    /// Its command.
    pub command: fn() -> Option<clap::Command>,
    /// Where commands write down what they did.
    pub audit_log: fn(&DatabaseConnection, &Clock) -> Option<Arc<dyn AuditLog>>,
    /// The JSON Schema of its section.
    pub config_schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    /// Reads its section and says what is wrong with it.
    pub check: fn(&Value, CheckContext<'_>) -> Findings,
    /// Runs its command.
    pub run_command:
        fn(Value, CommandContext, clap::ArgMatches) -> BoxFuture<'static, anyhow::Result<ExitCode>>,
    /// Starts it.
    pub start: fn(Value, PluginContext) -> BoxFuture<'static, anyhow::Result<PluginHandle>>,
}

impl std::fmt::Debug for ErasedPlugin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ErasedPlugin").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The plugins of a portal, in the order they start.
#[derive(Clone, Debug, Default)]
pub struct PluginRegistry {
    plugins: Vec<ErasedPlugin>,
}

impl PluginRegistry {
    /// No plugins.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a plugin.
    #[must_use]
    pub fn register<P: Plugin>(mut self) -> Self {
        self.plugins.push(ErasedPlugin {
            id: P::ID,
            title: P::TITLE,
            config_section: P::CONFIG_SECTION,
            sdl: P::sdl,
            permissions: P::permissions,
            condition_rules: P::condition_rules,
            command: P::command,
            audit_log: P::audit_log,
            config_schema: |generator| generator.subschema_for::<P::Config>(),
            check: |value, context| match read::<P>(value) {
                Ok(config) => P::check(&config, context).within(P::CONFIG_SECTION),
                Err(errors) => errors.into(),
            },
            run_command: |value, context, matches| {
                async move {
                    P::run_command(read::<P>(&value).map_err(|errors| told(&errors))?, context, matches).await
                }
                .boxed()
            },
            start: |value, context| {
                async move {
                    let config = read::<P>(&value).map_err(|errors| told(&errors))?;
                    let checked = CheckContext {
                        permissions: &context.permissions,
                        condition_rules: &context.condition_rules,
                        loopback: context.loopback,
                        base_url: &context.base_url,
                    };
                    let errors = P::check(&config, checked).within(P::CONFIG_SECTION).errors;
                    if !errors.is_empty() {
                        return Err(told(&errors));
                    }
                    P::start(config, context).await
                }
                .boxed()
            },
        });
        self
    }

    /// The same portal without one plugin, as if its line were not there.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        self.plugins.retain(|plugin| plugin.id != id);
        self
    }

    /// The plugins, in order.
    pub fn iter(&self) -> impl Iterator<Item = &ErasedPlugin> {
        self.plugins.iter()
    }
}

fn read<P: Plugin>(value: &Value) -> Result<P::Config, Vec<StrictError>> {
    if value.is_null() {
        return Ok(P::Config::default());
    }
    parse_strict(P::CONFIG_SECTION, value)
}

fn told(errors: &[StrictError]) -> anyhow::Error {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    anyhow::anyhow!(lines.join("\n"))
}
