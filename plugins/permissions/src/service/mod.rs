//! The rules of roles: who may see and change them, and what follows from them.

mod change;
mod delegation;
mod explain;
mod export;
mod import;
mod request;
mod roles;
mod simulate;

use std::{collections::HashSet, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use async_trait::async_trait;
use callboard_kit::{Authorizer, Clock, Code, Decision, Problem, RequestContext, Result, Services, Viewer};
use chrono::{DateTime, SubsecRound, Utc};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

pub(crate) use change::{Part, RoleChange, WrittenGrant};
pub(crate) use explain::{Explanation, GrantEvaluation, GrantVerdict, Remedy, RemedyKind};
pub(crate) use export::Export;
pub(crate) use import::{ImportOutcome, ImportProblem, ImportSource};
pub(crate) use request::PermissionRequest;
pub(crate) use roles::{Revocation, RoleKey, RoleUpdate};
pub(crate) use simulate::{AccessChange, Simulated, Simulation};

use crate::{
    book::{Knowledge, RoleBook},
    model::Role,
    repository::{RoleRepository, RoleStoreError, RoleWrite},
};

/// What other processes change is seen after this long at most.
const POLL: Duration = Duration::from_secs(1);
/// How often a change is tried anew when another process was faster.
const ATTEMPTS: usize = 5;

/// The roles of this process.
pub(crate) struct PermissionService {
    book: ArcSwap<RoleBook>,
    config_roles: Vec<Arc<Role>>,
    repository: RoleRepository,
    /// What the database holds; locked while roles are changed or read anew.
    stored: Mutex<Stored>,
    pub services: Services,
    pub clock: Clock,
}

/// The roles of the database, by name, also those that the config hides, and their revision.
struct Stored {
    revision: i64,
    roles: Vec<Arc<Role>>,
}

impl Stored {
    /// The same after these writes.
    fn write(&mut self, revision: i64, writes: Vec<RoleWrite>) {
        self.revision = revision;
        self.roles.retain(|role| writes.iter().all(|write| write.id() != role.id));
        self.roles.extend(writes.into_iter().filter_map(|write| match write {
            RoleWrite::Put(role) => Some(role),
            RoleWrite::Delete(_) => None,
        }));
        self.roles.sort_unstable_by(|left, right| left.name.cmp(&right.name));
    }
}

impl PermissionService {
    /// Reads the roles of the database beside those of the config.
    pub async fn open(
        repository: RoleRepository,
        config_roles: Vec<Arc<Role>>,
        knowledge: Knowledge,
        services: Services,
        clock: Clock,
    ) -> Result<Self, RoleStoreError> {
        let service = Self {
            book: ArcSwap::from_pointee(RoleBook::new(Vec::new(), knowledge)),
            config_roles,
            repository,
            stored: Mutex::new(Stored { revision: i64::MIN, roles: Vec::new() }),
            services,
            clock,
        };
        service.refresh().await?;
        let names: HashSet<&str> = service.config_roles.iter().map(|role| role.name.as_str()).collect();
        for role in service.stored.lock().await.roles.iter().filter(|role| names.contains(role.name.as_str()))
        {
            tracing::warn!(
                role = role.name,
                "a role of the config hides one of the same name in the database, its denials included"
            );
        }
        Ok(service)
    }

    /// Every role as it is now.
    pub fn book(&self) -> Arc<RoleBook> {
        self.book.load_full()
    }

    /// The time, as exactly as every database keeps it.
    fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(6)
    }

    /// The roles as one request may see and change them.
    pub fn request(self: &Arc<Self>, context: RequestContext) -> PermissionRequest {
        PermissionRequest::new(Arc::clone(self), context)
    }

    /// Reads the roles anew where they were changed.
    async fn refresh(&self) -> Result<(), RoleStoreError> {
        let mut stored = self.stored.lock().await;
        self.refresh_locked(&mut stored).await
    }

    async fn refresh_locked(&self, stored: &mut Stored) -> Result<(), RoleStoreError> {
        if stored.revision == self.repository.revision().await? {
            return Ok(());
        }
        let (revision, roles) = self.repository.load().await?;
        *stored = Stored { revision, roles: roles.into_iter().map(Arc::new).collect() };
        self.publish(stored);
        Ok(())
    }

    /// Roles of the config come first: no name in the database takes one of theirs.
    fn publish(&self, stored: &Stored) {
        let roles = self.config_roles.iter().chain(&stored.roles).cloned().collect();
        self.book.store(Arc::new(self.book.load().with_roles(roles)));
    }

    /// Changes roles by what `change` makes of all of them; every decision from then on is by the new ones.
    async fn change<T>(&self, change: impl Fn(&RoleBook) -> Result<(Vec<RoleWrite>, T)>) -> Result<T> {
        let mut stored = self.stored.lock().await;
        for _ in 0..ATTEMPTS {
            self.refresh_locked(&mut stored).await?;
            let (writes, outcome) = change(&self.book())?;
            if writes.is_empty() {
                return Ok(outcome);
            }
            match self.repository.save(stored.revision, &writes).await {
                Ok(revision) => {
                    // What was stored is known: nothing more that could fail.
                    stored.write(revision, writes);
                    self.publish(&stored);
                    return Ok(outcome);
                }
                Err(RoleStoreError::Overtaken) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Problem::new(Code::Conflict, "roles are being changed by others all the time, try again"))
    }

    /// Keeps up with what other processes change, until told to stop.
    pub async fn follow(&self, stop: &CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(POLL) => {}
            }
            if let Err(error) = self.refresh().await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "roles could not be read, they stay as they were"
                );
            }
        }
    }
}

#[async_trait]
impl Authorizer for PermissionService {
    async fn decide(&self, viewer: &Viewer, permission: &str) -> Decision {
        self.book.load().decide(viewer, permission)
    }
}
