use callboard_kit::{Problem, Result};
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
        let (mut lines, mut policies) = (Lines::default(), String::new());
        for role in book.roles().iter().filter(|role| right.covers(role)) {
            let name = role_ref(role);
            for member in &role.members {
                lines.record(&["g", member.as_str(), &name])?;
            }
            if role.everyone {
                lines.comment(&format!("{name} is everyone's, which these files cannot say"));
            }
            for grant in &role.grants {
                match grant.when.as_ref() {
                    None => {
                        let effect = if grant.effect == Effect::Deny { "deny" } else { "allow" };
                        for [permission, action] in plain(&book, grant) {
                            lines.record(&["p", &name, &permission, &action, effect])?;
                        }
                    }
                    Some(_) if grant.effect == Effect::Deny => {
                        let target = grant.target.permission();
                        let told =
                            format!("{name} is denied {target} on a condition, which these files cannot say");
                        lines.comment(&told);
                    }
                    Some(condition) => policies.push_str(&conditional(&book, &name, grant, condition)?),
                }
            }
        }
        Ok(Some(Export { csv: lines.0, conditions: policies }))
    }
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

    fn comment(&mut self, text: &str) {
        self.0.push_str("# ");
        self.0.push_str(text);
        self.0.push('\n');
    }
}

/// A conditional grant as documents of a file of conditional policies, one for each type of resources.
fn conditional(book: &RoleBook, role: &str, grant: &Grant, condition: &Condition) -> Result<String> {
    let mut documents = String::new();
    for (resource_type, actions) in typed(book, grant) {
        let policy = json!({
            "result": "CONDITIONAL",
            "roleEntityRef": role,
            "pluginId": resource_type.split('-').next(),
            "resourceType": resource_type,
            "permissionMapping": actions,
            "conditions": condition.typed(&resource_type),
        });
        documents.push_str("---\n");
        documents.push_str(&serde_yaml::to_string(&policy).map_err(Problem::internal)?);
    }
    Ok(documents)
}

fn role_ref(role: &Role) -> String {
    if role.name.contains('/') {
        format!("role:{}", role.name)
    } else {
        format!("role:default/{}", role.name)
    }
}

/// A grant as RBAC has it, which knows no patterns: each permission that it reaches today.
fn plain(book: &RoleBook, grant: &Grant) -> Vec<[String; 2]> {
    if let Some(action) = grant.target.action() {
        return vec![[grant.target.permission().to_owned(), action_name(action).to_owned()]];
    }
    let reached = book.knowledge().permissions.iter().filter(|known| grant.target.matches(&(*known).into()));
    reached.map(|known| [known.name.to_owned(), action_name(known.action).to_owned()]).collect()
}

/// The types of resources that a conditional grant is about, each with its actions.
fn typed(book: &RoleBook, grant: &Grant) -> Vec<(String, Vec<&'static str>)> {
    if let Some(action) = grant.target.action() {
        return vec![(grant.target.permission().to_owned(), vec![action_name(action)])];
    }
    let mut types: Vec<(String, Vec<&'static str>)> = Vec::new();
    for known in book.knowledge().permissions.iter().filter(|known| grant.target.matches(&(*known).into())) {
        let Some(resource_type) = known.resource_type else { continue };
        let fits = |condition: &Condition| condition.fits(&book.knowledge().rules, resource_type);
        if !grant.when.as_ref().is_none_or(fits) {
            continue;
        }
        let action = action_name(known.action);
        match types.iter_mut().find(|(of, _)| of == resource_type) {
            Some((_, actions)) if !actions.contains(&action) => actions.push(action),
            Some(_) => {}
            None => types.push((resource_type.to_owned(), vec![action])),
        }
    }
    types
}
