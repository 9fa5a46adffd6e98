use std::sync::Arc;

use serde_json::Value;

use super::{GrantEvaluation, GrantVerdict};
use crate::{
    config::Effect,
    model::{Grant, Holding, Role, RoleSource},
};

/// A grant that is about the permission, before it is known what comes of it.
pub(super) struct Weighed<'a> {
    pub role: &'a Arc<Role>,
    pub grant: &'a Grant,
    /// How the subject has the role.
    pub holding: Holding<'a>,
    pub condition: Option<Value>,
    /// Whether the condition holds; `None` where it depends on the resource and there is none.
    pub holds: Option<bool>,
}

impl Weighed<'_> {
    /// The higher beats the lower.
    fn rank(&self) -> u8 {
        match (self.grant.target.is_name(), self.grant.effect) {
            (true, Effect::Deny) => 4,
            (true, Effect::Allow) => 3,
            (false, Effect::Deny) => 2,
            (false, Effect::Allow) => 1,
        }
    }

    fn is_held(&self) -> bool {
        self.holding != Holding::Not
    }

    fn is_stored_denial(&self) -> bool {
        self.role.source == RoleSource::Database && self.grant.effect == Effect::Deny
    }

    fn applies(&self) -> bool {
        self.is_held() && self.holds == Some(true)
    }
}

/// What each grant adds to the decision, those first that decide. With `is_shielded` the database denies nothing that
/// the config allows.
pub(super) fn weigh(
    weighed: Vec<Weighed<'_>>,
    has_resource: bool,
    is_shielded: bool,
) -> Vec<GrantEvaluation> {
    let is_shielded = is_shielded && config_allows(&weighed);
    let deciding = weighed.iter().filter(|grant| grant.applies());
    let deciding = deciding.filter(|grant| !(is_shielded && grant.is_stored_denial()));
    let highest = deciding.map(Weighed::rank).max().unwrap_or_default();
    let grade = |grant: Weighed<'_>| {
        if is_shielded && grant.is_stored_denial() && grant.is_held() {
            return told(
                grant,
                GrantVerdict::Overridden,
                "the config allows it, which only the config takes back",
            );
        }
        evaluation(grant, highest, has_resource)
    };
    let mut grants: Vec<GrantEvaluation> = weighed.into_iter().map(grade).collect();
    grants.sort_by_key(|grant| grant.verdict as u8);
    grants
}

/// Whether the config allows it to the subject, as far as the config is concerned.
fn config_allows(weighed: &[Weighed<'_>]) -> bool {
    let held = || weighed.iter().filter(|grant| grant.is_held() && grant.role.source == RoleSource::Config);
    let allowing = held().filter(|grant| grant.grant.effect == Effect::Allow && grant.holds != Some(false));
    let denying = held().filter(|grant| grant.grant.effect == Effect::Deny && grant.applies());
    allowing.map(Weighed::rank).max() > denying.map(Weighed::rank).max()
}

fn evaluation(weighed: Weighed<'_>, highest: u8, has_resource: bool) -> GrantEvaluation {
    let rank = weighed.rank();
    let (verdict, reason) = match (weighed.is_held(), weighed.holds) {
        (false, Some(false)) => {
            (GrantVerdict::NotHeld, "its role is not held, and its condition does not hold")
        }
        (false, _) => (GrantVerdict::NotHeld, "its role is not held"),
        (true, Some(false)) if has_resource => {
            (GrantVerdict::ConditionFails, "its condition does not hold for the resource")
        }
        (true, Some(false)) => (GrantVerdict::ConditionFails, "its condition is not about such resources"),
        (true, Some(true)) if rank == highest => (GrantVerdict::Decides, "it applies, and nothing beats it"),
        (true, None) if rank > highest => (GrantVerdict::Contributes, "it applies where its condition holds"),
        (true, _) => (GrantVerdict::Overridden, beaten_by(highest)),
    };
    told(weighed, verdict, reason)
}

fn told(weighed: Weighed<'_>, verdict: GrantVerdict, reason: &str) -> GrantEvaluation {
    GrantEvaluation {
        role: Arc::clone(weighed.role),
        grant: weighed.grant.clone(),
        via: match weighed.holding {
            Holding::Member(member) => Some(member.clone()),
            Holding::Everyone | Holding::Not => None,
        },
        held: weighed.is_held(),
        verdict,
        reason: reason.to_owned(),
        condition: weighed.condition,
    }
}

const fn beaten_by(rank: u8) -> &'static str {
    match rank {
        4 => "a denial of this very permission beats it",
        3 => "a grant of this very permission beats it",
        2 => "a denial beats it",
        _ => "another grant says the same for everything",
    }
}
