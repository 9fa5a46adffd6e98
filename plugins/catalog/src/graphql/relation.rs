use async_graphql::{Context, Object, SimpleObject};
use callboard_kit::{Cursor, EntityRef, PageBounds, PageInfo, Problem, Result};
use uuid::Uuid;

use super::{catalog, interface::Entity};
use crate::{index::IndexedRelation, service::CatalogRequest};

/// How many types or kinds may be named.
const MAX_NAMES: usize = 50;

/// A relation of one entity to another.
pub struct EntityRelation(IndexedRelation);

/// A relation of one entity to another.
#[Object]
impl EntityRelation {
    /// Its type, e.g. `ownedBy`.
    #[graphql(name = "type")]
    async fn type_(&self) -> &str {
        &self.0.relation_type
    }

    /// Where it points.
    async fn target_ref(&self) -> &EntityRef {
        &self.0.target
    }

    /// The entity it points to; null where there is none, or none that may be seen.
    async fn target(&self, ctx: &Context<'_>) -> Result<Option<Entity>> {
        if self.0.target_slot.is_none() {
            return Ok(None);
        }
        let found = catalog(ctx).find(std::slice::from_ref(&self.0.target)).await?;
        Ok(found.into_iter().flatten().next().map(Entity))
    }
}

/// A relation in a list.
#[derive(SimpleObject)]
pub struct RelationEdge {
    /// Its place in the list.
    cursor: String,
    /// The relation.
    node: EntityRelation,
}

/// A page of relations.
pub struct RelationConnection {
    items: Vec<(String, IndexedRelation)>,
    total: usize,
    has_next_page: bool,
    has_previous_page: bool,
}

/// A page of relations.
#[Object]
impl RelationConnection {
    /// The relations of the page, each with its cursor.
    async fn edges(&self) -> Vec<RelationEdge> {
        let edge = |(cursor, relation): &(String, IndexedRelation)| RelationEdge {
            cursor: cursor.clone(),
            node: EntityRelation(relation.clone()),
        };
        self.items.iter().map(edge).collect()
    }

    /// The relations of the page.
    async fn nodes(&self) -> Vec<EntityRelation> {
        self.items.iter().map(|(_, relation)| EntityRelation(relation.clone())).collect()
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: self.items.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: self.items.last().map(|(cursor, _)| cursor.clone()),
        }
    }

    /// How many there are in all.
    async fn total_count(&self) -> i32 {
        i32::try_from(self.total).unwrap_or(i32::MAX)
    }
}

/// Which relations of an entity are wanted.
pub struct RelationQuery {
    /// The entity.
    pub uid: Uuid,
    /// Only these types.
    pub types: Option<Vec<String>>,
    /// Only towards these kinds.
    pub kinds: Option<Vec<String>>,
    /// Which page.
    pub page: PageBounds,
}

impl RelationQuery {
    /// The page.
    pub async fn resolve(self, catalog: &CatalogRequest) -> Result<RelationConnection> {
        for (argument, names) in [("type", &self.types), ("kind", &self.kinds)] {
            if names.as_ref().is_some_and(|names| names.len() > MAX_NAMES) {
                return Err(Problem::bad_input(argument, format!("`{argument}` takes {MAX_NAMES} at most")));
            }
        }
        let mut relations = catalog.relations(self.uid, self.types.as_deref()).await?;
        if let Some(kinds) = &self.kinds {
            relations
                .retain(|relation| kinds.iter().any(|kind| kind.to_lowercase() == relation.target.kind()));
        }
        let total = relations.len();
        let start = match &self.page.after {
            None => 0,
            Some(cursor) => {
                let (type_, target) = place(cursor)?;
                relations.partition_point(|relation| {
                    (relation.relation_type.as_str(), relation.target.as_str()) <= (type_, target)
                })
            }
        };
        let end = start.saturating_add(self.page.size).min(total);
        let items = relations
            .drain(start..end)
            .map(|relation| {
                let values = [relation.relation_type.clone(), relation.target.to_string()];
                (Cursor(values.into_iter().map(Some).collect()).encode(), relation)
            })
            .collect();
        Ok(RelationConnection { items, total, has_next_page: end < total, has_previous_page: start > 0 })
    }
}

fn place(cursor: &Cursor) -> Result<(&str, &str)> {
    match cursor.0.as_slice() {
        [Some(type_), Some(target)] => Ok((type_, target)),
        _ => Err(Problem::bad_input("after", "`after` is not a cursor of this list")),
    }
}
