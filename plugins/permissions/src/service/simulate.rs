mod sight;
mod subjects;

use std::sync::Arc;

use callboard_kit::{Decision, EntityRef, PermissionDefinition, Problem, Result};
use chrono::{DateTime, Utc};

use self::{
    sight::Sight,
    subjects::{nobody_in_particular, subjects},
};
use super::{PermissionRequest, RoleChange, RoleUpdate, request::ENTITY_READ, roles::check_free};
use crate::{book::RoleBook, model::Role, permissions::READ};

/// The most differences that are told.
const MAX_CHANGES: usize = 200;

/// Changes of roles that are looked at before they are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Simulated {
    pub create: Vec<RoleChange>,
    pub update: Vec<RoleUpdate>,
    pub delete: Vec<String>,
}

/// Who would gain and lose what.
#[derive(Debug)]
pub(crate) struct Simulation {
    pub changes: Vec<AccessChange>,
    pub total_count: usize,
    pub complete: bool,
}

/// What would be different for one subject.
#[derive(Debug)]
pub(crate) struct AccessChange {
    /// `None` for everyone who has no role of their own.
    pub subject: Option<EntityRef>,
    pub permission: &'static str,
    pub before: Decision,
    pub after: Decision,
    /// How many entities become accessible, of those that the viewer may see; `None` where the permission is not about
    /// entities.
    pub gained: Option<u64>,
    /// How many no longer are.
    pub lost: Option<u64>,
}

impl PermissionRequest {
    /// What changes of roles would change for people; `None` where the viewer may not know. Nothing is stored.
    pub async fn simulate(&self, simulated: &Simulated) -> Result<Option<Simulation>> {
        self.require_authenticated()?;
        let Some(right) = self.may_look(READ, None).await else { return Ok(None) };
        if !right.is_unlimited() {
            self.context.record_denied(READ, None).await;
            let told =
                "simulating shows what all roles do, so it needs `policy.entity.read` without a condition";
            return Err(Problem::forbidden(told).about_permission(READ));
        }
        let before = self.service.book();
        let (after, touched) = changed(&before, simulated, self.service.clock.now())?;
        let catalog = self.service.services.catalog.get();
        let sight = Sight { catalog: catalog.as_deref(), visible: before.decide(self.viewer(), ENTITY_READ) };
        let (subjects, complete) = subjects(&before, &touched, &sight).await?;
        let permissions = touched_permissions(&before, &touched);
        let mut changes = Vec::new();
        let mut total_count = 0;
        for subject in subjects {
            let viewer = match &subject {
                Some(subject) => self.viewer_for(subject).await?,
                None => nobody_in_particular(&before, &after)?,
            };
            // Counting over a large catalog takes its time, which others need, too.
            tokio::task::yield_now().await;
            for permission in &permissions {
                let decisions =
                    (before.decide(&viewer, permission.name), after.decide(&viewer, permission.name));
                let Some(change) = sight.compare(permission, subject.as_ref(), decisions).await? else {
                    continue;
                };
                total_count += 1;
                if changes.len() < MAX_CHANGES {
                    changes.push(change);
                }
            }
        }
        Ok(Some(Simulation { changes, total_count, complete }))
    }
}

/// The roles as they would be, and the changed ones as they are and would be.
fn changed(book: &RoleBook, simulated: &Simulated, now: DateTime<Utc>) -> Result<(RoleBook, Vec<Arc<Role>>)> {
    let mut roles: Vec<Arc<Role>> = book.roles().to_vec();
    let mut touched = Vec::new();
    let missing = |name: &str| Problem::not_found(format!("there is no role `{name}`"));
    for (index, change) in simulated.create.iter().enumerate() {
        let role =
            Arc::new(change.apply(Role::new("", now), book.knowledge(), &format!("input.create.{index}"))?);
        check_free(&roles, &role.name)?;
        touched.push(Arc::clone(&role));
        roles.push(role);
    }
    for (index, update) in simulated.update.iter().enumerate() {
        let RoleUpdate { name, change, .. } = update;
        let place = roles.iter().position(|role| role.name == *name).ok_or_else(|| missing(name))?;
        let before = Arc::clone(&roles[place]);
        update.key().check(&before)?;
        let field = format!("input.update.{index}");
        let after = Arc::new(change.apply(Role::clone(&before), book.knowledge(), &field)?);
        if after.name != before.name {
            check_free(&roles, &after.name)?;
        }
        roles[place] = Arc::clone(&after);
        touched.extend([before, after]);
    }
    for name in &simulated.delete {
        let index = roles.iter().position(|role| role.name == *name).ok_or_else(|| missing(name))?;
        touched.push(roles.remove(index));
    }
    Ok((book.with_roles(roles), touched))
}

fn touched_permissions(book: &RoleBook, touched: &[Arc<Role>]) -> Vec<PermissionDefinition> {
    let grants = || touched.iter().flat_map(|role| &role.grants);
    let is_touched =
        |known: &&PermissionDefinition| grants().any(|grant| grant.target.matches(&(*known).into()));
    let mut permissions: Vec<PermissionDefinition> =
        book.knowledge().permissions.iter().filter(is_touched).copied().collect();
    permissions.sort_unstable_by_key(|permission| permission.name);
    permissions
}
