//! Work that outlives a request: jobs in the database, leased to one run at a time, shared between replicas.

mod active;
mod control;
mod enqueue;
mod error;
mod every;
mod handler;
mod job;
mod options;
mod records;
mod running;
mod store;
mod upkeep;
mod wake;
mod worker;

use std::{
    collections::HashSet,
    fmt,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::DatabaseConnection;
use uuid::Uuid;

use crate::{Clock, Vault};
use active::ActiveRuns;
use wake::Wake;

pub use active::Interruption;
pub use error::JobsError;
pub use handler::{JobFailure, JobHandler, JobOutcome};
pub use job::{JobEnd, JobId, JobRecord, JobState, JobTicket, NewJob};
pub use options::{Backoff, WorkerOptions};
pub use records::{JobFilter, QueueCounts};
pub use running::RunningJob;

/// How long ended jobs are kept.
const RETENTION: Duration = Duration::from_hours(7 * 24);
/// Whoever waits for something looks this often, whether told or not.
const POLL: Duration = Duration::from_secs(1);

/// Work that outlives a request, kept in the database and shared between replicas. Cheap to clone.
///
/// A plugin puts jobs into a queue of its own, named after it (`catalog.refresh`), and works on that queue in every
/// replica. `docs/jobs.md` says what it may count on.
#[derive(Clone)]
pub struct Jobs(Arc<Engine>);

struct Engine {
    database: DatabaseConnection,
    clock: Clock,
    vault: Vault,
    retention: Duration,
    /// Names this process in leases.
    owner: Uuid,
    active: ActiveRuns,
    wake: Wake,
}

/// The engines of this process: what they hold is not left behind by one that is gone.
static OWNERS: LazyLock<Mutex<HashSet<Uuid>>> = LazyLock::new(Mutex::default);

impl Jobs {
    /// The jobs of a migrated database. `run` must be called before any are worked on.
    pub fn new(database: DatabaseConnection, clock: Clock, vault: Vault) -> Self {
        Self::with_retention(database, clock, vault, RETENTION)
    }

    /// The same, with how long ended jobs are kept.
    pub fn with_retention(
        database: DatabaseConnection,
        clock: Clock,
        vault: Vault,
        retention: Duration,
    ) -> Self {
        let owner = Uuid::new_v4();
        OWNERS.lock().unwrap_or_else(PoisonError::into_inner).insert(owner);
        let (active, wake) = (ActiveRuns::default(), Wake::default());
        Self(Arc::new(Engine { database, clock, vault, retention, owner, active, wake }))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        OWNERS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.owner);
    }
}

impl fmt::Debug for Jobs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Jobs").field("owner", &self.0.owner).finish_non_exhaustive()
    }
}
