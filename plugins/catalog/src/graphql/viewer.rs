use async_graphql::{Context, Object};
use callboard_kit::{EntityRef, Result};

use super::{catalog, interface::Entity, kinds::User};

/// Who asks, as the catalog knows them.
pub struct Viewer(pub EntityRef);

/// Who asks, as the catalog knows them.
#[Object]
impl Viewer {
    /// The reference of the user.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &EntityRef {
        &self.0
    }

    /// The user's entity; null where the catalog has none.
    async fn entity(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let found = catalog(ctx).find(std::slice::from_ref(&self.0)).await?.pop().flatten();
        Ok(found.filter(|entity| entity.reference.kind() == "user").map(User::new))
    }

    /// What the viewer starred, the latest first; null for anyone else, and for guests, who are all one user.
    async fn starred(&self, ctx: &Context<'_>) -> Result<Option<Vec<Entity>>> {
        let catalog = catalog(ctx);
        if catalog.viewer().reference() != Some(&self.0) || catalog.viewer().is_guest() {
            return Ok(None);
        }
        Ok(Some(catalog.starred().await?.into_iter().map(Entity).collect()))
    }
}
