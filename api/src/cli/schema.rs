#![expect(clippy::print_stdout, reason = "commands answer on standard output")]

use std::{fs, process::ExitCode};

use anyhow::{Context, bail};
use callboard_kit::{Clock, PluginRegistry};
use callboard_schema::{Composed, SubgraphSdl, compose_sdl};
use clap::ArgMatches;

use crate::{
    config::{Config, RemotePluginConfig},
    portal,
    remote::SdlStore,
    subgraph,
};

/// Prints the graph, or a part of it.
pub(super) async fn print(
    part: &str,
    arguments: &ArgMatches,
    config: &Config,
    registry: &PluginRegistry,
) -> anyhow::Result<ExitCode> {
    let text = match part {
        "subgraph" => {
            let id = arguments.get_one::<String>("id").context("no id")?;
            one(id, config, registry).await?
        }
        "supergraph" => compose(config, registry).await?.supergraph_sdl,
        _ => compose(config, registry).await?.public_sdl,
    };
    println!("{}", text.trim_end());
    Ok(ExitCode::SUCCESS)
}

async fn one(id: &str, config: &Config, registry: &PluginRegistry) -> anyhow::Result<String> {
    let compiled = compiled_in(registry);
    if let Some((_, sdl)) = compiled.iter().find(|(known, _)| *known == id) {
        return Ok(sdl.clone());
    }
    let remotes = &config.core.plugins.remote;
    if let Some(index) = remotes.iter().position(|remote| remote.id == id) {
        return remote_sdl(index, &remotes[index], config).await;
    }
    let known = compiled.iter().map(|(id, _)| *id).chain(remotes.iter().map(|remote| remote.id.as_str()));
    bail!("no plugin `{id}`, there are `{}`", known.collect::<Vec<_>>().join("`, `"))
}

async fn compose(config: &Config, registry: &PluginRegistry) -> anyhow::Result<Composed> {
    let compiled = compiled_in(registry);
    let mut remotes = Vec::new();
    for (index, remote) in config.core.plugins.remote.iter().enumerate() {
        remotes.push((remote, remote_sdl(index, remote, config).await?));
    }
    let local = compiled.iter().map(|(id, sdl)| SubgraphSdl { id, sdl, url: None });
    let remote =
        remotes.iter().map(|(remote, sdl)| SubgraphSdl { id: &remote.id, sdl, url: Some(&remote.url) });
    let subgraphs: Vec<SubgraphSdl<'_>> = local.chain(remote).collect();
    Ok(compose_sdl(&subgraphs, config.core.gateway.node_lookup)?)
}

/// The schemas of the plugins that are compiled in, by id.
fn compiled_in(registry: &PluginRegistry) -> Vec<(&'static str, String)> {
    // Some have routes alone.
    let plugins =
        registry.iter().map(|plugin| (plugin.id, (plugin.sdl)())).filter(|(_, sdl)| !sdl.is_empty());
    plugins.chain([(subgraph::ID, subgraph::sdl())]).collect()
}

/// The schema of a remote plugin: of its file, else the last that a server on this data has heard and composed.
async fn remote_sdl(index: usize, remote: &RemotePluginConfig, config: &Config) -> anyhow::Result<String> {
    if let Some(file) = &remote.sdl {
        let file = config.base_dir.join(file);
        return fs::read_to_string(&file)
            .with_context(|| format!("`plugins.remote.{index}.sdl`: cannot read `{}`", file.display()));
    }
    let id = &remote.id;
    let known = match portal::connect_if_there(config).await? {
        Some(database) => {
            SdlStore::new(database, Clock::system()).last_known(id).await.with_context(|| {
                format!(
                    "cannot look up the last known schema of remote plugin `{id}`: name a file with it in \
                     `plugins.remote.{index}.sdl`, or run `callboard serve` on this data once"
                )
            })?
        }
        None => None,
    };
    known.with_context(|| {
        format!(
            "the schema of remote plugin `{id}` is not known: name a file with it in `plugins.remote.{index}.sdl`, or \
             run `callboard serve` on this data once while {} answers",
            remote.url
        )
    })
}
