//! Measures a portal from outside, over HTTP, and prints its figures beside those of the reference:
//!
//! ```text
//! make bench ARGS="--entities 10000,100000 --database sqlite,postgres"
//! ```

#![expect(clippy::print_stdout, reason = "a benchmark speaks to its reader")]
#![expect(clippy::cast_precision_loss, reason = "figures are rounded for people")]

mod cases;
mod changes;
mod client;
mod data;
mod load;
mod process;
mod reads;
mod reference;
mod replicas;
mod server;
mod start;
mod table;

use std::{path::PathBuf, time::Duration};

use callboard_test_support::PostgresServer;
use clap::{Parser, ValueEnum};

use crate::{data::Data, reference::Reference};

/// What is measured.
#[derive(Debug, Parser)]
#[command(name = "callboard-bench", about = "Measures a portal from outside.")]
struct Options {
    /// The portal's program, optimised.
    #[arg(long, default_value = "target/release/callboard")]
    program: PathBuf,
    /// How many invented entities, one run each.
    #[arg(long, value_delimiter = ',', default_value = "10000")]
    entities: Vec<usize>,
    /// A folder of descriptors in place of invented ones.
    #[arg(long)]
    data: Option<PathBuf>,
    /// On which databases.
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    database: Vec<Engine>,
    /// What to measure.
    #[arg(long, value_delimiter = ',', default_value = "start,reads,changes,replicas")]
    only: Vec<Part>,
    /// Seconds that each read is measured for.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Connections that read at once.
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Changes that are made while others read.
    #[arg(long, default_value_t = 20_000)]
    changes: usize,
    /// The folder of the reference, prepared as its README says: it is fed the same data and asked beside the portal.
    #[arg(long)]
    reference: Option<PathBuf>,
}

/// A database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    /// The embedded one.
    Sqlite,
    /// A server of its own, which syncs its writes.
    Postgres,
}

/// A part of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// From nothing to all entities visible, and once more with a full database.
    Start,
    /// Queries, one after the other.
    Reads,
    /// Changes while others read.
    Changes,
    /// Two replicas, one of which is read while both take in what is new.
    Replicas,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let server =
        if options.database.contains(&Engine::Postgres) { Some(PostgresServer::durable()?) } else { None };
    let counts = if options.data.is_some() { vec![0] } else { options.entities.clone() };
    for count in counts {
        let data = match &options.data {
            Some(folder) => Data::of_folder(folder)?,
            None => Data::invented(count)?,
        };
        println!("\n# {} entities", data.count());
        let mut reference = match &options.reference {
            Some(folder) => Some(Reference::start(folder, &data).await?),
            None => None,
        };
        for engine in &options.database {
            run(&options, *engine, server.as_ref(), &data, reference.as_mut()).await?;
        }
    }
    Ok(())
}

async fn run(
    options: &Options,
    engine: Engine,
    postgres: Option<&PostgresServer>,
    data: &Data,
    reference: Option<&mut Reference>,
) -> anyhow::Result<()> {
    let database = match (engine, postgres) {
        (Engine::Postgres, Some(server)) => Some(server.create_database().await),
        _ => None,
    };
    println!("\n## {engine:?}");
    let setup = server::Setup::new(&options.program, data, database)?;
    let has = |part| options.only.contains(&part);
    let mut portal = start::measure(&setup, data, has(Part::Start)).await?;
    if has(Part::Reads) {
        let load =
            load::Load { connections: options.connections, time: Duration::from_secs(options.seconds) };
        reads::measure(&portal, data, load, reference).await?;
    }
    if has(Part::Changes) {
        changes::measure(&setup, &portal, options.changes, options.connections).await?;
    }
    if has(Part::Replicas) && engine == Engine::Postgres {
        replicas::measure(&setup, &portal, data).await?;
    }
    portal.stop()?;
    Ok(())
}
