use callboard_kit::{Decision, EntityFilter, Problem, Result, Viewer};

use crate::{
    book::RoleBook,
    config::Effect,
    model::{Grant, GrantTarget, Role},
};

/// What a viewer may do to roles under one permission.
#[derive(Debug)]
pub(crate) struct Right(pub Decision);

impl Right {
    /// Whether it is about this role.
    pub fn covers(&self, role: &Role) -> bool {
        match &self.0 {
            Decision::Allow => true,
            Decision::Deny => false,
            Decision::Conditional(filter) => selects(filter, role).unwrap_or(false),
        }
    }

    /// Whether it is about every role: only then may it be used to give away more than one has.
    pub const fn is_unlimited(&self) -> bool {
        matches!(self.0, Decision::Allow)
    }
}

/// Whether a filter selects a role; `None` where it asks for something that roles do not have.
fn selects(filter: &EntityFilter, role: &Role) -> Option<bool> {
    let EntityFilter { owner, all_of, any_of, not, .. } = filter;
    let known = EntityFilter {
        owner: owner.clone(),
        all_of: all_of.clone(),
        any_of: any_of.clone(),
        not: not.clone(),
        ..EntityFilter::default()
    };
    if *filter != known {
        return None;
    }
    let mut selected = true;
    if let Some(owners) = owner {
        selected &= role.owner.as_ref().is_some_and(|own| owners.iter().any(|owner| owner.0 == *own));
    }
    for part in all_of.iter().flatten() {
        selected &= selects(part, role)?;
    }
    if let Some(parts) = any_of {
        let parts = parts.iter().map(|part| selects(part, role)).collect::<Option<Vec<bool>>>()?;
        selected &= parts.contains(&true);
    }
    if let Some(part) = not {
        selected &= !selects(part, role)?;
    }
    Some(selected)
}

/// Whether a viewer whose right is limited to some roles may make this change to one of them. Nobody gives away more
/// than they have, takes away what is denied to somebody, or denies anything to anybody.
pub(super) fn check_delegated(
    book: &RoleBook,
    viewer: &Viewer,
    before: Option<&Role>,
    after: Option<&Role>,
) -> Result<()> {
    if let Some(before) = before.filter(|before| denials(before).next().is_some()) {
        let keeps = |after: &Role| {
            denials(before).all(|grant| after.grants.iter().any(|kept| kept.says_the_same(grant)))
                && before.members.iter().all(|member| after.members.contains(member))
                && (after.everyone || !before.everyone)
        };
        if !after.is_some_and(keeps) {
            return Err(refused("may take a denial from somebody, and this role denies something"));
        }
    }
    let Some(after) = after else { return Ok(()) };
    let reaches_more = reaches_more(before, after);
    if reaches_more && denials(after).next().is_some() {
        return Err(refused("may deny something to somebody, and this role denies something"));
    }
    let known = before.map(|role| role.grants.as_slice()).unwrap_or_default();
    for grant in &after.grants {
        let is_new = !known.iter().any(|known| known.says_the_same(grant));
        if is_new {
            check_given(book, viewer, grant)?;
        }
        if is_new || reaches_more {
            check_outranked(book, grant)?;
        }
    }
    Ok(())
}

fn denials(role: &Role) -> impl Iterator<Item = &Grant> {
    role.grants.iter().filter(|grant| grant.effect == Effect::Deny)
}

/// Whether somebody has the role afterwards who does not have it yet.
fn reaches_more(before: Option<&Role>, after: &Role) -> bool {
    let (members, everyone) = before.map_or((&[][..], false), |role| (&role.members, role.everyone));
    (after.everyone && !everyone) || after.members.iter().any(|member| !members.contains(member))
}

fn check_given(book: &RoleBook, viewer: &Viewer, grant: &Grant) -> Result<()> {
    if grant.effect == Effect::Deny {
        return Err(refused("may deny something"));
    }
    let written = grant.target.permission();
    if matches!(grant.target, GrantTarget::Pattern(_)) && !grant.target.is_name() {
        return Err(refused(&format!("may grant a pattern such as `{written}`")));
    }
    let reached: Vec<_> =
        book.knowledge().permissions.iter().filter(|known| grant.target.matches(&(*known).into())).collect();
    let has = |name: &str| matches!(book.decide(viewer, name), Decision::Allow);
    let lacking = reached.iter().find(|known| !has(known.name)).map(|known| known.name);
    let lacking = lacking.or_else(|| reached.is_empty().then_some(written));
    match lacking {
        Some(name) => {
            let told =
                format!("you cannot grant `{name}`, which you do not have without a condition yourself");
            Err(Problem::forbidden(told).about_permission(name))
        }
        None => Ok(()),
    }
}

/// An allowance by name beats a denial by pattern or type in any role, so it would take that from somebody.
fn check_outranked(book: &RoleBook, grant: &Grant) -> Result<()> {
    if grant.effect == Effect::Deny || !grant.target.is_name() {
        return Ok(());
    }
    let name = grant.target.permission();
    let asked = book.knowledge().asked(name);
    let is_outranked = |denial: &Grant| !denial.target.is_name() && denial.target.matches(&asked);
    if book.roles().iter().any(|role| denials(role).any(is_outranked)) {
        return Err(refused(&format!(
            "may grant `{name}` by name: somebody is denied it by a pattern or a type, which a name beats"
        )));
    }
    Ok(())
}

fn refused(what: &str) -> Problem {
    Problem::forbidden(format!("only who may change every role {what}"))
}

#[cfg(test)]
mod tests {
    use callboard_kit::OwnerRef;

    use super::*;

    #[test]
    fn a_filter_that_asks_for_what_roles_do_not_have_selects_none() {
        let owner = Some("group:default/crew".parse().unwrap());
        let role = Role { owner, ..Role::new("a", chrono::DateTime::UNIX_EPOCH) };
        let belonging = |owner: &str| EntityFilter {
            owner: Some(vec![OwnerRef(owner.parse().unwrap())]),
            ..EntityFilter::default()
        };
        let not = |filter| EntityFilter { not: Some(Box::new(filter)), ..EntityFilter::default() };
        assert_eq!(selects(&belonging("group:default/crew"), &role), Some(true));
        assert_eq!(selects(&belonging("group:default/other"), &role), Some(false));
        assert_eq!(selects(&not(belonging("group:default/other")), &role), Some(true));
        let strange = EntityFilter { kind: Some(vec!["x".into()]), ..EntityFilter::default() };
        assert_eq!(selects(&strange, &role), None);
        assert_eq!(selects(&not(strange.clone()), &role), None);
        assert!(!Right(Decision::Conditional(Box::new(not(strange)))).covers(&role));
    }
}
