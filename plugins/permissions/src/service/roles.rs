use std::sync::Arc;

use callboard_kit::{Code, EntityRef, Problem, Result, note_changes, note_denied, note_target};
use serde_json::Value;

use super::{
    PermissionRequest, RoleChange, WrittenGrant,
    change::{check_members, check_size},
    delegation::{Right, check_delegated},
};
use crate::{
    book::RoleBook,
    config::Effect,
    model::{Role, RoleSource},
    permissions::{CREATE, DELETE, READ, UPDATE},
    repository::RoleWrite,
};

/// More roles than anyone can keep in mind.
const MAX_ROLES: usize = 5000;

/// Which grants of a role to take back.
#[derive(Clone, Debug)]
pub(crate) enum Revocation {
    /// The one with this id.
    Id(String),
    /// All that are written like this, of one effect where it is given.
    Written { permission: String, effect: Option<Effect> },
}

impl PermissionRequest {
    /// Creates a role; `CONFLICT` where the name is taken.
    pub async fn create(&self, change: RoleChange) -> Result<Arc<Role>> {
        let right = self.require(CREATE)?;
        let now = self.service.clock.now();
        note_target(change.name.clone().unwrap_or_default());
        let role = self
            .service
            .change(|book| {
                let role = Arc::new(change.apply(Role::new("", now), book.knowledge(), "input")?);
                check_free(book, &role.name)?;
                if book.roles().len() >= MAX_ROLES {
                    return Err(Problem::new(Code::Conflict, format!("there are {MAX_ROLES} roles already")));
                }
                self.check_change(book, &right, CREATE, None, Some(&role))?;
                Ok((vec![RoleWrite::Put(Arc::clone(&role))], role))
            })
            .await?;
        note_changes(&Value::Null, &role.state());
        Ok(role)
    }

    /// Changes a role.
    pub async fn update(&self, name: &str, change: &RoleChange) -> Result<Arc<Role>> {
        self.edit(name, |book, role| change.apply(role, book.knowledge(), "input")).await
    }

    /// Gives a role to members, beside those that have it.
    pub async fn assign(&self, name: &str, members: &[EntityRef]) -> Result<Arc<Role>> {
        let members = check_members(members, "input.members")?;
        self.edit(name, |_, mut role| {
            for member in &members {
                if !role.members.contains(member) {
                    role.members.push(member.clone());
                }
            }
            check_size(&role, "input.members", "input.members")?;
            Ok(role)
        })
        .await
    }

    /// Takes a role from members; who does not have it does not mind.
    pub async fn unassign(&self, name: &str, members: &[EntityRef]) -> Result<Arc<Role>> {
        self.edit(name, |_, mut role| {
            role.members.retain(|member| !members.contains(member));
            Ok(role)
        })
        .await
    }

    /// Grants something; what is granted already stays as it is.
    pub async fn grant(&self, name: &str, written: &WrittenGrant) -> Result<Arc<Role>> {
        self.edit(name, |book, mut role| {
            let grant = written.read(book.knowledge(), "input")?;
            if !role.grants.iter().any(|known| known.says_the_same(&grant)) {
                role.grants.push(grant);
            }
            check_size(&role, "input.permission", "input.role")?;
            Ok(role)
        })
        .await
    }

    /// Takes grants back; `NOT_FOUND` where the role has none of them.
    pub async fn revoke(&self, name: &str, revocation: &Revocation) -> Result<Arc<Role>> {
        self.edit(name, |_, mut role| {
            let count = role.grants.len();
            role.grants.retain(|grant| match revocation {
                Revocation::Id(id) => grant.id != *id,
                Revocation::Written { permission, effect } => {
                    grant.target.permission() != permission
                        || effect.is_some_and(|effect| effect != grant.effect)
                }
            });
            if role.grants.len() == count {
                return Err(Problem::not_found(format!("role `{name}` has no such grant")));
            }
            Ok(role)
        })
        .await
    }

    /// Deletes a role.
    pub async fn delete(&self, name: &str) -> Result<()> {
        note_target(name);
        self.require_authenticated()?;
        let right = self.right(DELETE);
        let deleted = self
            .service
            .change(|book| {
                let role = self.find(book, name, DELETE, &right)?;
                self.check_change(book, &right, DELETE, Some(role), None)?;
                Ok((vec![RoleWrite::Delete(role.id.clone())], Arc::clone(role)))
            })
            .await?;
        note_changes(&deleted.state(), &Value::Null);
        Ok(())
    }

    /// Changes one role by what `edit` makes of it.
    async fn edit(&self, name: &str, edit: impl Fn(&RoleBook, Role) -> Result<Role>) -> Result<Arc<Role>> {
        note_target(name);
        self.require_authenticated()?;
        let right = self.right(UPDATE);
        let now = self.service.clock.now();
        let (before, after) = self
            .service
            .change(|book| {
                let before = self.find(book, name, UPDATE, &right)?;
                let mut after = edit(book, Role::clone(before))?;
                if after == **before {
                    return Ok((Vec::new(), (Arc::clone(before), Arc::clone(before))));
                }
                if after.name != before.name {
                    check_free(book, &after.name)?;
                }
                self.check_change(book, &right, UPDATE, Some(before), Some(&after))?;
                after.times = after.times.map(|(created, _)| (created, now));
                let after = Arc::new(after);
                Ok((vec![RoleWrite::Put(Arc::clone(&after))], (Arc::clone(before), after)))
            })
            .await?;
        note_changes(&before.state(), &after.state());
        Ok(after)
    }

    /// The role to change: `NOT_FOUND` where it may not be seen, `FORBIDDEN` where it may be seen alone, `CONFLICT` where it
    /// belongs to the config.
    fn find<'a>(
        &self,
        book: &'a RoleBook,
        name: &str,
        permission: &str,
        right: &Right,
    ) -> Result<&'a Arc<Role>> {
        let visible = self.right(READ);
        let missing = || Problem::not_found(format!("there is no role `{name}`"));
        let role = book.find(name).ok_or_else(missing)?;
        if !right.covers(role) {
            note_denied(format!("lacks `{permission}`"));
            let told = format!("you lack the permission `{permission}` for role `{name}`");
            return Err(if visible.covers(role) { Problem::forbidden(told) } else { missing() });
        }
        if role.source == RoleSource::Config {
            let told =
                format!("role `{name}` comes from the config (`permission.roles`) and is changed there");
            return Err(Problem::new(Code::Conflict, told));
        }
        Ok(role)
    }

    /// Whether the right reaches what the role becomes, and gives away no more than it may.
    pub(super) fn check_change(
        &self,
        book: &RoleBook,
        right: &Right,
        permission: &str,
        before: Option<&Role>,
        after: Option<&Role>,
    ) -> Result<()> {
        if right.is_unlimited() {
            return Ok(());
        }
        if after.is_some_and(|after| !right.covers(after)) {
            let told = format!(
                "your permission `{permission}` would not be about the role as it would be then: look at its owner"
            );
            return Err(Problem::forbidden(told));
        }
        check_delegated(book, self.viewer(), before, after)
    }
}

pub(super) fn check_free(book: &RoleBook, name: &str) -> Result<()> {
    match book.find(name) {
        Some(_) => Err(Problem::new(Code::Conflict, format!("there is a role `{name}` already"))),
        None => Ok(()),
    }
}
