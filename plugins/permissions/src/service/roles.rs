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
pub(super) const MAX_ROLES: usize = 5000;

/// Which grants of a role to take back.
#[derive(Clone, Debug)]
pub(crate) enum Revocation {
    /// The one with this id.
    Id(String),
    /// All that are written like this, of one effect where it is given.
    Written { permission: String, effect: Option<Effect> },
}

/// Which role, and what it was when the client looked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RoleKey<'a> {
    pub name: &'a str,
    pub revision: Option<&'a str>,
}

/// A change of one role.
#[derive(Clone, Debug)]
pub(crate) struct RoleUpdate {
    pub name: String,
    pub revision: Option<String>,
    pub change: RoleChange,
}

impl RoleUpdate {
    pub fn key(&self) -> RoleKey<'_> {
        RoleKey { name: &self.name, revision: self.revision.as_deref() }
    }
}

impl RoleKey<'_> {
    /// `CONFLICT` where the role is no longer what the client saw.
    pub fn check(self, role: &Role) -> Result<()> {
        if self.revision.is_some_and(|expected| expected != role.revision()) {
            let told = format!("role `{}` was changed meanwhile: look at it again", self.name);
            return Err(Problem::new(Code::Conflict, told));
        }
        Ok(())
    }
}

impl PermissionRequest {
    /// Creates a role; `CONFLICT` where the name is taken.
    pub async fn create(&self, change: RoleChange) -> Result<Arc<Role>> {
        let now = self.service.now();
        note_target(change.name.clone().unwrap_or_default());
        let role = self
            .service
            .change(|book| {
                let right = self.require(book, CREATE)?;
                let role = Arc::new(change.apply(Role::new("", now), book.knowledge(), "input")?);
                check_free(book.roles(), &role.name)?;
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
    pub async fn update(&self, role: RoleKey<'_>, change: &RoleChange) -> Result<Arc<Role>> {
        self.edit(role, |book, role| change.apply(role, book.knowledge(), "input")).await
    }

    /// Gives a role to members, beside those that have it.
    pub async fn assign(&self, role: RoleKey<'_>, members: &[EntityRef]) -> Result<Arc<Role>> {
        let members = check_members(members, "input.members")?;
        self.edit(role, |_, mut role| {
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
    pub async fn unassign(&self, role: RoleKey<'_>, members: &[EntityRef]) -> Result<Arc<Role>> {
        self.edit(role, |_, mut role| {
            role.members.retain(|member| !members.contains(member));
            Ok(role)
        })
        .await
    }

    /// Grants something; what is granted already stays as it is.
    pub async fn grant(&self, role: RoleKey<'_>, written: &WrittenGrant) -> Result<Arc<Role>> {
        self.edit(role, |book, mut role| {
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
    pub async fn revoke(&self, role: RoleKey<'_>, revocation: &Revocation) -> Result<Arc<Role>> {
        self.edit(role, |_, mut role| {
            let count = role.grants.len();
            role.grants.retain(|grant| match revocation {
                Revocation::Id(id) => grant.id != *id,
                Revocation::Written { permission, effect } => {
                    grant.target.permission() != permission
                        || effect.is_some_and(|effect| effect != grant.effect)
                }
            });
            if role.grants.len() == count {
                return Err(Problem::not_found(format!("role `{}` has no such grant", role.name)));
            }
            Ok(role)
        })
        .await
    }

    /// Deletes a role.
    pub async fn delete(&self, key: RoleKey<'_>) -> Result<()> {
        note_target(key.name);
        self.require_authenticated()?;
        let deleted = self
            .service
            .change(|book| {
                let (role, right) = self.find(book, key, DELETE)?;
                self.check_change(book, &right, DELETE, Some(role), None)?;
                Ok((vec![RoleWrite::Delete(role.id.clone())], Arc::clone(role)))
            })
            .await?;
        note_changes(&deleted.state(), &Value::Null);
        Ok(())
    }

    /// Changes one role by what `edit` makes of it.
    async fn edit(
        &self,
        key: RoleKey<'_>,
        edit: impl Fn(&RoleBook, Role) -> Result<Role>,
    ) -> Result<Arc<Role>> {
        note_target(key.name);
        self.require_authenticated()?;
        let now = self.service.now();
        let (before, after) = self
            .service
            .change(|book| {
                let (before, right) = self.find(book, key, UPDATE)?;
                let mut after = edit(book, Role::clone(before))?;
                if after == **before {
                    return Ok((Vec::new(), (Arc::clone(before), Arc::clone(before))));
                }
                if after.name != before.name {
                    check_free(book.roles(), &after.name)?;
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

    /// The role to change, with the right to: `NOT_FOUND` where it may not be seen, `FORBIDDEN` where it may be seen
    /// alone, `CONFLICT` where it belongs to the config or is not what the client saw.
    fn find<'a>(
        &self,
        book: &'a RoleBook,
        key: RoleKey<'_>,
        permission: &str,
    ) -> Result<(&'a Arc<Role>, Right)> {
        let name = key.name;
        let (right, visible) = (self.right_by(book, permission), self.right_by(book, READ));
        let missing = || Problem::not_found(format!("there is no role `{name}`"));
        let role = book.find(name).ok_or_else(missing)?;
        if !right.covers(role) {
            note_denied(format!("lacks `{permission}`"));
            let told = format!("you lack the permission `{permission}` for role `{name}`");
            let forbidden = || Problem::forbidden(told).about_permission(permission);
            return Err(if visible.covers(role) { forbidden() } else { missing() });
        }
        if role.source == RoleSource::Config {
            let told =
                format!("role `{name}` comes from the config (`permission.roles`) and is changed there");
            return Err(Problem::new(Code::Conflict, told));
        }
        key.check(role)?;
        Ok((role, right))
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
            return Err(Problem::forbidden(told).about_permission(permission));
        }
        check_delegated(book, self.viewer(), before, after)
    }
}

pub(super) fn check_free(roles: &[Arc<Role>], name: &str) -> Result<()> {
    if roles.iter().any(|role| role.name == name) {
        return Err(Problem::new(Code::Conflict, format!("there is a role `{name}` already")));
    }
    Ok(())
}
