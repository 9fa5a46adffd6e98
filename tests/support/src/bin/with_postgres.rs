//! Runs a command with a PostgreSQL server beside it: `with-postgres cargo test`.

use std::{
    env,
    process::{Command, ExitCode},
};

use anyhow::Context;
use callboard_test_support::{POSTGRES_URL, PostgresServer};

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next().context("usage: with-postgres COMMAND [ARGUMENT]...")?;
    let mut command = Command::new(&program);
    command.args(arguments);
    let server = match env::var_os(POSTGRES_URL) {
        Some(_) => None,
        None => Some(PostgresServer::start()?),
    };
    if let Some(server) = &server {
        command.env(POSTGRES_URL, server.url());
    }
    let status = command.status().with_context(|| format!("cannot run `{}`", program.display()))?;
    drop(server);
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
