//! The reference, run beside the portal from a folder that was prepared as its README says.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use bytes::Bytes;
use serde_json::Value;

use crate::{client::Client, data::Data};

/// Where its PostgreSQL listens, as its config has it.
const POSTGRES: &str = "127.0.0.1:55432";
/// How long it may take to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// The reference, with the same entities.
pub struct Reference {
    folder: PathBuf,
    /// What it reads, again and again for as long as it runs.
    data: PathBuf,
    token: String,
}

impl Reference {
    /// Where it listens.
    pub const ADDRESS: &str = "127.0.0.1:7007";

    /// Starts it, waits until it has taken the entities in, and has it rest until it is asked.
    pub async fn start(folder: &Path, data: &Data) -> anyhow::Result<Self> {
        let folder = folder.canonicalize().with_context(|| format!("{}", folder.display()))?;
        ensure!(folder.join("node_modules").is_dir(), "run `npm install` in {} first", folder.display());
        ensure!(
            listens(POSTGRES),
            "the reference stores its entities in a PostgreSQL on {POSTGRES}, whose user `postgres` needs no password: start one"
        );
        ensure!(
            !listens(Self::ADDRESS),
            "something else listens on {}, where the reference is to",
            Self::ADDRESS
        );
        let name = format!("data-bench-{}", data.count());
        // Its process is known by what it writes itself, not by what is left of an earlier one.
        let _ = fs::remove_file(folder.join("srv.pid"));
        let mut reference = Self { data: folder.join(&name), folder, token: String::new() };
        fs::create_dir_all(&reference.data)?;
        for file in fs::read_dir(data.folder())? {
            let file = file?;
            fs::copy(file.path(), reference.data.join(file.file_name()))?;
        }
        println!("\nThe reference is started and takes the same entities in, which takes its time.");
        let ran = Command::new("node")
            .args(["ingest.js", "--engine", "pg", "--data", &name, "--keep", "--no-index"])
            .current_dir(&reference.folder)
            .output()
            .context("`node` is not on the PATH; its README says which one is needed")?;
        let told = String::from_utf8_lossy(&ran.stdout);
        ensure!(
            ran.status.success() && !told.contains("timeoutAt"),
            "the reference did not take the entities in: {told}{}; its log is in {}",
            String::from_utf8_lossy(&ran.stderr),
            reference.folder.join("logs").display()
        );
        println!("It told: {}", told.trim());
        reference.sign_in().await?;
        reference.rests(true)?;
        Ok(reference)
    }

    /// What it is asked with.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Has it rest, or go on: it works without being asked, and would slow down what is measured beside it.
    pub fn rests(&self, rests: bool) -> anyhow::Result<()> {
        let pid = self.pid().context("the reference does not run")?;
        let signal = if rests { "-STOP" } else { "-CONT" };
        ensure!(Command::new("kill").args([signal, &pid]).status()?.success(), "the reference has ended");
        Ok(())
    }

    /// Gets a new token: one lasts an hour.
    pub async fn sign_in(&mut self) -> anyhow::Result<()> {
        for _ in 0..100 {
            let mut client = Client::connect(Self::ADDRESS).await?;
            if let Ok((status, body)) = client.send("/api/auth/guest/refresh", Some(Bytes::new())).await
                && status.is_success()
            {
                let answer: Value = serde_json::from_slice(&body)?;
                let token = answer.pointer("/backstageIdentity/token").and_then(Value::as_str);
                token.context("no token")?.clone_into(&mut self.token);
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("the reference lets no guest in")
    }

    fn pid(&self) -> Option<String> {
        Some(fs::read_to_string(self.folder.join("srv.pid")).ok()?.trim().to_owned())
    }
}

fn listens(address: &str) -> bool {
    let address: Option<SocketAddr> = address.parse().ok();
    address.is_some_and(|address| TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok())
}

impl Drop for Reference {
    fn drop(&mut self) {
        if let Some(pid) = self.pid() {
            let _ = self.rests(false);
            let _ = Command::new("kill").arg(&pid).status();
            // The next one listens where this one does.
            let step = Duration::from_millis(100);
            for _ in 0..PATIENCE.as_millis() / step.as_millis() {
                if !listens(Self::ADDRESS) {
                    break;
                }
                thread::sleep(step);
            }
        }
        let _ = fs::remove_dir_all(&self.data);
    }
}
