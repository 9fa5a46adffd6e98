use std::{collections::BTreeSet, sync::Arc};

use callboard_kit::{
    CatalogReader, Decision, EntityFilter, EntityRef, PermissionDefinition, Problem, Result, Viewer,
};
use chrono::{DateTime, Utc};

use super::{PermissionRequest, RoleChange, request::ENTITY, roles::check_free};
use crate::{book::RoleBook, model::Role, permissions::READ};

/// The most people that are looked at one by one.
const MAX_SUBJECTS: usize = 500;
/// The most differences that are told.
const MAX_CHANGES: usize = 200;

/// Changes of roles that are looked at before they are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Simulated {
    pub create: Vec<RoleChange>,
    pub update: Vec<(String, RoleChange)>,
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
    /// How many entities become accessible; `None` where the permission is not about entities.
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
            let told =
                "simulating shows what all roles do, so it needs `policy.entity.read` without a condition";
            return Err(Problem::forbidden(told));
        }
        let before = self.service.book();
        let (after, touched) = changed(&before, simulated, self.service.clock.now())?;
        let catalog = self.service.services.catalog.get();
        let (subjects, complete) = self.subjects(&touched, catalog.as_deref()).await?;
        let permissions = touched_permissions(&before, &touched);
        let mut changes = Vec::new();
        let mut total_count = 0;
        for subject in subjects {
            let viewer = match &subject {
                Some(subject) => self.viewer_for(subject).await?,
                None => nobody_in_particular()?,
            };
            // Counting over a large catalog takes its time, which others need, too.
            tokio::task::yield_now().await;
            for permission in &permissions {
                let decisions =
                    (before.decide(&viewer, permission.name), after.decide(&viewer, permission.name));
                let Some(change) =
                    compare(catalog.as_deref(), permission, subject.as_ref(), decisions).await?
                else {
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

    /// Everyone whom the roles are about, in order; and whether that is all of them.
    async fn subjects(
        &self,
        touched: &[Arc<Role>],
        catalog: Option<&dyn CatalogReader>,
    ) -> Result<(Vec<Option<EntityRef>>, bool)> {
        let mut named: BTreeSet<EntityRef> = BTreeSet::new();
        for member in touched.iter().flat_map(|role| &role.members) {
            match (member.kind(), catalog) {
                ("group", Some(catalog)) => named.extend(catalog.members_of(member).await?),
                ("group", None) => {}
                _ => drop(named.insert(member.clone())),
            }
        }
        let everyone = touched.iter().any(|role| role.everyone);
        if everyone {
            // Those who have roles of their own may see no difference where others do.
            let book = self.service.book();
            let own = book.roles().iter().flat_map(|role| &role.members);
            named.extend(own.filter(|member| member.kind() == "user").cloned());
        }
        let complete = named.len() <= MAX_SUBJECTS;
        let everyone = everyone.then_some(None);
        Ok((everyone.into_iter().chain(named.into_iter().take(MAX_SUBJECTS).map(Some)).collect(), complete))
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
        check_free(book, &role.name)?;
        touched.push(Arc::clone(&role));
        roles.push(role);
    }
    for (index, (name, change)) in simulated.update.iter().enumerate() {
        let role = roles.iter_mut().find(|role| role.name == *name).ok_or_else(|| missing(name))?;
        touched.push(Arc::clone(role));
        let field = format!("input.update.{index}");
        *role = Arc::new(change.apply(Role::clone(role), book.knowledge(), &field)?);
        touched.push(Arc::clone(role));
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

/// Someone who is signed in and of whom nothing else is known.
fn nobody_in_particular() -> Result<Viewer> {
    let reference: EntityRef = "user:default/guest".parse().map_err(Problem::internal)?;
    Ok(Viewer::user(reference, []))
}

/// What is different, if anything is.
async fn compare(
    catalog: Option<&dyn CatalogReader>,
    permission: &PermissionDefinition,
    subject: Option<&EntityRef>,
    (before, after): (Decision, Decision),
) -> Result<Option<AccessChange>> {
    let same_kind = std::mem::discriminant(&before) == std::mem::discriminant(&after);
    if same_kind && filter_of(&before) == filter_of(&after) {
        return Ok(None);
    }
    let counts = match catalog.filter(|_| permission.resource_type == Some(ENTITY)) {
        Some(catalog) => {
            let gained = catalog.count(&difference(&after, &before)).await?;
            Some((gained, catalog.count(&difference(&before, &after)).await?))
        }
        None => None,
    };
    if same_kind && counts == Some((0, 0)) {
        return Ok(None);
    }
    Ok(Some(AccessChange {
        subject: subject.cloned(),
        permission: permission.name,
        before,
        after,
        gained: counts.map(|(gained, _)| gained),
        lost: counts.map(|(_, lost)| lost),
    }))
}

/// What a decision allows, as a filter.
fn filter_of(decision: &Decision) -> EntityFilter {
    match decision {
        Decision::Allow => EntityFilter::default(),
        Decision::Deny => EntityFilter { any_of: Some(Vec::new()), ..EntityFilter::default() },
        Decision::Conditional(filter) => EntityFilter::clone(filter),
    }
}

/// What the first allows and the second does not.
fn difference(first: &Decision, second: &Decision) -> EntityFilter {
    let not = EntityFilter { not: Some(Box::new(filter_of(second))), ..EntityFilter::default() };
    filter_of(first).and(not)
}
