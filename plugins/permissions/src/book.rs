use std::{collections::HashMap, sync::Arc};

use callboard_kit::{Decision, EntityRef, PermissionDefinition, Subject, Viewer};

use crate::{
    model::{Asked, Role, RoleSource},
    rules::{POLICY, RuleSet},
    selection::Selection,
    weights::Weights,
};

/// Every role at one moment, and what follows from them. Immutable: who decides by it is not disturbed by a change.
#[derive(Debug)]
pub(crate) struct RoleBook {
    roles: Vec<Arc<Role>>,
    by_name: HashMap<String, usize>,
    by_member: HashMap<EntityRef, Vec<usize>>,
    for_everyone: Vec<usize>,
    knowledge: Knowledge,
}

/// What is there to be decided about: the same for every book.
#[derive(Clone, Debug)]
pub(crate) struct Knowledge {
    pub permissions: Arc<[PermissionDefinition]>,
    pub rules: RuleSet,
    /// Whether permissions are checked at all.
    pub enabled: bool,
}

impl Knowledge {
    /// What is known of a permission.
    pub fn asked<'a>(&self, name: &'a str) -> Asked<'a> {
        match self.find(name) {
            Some(definition) => definition.into(),
            None => Asked::unknown(name),
        }
    }

    pub fn find(&self, name: &str) -> Option<&PermissionDefinition> {
        self.permissions.iter().find(|known| known.name == name)
    }
}

impl RoleBook {
    /// The book of these roles. Names are unique; of two roles with one name the first counts.
    pub fn new(roles: Vec<Arc<Role>>, knowledge: Knowledge) -> Self {
        let mut book = Self {
            roles: Vec::with_capacity(roles.len()),
            by_name: HashMap::new(),
            by_member: HashMap::new(),
            for_everyone: Vec::new(),
            knowledge,
        };
        for role in roles {
            if book.by_name.contains_key(&role.name) {
                continue;
            }
            let index = book.roles.len();
            book.by_name.insert(role.name.clone(), index);
            for member in &role.members {
                book.by_member.entry(member.clone()).or_default().push(index);
            }
            if role.everyone {
                book.for_everyone.push(index);
            }
            book.roles.push(role);
        }
        book
    }

    /// The same with other roles.
    pub fn with_roles(&self, roles: Vec<Arc<Role>>) -> Self {
        Self::new(roles, self.knowledge.clone())
    }

    pub fn roles(&self) -> &[Arc<Role>] {
        &self.roles
    }

    pub fn find(&self, name: &str) -> Option<&Arc<Role>> {
        self.by_name.get(name).map(|index| &self.roles[*index])
    }

    pub const fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The roles that a viewer has, in the order of the book.
    pub fn held_by(&self, viewer: &Viewer) -> impl Iterator<Item = &Arc<Role>> {
        let mut held: Vec<usize> = Vec::new();
        if matches!(viewer.subject(), Subject::User(_)) {
            held.extend(&self.for_everyone);
            for reference in viewer.ownership_refs() {
                held.extend(self.by_member.get(reference).into_iter().flatten());
            }
            held.sort_unstable();
            held.dedup();
        }
        held.into_iter().map(|index| &self.roles[index])
    }

    /// What a viewer may do.
    pub fn decide(&self, viewer: &Viewer, permission: &str) -> Decision {
        if !viewer.token_allows(permission) {
            return Decision::Deny;
        }
        if !self.knowledge.enabled {
            return Decision::Allow;
        }
        match viewer.subject() {
            Subject::Anonymous => Decision::Deny,
            // A service's token says what it may do, and `token_allows` has just agreed.
            Subject::Service(_) => Decision::Allow,
            Subject::User(_) => self.selection(viewer, &self.knowledge.asked(permission)).into(),
        }
    }

    /// The resources on which a viewer has a permission. What the config lets somebody do to roles no role of the
    /// database takes back: it is the way back in.
    fn selection(&self, viewer: &Viewer, permission: &Asked<'_>) -> Selection {
        let held: Vec<&Arc<Role>> = self.held_by(viewer).collect();
        let weigh = |counts: fn(&Role) -> bool| {
            let mut weights = Weights::new(&self.knowledge, viewer, permission);
            let counting = held.iter().filter(|role| counts(role));
            counting.flat_map(|role| &role.grants).for_each(|grant| weights.add(grant));
            weights.selection()
        };
        let all = weigh(|_| true);
        if permission.resource_type != Some(POLICY) {
            return all;
        }
        let configured = weigh(|role| role.source == RoleSource::Config);
        if all == configured { all } else { all.or(configured) }
    }
}

#[cfg(test)]
mod tests;
