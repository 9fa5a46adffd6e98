//! The rules of roles: who may see and change them, and what follows from them.

mod change;
mod delegation;
mod explain;
mod export;
mod import;
mod request;
mod roles;
mod simulate;

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use async_trait::async_trait;
use callboard_kit::{Authorizer, Clock, Code, Decision, Problem, RequestContext, Result, Services, Viewer};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

pub(crate) use change::{Part, RoleChange, WrittenGrant};
pub(crate) use explain::{Explanation, GrantEvaluation, GrantVerdict, Remedy};
pub(crate) use export::Export;
pub(crate) use import::{ImportOutcome, ImportProblem, ImportSource};
pub(crate) use request::PermissionRequest;
pub(crate) use roles::Revocation;
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
    /// The revision that the book is of; held while roles are changed or read anew.
    revision: Mutex<i64>,
    pub services: Services,
    pub clock: Clock,
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
            revision: Mutex::new(i64::MIN),
            services,
            clock,
        };
        service.refresh().await?;
        for role in &service.config_roles {
            let (_, stored) = service.repository.load().await?;
            if stored.iter().any(|stored| stored.name == role.name) {
                tracing::warn!(
                    role = role.name,
                    "a role of the config hides one of the same name in the database"
                );
            }
        }
        Ok(service)
    }

    /// Every role as it is now.
    pub fn book(&self) -> Arc<RoleBook> {
        self.book.load_full()
    }

    /// The roles as one request may see and change them.
    pub fn request(self: &Arc<Self>, context: RequestContext) -> PermissionRequest {
        PermissionRequest::new(Arc::clone(self), context)
    }

    /// Reads the roles anew where they were changed.
    async fn refresh(&self) -> Result<(), RoleStoreError> {
        let mut revision = self.revision.lock().await;
        self.refresh_locked(&mut revision).await
    }

    async fn refresh_locked(&self, revision: &mut i64) -> Result<(), RoleStoreError> {
        if *revision == self.repository.revision().await? {
            return Ok(());
        }
        let (loaded, roles) = self.repository.load().await?;
        self.replace(roles.into_iter().map(Arc::new).collect());
        *revision = loaded;
        Ok(())
    }

    /// Roles of the config come first: no name in the database takes one of theirs.
    fn replace(&self, stored: Vec<Arc<Role>>) {
        let roles = self.config_roles.iter().cloned().chain(stored).collect();
        self.book.store(Arc::new(self.book.load().with_roles(roles)));
    }

    /// Changes roles by what `change` makes of all of them; every decision from then on is by the new ones.
    async fn change<T>(&self, change: impl Fn(&RoleBook) -> Result<(Vec<RoleWrite>, T)>) -> Result<T> {
        let mut revision = self.revision.lock().await;
        for _ in 0..ATTEMPTS {
            self.refresh_locked(&mut revision).await?;
            let (writes, outcome) = change(&self.book())?;
            if writes.is_empty() {
                return Ok(outcome);
            }
            match self.repository.save(*revision, &writes).await {
                Ok(_) => {
                    self.refresh_locked(&mut revision).await?;
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
