use callboard_kit::{EntityRef, Findings, PermissionDefinition, PermissionPattern, nearest};

use crate::{
    condition::{Condition, ConditionFault},
    config::{Member, PermissionConfig},
    model::{Asked, GrantTarget},
    rules::RuleSet,
};

/// Names that a config brought along may grant: the reference product checks them, and no plugin here does yet. They
/// have no effect, which is told but stops nothing.
const EXPECTED: &[&str] = &[
    "catalog.entity.create",
    "catalog.entity.delete",
    "catalog.entity.read",
    "catalog.entity.refresh",
    "catalog.entity.validate",
    "catalog.location.analyze",
    "catalog.location.create",
    "catalog.location.delete",
    "catalog.location.read",
    "kubernetes.clusters.read",
    "kubernetes.proxy",
    "kubernetes.resources.read",
    "policy.entity.create",
    "policy.entity.delete",
    "policy.entity.read",
    "policy.entity.update",
    "scaffolder.action.execute",
    "scaffolder.task.cancel",
    "scaffolder.task.create",
    "scaffolder.task.read",
    "scaffolder.template.dry-run",
    "scaffolder.template.management",
    "scaffolder.template.parameter.read",
    "scaffolder.template.step.read",
];

/// What the types of the config cannot say.
pub(crate) fn check(
    config: &PermissionConfig,
    permissions: &[PermissionDefinition],
    rules: &RuleSet,
) -> Findings {
    let mut findings = Findings::default();
    for (index, role) in config.roles.iter().enumerate() {
        if let Err(fault) = check_name(&role.name) {
            findings.error(format!("roles.{index}.name"), fault);
        }
        if config.roles[..index].iter().any(|earlier| earlier.name == role.name) {
            findings.error(format!("roles.{index}.name"), format!("there is another role `{}`", role.name));
        }
        for (place, member) in role.members.iter().enumerate() {
            if let Member::Reference(member) = member
                && let Some(fault) = fault_of_member(member)
            {
                findings.error(format!("roles.{index}.members.{place}"), fault);
            }
        }
        if let Some(fault) = role.owner.as_ref().and_then(fault_of_member) {
            findings.error(format!("roles.{index}.owner"), fault);
        }
        for (place, grant) in role.grants.iter().enumerate() {
            let key = |name: &str| format!("roles.{index}.grants.{place}.{name}");
            match check_target(&grant.target(), permissions) {
                Reach::Known => {}
                Reach::NotYet(told) => findings.warning(key("permission"), told),
                Reach::Wrong(told) => findings.error(key("permission"), told),
            }
            if let Some(condition) = &grant.when
                && let Err(fault) = check_condition(condition, &grant.target(), permissions, rules)
            {
                findings.error(key("when"), fault.to_string());
            }
        }
    }
    findings
}

/// A role's name may be anything that people can read and files can hold.
pub(crate) fn check_name(name: &str) -> Result<(), String> {
    let is_allowed = |character: char| character.is_alphanumeric() || "-_.:/ ".contains(character);
    if name.is_empty() || name.len() > 100 || name.trim() != name || !name.chars().all(is_allowed) {
        return Err("must be 1 to 100 letters, digits, spaces and `-`, `_`, `.`, `:`, `/`".to_owned());
    }
    Ok(())
}

/// Why nobody ever is this member.
pub(crate) fn fault_of_member(reference: &EntityRef) -> Option<String> {
    match reference.kind() {
        "user" | "group" => None,
        "service" => Some(format!(
            "`{reference}` never has a role: what a service may do is in the permissions of its token"
        )),
        kind => {
            let rest = &reference.as_str()[kind.len() + 1..];
            let near = nearest(kind, ["user", "group"]);
            let hint = near.map_or_else(
                || "write a user or a group".to_owned(),
                |near| format!("did you mean `{near}:{rest}`?"),
            );
            Some(format!("`{reference}` never signs in, {hint}"))
        }
    }
}

/// What a grant reaches.
pub(crate) enum Reach {
    /// A permission that is checked.
    Known,
    /// Nothing today; why, for people.
    NotYet(String),
    /// Nothing ever; what was meant instead.
    Wrong(String),
}

pub(crate) fn check_target(target: &GrantTarget, permissions: &[PermissionDefinition]) -> Reach {
    let name = target.permission();
    if !target.is_well_formed() {
        return Reach::Wrong(PermissionPattern::WRITTEN.to_owned());
    }
    if permissions.iter().any(|known| target.matches(&known.into())) {
        return Reach::Known;
    }
    match target {
        GrantTarget::Pattern(pattern) => {
            let no_effect = "is checked by no plugin of this portal, so the grant has no effect";
            if EXPECTED.iter().any(|expected| pattern.matches(expected)) || !pattern.is_exact() {
                return Reach::NotYet(format!("`{name}` {no_effect}"));
            }
            let names = || permissions.iter().map(|known| known.name);
            let hint = match nearest(name, names().chain(EXPECTED.iter().copied())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are `{}`", names().collect::<Vec<_>>().join("`, `")),
            };
            Reach::Wrong(format!("there is no permission `{name}`, {hint}"))
        }
        GrantTarget::Resource { action, .. } => {
            let mut types: Vec<&str> = permissions.iter().filter_map(|known| known.resource_type).collect();
            types.sort_unstable();
            types.dedup();
            if types.contains(&name) {
                let action = crate::model::action_name(*action);
                return Reach::NotYet(format!(
                    "no permission is about `{action}` on `{name}`, so the grant has no effect"
                ));
            }
            let hint = match nearest(name, types.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are `{}`", types.join("`, `")),
            };
            Reach::Wrong(format!("there is no resource type `{name}`, {hint}"))
        }
    }
}

/// Whether the condition can be evaluated for something that the grant reaches.
pub(crate) fn check_condition(
    condition: &Condition,
    target: &GrantTarget,
    permissions: &[PermissionDefinition],
    rules: &RuleSet,
) -> Result<(), ConditionFault> {
    let reached: Vec<Asked<'_>> =
        permissions.iter().map(Asked::from).filter(|permission| target.matches(permission)).collect();
    let mut types: Vec<&str> = match target {
        GrantTarget::Resource { resource_type, .. } => vec![resource_type],
        // What no plugin checks yet is read as if it could be about anything.
        GrantTarget::Pattern(_) if reached.is_empty() => rules.resource_types().collect(),
        GrantTarget::Pattern(_) => reached.iter().filter_map(|permission| permission.resource_type).collect(),
    };
    types.dedup();
    let Some(first) = types.first() else {
        let told = format!(
            "`{}` is about no resource, so there is nothing a condition could be about",
            target.permission()
        );
        return Err(ConditionFault::new("", told));
    };
    let fitting = types.iter().find(|resource_type| condition.fits(rules, resource_type));
    condition.check(rules, fitting.unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use callboard_kit::PermissionAction;
    use serde_json::{Value, json};

    use super::*;

    const READ: PermissionDefinition = PermissionDefinition {
        name: "catalog.entity.read",
        description: "",
        action: PermissionAction::Read,
        resource_type: None,
    };

    fn found(members: &Value, permission: &str) -> (Vec<String>, Vec<String>) {
        let role = json!({ "name": "a", "members": members, "grants": [{ "permission": permission }] });
        let config = serde_json::from_value(json!({ "roles": [role] })).unwrap();
        let Findings { errors, warnings } = check(&config, &[READ], &crate::test_rules());
        let lines = |found: Vec<callboard_kit::StrictError>| found.iter().map(ToString::to_string).collect();
        (lines(errors), lines(warnings))
    }

    #[test]
    fn a_permission_that_nobody_checks_is_refused_with_the_one_that_was_meant() {
        for known in ["catalog.entity.read", "catalog.*", "*"] {
            assert_eq!(found(&json!(["*"]), known), (vec![], vec![]), "{known}");
        }
        let (errors, _) = found(&json!(["*"]), "catalog.entity.raed");
        assert_eq!(
            errors,
            [
                "`roles.0.grants.0.permission`: there is no permission `catalog.entity.raed`, did you mean `catalog.entity.read`?"
            ]
        );
        let (errors, _) = found(&json!(["*"]), "zzz");
        assert_eq!(
            errors,
            ["`roles.0.grants.0.permission`: there is no permission `zzz`, there are `catalog.entity.read`"]
        );
        for later in ["catalog.entity.delete", "scaffolder.*", "search.*"] {
            let (errors, warnings) = found(&json!(["*"]), later);
            assert!(
                errors.is_empty() && warnings[0].contains("has no effect"),
                "{later}: {errors:?} {warnings:?}"
            );
        }
        for bad in ["", "x*\np, role:default/a, *, use, allow", "a b*", "ä*", &"a*".repeat(101)] {
            let (errors, _) = found(&json!(["*"]), bad);
            assert!(errors[0].contains("must be 1 to 200 letters"), "{bad}: {errors:?}");
        }
    }

    #[test]
    fn who_never_signs_in_is_no_member() {
        assert_eq!(found(&json!(["*", "user:default/ada", "group:ops/all"]), "*").0, [""; 0]);
        let (errors, _) =
            found(&json!(["service:default/ci", "component:default/cart", "gruop:default/ops"]), "*");
        assert!(
            errors[0].starts_with("`roles.0.members.0`: `service:default/ci` never has a role: "),
            "{errors:?}"
        );
        assert!(errors[1].contains("write a user or a group"), "{errors:?}");
        assert!(errors[2].contains("did you mean `group:default/ops`?"), "{errors:?}");
    }

    #[test]
    fn who_owns_a_role_can_sign_in() {
        let role = json!({ "name": "a", "members": [], "owner": "component:default/cart" });
        let config = serde_json::from_value(json!({ "roles": [role] })).unwrap();
        let errors = check(&config, &[READ], &crate::test_rules()).errors;
        assert!(errors[0].to_string().starts_with("`roles.0.owner`: `component:default/cart` never"));
    }

    #[test]
    fn a_resource_type_is_checked_and_so_is_its_condition() {
        let entity = PermissionDefinition { resource_type: Some("catalog-entity"), ..READ };
        let found = |grant: Value| {
            let role = json!({ "name": "a", "members": ["*"], "grants": [grant] });
            let config = serde_json::from_value(json!({ "roles": [role] })).unwrap();
            let Findings { errors, warnings } = check(&config, &[entity], &crate::test_rules());
            errors.iter().chain(&warnings).map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(found(json!({ "permission": "catalog-entity", "action": "read" })), "");
        assert!(found(json!({ "permission": "catalog-entity", "action": "use" })).contains("has no effect"));
        let told = found(json!({ "permission": "catalog-entiti", "action": "read" }));
        assert!(told.contains("did you mean `catalog-entity`?"), "{told}");
        let with = |when: Value| found(json!({ "permission": "catalog.entity.read", "when": when }));
        assert_eq!(with(json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } })), "");
        let told = with(json!({ "rule": "IS_ENTITY_OWNERS", "params": { "claims": [] } }));
        assert!(told.contains("did you mean `IS_ENTITY_OWNER`?"), "{told}");
        let told = with(json!({ "anyOf": [{ "rule": "IS_ENTITY_OWNER", "params": { "claim": [] } }] }));
        assert!(told.contains("anyOf.0.params"), "{told}");
        let told = with(json!({ "rule": "IS_OWNER", "params": { "owners": [] } }));
        assert!(told.contains("no rule `IS_OWNER` for `catalog-entity`"), "{told}");
    }
}
