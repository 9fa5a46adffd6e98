use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use callboard_kit::PermissionAction;
use chrono::{DateTime, Utc};

use super::{ImportProblem, ImportSource, Says, Statement};
use crate::{
    book::RoleBook,
    check::{check_name, fault_of_member},
    config::Effect,
    model::{Grant, Role, RoleSource, action_name},
    service::{WrittenGrant, change::check_size, roles::MAX_ROLES},
};

/// The roles that files are about, as they would be.
pub(super) struct Draft<'a> {
    book: &'a RoleBook,
    now: DateTime<Utc>,
    /// Each as it is, where it is, and as it would be.
    pub roles: Vec<(Option<Arc<Role>>, Role)>,
    places: HashMap<String, usize>,
    created: usize,
    /// The roles with a condition, each with the type and the action.
    conditional: HashSet<(&'a str, &'a str, PermissionAction)>,
}

impl<'a> Draft<'a> {
    /// The roles with all that can be done of these statements; what cannot is told and changes nothing.
    pub fn of(
        book: &'a RoleBook,
        statements: &'a [Statement],
        now: DateTime<Utc>,
        problems: &mut Vec<ImportProblem>,
    ) -> Self {
        let conditional = statements.iter().filter_map(|statement| match &statement.says {
            Says::Grant(written, action) if statement.source == ImportSource::Conditions => {
                Some((statement.role.as_str(), written.permission.as_str(), *action))
            }
            _ => None,
        });
        let conditional = conditional.collect();
        let mut draft =
            Self { book, now, roles: Vec::new(), places: HashMap::new(), created: 0, conditional };
        for statement in statements {
            if let Err(message) = draft.state(statement) {
                let (source, line) = (statement.source, statement.line);
                problems.push(ImportProblem { source, line, message });
            }
        }
        draft
    }

    /// Makes one statement come true.
    fn state(&mut self, statement: &Statement) -> Result<(), String> {
        match &statement.says {
            Says::Member(member) => {
                if let Some(fault) = fault_of_member(member) {
                    return Err(fault);
                }
                let role = self.role(&statement.role)?;
                change(role, |role| {
                    if !role.members.contains(member) {
                        role.members.push(member.clone());
                    }
                })
            }
            Says::Grant(written, action) => {
                let grant = self.grant(&statement.role, written, *action)?;
                let role = self.role(&statement.role)?;
                change(role, |role| {
                    if !role.grants.iter().any(|known| known.says_the_same(&grant)) {
                        role.grants.push(grant);
                    }
                })
            }
        }
    }

    /// The grant that is written, where it means the same in Backstage.
    fn grant(&self, role: &str, written: &WrittenGrant, action: PermissionAction) -> Result<Grant, String> {
        let knowledge = self.book.knowledge();
        let grant = written.read(knowledge, "").map_err(|problem| problem.message().to_owned())?;
        let known = knowledge.find(&written.permission).filter(|_| written.action.is_none());
        if let Some(known) = known.filter(|known| known.action != action) {
            let (own, action) = (action_name(known.action), action_name(action));
            return Err(format!("`{}` is for `{own}`, so with `{action}` it has no effect", known.name));
        }
        let resource_type =
            known.map_or(written.action.map(|_| written.permission.as_str()), |known| known.resource_type);
        let is_plain = written.when.is_none() && grant.effect == Effect::Allow;
        let comes_first = |of: &str| is_plain && self.conditional.contains(&(role, of, action));
        if resource_type.is_some_and(comes_first) {
            return Err(format!(
                "role `{role}` has a condition for `{}`, which comes first: without it, this line would allow more",
                action_name(action)
            ));
        }
        Ok(grant)
    }

    fn role(&mut self, name: &str) -> Result<&mut Role, String> {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => self.open(name)?,
        };
        Ok(&mut self.roles[place].1)
    }

    fn open(&mut self, name: &str) -> Result<usize, String> {
        check_name(name).map_err(|fault| format!("role `{name}`: the name {fault}"))?;
        let entry = match self.book.find(name) {
            Some(known) if known.source == RoleSource::Config => {
                return Err(format!("role `{name}` comes from the config and is changed there"));
            }
            Some(known) => (Some(Arc::clone(known)), Role::clone(known)),
            None if self.book.roles().len() + self.created >= MAX_ROLES => {
                return Err(format!("role `{name}`: there are {MAX_ROLES} roles already"));
            }
            None => {
                self.created += 1;
                (None, Role::new(name, self.now))
            }
        };
        self.roles.push(entry);
        self.places.insert(name.to_owned(), self.roles.len() - 1);
        Ok(self.roles.len() - 1)
    }
}

/// Changes a role, or leaves it as it was where it would be too large.
fn change(role: &mut Role, change: impl FnOnce(&mut Role)) -> Result<(), String> {
    let (members, grants) = (role.members.len(), role.grants.len());
    change(role);
    check_size(role, "", "").map_err(|problem| {
        role.members.truncate(members);
        role.grants.truncate(grants);
        problem.message().to_owned()
    })
}
