use callboard_kit::{Decision, EntityRef};

use super::{GrantEvaluation, GrantVerdict, question::Question};
use crate::{
    config::Effect,
    model::{Role, RoleSource},
    permissions::CREATE,
};

/// The most that are told.
const MAX_REMEDIES: usize = 10;
/// What it takes to make tokens for others, of the plugin that makes them.
const TOKEN_CREATE: &str = "auth.token.create";

/// What would change the decision.
#[derive(Clone, Debug)]
pub(crate) struct Remedy {
    pub kind: RemedyKind,
    pub description: String,
    pub role: Option<String>,
    pub permission: Option<String>,
    pub assign: Option<EntityRef>,
    /// Whether the viewer who asks may do it.
    pub is_possible: bool,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RemedyKind {
    RevokeGrant,
    AssignRole,
    GrantPermission,
    CreateRole,
    CreateToken,
}

impl Question<'_> {
    /// What would turn a denial, or a decision for some resources, into a grant; and what takes a grant away. Roles that
    /// the viewer may not see are not named.
    pub(super) fn remedies(&self, decision: &Decision, grants: &[GrantEvaluation]) -> Vec<Remedy> {
        let deciding = || grants.iter().filter(|grant| grant.verdict == GrantVerdict::Decides);
        let told: Vec<Remedy> = if matches!(decision, Decision::Allow) {
            deciding().map(|grant| self.revoke(grant)).collect()
        } else {
            let denials = || deciding().filter(|grant| grant.grant.effect == Effect::Deny);
            if denials().next().is_some() {
                denials().filter(|grant| self.sees(&grant.role)).map(|grant| self.revoke(grant)).collect()
            } else {
                self.additions(grants)
            }
        };
        let seen = |remedy: &Remedy| {
            let role = remedy.role.as_ref().and_then(|name| self.book.find(name));
            role.is_none_or(|role| self.sees(role))
        };
        told.into_iter().filter(seen).take(MAX_REMEDIES).collect()
    }

    pub(super) fn token(&self) -> Remedy {
        let (subject, name) = (self.subject(), self.asked.name);
        Remedy {
            kind: RemedyKind::CreateToken,
            description: format!("Create a token for `{subject}` whose permissions include `{name}`."),
            role: None,
            permission: Some(name.to_owned()),
            assign: None,
            is_possible: self.book.decide(self.request.viewer(), TOKEN_CREATE).is_possible(),
        }
    }

    fn revoke(&self, evaluation: &GrantEvaluation) -> Remedy {
        let (role, written) = (&evaluation.role, evaluation.grant.target.permission());
        let what = if evaluation.grant.effect == Effect::Deny { "denial" } else { "grant" };
        let description =
            format!("Revoke the {what} of `{written}` from role `{}`{}.", role.name, in_config(role));
        Remedy {
            permission: Some(self.asked.name.to_owned()),
            ..self.change(RemedyKind::RevokeGrant, role, description)
        }
    }

    fn change(&self, kind: RemedyKind, role: &Role, description: String) -> Remedy {
        let is_possible = self.request.may_change(role).0;
        Remedy {
            kind,
            description,
            role: Some(role.name.clone()),
            permission: None,
            assign: None,
            is_possible,
        }
    }

    fn additions(&self, grants: &[GrantEvaluation]) -> Vec<Remedy> {
        let (subject, name) = (self.subject(), self.asked.name);
        let would = grants.iter().filter(|grant| {
            let holds = grant.condition.as_ref().and_then(|tree| tree.get("holds"));
            let holds = holds.and_then(serde_json::Value::as_bool);
            grant.verdict == GrantVerdict::NotHeld
                && grant.grant.effect == Effect::Allow
                && holds != Some(false)
        });
        let mut told: Vec<Remedy> = would
            .map(|grant| {
                let role = &grant.role;
                let description = format!("Give role `{}` to `{subject}`{}.", role.name, in_config(role));
                Remedy {
                    assign: Some(subject.clone()),
                    ..self.change(RemedyKind::AssignRole, role, description)
                }
            })
            .collect();
        told.dedup_by(|left, right| left.role == right.role);
        let held = self.book.held_by(self.viewer).filter(|role| role.source == RoleSource::Database);
        told.extend(held.filter(|role| self.sees(role)).map(|role| {
            let reach = if role.everyone { ", which everyone has" } else { "" };
            let description = format!("Grant `{name}` to role `{}`{reach}.", role.name);
            let remedy = self.change(RemedyKind::GrantPermission, role, description);
            Remedy { permission: Some(name.to_owned()), ..remedy }
        }));
        if told.is_empty() {
            told.push(Remedy {
                kind: RemedyKind::CreateRole,
                description: format!("Create a role that grants `{name}`, with `{subject}` as a member."),
                role: None,
                permission: Some(name.to_owned()),
                assign: Some(subject),
                is_possible: self.request.right(CREATE).0.is_possible(),
            });
        }
        told
    }
}

fn in_config(role: &Role) -> &'static str {
    match role.source {
        RoleSource::Config => ", in the config",
        RoleSource::Database => "",
    }
}
