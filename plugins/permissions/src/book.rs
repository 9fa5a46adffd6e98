use std::{collections::HashMap, sync::Arc};

use callboard_kit::{Decision, EntityRef, PermissionDefinition, Subject, Viewer};

use crate::{
    condition::Condition,
    config::Effect,
    model::{Asked, Grant, Role},
    rules::RuleSet,
    selection::Selection,
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

    /// Deny beats allow, and a name beats what means several: what a name allows, a pattern cannot deny. An allowing
    /// grant only ever adds, so that a condition for everyone takes nothing from an admin.
    fn selection(&self, viewer: &Viewer, permission: &Asked<'_>) -> Selection {
        let (mut allowed, mut denied) = ([Selection::Nothing, Selection::Nothing], Selection::Nothing);
        let mut denied_by_name = Selection::Nothing;
        for grant in self.held_by(viewer).flat_map(|role| &role.grants) {
            if !grant.target.matches(permission) {
                continue;
            }
            let selected = self.selected(grant, viewer, permission);
            let by_name = grant.target.is_name();
            let place = match (grant.effect, by_name) {
                (Effect::Allow, _) => &mut allowed[usize::from(by_name)],
                (Effect::Deny, true) => &mut denied_by_name,
                (Effect::Deny, false) => &mut denied,
            };
            *place = std::mem::replace(place, Selection::Nothing).or(selected);
        }
        let [by_pattern, by_name] = allowed;
        by_name.or(by_pattern.without(denied)).without(denied_by_name)
    }

    /// Whether a condition is for resources of another type.
    fn is_about_others(&self, condition: &Condition, resource_type: &str) -> bool {
        let rules = &self.knowledge.rules;
        rules.resource_types().any(|other| other != resource_type && condition.fits(rules, other))
    }

    /// The resources that a grant is about when this permission is asked for.
    pub fn selected(&self, grant: &Grant, viewer: &Viewer, permission: &Asked<'_>) -> Selection {
        let Some(condition) = &grant.when else { return Selection::Everything };
        let Some(resource_type) = permission.resource_type else {
            // A condition on resources says nothing about what has none.
            return Selection::Nothing;
        };
        match condition.compile(&self.knowledge.rules, resource_type, viewer) {
            Ok(filter) => Selection::Some(Box::new(filter)),
            // A pattern may reach resources of a type that its condition is not for: it says nothing about those.
            Err(_) if self.is_about_others(condition, resource_type) => Selection::Nothing,
            // Checked when it was written; where its rule has gone since, a grant must not widen and a denial must not
            // vanish.
            Err(_) if grant.effect == Effect::Deny => Selection::Everything,
            Err(_) => Selection::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::{PermissionAction, PermissionPattern};
    use serde_json::json;

    use super::*;
    use crate::{config::PermissionConfig, test_rules};

    fn definition(name: &'static str, resource_type: Option<&'static str>) -> PermissionDefinition {
        PermissionDefinition { name, description: "", action: PermissionAction::Read, resource_type }
    }

    fn book() -> RoleBook {
        let own = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
        let config = json!({ "roles": [
            { "name": "admin", "members": ["group:default/admins"], "grants": [{ "permission": "*" }] },
            { "name": "reader", "members": ["*"], "grants": [
                { "permission": "catalog.*.read" },
                { "permission": "catalog.entity.delete", "when": own },
                { "permission": "mixed.*", "when": own },
            ] },
            { "name": "careful", "members": ["user:default/bob"], "grants": [
                { "permission": "catalog.entity.read", "effect": "DENY" },
                { "permission": "*" },
            ] },
            { "name": "typed", "members": ["user:default/tess"], "grants": [
                { "permission": "catalog-entity", "action": "read", "effect": "DENY" },
            ] },
        ] });
        let config: PermissionConfig = serde_json::from_value(config).unwrap();
        let permissions = [
            definition("catalog.entity.read", Some("catalog-entity")),
            definition("catalog.entity.delete", Some("catalog-entity")),
            definition("mixed.basic", None),
            definition("mixed.role", Some("policy-entity")),
            definition("mixed.entity", Some("catalog-entity")),
        ];
        let rules = test_rules();
        RoleBook::new(
            config.roles().collect(),
            Knowledge { permissions: permissions.into(), rules, enabled: true },
        )
    }

    fn user(name: &str, groups: &[&str]) -> Viewer {
        let groups = groups.iter().map(|group| group.parse().unwrap());
        Viewer::user(format!("user:default/{name}").parse().unwrap(), groups)
    }

    fn decide(viewer: &Viewer, permission: &str) -> &'static str {
        match book().decide(viewer, permission) {
            Decision::Allow => "allow",
            Decision::Deny => "deny",
            Decision::Conditional(_) => "conditional",
        }
    }

    #[test]
    fn what_no_role_grants_is_denied() {
        let ada = user("ada", &[]);
        assert_eq!(decide(&ada, "catalog.entity.read"), "allow");
        assert_eq!(decide(&ada, "catalog.location.create"), "deny");
        assert_eq!(decide(&ada, "catalog.entity.delete"), "conditional");
        assert_eq!(decide(&Viewer::anonymous(), "catalog.entity.read"), "deny");
    }

    #[test]
    fn a_member_of_a_group_has_the_roles_of_the_group() {
        assert_eq!(decide(&user("eve", &["group:default/admins"]), "anything.at.all"), "allow");
    }

    #[test]
    fn a_name_beats_a_pattern_and_deny_beats_allow() {
        let bob = user("bob", &[]);
        assert_eq!(decide(&bob, "catalog.entity.read"), "deny");
        assert_eq!(decide(&bob, "catalog.location.read"), "allow");
    }

    #[test]
    fn a_resource_type_with_an_action_counts_like_a_pattern() {
        assert_eq!(decide(&user("tess", &[]), "catalog.entity.read"), "deny");
        assert_eq!(decide(&user("tess", &[]), "catalog.entity.delete"), "conditional");
    }

    #[test]
    fn a_condition_says_nothing_about_other_resources_than_its_own() {
        let ada = user("ada", &[]);
        assert_eq!(decide(&ada, "mixed.entity"), "conditional");
        assert_eq!(decide(&ada, "mixed.basic"), "deny");
        assert_eq!(decide(&ada, "mixed.role"), "deny");
    }

    #[test]
    fn where_the_rule_of_a_condition_has_gone_nobody_gains() {
        let gone = json!({ "rule": "HAS_GONE", "params": {} });
        let config = json!({ "roles": [
            { "name": "a", "members": ["user:default/a"], "grants": [
                { "permission": "catalog.*" },
                { "permission": "catalog.entity.read", "effect": "DENY", "when": gone },
            ] },
            { "name": "b", "members": ["user:default/b"], "grants": [{ "permission": "catalog.entity.read", "when": gone }] },
        ] });
        let config: PermissionConfig = serde_json::from_value(config).unwrap();
        let book = book().with_roles(config.roles().collect());
        for name in ["a", "b"] {
            assert!(matches!(book.decide(&user(name, &[]), "catalog.entity.read"), Decision::Deny), "{name}");
        }
    }

    #[test]
    fn a_condition_for_everyone_takes_nothing_from_an_admin() {
        let eve = user("eve", &["group:default/admins"]);
        assert_eq!(decide(&eve, "catalog.entity.delete"), "allow");
    }

    #[test]
    fn everyone_does_not_mean_services_and_a_token_is_all_they_have() {
        let service = Viewer::service("service:default/ci".parse().unwrap());
        assert_eq!(decide(&service, "catalog.entity.read"), "deny");
        let service = service.with_token_permissions(vec![PermissionPattern::new("catalog.*")]);
        assert_eq!(decide(&service, "catalog.entity.read"), "allow");
        assert_eq!(decide(&service, "search.read"), "deny");
    }

    #[test]
    fn a_token_narrows_what_its_user_may_do() {
        let viewer = user("eve", &["group:default/admins"])
            .with_token_permissions(vec![PermissionPattern::new("a.*")]);
        assert_eq!(decide(&viewer, "a.b"), "allow");
        assert_eq!(decide(&viewer, "b.a"), "deny");
    }
}
