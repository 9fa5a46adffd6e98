//! The command line.

mod commands;
mod logging;
mod schema;
mod serve;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use callboard_kit::{Clock, CommandContext};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use futures::FutureExt;

use crate::{config, plugins, portal};

/// Steps of tasks between two looks at the sockets.
const STEPS_PER_LOOK: u32 = 5;

/// Runs the command that the arguments name and answers with what the shell should see.
pub fn main() -> ExitCode {
    let matches = command().get_matches();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    // A step of a query is long beside a look at the sockets. With a look after 61 steps, as is usual, whoever works with
    // the database in many small steps would wait for all of those each time.
    let runtime = match runtime.event_interval(STEPS_PER_LOOK).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    match runtime.block_on(run(&matches)) {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks on standard error")]
fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::from(2)
}

fn command() -> Command {
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .action(ArgAction::Append)
        .global(true)
        .value_parser(value_parser!(PathBuf))
        .help("A config file; later ones win. Default: callboard.yaml, if it is there");
    let serve = Command::new("serve")
        .about("Run the portal")
        .arg(
            Arg::new("listen")
                .long("listen")
                .value_name("ADDR")
                .help("Listen on this address instead of backend.listen"),
        )
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Keep data in this folder instead of backend.data"),
        )
        .arg(
            Arg::new("watch")
                .long("watch")
                .action(ArgAction::SetTrue)
                .help("Read descriptor files again when they change"),
        );
    let config_command = Command::new("config")
        .about("Check and describe the config")
        .subcommand_required(true)
        .subcommand(Command::new("check").about("Check the config, every key and every section"))
        .subcommand(Command::new("schema").about("Print the JSON Schema of the config"))
        .subcommand(Command::new("reference").about("Print the reference page of the config as Markdown"));
    let schema = Command::new("schema")
        .about("Print the graph")
        .subcommand_required(true)
        .subcommand(Command::new("public").about("Print the graph as clients see it"))
        .subcommand(Command::new("supergraph").about("Print the supergraph, for a Federation v2 router"))
        .subcommand(
            Command::new("subgraph")
                .about("Print the schema of one plugin")
                .arg(Arg::new("id").value_name("ID").required(true)),
        );
    let migrate = Command::new("migrate")
        .about("Bring the database up to date, or back")
        .subcommand_required(true)
        .subcommand(Command::new("up").about("Apply every step that is missing"))
        .subcommand(
            Command::new("down").about("Take back the last step, or several").arg(
                Arg::new("steps")
                    .long("steps")
                    .value_name("N")
                    .default_value("1")
                    .value_parser(value_parser!(u32)),
            ),
        )
        .subcommand(Command::new("status").about("Print the steps and which of them are applied"));
    Command::new("callboard")
        .about("A developer portal: catalog, docs, templates and more in one graph")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(config)
        .subcommand(serve)
        .subcommand(config_command)
        .subcommand(schema)
        .subcommand(migrate)
        .subcommands(plugins::registry().iter().filter_map(|plugin| (plugin.command)()))
}

async fn run(matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let registry = plugins::registry();
    let files: Vec<PathBuf> =
        matches.get_many("config").map(|files| files.cloned().collect()).unwrap_or_default();
    let (name, matches) = matches.subcommand().ok_or_else(|| anyhow::anyhow!("no command"))?;
    let load = || config::load(&files, None, &registry);
    match (name, matches.subcommand()) {
        ("serve", _) => {
            let config = config::load(&files, serve::listen_of(matches)?, &registry)?;
            serve::run(config, &registry, matches).await
        }
        ("config", Some(("check", _))) => Ok(commands::check_config(&files, &registry)),
        ("config", Some(("schema", _))) => commands::print_config_schema(&registry),
        ("config", Some(("reference", _))) => Ok(commands::print_config_reference(&registry)),
        ("schema", Some((part, arguments))) => schema::print(part, arguments, &load()?, &registry).await,
        ("migrate", Some((direction, arguments))) => commands::migrate(direction, arguments, &load()?).await,
        (name, _) => {
            let plugin = registry
                .iter()
                .find(|plugin| (plugin.command)().is_some_and(|command| command.get_name() == name))
                .ok_or_else(|| anyhow::anyhow!("no command `{name}`"))?;
            // A command works on what it is given; a config is read only where one is there or named.
            let config = load()?;
            let section = config.section(plugin.config_section);
            let (clock, known) = (Clock::system(), registry.clone());
            let context = CommandContext {
                has_config: !files.is_empty(),
                base_dir: config.base_dir.clone(),
                clock: clock.clone(),
                permissions: registry.iter().flat_map(|plugin| (plugin.permissions)()).copied().collect(),
                stores: Arc::new(move || {
                    portal::open_stores(config.clone(), known.clone(), clock.clone()).boxed()
                }),
            };
            (plugin.run_command)(section, context, matches.clone()).await
        }
    }
}
