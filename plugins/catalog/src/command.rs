use std::{io, path::PathBuf, process::ExitCode};

use callboard_descriptor::{
    Limits, ValidateOptions,
    lint::{self, Arguments, Format, Origins},
};
use callboard_kit::CommandContext;
use clap::{Arg, ArgMatches, Command, value_parser};

use crate::{analysis, config::CatalogConfig, ingest};

/// `callboard catalog ...`
pub fn command() -> Command {
    let validate = Command::new("validate")
        .about("Check descriptors as the server would; exit 1 where one is invalid")
        .long_about(
            "Check descriptors as the server would; exit 1 where one is invalid. With --config, the rules of that \
             config are applied too: those of the location that leads to a file, else `catalog.rules`",
        )
        .arg(
            Arg::new("format")
                .long("format")
                .help("How findings are written: a line for each error, or a line of JSON for each document")
                .value_parser(["text", "json"])
                .default_value("text"),
        )
        .arg(
            Arg::new("path")
                .help("Files, or folders whose descriptors are checked")
                .value_name("PATH")
                .value_parser(value_parser!(PathBuf))
                .num_args(1..)
                .required(true),
        );
    let analyze = Command::new("analyze")
        .about("Propose a descriptor for a repository that has none")
        .long_about(
            "Propose a descriptor for a repository that has none, from what is in it: manifests, the README, owners, \
             descriptions of APIs. What nothing tells is remarked. Nothing is written",
        )
        .arg(
            Arg::new("path")
                .help("The folder of the repository")
                .value_name("PATH")
                .value_parser(value_parser!(PathBuf))
                .default_value("."),
        );
    Command::new("catalog")
        .about("Work with catalog descriptors")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(validate)
        .subcommand(analyze)
}

/// Runs it.
pub async fn run(
    config: CatalogConfig,
    context: &CommandContext,
    matches: ArgMatches,
) -> anyhow::Result<ExitCode> {
    let matches = match matches.subcommand() {
        Some(("validate", matches)) => matches,
        Some(("analyze", matches)) => return analyze(matches).await,
        _ => anyhow::bail!("no such command, see `callboard catalog --help`"),
    };
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let arguments = Arguments {
        paths: matches.get_many::<PathBuf>("path").into_iter().flatten().cloned().collect(),
        format: if is_json { Format::Json } else { Format::Text },
        validate: ValidateOptions { allow_unknown_kinds: config.allow_unknown_kinds },
        limits: Limits::default(),
        origins: Origins::default(),
    };
    let rules_of = context.has_config.then(|| context.base_dir.clone());
    let checked = tokio::task::spawn_blocking(move || {
        let origins = rules_of.map_or_else(Origins::default, |base| ingest::origins(&config, &base));
        let arguments = Arguments { origins, ..arguments };
        lint::run(&arguments, &mut io::BufWriter::new(io::stdout().lock()))
    });
    match checked.await? {
        Ok(true) => Ok(ExitCode::SUCCESS),
        Ok(false) => Ok(ExitCode::FAILURE),
        // Whoever reads has seen enough, as in `callboard catalog validate . | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::FAILURE),
        Err(error) => Err(error.into()),
    }
}

/// `callboard catalog analyze`
async fn analyze(matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let folder = matches.get_one::<PathBuf>("path").cloned().unwrap_or_default();
    let found = tokio::task::spawn_blocking(move || analysis::folder(&folder)).await??;
    let analysis = analysis::analyze(&found);
    let Some(text) = analysis::yaml(&analysis.proposals) else {
        let there = analysis.existing.join(", ");
        anyhow::bail!("it has descriptors: {there}; `callboard catalog validate` checks them");
    };
    io::Write::write_all(&mut io::stdout(), text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
