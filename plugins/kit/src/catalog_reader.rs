use async_trait::async_trait;

use crate::{EntityFilter, EntityRef, Result};

/// What other plugins may ask of the catalog. Offered by the catalog plugin.
#[async_trait]
pub trait CatalogReader: Send + Sync + 'static {
    /// The groups a user belongs to, directly and through the parents of its groups; empty for an unknown user.
    async fn groups_of(&self, user: &EntityRef) -> Result<Vec<EntityRef>>;

    /// The title or display name of an entity; `None` where it is not in the catalog.
    async fn display_name(&self, reference: &EntityRef) -> Result<Option<String>>;

    /// The global id of an entity, whoever asks; `None` where it is not in the catalog.
    async fn id_of(&self, reference: &EntityRef) -> Result<Option<String>>;

    /// For each global id, whether that entity exists and the filter selects it.
    async fn select(&self, ids: &[String], filter: &EntityFilter) -> Result<Vec<bool>>;
}
