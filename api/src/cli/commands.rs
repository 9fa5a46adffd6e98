#![expect(clippy::print_stdout, reason = "commands answer on standard output")]

use std::{path::PathBuf, process::ExitCode};

use anyhow::bail;
use callboard_kit::PluginRegistry;
use callboard_migrations::Migrator;
use clap::ArgMatches;
use sea_orm_migration::{MigrationStatus, MigratorTrait};

use crate::{
    config::{self, Config, ConfigError},
    modules, portal,
};

pub(super) fn check_config(files: &[PathBuf], registry: &PluginRegistry) -> ExitCode {
    match config::load(files, None, registry) {
        Ok(config) => {
            let faults = modules::faults(&config);
            if !faults.is_empty() {
                println!("{}", ConfigError::Invalid(faults));
                return ExitCode::FAILURE;
            }
            for warning in &config.warnings {
                println!("warning: {warning}");
            }
            println!("the config is valid");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

pub(super) fn print_config_schema(registry: &PluginRegistry) -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&config::json_schema(registry))?);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn print_config_reference(registry: &PluginRegistry) -> ExitCode {
    print!("{}", config::reference(registry));
    ExitCode::SUCCESS
}

pub(super) async fn migrate(
    direction: &str,
    arguments: &ArgMatches,
    config: &Config,
) -> anyhow::Result<ExitCode> {
    let database = portal::connect(config).await?;
    match direction {
        "up" => Migrator::up(&database, None).await?,
        "down" => Migrator::down(&database, arguments.get_one::<u32>("steps").copied()).await?,
        "status" => {}
        other => bail!("no direction `{other}`"),
    }
    for migration in Migrator::get_migration_with_status(&database).await? {
        let state = match migration.status() {
            MigrationStatus::Applied => "applied",
            MigrationStatus::Pending => "pending",
        };
        println!("{state}  {}", migration.name());
    }
    Ok(ExitCode::SUCCESS)
}
