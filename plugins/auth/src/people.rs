//! Users as the catalog knows them.

use callboard_kit::{EntityFilter, EntityRef, Result, Services, Viewer};

/// The catalog, as far as it says who somebody is.
#[derive(Clone, Debug)]
pub(crate) struct People {
    services: Services,
}

/// What a search for one user found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nobody,
    One(EntityRef),
    Several,
}

impl People {
    pub(crate) const fn new(services: Services) -> Self {
        Self { services }
    }

    /// A user with the groups it belongs to now.
    pub(crate) async fn viewer(&self, reference: &EntityRef) -> Result<Viewer> {
        let groups = match self.services.catalog.get() {
            Some(catalog) => catalog.groups_of(reference).await?,
            None => Vec::new(),
        };
        Ok(Viewer::user(reference.clone(), groups))
    }

    /// Whether the catalog has this entity; it has none where there is no catalog.
    pub(crate) async fn has(&self, reference: &EntityRef) -> Result<bool> {
        match self.services.catalog.get() {
            Some(catalog) => Ok(catalog.id_of(reference).await?.is_some()),
            None => Ok(false),
        }
    }

    /// The user with this profile e-mail address, in whatever case.
    pub(crate) async fn by_email(&self, email: &str) -> Result<Found> {
        let filter = users().with_field("spec.profile.email", vec![email.to_owned()]);
        Ok(found(self.references(&filter).await?))
    }

    /// The user with this name in the namespace `default`.
    pub(crate) async fn by_name(&self, name: &str) -> Result<Found> {
        let Ok(reference) = EntityRef::new("user", "default", name) else { return Ok(Found::Nobody) };
        Ok(if self.has(&reference).await? { Found::One(reference) } else { Found::Nobody })
    }

    /// The user with this annotation, to the letter.
    pub(crate) async fn by_annotation(&self, annotation: &str, value: &str) -> Result<Found> {
        let filter = users().with_field(format!("metadata.annotations.{annotation}"), vec![value.to_owned()]);
        let Some(catalog) = self.services.catalog.get() else { return Ok(Found::Nobody) };
        // Filters compare without regard to case, and ids of providers differ in it.
        let mut exact = Vec::new();
        for reference in self.references(&filter).await? {
            if catalog.annotation(&reference, annotation).await?.as_deref() == Some(value) {
                exact.push(reference);
            }
        }
        Ok(found(exact))
    }

    async fn references(&self, filter: &EntityFilter) -> Result<Vec<EntityRef>> {
        match self.services.catalog.get() {
            Some(catalog) => catalog.references(filter, 50).await,
            None => Ok(Vec::new()),
        }
    }
}

fn users() -> EntityFilter {
    EntityFilter { kind: Some(vec!["User".to_owned()]), ..EntityFilter::default() }
}

fn found(mut references: Vec<EntityRef>) -> Found {
    match references.len() {
        0 => Found::Nobody,
        1 => Found::One(references.remove(0)),
        _ => Found::Several,
    }
}
