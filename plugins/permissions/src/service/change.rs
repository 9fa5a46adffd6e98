use callboard_kit::{EntityRef, PermissionAction, Problem, Result};
use serde_json::Value;

use crate::{
    book::Knowledge,
    check::{Reach, check_condition, check_name, check_target, fault_of_member},
    condition::Condition,
    config::Effect,
    model::{Grant, GrantTarget, Role},
};

const MAX_MEMBERS: usize = 5000;
const MAX_GRANTS: usize = 500;
const MAX_DESCRIPTION: usize = 1000;

/// What is to become of a part that may be absent.
#[derive(Clone, Debug, Default)]
pub(crate) enum Part<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is this from now on, or absent.
    Set(Option<T>),
}

/// What is to be different about a role; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoleChange {
    pub name: Option<String>,
    pub description: Part<String>,
    pub owner: Part<EntityRef>,
    pub members: Option<Vec<EntityRef>>,
    pub everyone: Option<bool>,
    pub grants: Option<Vec<WrittenGrant>>,
}

/// A grant as clients write it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenGrant {
    pub permission: String,
    pub action: Option<PermissionAction>,
    pub effect: Effect,
    pub when: Option<Value>,
}

impl WrittenGrant {
    /// The grant, checked; `field` is where it was written.
    pub fn read(&self, knowledge: &Knowledge, field: &str) -> Result<Grant> {
        let key = |name: &str| if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
        let target = GrantTarget::new(self.permission.trim(), self.action);
        if let Reach::Wrong(told) = check_target(&target, &knowledge.permissions) {
            return Err(Problem::bad_input(key("permission"), told));
        }
        let when = match self.when.as_ref().filter(|when| !when.is_null()) {
            None => None,
            Some(written) => {
                let read = Condition::read(written).and_then(|condition| {
                    check_condition(&condition, &target, &knowledge.permissions, &knowledge.rules)?;
                    Ok(condition)
                });
                let wrong = |fault: crate::condition::ConditionFault| {
                    let when = key("when");
                    let place = if fault.path.is_empty() { when } else { format!("{when}.{}", fault.path) };
                    Problem::bad_input(place, fault.message)
                };
                Some(read.map_err(wrong)?)
            }
        };
        Ok(Grant::new(target, self.effect, when))
    }
}

impl RoleChange {
    /// The role with the change made, checked; `field` is where the change was written.
    pub fn apply(&self, mut role: Role, knowledge: &Knowledge, field: &str) -> Result<Role> {
        let key = |name: &str| format!("{field}.{name}");
        if let Some(name) = &self.name {
            check_name(name).map_err(|told| Problem::bad_input(key("name"), told))?;
            role.name.clone_from(name);
        }
        if let Part::Set(description) = &self.description {
            if description.as_ref().is_some_and(|text| text.len() > MAX_DESCRIPTION) {
                let told = format!("must be {MAX_DESCRIPTION} bytes at most");
                return Err(Problem::bad_input(key("description"), told));
            }
            role.description = description.clone().filter(|text| !text.trim().is_empty());
        }
        if let Part::Set(owner) = &self.owner {
            if let Some(told) = owner.as_ref().and_then(fault_of_member) {
                return Err(Problem::bad_input(key("owner"), told));
            }
            role.owner.clone_from(owner);
        }
        if let Some(members) = &self.members {
            role.members = check_members(members, &key("members"))?;
        }
        if let Some(everyone) = self.everyone {
            role.everyone = everyone;
        }
        if let Some(grants) = &self.grants {
            let mut read: Vec<Grant> = Vec::with_capacity(grants.len());
            for (index, written) in grants.iter().enumerate() {
                let grant = written.read(knowledge, &key(&format!("grants.{index}")))?;
                // One that was there keeps its id.
                let known = role.grants.iter().find(|known| known.says_the_same(&grant));
                let grant = known.cloned().unwrap_or(grant);
                if !read.iter().any(|earlier| earlier.says_the_same(&grant)) {
                    read.push(grant);
                }
            }
            role.grants = read;
        }
        check_size(&role, &key("grants"), &key("members"))?;
        Ok(role)
    }
}

/// Members that can have a role, each once.
pub(super) fn check_members(members: &[EntityRef], field: &str) -> Result<Vec<EntityRef>> {
    let mut checked: Vec<EntityRef> = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        if let Some(told) = fault_of_member(member) {
            return Err(Problem::bad_input(format!("{field}.{index}"), told));
        }
        checked.push(member.clone());
    }
    let mut seen = std::collections::HashSet::new();
    checked.retain(|member| seen.insert(member.clone()));
    Ok(checked)
}

pub(super) fn check_size(role: &Role, grants: &str, members: &str) -> Result<()> {
    if role.grants.len() > MAX_GRANTS {
        return Err(Problem::bad_input(grants, format!("a role has {MAX_GRANTS} grants at most")));
    }
    if role.members.len() > MAX_MEMBERS {
        return Err(Problem::bad_input(
            members,
            format!("a role has {MAX_MEMBERS} members at most: use groups"),
        ));
    }
    Ok(())
}
