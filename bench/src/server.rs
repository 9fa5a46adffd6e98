//! A portal in a process of its own.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{client::Client, data::Data};

/// The token that the benchmark reads with.
pub const TOKEN: &str = "the-token-of-the-benchmark";
/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(30);

/// What a portal is started with.
pub struct Setup {
    program: PathBuf,
    folder: TempDir,
    database: Option<String>,
}

/// A portal that runs.
pub struct Portal {
    process: Child,
    /// Where it listens, `address:port`.
    pub address: String,
    /// When it was started.
    pub started: Instant,
}

impl Setup {
    /// A portal that reads a folder, on a database of its own; the embedded one where none is named.
    pub fn new(program: &Path, data: &Data, database: Option<String>) -> anyhow::Result<Self> {
        let program =
            program.canonicalize().with_context(|| format!("no program at {}", program.display()))?;
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("live"))?;
        let setup = Self { program, folder, database };
        let kinds = ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location"];
        let mut config = json!({
            "backend": { "data": setup.folder.path().join("data") },
            "auth": { "tokens": [{ "token": TOKEN, "subject": "user:default/bench" }] },
            "permission": { "roles": [
                { "name": "admin", "members": ["user:default/bench"], "grants": [{ "permission": "*" }] },
            ] },
            "catalog": {
                "rules": [{ "allow": kinds }],
                "processingInterval": false,
                "locations": [
                    { "type": "file", "target": format!("{}/*.yaml", data.folder().display()) },
                    { "type": "file", "target": setup.live() },
                ],
            },
        });
        if let Some(url) = &setup.database {
            config["database"] = json!({ "url": url });
        }
        setup.write(&live(0))?;
        fs::write(setup.folder.path().join("callboard.yaml"), config.to_string())?;
        Ok(setup)
    }

    /// The file whose entities change.
    pub fn live(&self) -> PathBuf {
        self.folder.path().join("live/live.yaml")
    }

    /// Changes it.
    pub fn write(&self, text: &str) -> anyhow::Result<()> {
        let next = self.folder.path().join("live/next");
        fs::write(&next, text)?;
        Ok(fs::rename(next, self.live())?)
    }

    /// How large the database is, in MiB; `None` where it is not a file.
    pub fn database_size(&self) -> Option<u64> {
        self.database.is_none().then(|| {
            let files = fs::read_dir(self.folder.path().join("data")).into_iter().flatten().flatten();
            files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum::<u64>() >> 20
        })
    }

    /// Starts a portal; it is not ready yet.
    pub fn start(&self) -> anyhow::Result<Portal> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let log = fs::File::create(self.folder.path().join(format!("log-{}", address.replace(':', "-"))))?;
        let started = Instant::now();
        let process = Command::new(&self.program)
            .arg("serve")
            .arg("--config")
            .arg(self.folder.path().join("callboard.yaml"))
            .env("CALLBOARD__BACKEND__LISTEN", &address)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        Ok(Portal { process, address, started })
    }
}

impl Portal {
    /// The process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// A connection to it, once it listens.
    pub async fn client(&self) -> anyhow::Result<Client> {
        loop {
            match Client::connect(&self.address).await {
                Ok(client) => return Ok(client),
                Err(error) if self.started.elapsed() > PATIENCE => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// Waits until a path is answered well.
    pub async fn answers(&self, path: &str) -> anyhow::Result<Duration> {
        loop {
            let mut client = self.client().await?;
            if client.get(path).await.is_ok_and(|(status, _)| status.is_success()) {
                return Ok(self.started.elapsed());
            }
            if self.started.elapsed() > PATIENCE {
                bail!("{path} is not answered");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until so many entities are there.
    pub async fn has_entities(&self, count: usize) -> anyhow::Result<Duration> {
        let mut client = self.client().await?;
        let question = json!({ "query": "{ entities(first: 0) { totalCount } }" });
        loop {
            let answer = client.ask(&question).await?;
            let there = answer.pointer("/data/entities/totalCount").and_then(Value::as_u64);
            if there.is_some_and(|there| there >= count as u64) {
                return Ok(self.started.elapsed());
            }
            if self.started.elapsed() > PATIENCE {
                bail!("{count} entities are not there: {answer}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The id of the location with a target.
    pub async fn location(&self, target: &str) -> anyhow::Result<Value> {
        let mut client = self.client().await?;
        let question = json!({ "query": "{ locations(first: 100) { nodes { id target } } }" });
        let answer = client.ask(&question).await?;
        let nodes =
            answer.pointer("/data/locations/nodes").and_then(Value::as_array).context("no locations")?;
        let found = nodes.iter().find(|node| node.get("target").and_then(Value::as_str) == Some(target));
        Ok(found.and_then(|node| node.get("id")).context("the location is not there")?.clone())
    }

    /// Stops it and waits until it has.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.pid().to_string()).status()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Entities that change together: all of them say the same number.
pub const LIVE: usize = 20;

/// The file whose entities change, in its `version`.
pub fn live(version: usize) -> String {
    let documents = (0..LIVE).map(|number| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata:\n  name: live-{number}\n  description: version {version}\n\
             spec:\n  type: counter\n  owner: team-{}\n",
            version % 7,
        )
    });
    documents.collect::<Vec<_>>().join("---\n")
}
