use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

/// Names the address of a server that runs already, `postgres://user@host:port`.
pub const POSTGRES_URL: &str = "CALLBOARD_TEST_POSTGRES_URL";

/// A real PostgreSQL server for tests: quick and forgetful.
#[derive(Debug)]
pub struct PostgresServer {
    url: String,
    process: Option<Child>,
    folder: Option<PathBuf>,
}

impl PostgresServer {
    /// The server of this process: the one that the environment names, else one started at first use, which ends with
    /// the process.
    ///
    /// # Panics
    ///
    /// Where there is none and none can be started; the message says what to install.
    #[expect(clippy::panic, reason = "a test without its database has failed")]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<PostgresServer> = OnceLock::new();
        SHARED.get_or_init(|| match env::var(POSTGRES_URL) {
            Ok(url) => Self { url, process: None, folder: None },
            Err(_) => Self::start().unwrap_or_else(|error| panic!("no PostgreSQL to test with: {error:#}")),
        })
    }

    /// Starts a server in a scratch folder, on a free port of the loopback interface: quick, as it syncs nothing.
    pub fn start() -> anyhow::Result<Self> {
        let quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB";
        Self::start_with(quick)
    }

    /// The same as its makers ship it: what is committed stays. For what is measured.
    pub fn durable() -> anyhow::Result<Self> {
        Self::start_with("")
    }

    fn start_with(settings: &str) -> anyhow::Result<Self> {
        let programs = find_programs()?;
        let folder = env::temp_dir().join(format!("callboard-postgres-{}", Uuid::new_v4().simple()));
        fs::create_dir_all(&folder)?;
        let as_other = is_root();
        if as_other {
            ensure!(
                Command::new("chown").arg("nobody").arg(&folder).status()?.success(),
                "cannot give the scratch folder to `nobody`"
            );
        }
        let data = folder.join("data");
        let init = format!(
            "'{}/initdb' -D '{}' -U postgres -A trust -E UTF8 --no-locale --no-sync",
            programs.display(),
            data.display()
        );
        let made = shell(&init, as_other).stdout(Stdio::null()).output().context("initdb")?;
        ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        // A portal that a test leaves behind keeps its connections until the process of the test ends.
        // The watcher stops the server when this process is gone, however it ended.
        let serve = format!(
            "'{}/postgres' -D '{}' -p {port} -k '{}' -c listen_addresses=127.0.0.1 \
             -c max_connections=1000 {settings} \
             >'{}/log' 2>&1 & server=$!; trap 'kill $server' TERM; \
             while kill -0 {} 2>/dev/null || [ -e /proc/{} ]; do sleep 0.5 & wait $!; kill -0 $server 2>/dev/null || exit; done; \
             kill $server; wait $server; rm -rf '{}'",
            programs.display(),
            data.display(),
            folder.display(),
            folder.display(),
            std::process::id(),
            std::process::id(),
            folder.display(),
        );
        let process = shell(&serve, as_other)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let server = Self {
            url: format!("postgres://postgres@127.0.0.1:{port}"),
            process: Some(process),
            folder: Some(folder),
        };
        server.wait_until_ready(&programs, port)?;
        Ok(server)
    }

    fn wait_until_ready(&self, programs: &Path, port: u16) -> anyhow::Result<()> {
        for _ in 0..200 {
            let ready = Command::new(programs.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
                .status()
                .context("pg_isready")?;
            if ready.success() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = self.folder.as_ref().and_then(|folder| fs::read_to_string(folder.join("log")).ok());
        bail!("the server did not start: {}", log.unwrap_or_default())
    }

    /// Its address, without a database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Panics
    ///
    /// When the server refuses.
    #[expect(clippy::panic, reason = "a test without its database has failed")]
    pub async fn create_database(&self) -> String {
        let name = format!("test_{}", Uuid::new_v4().simple());
        let made = async {
            let server = Database::connect(format!("{}/postgres", self.url)).await?;
            server.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
            server.close().await
        };
        if let Err(error) = made.await {
            panic!("cannot make a database at {}: {error}", self.url);
        }
        format!("{}/{name}", self.url)
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = Command::new("kill").arg(process.id().to_string()).status();
            let _ = process.wait();
        }
        if let Some(folder) = self.folder.take() {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

/// `initdb` and `postgres` refuse to run as root.
fn shell(script: &str, as_other: bool) -> Command {
    let mut command;
    if as_other {
        command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", "sh", "-c", script]);
    } else {
        command = Command::new("sh");
        command.args(["-c", script]);
    }
    command.current_dir("/");
    command
}

fn find_programs() -> anyhow::Result<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    folders.sort();
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    folders
        .into_iter()
        .rev()
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_isready").exists())
        .context("install PostgreSQL (Debian: `apt-get install postgresql`), or name a server in CALLBOARD_TEST_POSTGRES_URL")
}
