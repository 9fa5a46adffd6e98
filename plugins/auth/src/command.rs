//! `callboard token ...`: access tokens by the operator, on the database that a server may run on.

use std::{io::Write, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use callboard_kit::{
    Access, AuditEvent, AuditLog, CommandContext, EntityRef, PermissionPattern, Problem, Services, Viewer,
    changes_between,
};
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use crate::{
    config::AuthConfig,
    people::People,
    repository::{AuthRepository, StoredToken},
    tokens::{NewToken, TokenService, fingerprints, state_of},
};

/// How many tokens a list shows.
const MAX_LISTED: u64 = 1000;

/// `callboard token ...`
pub(crate) fn command() -> Command {
    let subject = || {
        Arg::new("subject")
            .long("subject")
            .value_name("SUBJECT")
            .help("A user or a service, `user:default/alice` or `service:default/ci`")
    };
    let create =
        Command::new("create")
            .about("Make an access token and print its secret, which is shown this once")
            .arg(subject().required(true))
            .arg(
                Arg::new("permission").long("permission").value_name("NAME").action(ArgAction::Append).help(
                    "What it lets its subject do, `catalog.*`; several times for more. Services need one",
                ),
            )
            .arg(
                Arg::new("expires")
                    .long("expires")
                    .value_name("DURATION")
                    .help("How long it is valid, `30d`, or `never` where the config allows that"),
            )
            .arg(
                Arg::new("name")
                    .long("name")
                    .value_name("NAME")
                    .default_value("command line")
                    .help("What people call it"),
            );
    let list = Command::new("list").about("Print the access tokens, without their secrets").arg(subject());
    let revoke = Command::new("revoke")
        .about("Revoke an access token at once")
        .arg(Arg::new("id").value_name("ID").required(true).help("Its id, as `list` prints it"));
    Command::new("token")
        .about("Make, list and revoke access tokens")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(create)
        .subcommand(list)
        .subcommand(revoke)
}

/// Runs it.
pub(crate) async fn run(
    config: AuthConfig,
    context: CommandContext,
    matches: ArgMatches,
) -> anyhow::Result<ExitCode> {
    let stores = (context.stores)().await?;
    let tokens = TokenService {
        repository: AuthRepository::new(stores.database),
        people: People::new(Services::default()),
        clock: context.clock,
        config: config.access_tokens,
        known_permissions: Arc::clone(&context.permissions),
        of_config: fingerprints(&stores.vault, &config.tokens),
    };
    match matches.subcommand() {
        Some(("create", matches)) => create(&tokens, stores.audit, matches).await,
        Some(("list", matches)) => list(&tokens, matches).await,
        Some(("revoke", matches)) => revoke(&tokens, stores.audit, matches).await,
        _ => bail!("no such command, see `callboard token --help`"),
    }
}

fn subject_of(matches: &ArgMatches) -> anyhow::Result<Option<EntityRef>> {
    let text = matches.get_one::<String>("subject");
    text.map(|text| text.parse().with_context(|| format!("`{text}` is no subject"))).transpose()
}

type Audit = Option<Arc<dyn AuditLog>>;

/// Writes down what the operator did.
async fn record(audit: Audit, action: &str, target: &str, state: &Value) {
    let Some(audit) = audit else { return };
    let operator = Viewer::anonymous().through(Access::Operator);
    let event = AuditEvent::new(action, &operator).on(target);
    audit.record(AuditEvent { changes: changes_between(&Value::Null, state), ..event }).await;
}

async fn create(tokens: &TokenService, audit: Audit, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let permissions = matches.get_many::<String>("permission").map(|names| names.cloned().collect());
    let new = NewToken {
        name: matches.get_one::<String>("name").cloned().unwrap_or_default(),
        subject: subject_of(matches)?,
        permissions,
        expires_in: matches.get_one::<String>("expires").cloned(),
    };
    let (token, secret) = tokens.create_as_operator(new).await.map_err(|problem| told(&problem))?;
    let subject = token.subject.to_string();
    record(audit, "createAccessToken", &subject, &state_of(&token)).await;
    print(&[secret.expose().to_owned()])
}

async fn list(tokens: &TokenService, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let subject = subject_of(matches)?;
    let found = tokens.list(subject.as_ref(), None, MAX_LISTED).await.map_err(|problem| told(&problem))?;
    let now = tokens.clock.now();
    let line = |token: &StoredToken| {
        let permissions = token.permissions.as_ref().map_or_else(
            || "everything its user may do".to_owned(),
            |patterns| patterns.iter().map(PermissionPattern::as_str).collect::<Vec<_>>().join(" "),
        );
        let ends = match token.expires_at {
            Some(end) if end <= now => "expired".to_owned(),
            Some(end) => end.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            None => "never".to_owned(),
        };
        format!("{}\t{}\t{}\t{}\t{ends}\t{permissions}", token.id, token.hint, token.subject, token.name)
    };
    print(&found.iter().map(line).collect::<Vec<_>>())
}

async fn revoke(tokens: &TokenService, audit: Audit, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let id = matches.get_one::<String>("id").map(String::as_str).unwrap_or_default();
    if tokens.revoke_as_operator(id).await.map_err(|problem| told(&problem))? {
        record(audit, "revokeAccessToken", id, &Value::Null).await;
        return print(&[format!("revoked {id}")]);
    }
    bail!("there is no token `{id}`, see `callboard token list`")
}

fn print(lines: &[String]) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn told(problem: &Problem) -> anyhow::Error {
    let cause = problem.cause().map(ToString::to_string);
    anyhow::anyhow!(cause.unwrap_or_else(|| problem.message().to_owned()))
}
