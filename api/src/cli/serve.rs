use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Instant};

use anyhow::Context;
use callboard_kit::{Clock, PluginRegistry};
use clap::ArgMatches;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::logging;
use crate::{
    config::Config,
    portal::{Portal, PortalOptions},
    server::Server,
};

/// The address that the command line names to listen on.
pub(super) fn listen_of(matches: &ArgMatches) -> anyhow::Result<Option<SocketAddr>> {
    matches.get_one::<String>("listen").map(|address| parse_address(address)).transpose()
}

/// Runs the portal until it is told to stop.
pub(super) async fn run(
    mut config: Config,
    registry: &PluginRegistry,
    matches: &ArgMatches,
) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    if let Some(folder) = matches.get_one::<PathBuf>("data") {
        config.core.backend.data.clone_from(folder);
    }
    logging::start(&config.core.log)?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let listen = config.core.backend.listen;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let address = listener.local_addr()?;
    let options = PortalOptions { address, watch: matches.get_flag("watch"), clock: Clock::system() };
    let portal = Portal::start(config, registry, options).await?;
    let server = Server::new(listener, portal)?;
    announce(address, started);
    server.run(stop_signal()?).await?;
    Ok(ExitCode::SUCCESS)
}

/// `7007`, `:7007` and `localhost:7007` are understood too.
fn parse_address(text: &str) -> anyhow::Result<SocketAddr> {
    let with_host = match text.strip_prefix(':').unwrap_or(text) {
        port if port.parse::<u16>().is_ok() => format!("127.0.0.1:{port}"),
        _ => text.replace("localhost:", "127.0.0.1:"),
    };
    with_host.parse().with_context(|| format!("`{text}` is not an address such as 127.0.0.1:7007"))
}

#[expect(clippy::print_stdout, reason = "people and scripts look for the address here")]
fn announce(address: SocketAddr, started: Instant) {
    tracing::info!(took = ?started.elapsed(), "listening on {address}");
    println!("Callboard is at http://{address}");
}

fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_addresses_are_understood() {
        for text in ["7007", ":7007", "localhost:7007", "127.0.0.1:7007"] {
            assert_eq!(parse_address(text).unwrap().to_string(), "127.0.0.1:7007");
        }
        assert!(parse_address("nowhere").is_err());
    }
}
