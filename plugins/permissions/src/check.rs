use callboard_kit::{Findings, PermissionDefinition, nearest};

use crate::{
    condition::Condition,
    config::{GrantConfig, Member, PermissionConfig},
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
pub(crate) fn check(config: &PermissionConfig, permissions: &[PermissionDefinition]) -> Findings {
    let mut findings = Findings::default();
    for (index, role) in config.roles.iter().enumerate() {
        if config.roles[..index].iter().any(|earlier| earlier.name == role.name) {
            findings.error(format!("roles.{index}.name"), format!("there is another role `{}`", role.name));
        }
        for (place, member) in role.members.iter().enumerate() {
            if let Some(fault) = fault_of(member) {
                findings.error(format!("roles.{index}.members.{place}"), fault);
            }
        }
        for (place, grant) in role.grants.iter().enumerate() {
            let key = |name: &str| format!("roles.{index}.grants.{place}.{name}");
            check_permission(grant, permissions, &key("permission"), &mut findings);
            if let Some(Err(fault)) = grant.when.as_ref().map(Condition::check) {
                findings.error(key("when"), fault);
            }
        }
    }
    findings
}

/// Why nobody ever is this member.
fn fault_of(member: &Member) -> Option<String> {
    let Member::Reference(reference) = member else { return None };
    match reference.kind() {
        "user" | "group" => None,
        "service" => Some(format!(
            "`{reference}` never has a role: what a service may do is in `permissions` of its token, `auth.tokens`"
        )),
        kind => {
            let rest = &reference.as_str()[kind.len() + 1..];
            let near = nearest(kind, ["user", "group"]);
            let hint = near.map_or_else(
                || "write a user, a group or `*` for everyone".to_owned(),
                |near| format!("did you mean `{near}:{rest}`?"),
            );
            Some(format!("`{reference}` never signs in, {hint}"))
        }
    }
}

fn check_permission(
    grant: &GrantConfig,
    permissions: &[PermissionDefinition],
    key: &str,
    findings: &mut Findings,
) {
    let pattern = &grant.permission;
    if permissions.iter().any(|known| pattern.matches(known.name)) {
        return;
    }
    let name = pattern.as_str();
    let no_effect = "is checked by no plugin of this portal, so the grant has no effect";
    if EXPECTED.iter().any(|expected| pattern.matches(expected)) || (!pattern.is_exact() && !name.is_empty())
    {
        findings.warning(key, format!("`{name}` {no_effect}"));
        return;
    }
    let names = || permissions.iter().map(|known| known.name);
    let hint = match nearest(name, names().chain(EXPECTED.iter().copied())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are `{}`", names().collect::<Vec<_>>().join("`, `")),
    };
    findings.error(key, format!("there is no permission `{name}`, {hint}"));
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
        let Findings { errors, warnings } = check(&config, &[READ]);
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
        assert!(errors[1].contains("write a user, a group or `*`"), "{errors:?}");
        assert!(errors[2].contains("did you mean `group:default/ops`?"), "{errors:?}");
    }
}
