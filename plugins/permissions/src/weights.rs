use std::collections::HashSet;

use callboard_kit::Viewer;

use crate::{
    book::Knowledge,
    condition::Condition,
    config::Effect,
    model::{Asked, Grant},
    selection::{Selection, Union},
};

/// The most parts of conditions that one decision is made of. Beyond them a denial holds for everything and an
/// allowance for nothing, so that no number of grants makes a decision slow or lets anyone in.
const MAX_PARTS: usize = 5_000;

/// Grants that are about one question, weighed against each other.
#[derive(Debug)]
pub(crate) struct Weights<'a> {
    knowledge: &'a Knowledge,
    viewer: &'a Viewer,
    permission: &'a Asked<'a>,
    parts_left: usize,
    denied_by_name: Rank<'a>,
    allowed_by_name: Rank<'a>,
    denied: Rank<'a>,
    allowed: Rank<'a>,
}

/// Grants of equal weight.
#[derive(Debug, Default)]
struct Rank<'a> {
    selected: Union,
    /// Equal conditions select the same, and one of them says it.
    seen: HashSet<&'a Condition>,
}

impl<'a> Weights<'a> {
    /// No grants yet: nothing is allowed.
    pub fn new(knowledge: &'a Knowledge, viewer: &'a Viewer, permission: &'a Asked<'a>) -> Self {
        Self {
            knowledge,
            viewer,
            permission,
            parts_left: MAX_PARTS,
            denied_by_name: Rank::default(),
            allowed_by_name: Rank::default(),
            denied: Rank::default(),
            allowed: Rank::default(),
        }
    }

    /// Lets a grant count, where it is about the question.
    pub fn add(&mut self, grant: &'a Grant) {
        if !grant.target.matches(self.permission) {
            return;
        }
        let rank = match (grant.effect, grant.target.is_name()) {
            (Effect::Deny, true) => &mut self.denied_by_name,
            (Effect::Allow, true) => &mut self.allowed_by_name,
            (Effect::Deny, false) => &mut self.denied,
            (Effect::Allow, false) => &mut self.allowed,
        };
        let selected = match &grant.when {
            None => Selection::Everything,
            Some(condition) => {
                if rank.selected.is_everything() || !rank.seen.insert(condition) {
                    return;
                }
                if let Some(left) = self.parts_left.checked_sub(condition.parts()) {
                    self.parts_left = left;
                    selected_by(condition, grant.effect, self.knowledge, self.viewer, self.permission)
                } else {
                    tell_once();
                    cautious(grant.effect)
                }
            }
        };
        rank.selected.add(selected);
    }

    /// Deny beats allow, and a name beats what means several: what a name allows, a pattern cannot deny. An allowing
    /// grant only ever adds, so that a condition for everyone takes nothing from an admin.
    pub fn selection(self) -> Selection {
        let by_pattern = self.allowed.selected.selection().without(self.denied.selected.selection());
        let by_name = self.allowed_by_name.selected.selection();
        by_name.or(by_pattern).without(self.denied_by_name.selected.selection())
    }
}

/// The resources that a condition selects when this permission is asked for.
fn selected_by(
    condition: &Condition,
    effect: Effect,
    knowledge: &Knowledge,
    viewer: &Viewer,
    permission: &Asked<'_>,
) -> Selection {
    let Some(resource_type) = permission.resource_type else {
        // A condition says nothing about what has no resources; of what no plugin declares nobody knows.
        return if permission.is_known() { Selection::Nothing } else { cautious(effect) };
    };
    match condition.compile(&knowledge.rules, resource_type, viewer) {
        Ok(filter) => Selection::Some(Box::new(filter)),
        // A pattern may reach resources of a type that its condition is not for: it says nothing about those.
        Err(_) if is_about_others(&knowledge.rules, condition, resource_type) => Selection::Nothing,
        // Checked when it was written; its rule has gone since.
        Err(_) => cautious(effect),
    }
}

/// Where it cannot be told what a grant selects, an allowance must not widen and a denial must not vanish.
const fn cautious(effect: Effect) -> Selection {
    match effect {
        Effect::Allow => Selection::Nothing,
        Effect::Deny => Selection::Everything,
    }
}

/// Whether a condition is for resources of another type.
fn is_about_others(rules: &crate::rules::RuleSet, condition: &Condition, resource_type: &str) -> bool {
    rules.resource_types().any(|other| other != resource_type && condition.fits(rules, other))
}

fn tell_once() {
    static TOLD: std::sync::Once = std::sync::Once::new();
    TOLD.call_once(|| {
        tracing::warn!(
            "somebody has grants with more than {MAX_PARTS} parts of conditions: of the rest, denials hold for \
             everything and allowances for nothing"
        );
    });
}
