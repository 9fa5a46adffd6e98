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
    let viewer =
        user("eve", &["group:default/admins"]).with_token_permissions(vec![PermissionPattern::new("a.*")]);
    assert_eq!(decide(&viewer, "a.b"), "allow");
    assert_eq!(decide(&viewer, "b.a"), "deny");
}

fn roles_of(config: serde_json::Value) -> RoleBook {
    let config: PermissionConfig = serde_json::from_value(config).unwrap();
    book().with_roles(config.roles().collect())
}

/// Roles of the database, whose one member is ada.
fn stored(grants: Vec<crate::model::Grant>) -> Arc<Role> {
    let mut role = Role::new("stored", chrono::DateTime::UNIX_EPOCH);
    role.members.push("user:default/ada".parse().unwrap());
    role.grants = grants;
    Arc::new(role)
}

fn labelled(effect: crate::Effect, index: usize) -> crate::model::Grant {
    let when =
        json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": [format!("group:default/g{index}")] } });
    let when = crate::Condition::read(&when).unwrap();
    let target = crate::model::GrantTarget::new("catalog.entity.read", None);
    crate::model::Grant::new(target, effect, Some(when))
}

fn depth(filter: &callboard_kit::EntityFilter) -> usize {
    let below = filter.all_of.iter().chain(&filter.any_of).flatten().chain(filter.not.as_deref());
    1 + below.map(depth).max().unwrap_or_default()
}

#[test]
fn any_number_of_grants_makes_a_filter_of_few_levels() {
    use crate::Effect::{Allow, Deny};
    let ada = user("ada", &[]);
    let decide = |grants: Vec<crate::model::Grant>| {
        book().with_roles(vec![stored(grants)]).decide(&ada, "catalog.entity.read")
    };
    let Decision::Conditional(filter) = decide((0..4_000).map(|index| labelled(Allow, index)).collect())
    else {
        panic!("conditional")
    };
    assert_eq!((depth(&filter), filter.any_of.unwrap().len()), (2, 4_000));
    let many = |effect| (0..20_000).map(move |index| labelled(effect, index));
    let Decision::Conditional(filter) = decide(many(Allow).collect()) else { panic!("conditional") };
    assert_eq!((depth(&filter), filter.any_of.unwrap().len()), (2, 5_000), "more allow no more");
    let denied = decide(many(Deny).chain([unconditional("catalog.*")]).collect());
    assert!(matches!(denied, Decision::Deny), "more deny everything");
    let same = (0..20_000).map(|_| labelled(Deny, 1)).chain([unconditional("catalog.*")]);
    let Decision::Conditional(filter) = decide(same.collect()) else { panic!("conditional") };
    assert_eq!(depth(&filter), 2, "what is said again is said once");
}

fn unconditional(permission: &str) -> crate::model::Grant {
    crate::model::Grant::new(crate::model::GrantTarget::new(permission, None), crate::Effect::Allow, None)
}

#[test]
fn what_the_config_lets_somebody_do_to_roles_the_database_does_not_take_back() {
    let policy = |name| definition(name, Some("policy-entity"));
    let permissions = [policy("policy.entity.update"), definition("audit.event.read", None)];
    let knowledge = Knowledge { permissions: permissions.into(), rules: test_rules(), enabled: true };
    let admin = json!({ "roles": [
        { "name": "admin", "members": ["user:default/ada", "user:default/bob"], "grants": [{ "permission": "*" }] },
        { "name": "not", "members": ["user:default/bob"],
          "grants": [{ "permission": "policy.*", "effect": "DENY" }] },
    ] });
    let config: PermissionConfig = serde_json::from_value(admin).unwrap();
    let denials = ["policy.entity.update", "audit.event.read"]
        .map(|name| crate::model::Grant { effect: crate::Effect::Deny, ..unconditional(name) });
    let denying = Arc::new(Role { everyone: true, ..Role::clone(&stored(denials.to_vec())) });
    let book = RoleBook::new(config.roles().chain([denying]).collect(), knowledge);
    let may =
        |name: &str, permission: &str| matches!(book.decide(&user(name, &[]), permission), Decision::Allow);
    assert!(may("ada", "policy.entity.update"));
    assert!(!may("ada", "audit.event.read"), "which ada can undo");
    assert!(!may("bob", "policy.entity.update"), "the config itself denies it");
    assert!(!may("eve", "policy.entity.update"));
}

#[test]
fn a_conditional_denial_of_what_no_plugin_declares_does_not_vanish() {
    let own = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let grants = |effect: &str| {
        roles_of(json!({ "roles": [{ "name": "a", "members": ["user:default/ada"], "grants": [
            { "permission": "remote.*", "effect": if effect == "DENY" { "ALLOW" } else { "DENY" } },
            { "permission": "remote.thing.read", "effect": effect, "when": own },
        ] }] }))
    };
    for effect in ["DENY", "ALLOW"] {
        let decision = grants(effect).decide(&user("ada", &[]), "remote.thing.read");
        assert!(matches!(decision, Decision::Deny), "{effect}");
    }
}
