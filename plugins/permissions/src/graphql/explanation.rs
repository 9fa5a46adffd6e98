use async_graphql::{Enum, InputObject, Json, SimpleObject};
use callboard_kit::EntityRef;
use serde_json::Value;

use super::{grant::Grant, role::RoleSource};
use crate::service;

/// Who, and what.
#[derive(InputObject)]
pub(crate) struct ExplainAccessInput {
    /// A user or a service; need not be in the catalog.
    pub subject: EntityRef,
    /// The name of a permission.
    pub permission: String,
    /// The entity it is about; absent: any at all.
    pub resource: Option<EntityRef>,
}

/// Whether somebody may do something.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum Decision {
    /// Yes.
    Allow,
    /// No.
    Deny,
    /// For some resources, by conditions.
    Conditional,
}

impl From<&callboard_kit::Decision> for Decision {
    fn from(decision: &callboard_kit::Decision) -> Self {
        match decision {
            callboard_kit::Decision::Allow => Self::Allow,
            callboard_kit::Decision::Deny => Self::Deny,
            callboard_kit::Decision::Conditional(_) => Self::Conditional,
        }
    }
}

/// Why somebody may do something, or may not.
#[derive(SimpleObject)]
pub(crate) struct AccessExplanation {
    /// The decision.
    decision: Decision,
    /// The decision and its reason in a sentence.
    summary: String,
    /// Who.
    subject: EntityRef,
    /// What.
    permission: String,
    /// The entity it is about; null for any at all.
    resource: Option<EntityRef>,
    /// Every grant that is about the permission, those first that decide; those of roles that the subject does not have
    /// are last.
    grants: Vec<GrantEvaluation>,
    /// What would change the decision.
    remedies: Vec<AccessRemedy>,
}

/// What one grant says to a question.
#[derive(SimpleObject)]
pub(crate) struct GrantEvaluation {
    /// The name of its role.
    role: String,
    /// Where the role is kept.
    source: RoleSource,
    /// The grant.
    grant: Grant,
    /// The member through which the subject has the role; null where everyone has it, or the subject has not.
    via: Option<EntityRef>,
    /// Whether the subject has the role.
    held: bool,
    /// What it adds to the decision.
    verdict: GrantVerdict,
    /// Why, in a few words.
    reason: String,
    /// The condition with the aliases replaced and, where there is a resource, `holds` at each of its parts; null
    /// without one.
    condition: Option<Json<Value>>,
}

/// What a grant adds to a decision.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "service::GrantVerdict")]
pub(crate) enum GrantVerdict {
    /// The decision is as it says.
    Decides,
    /// It decides for some resources.
    Contributes,
    /// Another one beats it.
    Overridden,
    /// Its condition does not hold.
    ConditionFails,
    /// The subject does not have its role.
    NotHeld,
}

/// Something that would change a decision.
#[derive(SimpleObject)]
pub(crate) struct AccessRemedy {
    /// What is to be done.
    kind: AccessRemedyKind,
    /// The same in a sentence.
    description: String,
    /// The role to change; null where a new one is needed.
    role: Option<String>,
    /// The permission to grant, or to revoke.
    permission: Option<String>,
    /// Whom to give the role to.
    assign: Option<EntityRef>,
    /// Whether the viewer may do it.
    viewer_can_update: bool,
}

/// What is to be done to change a decision.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "service::RemedyKind")]
pub(crate) enum AccessRemedyKind {
    /// Take a grant or a denial back from `role`.
    RevokeGrant,
    /// Give `role` to `assign`.
    AssignRole,
    /// Grant `permission` to `role`.
    GrantPermission,
    /// Create a role that grants `permission`, with `assign` as a member.
    CreateRole,
    /// Create a token of the service that includes `permission`.
    CreateToken,
}

impl From<service::Explanation> for AccessExplanation {
    fn from(explanation: service::Explanation) -> Self {
        let grant = |evaluation: service::GrantEvaluation| GrantEvaluation {
            role: evaluation.role.name.clone(),
            source: evaluation.role.source.into(),
            grant: Grant(evaluation.grant),
            via: evaluation.via,
            held: evaluation.held,
            verdict: evaluation.verdict.into(),
            reason: evaluation.reason,
            condition: evaluation.condition.map(Json),
        };
        let remedy = |remedy: service::Remedy| AccessRemedy {
            kind: remedy.kind.into(),
            viewer_can_update: remedy.is_possible,
            description: remedy.description,
            role: remedy.role,
            permission: remedy.permission,
            assign: remedy.assign,
        };
        Self {
            decision: (&explanation.decision).into(),
            summary: explanation.summary,
            subject: explanation.subject,
            permission: explanation.permission,
            resource: explanation.resource,
            grants: explanation.grants.into_iter().map(grant).collect(),
            remedies: explanation.remedies.into_iter().map(remedy).collect(),
        }
    }
}
