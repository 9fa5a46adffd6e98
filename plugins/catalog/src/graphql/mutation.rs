use async_graphql::{Context, InputObject, Object, SimpleObject};
use callboard_kit::{EntityRef, Result, note_target};

use super::{catalog, interface::Entity};

/// Which entity to star.
#[derive(InputObject)]
pub struct StarEntityInput {
    /// The entity's reference.
    #[graphql(name = "ref")]
    reference: EntityRef,
    /// Whether it is starred from now on.
    #[graphql(default = true)]
    starred: bool,
}

/// The entity that was starred, or is no longer.
#[derive(SimpleObject)]
pub struct StarEntityPayload {
    /// The entity.
    entity: Option<Entity>,
}

/// What can be changed.
pub struct Mutation;

/// What can be changed.
#[Object]
impl Mutation {
    /// Stars an entity for the viewer, or takes the star back.
    async fn star_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entity.")] input: StarEntityInput,
    ) -> Result<Option<StarEntityPayload>> {
        note_target(input.reference.as_str());
        let entity = catalog(ctx).star(&input.reference, input.starred).await?;
        Ok(Some(StarEntityPayload { entity: Some(Entity(entity)) }))
    }
}
