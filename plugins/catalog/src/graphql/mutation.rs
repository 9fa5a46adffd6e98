use async_graphql::{Context, InputObject, Object, SimpleObject};
use callboard_kit::{EntityRef, Result, note_target};

use super::{catalog, interface::Entity, location::CatalogLocation};

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

/// Which entity to read again.
#[derive(InputObject)]
pub struct RefreshEntityInput {
    /// The entity's reference.
    #[graphql(name = "ref")]
    reference: EntityRef,
}

/// The entity as it is after its source was read.
#[derive(SimpleObject)]
pub struct RefreshEntityPayload {
    /// The entity; null where it is there no more.
    entity: Option<Entity>,
}

/// Which entity to remove.
#[derive(InputObject)]
pub struct DeleteEntityInput {
    /// The entity's reference.
    #[graphql(name = "ref")]
    reference: EntityRef,
}

/// The entity that was.
#[derive(SimpleObject)]
pub struct DeleteEntityPayload {
    /// Its reference.
    deleted_ref: EntityRef,
    /// The locations that still emit it, and bring it back when they are read next; none for who may not see
    /// locations.
    emitted_by: Vec<CatalogLocation>,
}

/// What can be done about entities.
#[derive(Default)]
pub struct EntityMutation;

/// What can be done about entities.
#[Object]
impl EntityMutation {
    /// Reads the source of an entity again, with the locations that lead to it, globs included, and answers when the
    /// catalog holds what is there now. Takes `catalog.entity.refresh` on the entity.
    async fn refresh_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entity.")] input: RefreshEntityInput,
    ) -> Result<Option<RefreshEntityPayload>> {
        note_target(input.reference.as_str());
        let entity = catalog(ctx).refresh_entity(&input.reference).await?;
        Ok(Some(RefreshEntityPayload { entity: entity.map(Entity) }))
    }

    /// Removes an entity. One that a location still emits comes back when that is read next; an orphan is gone. Takes
    /// `catalog.entity.delete` on the entity.
    async fn delete_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entity.")] input: DeleteEntityInput,
    ) -> Result<Option<DeleteEntityPayload>> {
        note_target(input.reference.as_str());
        let emitted_by = catalog(ctx).delete_entity(&input.reference).await?;
        Ok(Some(DeleteEntityPayload {
            deleted_ref: input.reference,
            emitted_by: emitted_by.into_iter().map(CatalogLocation).collect(),
        }))
    }

    /// Stars an entity for the viewer, or takes the star back. Guests cannot: all of them are one user.
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
