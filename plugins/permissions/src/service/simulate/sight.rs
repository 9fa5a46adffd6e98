use callboard_kit::{CatalogReader, Decision, EntityFilter, EntityRef, PermissionDefinition, Result};

use super::AccessChange;
use crate::service::request::ENTITY;

/// The catalog as far as the viewer who asks may see it: what roles would show to others tells them nothing more.
pub(super) struct Sight<'a> {
    pub catalog: Option<&'a dyn CatalogReader>,
    /// Which entities the viewer may read.
    pub visible: Decision,
}

impl Sight<'_> {
    /// The users of a group, whether they may be seen or not.
    pub async fn members_of(&self, group: &EntityRef) -> Result<Vec<EntityRef>> {
        match self.catalog {
            Some(catalog) => catalog.members_of(group).await,
            None => Ok(Vec::new()),
        }
    }

    /// Those that the viewer may see.
    pub async fn seen(&self, references: Vec<EntityRef>) -> Result<Vec<EntityRef>> {
        let (Some(catalog), true) = (self.catalog, self.visible.is_possible()) else { return Ok(Vec::new()) };
        let mut known = Vec::with_capacity(references.len());
        let mut ids = Vec::with_capacity(references.len());
        for reference in references {
            if let Some(id) = catalog.id_of(&reference).await? {
                known.push(reference);
                ids.push(id);
            }
        }
        let seen = catalog.select(&ids, &filter_of(&self.visible)).await?;
        Ok(known.into_iter().zip(seen).filter(|(_, seen)| *seen).map(|(reference, _)| reference).collect())
    }

    /// What is different, if anything is.
    pub async fn compare(
        &self,
        permission: &PermissionDefinition,
        subject: Option<&EntityRef>,
        (before, after): (Decision, Decision),
    ) -> Result<Option<AccessChange>> {
        let same_kind = std::mem::discriminant(&before) == std::mem::discriminant(&after);
        if same_kind && filter_of(&before) == filter_of(&after) {
            return Ok(None);
        }
        let counts = match self.catalog.filter(|_| permission.resource_type == Some(ENTITY)) {
            Some(catalog) if self.visible.is_possible() => {
                let gained = catalog.count(&self.difference(&after, &before)).await?;
                Some((gained, catalog.count(&self.difference(&before, &after)).await?))
            }
            _ => None,
        };
        // Who sees everything is not told of conditions that come to the same.
        if same_kind && counts == Some((0, 0)) && matches!(self.visible, Decision::Allow) {
            return Ok(None);
        }
        Ok(Some(AccessChange {
            subject: subject.cloned(),
            permission: permission.name,
            before,
            after,
            gained: counts.map(|(gained, _)| gained),
            lost: counts.map(|(_, lost)| lost),
        }))
    }

    /// What the first allows and the second does not, of what the viewer may see.
    fn difference(&self, first: &Decision, second: &Decision) -> EntityFilter {
        let not = EntityFilter { not: Some(Box::new(filter_of(second))), ..EntityFilter::default() };
        let difference = filter_of(first).and(not);
        match &self.visible {
            Decision::Allow => difference,
            visible => filter_of(visible).and(difference),
        }
    }
}

/// What a decision allows, as a filter.
fn filter_of(decision: &Decision) -> EntityFilter {
    match decision {
        Decision::Allow => EntityFilter::default(),
        Decision::Deny => EntityFilter { any_of: Some(Vec::new()), ..EntityFilter::default() },
        Decision::Conditional(filter) => EntityFilter::clone(filter),
    }
}
