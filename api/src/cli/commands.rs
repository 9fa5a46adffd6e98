#![expect(clippy::print_stdout, reason = "commands answer on standard output")]

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use callboard_kit::PluginRegistry;
use callboard_migrations::Migrator;
use callboard_schema::{SubgraphSdl, compose_sdl};
use clap::ArgMatches;
use sea_orm_migration::{MigrationStatus, MigratorTrait};

use crate::{
    config::{self, Config},
    portal, subgraph,
};

pub(super) fn check_config(files: &[PathBuf], registry: &PluginRegistry) -> ExitCode {
    match config::load(files, registry) {
        Ok(_) => {
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

pub(super) fn print_schema(
    part: &str,
    arguments: &ArgMatches,
    config: &Config,
    registry: &PluginRegistry,
) -> anyhow::Result<ExitCode> {
    let written = subgraph_sdls(config, registry)?;
    let subgraphs: Vec<SubgraphSdl<'_>> = written
        .iter()
        .map(|subgraph| SubgraphSdl { id: &subgraph.id, sdl: &subgraph.sdl, url: subgraph.url.as_deref() })
        .collect();
    let node_lookup = config.core.gateway.node_lookup;
    let text = match part {
        "subgraph" => {
            let id = arguments.get_one::<String>("id").context("no id")?;
            let found = written.iter().find(|subgraph| &subgraph.id == id);
            let known =
                || written.iter().map(|subgraph| subgraph.id.as_str()).collect::<Vec<_>>().join("`, `");
            found.with_context(|| format!("no plugin `{id}`, there are `{}`", known()))?.sdl.clone()
        }
        "supergraph" => compose_sdl(&subgraphs, node_lookup)?.supergraph_sdl,
        _ => compose_sdl(&subgraphs, node_lookup)?.public_sdl,
    };
    println!("{}", text.trim_end());
    Ok(ExitCode::SUCCESS)
}

struct WrittenSubgraph {
    id: String,
    sdl: String,
    url: Option<String>,
}

/// The plugins' schemas: those compiled in, and the remote ones that have a file.
fn subgraph_sdls(config: &Config, registry: &PluginRegistry) -> anyhow::Result<Vec<WrittenSubgraph>> {
    let mut subgraphs: Vec<WrittenSubgraph> = registry
        .iter()
        .map(|plugin| WrittenSubgraph { id: plugin.id.to_owned(), sdl: (plugin.sdl)(), url: None })
        .collect();
    subgraphs.push(WrittenSubgraph { id: subgraph::ID.to_owned(), sdl: subgraph::sdl(), url: None });
    for remote in &config.core.plugins.remote {
        if let Some(file) = &remote.sdl {
            let file = config.base_dir.join(file);
            let sdl =
                fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
            subgraphs.push(WrittenSubgraph { id: remote.id.clone(), sdl, url: Some(remote.url.clone()) });
        }
    }
    Ok(subgraphs)
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
