use std::{future::Future, path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use callboard_kit::{
    Backoff, Clock, JobFailure, JobHandler, JobOutcome, Jobs, RunningJob, Vault, WorkerOptions,
};
use callboard_migrations::{Migrator, MigratorTrait};
use callboard_test_support::PostgresServer;
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use tempfile::TempDir;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A migrated database that replicas share.
pub struct Store {
    pub url: String,
    _folder: TempDir,
}

impl Store {
    pub async fn create(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => sqlite(folder.path()),
            Engine::Postgres => PostgresServer::shared().create_database().await,
        };
        let database = connect(&url).await;
        Migrator::up(&database, None).await.unwrap();
        Self { url, _folder: folder }
    }

    pub async fn replica(&self) -> Replica {
        Replica::start(&self.url).await
    }

    pub async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    /// The texts of a column, behind everybody's back.
    pub async fn read(&self, query: &str) -> Vec<String> {
        use sea_orm::ConnectionTrait;
        let database = connect(&self.url).await;
        let statement = sea_orm::Statement::from_string(database.get_database_backend(), query);
        let rows = database.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default())
            .collect()
    }
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join("jobs.db").display())
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false);
    let database = Database::connect(options).await.unwrap();
    if url.starts_with("sqlite") {
        use sea_orm::ConnectionTrait;
        database.execute_unprepared("PRAGMA journal_mode = WAL").await.unwrap();
    }
    database
}

/// A process of the portal, as far as jobs are concerned.
pub struct Replica {
    pub jobs: Jobs,
    pub database: DatabaseConnection,
    pub stop: CancellationToken,
    pub tasks: TaskTracker,
}

impl Replica {
    pub async fn start(url: &str) -> Self {
        let replica = Self::idle(url, Clock::system()).await;
        replica.jobs.run(&replica.stop, &replica.tasks).await.unwrap();
        replica
    }

    /// One with a clock of its own that does not look after jobs until it is told to.
    pub async fn idle(url: &str, clock: Clock) -> Self {
        let database = connect(url).await;
        let vault = Vault::new(b"a-key-of-thirty-two-characters-or-more").unwrap();
        let jobs = Jobs::new(database.clone(), clock, vault);
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        Self { jobs, database, stop, tasks }
    }

    /// Works on a queue.
    pub fn work<F, Fut>(&self, queue: &'static str, options: WorkerOptions, run: F)
    where
        F: Fn(RunningJob) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<JobOutcome, JobFailure>> + Send + 'static,
    {
        self.jobs.work(queue, options, Arc::new(Handler(run)), &self.stop, &self.tasks);
    }

    /// Stops as a process does that was asked to.
    pub async fn leave(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

struct Handler<F>(F);

#[async_trait]
impl<F, Fut> JobHandler for Handler<F>
where
    F: Fn(RunningJob) -> Fut + Send + Sync,
    Fut: Future<Output = Result<JobOutcome, JobFailure>> + Send,
{
    async fn run(&self, job: RunningJob) -> Result<JobOutcome, JobFailure> {
        (self.0)(job).await
    }
}

/// Quick to lapse and to try again.
pub fn quick(concurrency: usize) -> WorkerOptions {
    WorkerOptions {
        concurrency,
        lease: Duration::from_secs(2),
        timeout: Some(Duration::from_secs(20)),
        grace: Duration::from_millis(300),
        backoff: Backoff { first: Duration::from_millis(20), longest: Duration::from_millis(40) },
        keys: None,
    }
}

/// Longer than anything here takes.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until something is so.
pub async fn until<Fut: Future<Output = bool>>(is_so: impl Fn() -> Fut) {
    let waited = tokio::time::timeout(PATIENCE, async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.unwrap();
}
