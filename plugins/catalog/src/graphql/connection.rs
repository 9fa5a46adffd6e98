use async_graphql::{Context, Object, SimpleObject};
use callboard_kit::{Facet, PageInfo, Result};

use super::{catalog, interface::Entity};
use crate::service::{CatalogRequest, ListQuery, Listing};

/// A page of entities, and what is known about the whole list.
pub struct EntityConnection(Listing);

/// An entity in a list.
#[derive(SimpleObject)]
pub struct EntityEdge {
    /// Its place in the list.
    cursor: String,
    /// The entity.
    node: Entity,
}

impl EntityConnection {
    /// What the viewer may see of a list.
    pub async fn of(catalog: &CatalogRequest, query: ListQuery) -> Result<Self> {
        Ok(Self(catalog.list(query).await?))
    }

    /// How many there are in all.
    pub fn total(&self) -> i32 {
        i32::try_from(self.0.total).unwrap_or(i32::MAX)
    }

    /// Bodies are read here, so a client that wants counts alone costs no query.
    async fn load(&self, ctx: &Context<'_>) -> Result<Vec<EntityEdge>> {
        let items = &self.0.page.items;
        let found = items.iter().map(|(_, entity)| Some(entity.clone())).collect();
        let bodies = catalog(ctx).load(found).await?;
        let pairs = items.iter().zip(bodies);
        Ok(pairs
            .filter_map(|((cursor, _), body)| {
                Some(EntityEdge { cursor: cursor.clone(), node: Entity(body?) })
            })
            .collect())
    }
}

/// A page of entities, and what is known about the whole list.
#[Object]
impl EntityConnection {
    /// The entities of the page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<EntityEdge>> {
        self.load(ctx).await
    }

    /// The entities of the page.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<Entity>> {
        Ok(self.load(ctx).await?.into_iter().map(|edge| edge.node).collect())
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        let page = &self.0.page;
        PageInfo {
            has_next_page: page.has_next_page,
            has_previous_page: page.has_previous_page,
            start_cursor: page.items.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: page.items.last().map(|(cursor, _)| cursor.clone()),
        }
    }

    /// How many there are in all.
    async fn total_count(&self) -> i32 {
        self.total()
    }

    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    /// How often the values of these fields occur in the whole list, most frequent first, 1000 of each at most.
    async fn facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dotted paths, e.g. `kind`, `spec.type`, `relations.ownedBy`; 20 at most.")]
        fields: Vec<String>,
    ) -> Result<Vec<Facet>> {
        catalog(ctx).facets(&self.0.facets, &fields)
    }
}
