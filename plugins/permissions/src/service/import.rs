//! Roles from the files of Backstage's RBAC plugin.

mod conditions;
mod csv;
mod draft;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use callboard_kit::{Code, PermissionAction, Problem, Result, note_changes, note_target};
use serde_json::Value;

use self::draft::Draft;
use super::{PermissionRequest, WrittenGrant};
use crate::{
    book::RoleBook,
    model::Role,
    permissions::{CREATE, UPDATE},
    repository::RoleWrite,
};

/// The largest file that is read.
const MAX_BYTES: usize = 512 * 1024;
/// The most lines that are told of.
const MAX_PROBLEMS: usize = 200;

/// What came of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct ImportOutcome {
    /// The roles that it is about, as they are now, or would be.
    pub roles: Vec<Arc<Role>>,
    pub created: Vec<String>,
    pub updated: Vec<String>,
    pub problems: Vec<ImportProblem>,
}

/// A line that says nothing that could be done. The others are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportProblem {
    pub source: ImportSource,
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// Which of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportSource {
    Csv,
    Conditions,
}

/// One thing that a file says about a role.
#[derive(Debug)]
struct Statement {
    source: ImportSource,
    line: usize,
    role: String,
    says: Says,
}

#[derive(Debug)]
enum Says {
    Member(callboard_kit::EntityRef),
    /// With the action beside it, which must be its own where it is a name.
    Grant(WrittenGrant, PermissionAction),
}

impl PermissionRequest {
    /// Adds to roles what the files say; a role that is not there is created. What they do not say stays as it is.
    pub async fn import(
        &self,
        csv: Option<&str>,
        conditions: Option<&str>,
        dry_run: bool,
    ) -> Result<ImportOutcome> {
        // Whoever may not import has nothing read for them.
        self.require_import(&self.service.book())?;
        let mut problems = Vec::new();
        let mut statements = Vec::new();
        for (field, text, read) in [
            ("input.csv", csv, csv::read as fn(&str, &mut Vec<ImportProblem>) -> Vec<Statement>),
            ("input.conditions", conditions, conditions::read),
        ] {
            let Some(text) = text else { continue };
            if text.len() > MAX_BYTES {
                return Err(Problem::bad_input(field, format!("takes {MAX_BYTES} bytes at most")));
            }
            statements.extend(read(text, &mut problems));
        }
        if csv.is_none() && conditions.is_none() {
            return Err(Problem::bad_input("input", "give `csv`, `conditions` or both"));
        }
        let now = self.service.now();
        let outcome = self
            .service
            .change(|book| {
                self.require_import(book)?;
                let mut outcome = ImportOutcome { problems: problems.clone(), ..ImportOutcome::default() };
                let after = Draft::of(book, &statements, now, &mut outcome.problems).roles;
                let mut writes = Vec::new();
                let mut states =
                    (Value::Object(serde_json::Map::new()), Value::Object(serde_json::Map::new()));
                for (before, mut role) in after {
                    if before.as_deref() == Some(&role) {
                        outcome.roles.extend(before);
                        continue;
                    }
                    let list = if before.is_some() { &mut outcome.updated } else { &mut outcome.created };
                    list.push(role.name.clone());
                    role.times = role.times.map(|(created, _)| (created, now));
                    states.0[&role.name] = before.as_deref().map(Role::state).unwrap_or_default();
                    states.1[&role.name] = role.state();
                    let role = Arc::new(role);
                    outcome.roles.push(Arc::clone(&role));
                    writes.push(RoleWrite::Put(role));
                }
                outcome.problems.sort_by_key(|problem| (problem.source as u8, problem.line));
                outcome.problems.truncate(MAX_PROBLEMS);
                let writes = if dry_run { Vec::new() } else { writes };
                Ok((writes, (outcome, states)))
            })
            .await;
        let (outcome, (before, after)) = outcome.map_err(|problem| match problem.code() {
            Code::Internal => problem,
            _ => Problem::new(problem.code(), format!("nothing was imported: {}", problem.message())),
        })?;
        if !dry_run {
            note_target(
                outcome.created.iter().chain(&outcome.updated).cloned().collect::<Vec<_>>().join(", "),
            );
            note_changes(&before, &after);
        }
        Ok(outcome)
    }
}

impl PermissionRequest {
    fn require_import(&self, book: &RoleBook) -> Result<()> {
        for permission in [CREATE, UPDATE] {
            if !self.require(book, permission)?.is_unlimited() {
                let told =
                    format!("importing changes any role, so it needs `{permission}` without a condition");
                return Err(Problem::forbidden(told).about_permission(permission));
            }
        }
        Ok(())
    }

    /// Whether the viewer may import roles.
    pub fn may_import(&self) -> bool {
        self.require_import(&self.service.book()).is_ok()
    }
}

/// The name of a role as RBAC files write it, `role:default/team`, here `team`.
fn role_name(written: &str) -> Result<String, String> {
    let rest = written.trim().strip_prefix("role:");
    let rest =
        rest.ok_or_else(|| format!("`{written}` is not a role, which is written `role:default/name`"))?;
    let name = rest.strip_prefix("default/").unwrap_or(rest);
    if name.is_empty() { Err(format!("`{written}` has no name")) } else { Ok(name.to_owned()) }
}
