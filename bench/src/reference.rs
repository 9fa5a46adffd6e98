//! The reference, run beside the portal from a folder that was prepared as its README says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use bytes::Bytes;
use serde_json::Value;

use crate::{client::Client, data::Data};

/// The reference, with the same entities.
pub struct Reference {
    folder: PathBuf,
    token: String,
}

impl Reference {
    /// Where it listens.
    pub const ADDRESS: &str = "127.0.0.1:7007";

    /// Starts it and waits until it has taken the entities in.
    pub async fn start(folder: &Path, data: &Data) -> anyhow::Result<Self> {
        let folder = folder.canonicalize().with_context(|| format!("{}", folder.display()))?;
        ensure!(folder.join("node_modules").is_dir(), "run `npm install` in {} first", folder.display());
        let name = format!("data-bench-{}", data.count());
        let copy = folder.join(&name);
        fs::create_dir_all(&copy)?;
        for file in fs::read_dir(data.folder())? {
            let file = file?;
            fs::copy(file.path(), copy.join(file.file_name()))?;
        }
        let ran = Command::new("node")
            .args(["ingest.js", "--engine", "pg", "--data", &name, "--keep", "--no-index"])
            .current_dir(&folder)
            .output()
            .context("node")?;
        fs::remove_dir_all(&copy)?;
        if !ran.status.success() {
            bail!("the reference did not start: {}", String::from_utf8_lossy(&ran.stderr));
        }
        println!(
            "\nThe reference took the same entities in: {}",
            String::from_utf8_lossy(&ran.stdout).trim()
        );
        Ok(Self { token: token().await?, folder })
    }

    /// What it is asked with.
    pub fn token(&self) -> &str {
        &self.token
    }
}

async fn token() -> anyhow::Result<String> {
    for _ in 0..100 {
        let mut client = Client::connect(Reference::ADDRESS).await?;
        if let Ok((status, body)) = client.send("/api/auth/guest/refresh", Some(Bytes::new())).await
            && status.is_success()
        {
            let answer: Value = serde_json::from_slice(&body)?;
            let token = answer.pointer("/backstageIdentity/token").and_then(Value::as_str);
            return Ok(token.context("no token")?.to_owned());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("the reference lets no guest in")
}

impl Drop for Reference {
    fn drop(&mut self) {
        if let Ok(pid) = fs::read_to_string(self.folder.join("srv.pid")) {
            let _ = Command::new("kill").arg(pid.trim()).status();
        }
    }
}
