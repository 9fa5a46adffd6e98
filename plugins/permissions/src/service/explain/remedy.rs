use callboard_kit::{Decision, EntityRef, Viewer};

use super::{GrantEvaluation, GrantVerdict};
use crate::{
    book::RoleBook,
    config::Effect,
    model::{Asked, RoleSource},
};

/// The most that are told.
const MAX_REMEDIES: usize = 10;

/// What would change the decision.
#[derive(Clone, Debug)]
pub(crate) struct Remedy {
    pub description: String,
    pub role: Option<String>,
    pub permission: Option<String>,
    pub assign: Option<EntityRef>,
}

impl Remedy {
    pub(super) fn for_service(subject: &EntityRef, permission: &str) -> Self {
        Self {
            description: format!("Create a token for `{subject}` whose permissions include `{permission}`."),
            role: None,
            permission: Some(permission.to_owned()),
            assign: None,
        }
    }
}

/// What would turn a denial, or a decision for some resources, into a grant; and what takes a grant away.
pub(super) fn remedies(
    book: &RoleBook,
    viewer: &Viewer,
    asked: &Asked<'_>,
    decision: &Decision,
    grants: &[GrantEvaluation],
) -> Vec<Remedy> {
    let Some(subject) = viewer.reference() else { return Vec::new() };
    let deciding = grants.iter().filter(|grant| grant.verdict == GrantVerdict::Decides);
    let told: Vec<Remedy> = if matches!(decision, Decision::Allow) {
        deciding.map(|grant| revoke(grant, asked)).collect()
    } else {
        let denials: Vec<Remedy> = deciding
            .filter(|grant| grant.grant.effect == Effect::Deny)
            .map(|grant| revoke(grant, asked))
            .collect();
        if denials.is_empty() { additions(book, viewer, subject, asked, grants) } else { denials }
    };
    told.into_iter().take(MAX_REMEDIES).collect()
}

fn revoke(evaluation: &GrantEvaluation, asked: &Asked<'_>) -> Remedy {
    let (role, written) = (&evaluation.role.name, evaluation.grant.target.permission());
    let what = if evaluation.grant.effect == Effect::Deny { "denial" } else { "grant" };
    Remedy {
        description: format!("Revoke the {what} of `{written}` from role `{role}`{}.", in_config(evaluation)),
        role: Some(role.clone()),
        permission: Some(asked.name.to_owned()),
        assign: None,
    }
}

fn additions(
    book: &RoleBook,
    viewer: &Viewer,
    subject: &EntityRef,
    asked: &Asked<'_>,
    grants: &[GrantEvaluation],
) -> Vec<Remedy> {
    let would = grants.iter().filter(|grant| {
        let holds =
            grant.condition.as_ref().and_then(|tree| tree.get("holds")).and_then(serde_json::Value::as_bool);
        grant.verdict == GrantVerdict::NotHeld && grant.grant.effect == Effect::Allow && holds != Some(false)
    });
    let mut told: Vec<Remedy> = would
        .map(|grant| Remedy {
            description: format!("Give role `{}` to `{subject}`{}.", grant.role.name, in_config(grant)),
            role: Some(grant.role.name.clone()),
            permission: None,
            assign: Some(subject.clone()),
        })
        .collect();
    told.dedup_by(|left, right| left.role == right.role);
    let held = book.held_by(viewer).filter(|role| role.source == RoleSource::Database);
    told.extend(held.map(|role| {
        let reach = if role.everyone { ", which everyone has" } else { "" };
        Remedy {
            description: format!("Grant `{}` to role `{}`{reach}.", asked.name, role.name),
            role: Some(role.name.clone()),
            permission: Some(asked.name.to_owned()),
            assign: None,
        }
    }));
    if told.is_empty() {
        told.push(Remedy {
            description: format!("Create a role that grants `{}`, with `{subject}` as a member.", asked.name),
            role: None,
            permission: Some(asked.name.to_owned()),
            assign: Some(subject.clone()),
        });
    }
    told
}

fn in_config(evaluation: &GrantEvaluation) -> &'static str {
    match evaluation.role.source {
        RoleSource::Config => ", in the config",
        RoleSource::Database => "",
    }
}
