use async_trait::async_trait;
use callboard_kit::{Authorizer, Decision, EntityFilter, Subject, Viewer};

use crate::config::{Effect, GrantConfig, Member, PermissionConfig, RoleConfig};

/// Decides by the roles of the config.
#[derive(Debug)]
pub(crate) struct RoleAuthorizer {
    config: PermissionConfig,
}

impl RoleAuthorizer {
    pub(crate) const fn new(config: PermissionConfig) -> Self {
        Self { config }
    }

    fn has_role(role: &RoleConfig, viewer: &Viewer) -> bool {
        let is_user = matches!(viewer.subject(), Subject::User(_));
        role.members.iter().any(|member| match member {
            Member::Everyone => is_user,
            Member::Reference(reference) => viewer.ownership_refs().contains(reference),
        })
    }

    /// Deny beats allow, and a name beats a pattern: what a name allows, a pattern cannot deny. An allowing grant only
    /// ever adds, so that a condition for everyone takes nothing from an admin.
    fn decide_by_roles(&self, viewer: &Viewer, permission: &str) -> Decision {
        let held = self.config.roles.iter().filter(|role| Self::has_role(role, viewer));
        let matching: Vec<&GrantConfig> =
            held.flat_map(|role| &role.grants).filter(|grant| grant.permission.matches(permission)).collect();
        let entities = |effect: Effect, by_name: bool| {
            let grants = matching.iter();
            grants
                .filter(|grant| grant.effect == effect && grant.permission.is_exact() == by_name)
                .map(|grant| selection_of(grant, viewer))
                .fold(Selection::Nothing, Selection::or)
        };
        let by_pattern = entities(Effect::Allow, false).without(entities(Effect::Deny, false));
        let by_name = entities(Effect::Allow, true);
        match by_name.or(by_pattern).without(entities(Effect::Deny, true)) {
            Selection::Everything => Decision::Allow,
            Selection::Nothing => Decision::Deny,
            Selection::Some(filter) => Decision::Conditional(filter),
        }
    }
}

/// The entities that a grant is about.
fn selection_of(grant: &GrantConfig, viewer: &Viewer) -> Selection {
    match grant.when.as_ref().map(|condition| condition.compile(viewer)) {
        None => Selection::Everything,
        Some(Ok(filter)) => Selection::Some(Box::new(filter)),
        // Checked at start; were it to fail all the same, a grant must not widen and a denial must not narrow.
        Some(Err(_)) if grant.effect == Effect::Deny => Selection::Everything,
        Some(Err(_)) => Selection::Nothing,
    }
}

/// A set of entities.
enum Selection {
    Nothing,
    Some(Box<EntityFilter>),
    Everything,
}

impl Selection {
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            (Self::Nothing, selection) | (selection, Self::Nothing) => selection,
            (Self::Some(left), Self::Some(right)) => {
                let any_of = Some(vec![*left, *right]);
                Self::Some(Box::new(EntityFilter { any_of, ..EntityFilter::default() }))
            }
        }
    }

    fn without(self, denied: Self) -> Self {
        let not = |filter| EntityFilter { not: Some(filter), ..EntityFilter::default() };
        match (self, denied) {
            (Self::Nothing, _) | (_, Self::Everything) => Self::Nothing,
            (selection, Self::Nothing) => selection,
            (Self::Everything, Self::Some(denied)) => Self::Some(Box::new(not(denied))),
            (Self::Some(allowed), Self::Some(denied)) => Self::Some(Box::new(allowed.and(not(denied)))),
        }
    }
}

#[async_trait]
impl Authorizer for RoleAuthorizer {
    async fn decide(&self, viewer: &Viewer, permission: &str) -> Decision {
        if !viewer.token_allows(permission) {
            return Decision::Deny;
        }
        if !self.config.enabled {
            return Decision::Allow;
        }
        match viewer.subject() {
            Subject::Anonymous => Decision::Deny,
            // A service's token says what it may do, and `token_allows` has just agreed.
            Subject::Service(_) => Decision::Allow,
            Subject::User(_) => self.decide_by_roles(viewer, permission),
        }
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::PermissionPattern;
    use serde_json::json;

    use super::*;

    fn authorizer() -> RoleAuthorizer {
        let own = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
        let config = json!({ "roles": [
            { "name": "admin", "members": ["group:default/admins"], "grants": [{ "permission": "*" }] },
            { "name": "reader", "members": ["*"], "grants": [
                { "permission": "catalog.*.read" },
                { "permission": "catalog.entity.delete", "when": own },
            ] },
            { "name": "careful", "members": ["user:default/bob"], "grants": [
                { "permission": "catalog.entity.read", "effect": "DENY" },
                { "permission": "*" },
            ] },
        ] });
        RoleAuthorizer::new(serde_json::from_value(config).unwrap())
    }

    fn user(name: &str, groups: &[&str]) -> Viewer {
        let groups = groups.iter().map(|group| group.parse().unwrap());
        Viewer::user(format!("user:default/{name}").parse().unwrap(), groups)
    }

    async fn decide(viewer: &Viewer, permission: &str) -> &'static str {
        match authorizer().decide(viewer, permission).await {
            Decision::Allow => "allow",
            Decision::Deny => "deny",
            Decision::Conditional(_) => "conditional",
        }
    }

    #[tokio::test]
    async fn what_no_role_grants_is_denied() {
        let ada = user("ada", &[]);
        assert_eq!(decide(&ada, "catalog.entity.read").await, "allow");
        assert_eq!(decide(&ada, "catalog.location.create").await, "deny");
        assert_eq!(decide(&ada, "catalog.entity.delete").await, "conditional");
        assert_eq!(decide(&Viewer::anonymous(), "catalog.entity.read").await, "deny");
    }

    #[tokio::test]
    async fn a_member_of_a_group_has_the_roles_of_the_group() {
        assert_eq!(decide(&user("eve", &["group:default/admins"]), "anything.at.all").await, "allow");
    }

    #[tokio::test]
    async fn a_name_beats_a_pattern_and_deny_beats_allow() {
        let bob = user("bob", &[]);
        assert_eq!(decide(&bob, "catalog.entity.read").await, "deny");
        assert_eq!(decide(&bob, "catalog.location.read").await, "allow");
    }

    #[tokio::test]
    async fn a_condition_for_everyone_takes_nothing_from_an_admin() {
        let eve = user("eve", &["group:default/admins"]);
        assert_eq!(decide(&eve, "catalog.entity.delete").await, "allow");
    }

    #[tokio::test]
    async fn everyone_does_not_mean_services_and_a_token_is_all_they_have() {
        let service = Viewer::service("service:default/ci".parse().unwrap());
        assert_eq!(decide(&service, "catalog.entity.read").await, "deny");
        let service = service.with_token_permissions(vec![PermissionPattern::new("catalog.*")]);
        assert_eq!(decide(&service, "catalog.entity.read").await, "allow");
        assert_eq!(decide(&service, "search.read").await, "deny");
    }

    #[tokio::test]
    async fn a_token_narrows_what_its_user_may_do() {
        let viewer = user("eve", &["group:default/admins"])
            .with_token_permissions(vec![PermissionPattern::new("a.*")]);
        assert_eq!(decide(&viewer, "a.b").await, "allow");
        assert_eq!(decide(&viewer, "b.a").await, "deny");
    }
}
