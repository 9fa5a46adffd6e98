use std::{fmt, sync::Arc};

use async_trait::async_trait;

use crate::{EntityFilter, EntityRef, Result, Viewer};

/// What other plugins may ask of the catalog. Offered by the catalog plugin.
#[async_trait]
pub trait CatalogReader: Send + Sync + 'static {
    /// The groups a user belongs to, directly and through the parents of its groups; empty for an unknown user.
    async fn groups_of(&self, user: &EntityRef) -> Result<Vec<EntityRef>>;

    /// The users that belong to a group, directly and through the groups below it; empty for an unknown group.
    async fn members_of(&self, group: &EntityRef) -> Result<Vec<EntityRef>>;

    /// The references of what a filter selects, whoever asks, in order; `limit` at most.
    async fn references(&self, filter: &EntityFilter, limit: usize) -> Result<Vec<EntityRef>>;

    /// How many a filter selects, whoever asks.
    async fn count(&self, filter: &EntityFilter) -> Result<u64>;

    /// The title or display name of an entity; `None` where it is not in the catalog.
    async fn display_name(&self, reference: &EntityRef) -> Result<Option<String>>;

    /// The value of an annotation to the letter, whoever asks; `None` where the entity or the annotation is missing.
    async fn annotation(&self, reference: &EntityRef, name: &str) -> Result<Option<String>>;

    /// The global id of an entity, whoever asks; `None` where it is not in the catalog.
    async fn id_of(&self, reference: &EntityRef) -> Result<Option<String>>;

    /// For each global id, whether that entity exists and the filter selects it.
    async fn select(&self, ids: &[String], filter: &EntityFilter) -> Result<Vec<bool>>;

    /// The entities for which a viewer has a permission, e.g. `catalog.entity.read`: decided once, for one request.
    async fn permitted(&self, viewer: &Viewer, permission: &str) -> Result<Arc<dyn EntitySet>>;
}

/// Some of the entities of the catalog.
pub trait EntitySet: fmt::Debug + Send + Sync {
    /// The same for two sets of the same entities, as far as that is known: what was found with one holds for the other.
    fn fingerprint(&self) -> u64;

    /// Whether it has none, for sure.
    fn is_empty(&self) -> bool;

    /// Whether it has all there are, for sure.
    fn is_everything(&self) -> bool;

    /// For each reference, whether that entity exists and is in the set.
    fn has(&self, references: &[EntityRef]) -> Vec<bool>;

    /// Its members; `None` where there are more than `limit`.
    fn references(&self, limit: usize) -> Option<Vec<EntityRef>>;
}
