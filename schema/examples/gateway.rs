//! Serves any set of Federation subgraphs as one graph.
//!
//! ```text
//! cargo run -p callboard-schema --example gateway -- --listen 127.0.0.1:4000 products=http://127.0.0.1:4001/graphql ...
//! ```
//!
//! Each subgraph tells its SDL itself (`_service { sdl }`), or it is read from a file: `NAME=URL@products.graphql`.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, bail};
use async_trait::async_trait;
use callboard_kit::{Credentials, Problem, RequestContext, Subgraph};
use callboard_schema::{Gateway, GatewayHandle, GatewayOptions, HttpSubgraph, HttpSubgraphOptions, Limits};
use callboard_transport::{ContextProvider, TransportOptions, router};

const USAGE: &str = "usage: gateway [--listen ADDRESS] [--supergraph] NAME=URL[@SDL-FILE]...";
/// How often a subgraph that does not answer yet is asked for its SDL, once a second.
const ATTEMPTS: usize = 30;

struct Arguments {
    listen: SocketAddr,
    supergraph: bool,
    subgraphs: Vec<String>,
}

impl Arguments {
    fn read() -> anyhow::Result<Self> {
        let mut arguments = Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 4000)),
            supergraph: false,
            subgraphs: Vec::new(),
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--listen" => {
                    let address = words.next().context(USAGE)?;
                    arguments.listen =
                        address.parse().with_context(|| format!("`{address}` is no address"))?;
                }
                "--supergraph" => arguments.supergraph = true,
                other if other.starts_with('-') => bail!(USAGE),
                _ => arguments.subgraphs.push(word),
            }
        }
        if arguments.subgraphs.is_empty() {
            bail!(USAGE);
        }
        Ok(arguments)
    }
}

async fn subgraph(argument: &str) -> anyhow::Result<Subgraph> {
    let (name, place) = argument.split_once('=').context(USAGE)?;
    let (url, file) = match place.rsplit_once('@') {
        Some((url, file)) if url.contains("://") => (url, Some(file)),
        _ => (place, None),
    };
    let remote = HttpSubgraph::new(name, url, HttpSubgraphOptions::default())?;
    if let Some(file) = file {
        let sdl = tokio::fs::read_to_string(file).await.with_context(|| format!("cannot read `{file}`"))?;
        return Ok(remote.into_subgraph(sdl));
    }
    let mut attempt = 1;
    loop {
        match remote.fetch_sdl().await {
            Ok(sdl) => return Ok(remote.into_subgraph(sdl)),
            Err(error) if attempt == ATTEMPTS => return Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, attempt, "waiting for a subgraph");
                tokio::time::sleep(Duration::from_secs(1)).await;
                attempt += 1;
            }
        }
    }
}

/// Everyone is welcome.
#[derive(Debug)]
struct Anyone;

#[async_trait]
impl ContextProvider for Anyone {
    async fn context(&self, _: Credentials<'_>) -> Result<RequestContext, Problem> {
        Ok(RequestContext::anonymous())
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let arguments = Arguments::read()?;
    let subgraphs =
        futures::future::try_join_all(arguments.subgraphs.iter().map(|text| subgraph(text))).await?;
    let options = GatewayOptions {
        node_lookup: false,
        mask_internal_errors: false,
        limits: Limits { depth: 50, aliases: 1_000, ..Limits::default() },
        ..GatewayOptions::default()
    };
    let gateway = Gateway::compose(subgraphs, options)?;
    if arguments.supergraph {
        use std::io::Write;
        std::io::stdout().write_all(gateway.supergraph_sdl().as_bytes())?;
        return Ok(());
    }
    let service = Arc::new(GatewayHandle::new(gateway));
    let app = router(service, Arc::new(Anyone), TransportOptions::default());
    let listener = tokio::net::TcpListener::bind(arguments.listen).await?;
    tracing::info!("serving http://{}/graphql", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
