use callboard_kit::PermissionAction;
use serde::Deserialize;
use serde_json::Value;

use super::{ImportProblem, ImportSource, Says, Statement, role_name};
use crate::{config::Effect, model::action_named, service::WrittenGrant};

/// One conditional policy, as RBAC's `conditionalPoliciesFile` writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    #[serde(default)]
    result: Option<String>,
    role_entity_ref: String,
    resource_type: String,
    permission_mapping: Vec<String>,
    conditions: Value,
}

/// Reads the documents of a file of conditional policies.
pub(super) fn read(text: &str, problems: &mut Vec<ImportProblem>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (line, document) in documents(text) {
        if document.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            continue;
        }
        match policy(&document) {
            Ok((role, grants)) => statements.extend(grants.into_iter().map(|(action, grant)| Statement {
                source: ImportSource::Conditions,
                line,
                role: role.clone(),
                says: Says::Grant(grant, action),
            })),
            Err(message) => problems.push(ImportProblem { source: ImportSource::Conditions, line, message }),
        }
    }
    statements
}

/// The documents of a stream, each with the line that it begins at; one that cannot be read costs no other.
fn documents(text: &str) -> Vec<(usize, String)> {
    let mut documents = vec![(1, String::new())];
    for (index, line) in text.lines().enumerate() {
        if line == "---" || line.starts_with("--- ") {
            documents.push((index + 2, String::new()));
        } else if let Some((_, document)) = documents.last_mut() {
            document.push_str(line);
            document.push('\n');
        }
    }
    documents
}

fn policy(document: &str) -> Result<(String, Vec<(PermissionAction, WrittenGrant)>), String> {
    let policy: Policy = serde_yaml::from_str(document).map_err(|error| error.to_string())?;
    if let Some(result) = policy.result.as_deref().filter(|result| *result != "CONDITIONAL") {
        return Err(format!("`result` must be CONDITIONAL, not `{result}`"));
    }
    let mut actions: Vec<PermissionAction> = Vec::new();
    for name in &policy.permission_mapping {
        let action =
            action_named(name).ok_or_else(|| format!("`permissionMapping`: there is no action `{name}`"))?;
        if actions.contains(&action) {
            return Err(format!("`permissionMapping` has `{name}` twice"));
        }
        actions.push(action);
    }
    if actions.is_empty() {
        return Err("`permissionMapping` must name an action".to_owned());
    }
    let grant = |action| {
        (
            action,
            WrittenGrant {
                permission: policy.resource_type.clone(),
                action: Some(action),
                effect: Effect::Allow,
                when: Some(policy.conditions.clone()),
            },
        )
    };
    Ok((role_name(&policy.role_entity_ref)?, actions.into_iter().map(grant).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_cannot_be_read_costs_no_other() {
        let text = "---\n\
                    result: CONDITIONAL\n\
                    roleEntityRef: role:default/team\n\
                    pluginId: catalog\n\
                    resourceType: catalog-entity\n\
                    permissionMapping: [read, update]\n\
                    conditions:\n  rule: IS_ENTITY_OWNER\n  resourceType: catalog-entity\n  params:\n    claims: [$ownerRefs]\n\
                    ---\n\
                    roleEntityRef: [\n\
                    ---\n\
                    result: ALLOW\nroleEntityRef: role:default/x\nresourceType: a\npermissionMapping: [read]\nconditions: {}\n";
        let mut problems = Vec::new();
        let statements = read(text, &mut problems);
        assert_eq!(statements.len(), 2);
        assert!(statements.iter().all(|statement| statement.role == "team" && statement.line == 2));
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [13, 15]);
    }
}
