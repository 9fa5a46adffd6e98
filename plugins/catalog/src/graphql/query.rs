use async_graphql::{Context, Object, SimpleObject};
use callboard_kit::{EntityFilter, EntityOrder, EntityRef, PageArguments, Problem, Result};

use super::{
    catalog,
    connection::EntityConnection,
    interface::Entity,
    location::{LocationConnection, LocationOrigin},
    unprocessed::{UnprocessedEntityConnection, UnprocessedFilter},
    validation::EntityValidation,
};
use crate::{
    repository::{LocationFilter, LocationOwner},
    service::{ListQuery, Scope},
};

/// The most references that are looked up at once.
const MAX_REFERENCES: usize = 1000;

/// A kind that there are entities of.
#[derive(SimpleObject)]
pub struct EntityKind {
    /// The kind as written, e.g. `Component`.
    kind: String,
    /// How many there are.
    count: i32,
}

/// What the catalog can be asked.
#[derive(Default)]
pub struct CatalogQuery;

#[Object]
impl CatalogQuery {
    /// The entity with this reference; null where there is none, or none that may be seen.
    async fn entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "ref", desc = "Its reference, e.g. `component:petstore`.")] reference: EntityRef,
    ) -> Result<Option<Entity>> {
        let found = catalog(ctx).find(&[reference]).await?;
        Ok(found.into_iter().flatten().next().map(Entity))
    }

    /// The entities with these references, in the order asked for; null for each that is not there.
    async fn entities_by_ref(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their references, 1000 at most.")] refs: Vec<EntityRef>,
    ) -> Result<Option<Vec<Option<Entity>>>> {
        if refs.len() > MAX_REFERENCES {
            let message = format!("`refs` takes {MAX_REFERENCES} references at most");
            return Err(Problem::bad_input("refs", message));
        }
        let found = catalog(ctx).find(&refs).await?;
        Ok(Some(found.into_iter().map(|entity| entity.map(Entity)).collect()))
    }

    /// Entities, filtered, searched and ordered.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these.")] filter: Option<EntityFilter>,
        #[graphql(
            desc = "Only those in which every one of these words is part of some word of the reference, \
                          name, title, description or tags; 1000 bytes at most."
        )]
        text: Option<String>,
        #[graphql(desc = "The order, by name unless told.")] order_by: Option<Vec<EntityOrder>>,
        #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "How many to pass over, from the end that the page is taken from: for a jump into a long list. \
                          Unlike a cursor, a number does not stay right while entities come and go."
        )]
        offset: Option<i32>,
    ) -> Result<Option<EntityConnection>> {
        let page = PageArguments { first, after, last, before, offset };
        let order = order_by.unwrap_or_default();
        let query = ListQuery { scope: Scope::All, filter, text, order, page };
        EntityConnection::of(&catalog(ctx), query).await.map(Some)
    }

    /// The kinds there are, with counts, by name.
    async fn entity_kinds(&self, ctx: &Context<'_>) -> Result<Option<Vec<EntityKind>>> {
        let kinds = catalog(ctx).kinds().await?;
        let count = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(Some(kinds.into_iter().map(|(kind, n)| EntityKind { kind, count: count(n) }).collect()))
    }

    /// Documents that are not in the catalog as they were read, with the reasons: those that never became entities, and
    /// those whose entity is served as it was before. All of them for who may see every entity and location, for anyone
    /// else those that they own.
    async fn unprocessed_entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only these.")] filter: Option<UnprocessedFilter>,
    ) -> Result<Option<UnprocessedEntityConnection>> {
        let query = filter.unwrap_or_default().into();
        let page = catalog(ctx).unprocessed(query, PageArguments::forward(first, after)).await?;
        Ok(Some(page.into()))
    }

    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    /// The places that descriptors are read from, in the order they came to be; null without `catalog.location.read`.
    async fn locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only those with this in their target.")] text: Option<String>,
        #[graphql(desc = "Only those of this origin.")] origin: Option<LocationOrigin>,
        #[graphql(desc = "Only those that could not be read the last time, or those that could.")]
        failed: Option<bool>,
        #[graphql(desc = "Only those that the provider with this id found.")] provider: Option<String>,
    ) -> Result<Option<LocationConnection>> {
        if provider.is_some() && origin.is_some_and(|origin| origin != LocationOrigin::Provider) {
            let message = "`provider` goes with the origin PROVIDER, or without one";
            return Err(Problem::bad_input("provider", message));
        }
        let owner = match provider.filter(|id| !id.is_empty()) {
            Some(id) => Some(LocationOwner::Provider(id)),
            None => origin.map(LocationOrigin::into),
        };
        let filter = LocationFilter { text, owner, has_failed: failed };
        let page = catalog(ctx).locations(&filter, PageArguments::forward(first, after)).await?;
        Ok(page.map(LocationConnection::from))
    }

    /// What is wrong with descriptors, one answer a document. Nothing is stored, and nothing that they refer to is read.
    async fn validate_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The descriptors, as YAML; 262144 bytes at most.")] yaml: String,
        #[graphql(
            desc = "Where they would be read from, `type:target`, for the rules about locations; without it \
                          every kind is allowed."
        )]
        location: Option<String>,
    ) -> Result<Option<Vec<EntityValidation>>> {
        let found = catalog(ctx).validate(yaml, location.as_deref()).await?;
        Ok(found.map(|found| found.into_iter().map(EntityValidation::from).collect()))
    }
}
