use callboard_kit::{PermissionAction, PermissionDefinition, Problem, Result};
use csv::WriterBuilder;
use serde_json::json;

use super::PermissionRequest;
use crate::{
    book::RoleBook,
    condition::Condition,
    config::Effect,
    model::{Grant, Role, action_name},
    permissions::READ,
};

/// Roles as files that Backstage's RBAC plugin reads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Export {
    pub csv: String,
    pub conditions: String,
}

impl PermissionRequest {
    /// The roles that may be seen, those of the config included; `None` where none may.
    pub async fn export(&self) -> Result<Option<Export>> {
        let Some(right) = self.may_look(READ, None).await else { return Ok(None) };
        let book = self.service.book();
        let roles: Vec<&Role> =
            book.roles().iter().map(AsRef::as_ref).filter(|role| right.covers(role)).collect();
        export(&book, &roles).map(Some)
    }
}

/// Roles of a book as files. Wherever they cannot say the same they say less, and a comment tells so.
pub(super) fn export(book: &RoleBook, roles: &[&Role]) -> Result<Export> {
    let (mut lines, mut policies) = (Lines::default(), String::new());
    for role in roles {
        let name = role_ref(role);
        for member in &role.members {
            lines.record(&["g", member.as_str(), &name])?;
        }
        if role.everyone {
            lines.comment(&format!("{name} is everyone's, which these files cannot say"));
        }
        for grant in &role.grants {
            match grant.when.as_ref() {
                None => plain(book, &name, grant, &mut lines)?,
                Some(_) if grant.effect == Effect::Deny => {
                    let target = grant.target.permission();
                    lines.comment(&format!(
                        "{name} is denied {target} on a condition, which these files cannot say"
                    ));
                }
                Some(condition) => {
                    policies.push_str(&conditional(book, (role, &name), grant, condition, &mut lines)?);
                }
            }
        }
    }
    Ok(Export { csv: lines.0, conditions: policies })
}

/// The lines of a policy file.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn record(&mut self, fields: &[&str]) -> Result<()> {
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(fields).map_err(Problem::internal)?;
        let line = writer.into_inner().map_err(|error| Problem::internal(error.to_string()))?;
        self.0.push_str(&String::from_utf8(line).map_err(Problem::internal)?);
        Ok(())
    }

    /// A comment of one line, whatever the text.
    fn comment(&mut self, text: &str) {
        self.0.push_str("# ");
        self.0.extend(text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        self.0.push('\n');
    }
}

/// A conditional grant as documents of a file of conditional policies, one for each type of resources.
fn conditional(
    book: &RoleBook,
    (role, name): (&Role, &str),
    grant: &Grant,
    condition: &Condition,
    lines: &mut Lines,
) -> Result<String> {
    let target = grant.target.permission();
    let mut documents = String::new();
    let mut all = Vec::new();
    for (resource_type, action) in reached_types(book, grant) {
        if !condition.fits(&book.knowledge().rules, &resource_type) {
            continue;
        }
        if !reaches_all(book, grant, &resource_type, action) {
            let action = action_name(action);
            lines.comment(&format!(
                "{name} is allowed {target} on a condition, which these files can say of all of {resource_type} {action} \
                 alone"
            ));
            continue;
        }
        // A condition comes before what is allowed without one there, and would take from it.
        let is_allowed = |other: &Grant| {
            other.effect == Effect::Allow
                && other.when.is_none()
                && reaches_all(book, other, &resource_type, action)
        };
        if !role.grants.iter().any(is_allowed) {
            all.push((resource_type, action));
        }
    }
    if grant.target.is_name() && all.iter().any(|of| is_denied_by_type(book, of)) {
        lines
            .comment(&format!("{name} is allowed {target} by its name, which beats more than its type does"));
    }
    for (resource_type, action) in all {
        let policy = json!({
            "result": "CONDITIONAL",
            "roleEntityRef": name,
            "pluginId": resource_type.split('-').next(),
            "resourceType": resource_type,
            "permissionMapping": [action_name(action)],
            "conditions": condition.typed(&resource_type),
        });
        documents.push_str("---\n");
        documents.push_str(&serde_yaml::to_string(&policy).map_err(Problem::internal)?);
    }
    Ok(documents)
}

/// The name as `role_name` reads it: `default` stands before what has no namespace, and before itself.
fn role_ref(role: &Role) -> String {
    if role.name.contains('/') && !role.name.starts_with("default/") {
        format!("role:{}", role.name)
    } else {
        format!("role:default/{}", role.name)
    }
}

/// A grant without a condition as RBAC has it, which knows no patterns: the types of resources that it reaches as
/// wholes, which weigh as much, and else each permission by name, which weighs more.
fn plain(book: &RoleBook, name: &str, grant: &Grant, lines: &mut Lines) -> Result<()> {
    let effect = if grant.effect == Effect::Deny { "deny" } else { "allow" };
    let target = grant.target.permission();
    if let Some(action) = grant.target.action() {
        return lines.record(&["p", name, target, action_name(action), effect]);
    }
    let is_pattern = !grant.target.is_name();
    let mut said = Vec::new();
    for known in book.knowledge().permissions.iter().filter(|known| grant.target.matches(&(*known).into())) {
        let action = action_name(known.action);
        let of = known.resource_type.map(|of| (of.to_owned(), known.action));
        if let Some(of) = of.filter(|(of, _)| is_pattern && reaches_all(book, grant, of, known.action)) {
            if !said.contains(&of) {
                lines.record(&["p", name, &of.0, action, effect])?;
                said.push(of);
            }
            continue;
        }
        let others = |other: &Grant| {
            other.effect != grant.effect
                && other.target.matches(&known.into())
                && other.target.is_name() == (grant.effect == Effect::Deny)
        };
        let changes = is_pattern && book.roles().iter().any(|role| role.grants.iter().any(others));
        if changes {
            lines.comment(&format!(
                "{name} has {} {effect} by the pattern {target}, which weighs less than its name",
                known.name
            ));
        }
        // A denial that weighs more denies more, but an allowance that does would beat denials.
        if !changes || grant.effect == Effect::Deny {
            lines.record(&["p", name, known.name, action, effect])?;
        }
    }
    Ok(())
}

/// Whether a grant reaches every permission for this action on resources of this type.
fn reaches_all(book: &RoleBook, grant: &Grant, resource_type: &str, action: PermissionAction) -> bool {
    let mut all = book.knowledge().permissions.iter().filter(|known| of_type(known, resource_type, action));
    all.all(|known| grant.target.matches(&known.into()))
}

fn of_type(known: &PermissionDefinition, resource_type: &str, action: PermissionAction) -> bool {
    known.resource_type == Some(resource_type) && known.action == action
}

/// Whether some role denies permissions for this action on resources of this type by a pattern or the type.
fn is_denied_by_type(book: &RoleBook, (resource_type, action): &(String, PermissionAction)) -> bool {
    let known = || book.knowledge().permissions.iter().filter(|known| of_type(known, resource_type, *action));
    let denies = |grant: &Grant| {
        grant.effect == Effect::Deny
            && !grant.target.is_name()
            && known().any(|known| grant.target.matches(&known.into()))
    };
    book.roles().iter().any(|role| role.grants.iter().any(denies))
}

/// The types of resources that a grant is about, each with an action.
fn reached_types(book: &RoleBook, grant: &Grant) -> Vec<(String, PermissionAction)> {
    if let Some(action) = grant.target.action() {
        return vec![(grant.target.permission().to_owned(), action)];
    }
    let mut types = Vec::new();
    for known in book.knowledge().permissions.iter().filter(|known| grant.target.matches(&(*known).into())) {
        let of = known.resource_type.map(|of| (of.to_owned(), known.action));
        types.extend(of.filter(|of| !types.contains(of)));
    }
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_one_line_whatever_it_says() {
        let mut lines = Lines::default();
        lines.comment("x*\np, role:default/mine, policy.entity.update, update, allow\r\u{85}#");
        assert_eq!(lines.0, "# x* p, role:default/mine, policy.entity.update, update, allow  #\n");
    }
}
