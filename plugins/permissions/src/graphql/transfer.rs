use async_graphql::{Enum, InputObject, SimpleObject};

use super::role::Role;
use crate::service;

/// Roles as files that Backstage's RBAC plugin reads.
#[derive(SimpleObject)]
pub(crate) struct RoleExport {
    /// The policy file, `policies-csv-file` there. Patterns are written out as the permissions that they reach today.
    csv: String,
    /// The file of conditional policies, `conditionalPoliciesFile` there.
    conditions: String,
}

impl From<service::Export> for RoleExport {
    fn from(export: service::Export) -> Self {
        Self { csv: export.csv, conditions: export.conditions }
    }
}

/// Files of Backstage's RBAC plugin to import.
#[derive(InputObject)]
pub(crate) struct ImportRolesInput {
    /// The text of a policy file: lines `p, role, permission, action, effect` and `g, member, role`.
    pub csv: Option<String>,
    /// The text of a file of conditional policies, YAML.
    pub conditions: Option<String>,
    /// Whether nothing is stored, only told.
    #[graphql(default)]
    pub dry_run: bool,
}

/// What came of an import.
#[derive(SimpleObject)]
pub(crate) struct ImportRolesPayload {
    /// The roles that the files are about, as they are now; as they would be where nothing is stored.
    roles: Vec<Role>,
    /// The names of the roles that are new.
    created: Vec<String>,
    /// The names of the roles that were changed.
    updated: Vec<String>,
    /// What could not be done; the rest was.
    problems: Vec<ImportProblem>,
}

/// Something in a file that could not be done.
#[derive(SimpleObject)]
pub(crate) struct ImportProblem {
    /// Which of the files.
    source: ImportSource,
    /// The line, from 1.
    line: i32,
    /// What is wrong with it.
    message: String,
}

/// Which of the files that are imported.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "service::ImportSource")]
pub(crate) enum ImportSource {
    /// The policy file.
    Csv,
    /// The file of conditional policies.
    Conditions,
}

impl From<service::ImportOutcome> for ImportRolesPayload {
    fn from(outcome: service::ImportOutcome) -> Self {
        let problem = |problem: service::ImportProblem| ImportProblem {
            source: problem.source.into(),
            line: i32::try_from(problem.line).unwrap_or(i32::MAX),
            message: problem.message,
        };
        Self {
            roles: outcome.roles.into_iter().map(Role).collect(),
            created: outcome.created,
            updated: outcome.updated,
            problems: outcome.problems.into_iter().map(problem).collect(),
        }
    }
}
