use std::{collections::BTreeSet, sync::Arc};

use callboard_kit::{EntityRef, Problem, Result, Viewer};

use super::sight::Sight;
use crate::{book::RoleBook, model::Role};

/// The most people that are looked at one by one.
const MAX_SUBJECTS: usize = 500;

/// Everyone whom the changed roles are about, in order, `None` for everyone else where they are everyone's; and whether
/// that is all of them.
pub(super) async fn subjects(
    book: &RoleBook,
    touched: &[Arc<Role>],
    sight: &Sight<'_>,
) -> Result<(Vec<Option<EntityRef>>, bool)> {
    let (changed, mut complete) = people_of(touched, sight).await?;
    let mut others = BTreeSet::new();
    let everyone = touched.iter().any(|role| role.everyone);
    if everyone {
        // Those who have roles of their own may see a difference where others do not.
        let (all, is_all) = people_of(book.roles(), sight).await?;
        others = all.difference(&changed).cloned().collect();
        complete &= is_all;
    }
    complete &= changed.len() + others.len() <= MAX_SUBJECTS;
    let named = changed.into_iter().chain(others).take(MAX_SUBJECTS).map(Some);
    Ok((everyone.then_some(None).into_iter().chain(named).collect(), complete))
}

/// The users that have one of these roles by name or through a group, as far as the viewer may know of them; and whether
/// that is all of them.
async fn people_of(roles: &[Arc<Role>], sight: &Sight<'_>) -> Result<(BTreeSet<EntityRef>, bool)> {
    let members: BTreeSet<&EntityRef> = roles.iter().flat_map(|role| &role.members).collect();
    let (groups, users): (Vec<&EntityRef>, Vec<&EntityRef>) =
        members.into_iter().partition(|member| member.kind() == "group");
    let mut named: BTreeSet<EntityRef> = users.into_iter().cloned().collect();
    let mut behind: BTreeSet<EntityRef> = BTreeSet::new();
    for group in groups {
        let members = sight.members_of(group).await?;
        behind.extend(members.into_iter().filter(|member| !named.contains(member)));
    }
    let count = behind.len();
    let seen = sight.seen(behind.into_iter().collect()).await?;
    let complete = seen.len() == count;
    named.extend(seen);
    Ok((named, complete))
}

/// Someone who is signed in and of whom nothing else is known: no role names them.
pub(super) fn nobody_in_particular(before: &RoleBook, after: &RoleBook) -> Result<Viewer> {
    let named = |reference: &EntityRef| {
        let roles = before.roles().iter().chain(after.roles());
        roles.flat_map(|role| &role.members).any(|member| member == reference)
    };
    let mut name = "anyone-else".to_owned();
    loop {
        let reference: EntityRef = format!("user:default/{name}").parse().map_err(Problem::internal)?;
        if !named(&reference) {
            return Ok(Viewer::user(reference, []));
        }
        name.push('-');
        name.push('x');
    }
}
