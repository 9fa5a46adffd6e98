use std::{collections::HashMap, sync::Arc};

use callboard_kit::EntityRef;
use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait, Order, QueryResult,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT};
use crate::{
    entity::{CatalogEntity, StatusItem},
    error::CatalogError,
    index::Relation,
};

/// An entity as it is stored, its texts not yet read.
#[derive(Debug)]
pub struct StoredEntity {
    uid: Uuid,
    reference: String,
    body: String,
    etag: String,
    status: String,
    orphan: bool,
}

impl StoredEntity {
    fn of(row: &QueryResult) -> Result<Self, CatalogError> {
        Ok(Self {
            uid: row.try_get_by_index(0)?,
            reference: row.try_get_by_index(1)?,
            body: row.try_get_by_index(2)?,
            etag: row.try_get_by_index(3)?,
            status: row.try_get_by_index(4)?,
            orphan: row.try_get_by_index(5)?,
        })
    }

    /// Reads its texts, which is most of the work of loading it.
    pub fn read(self) -> Result<CatalogEntity, CatalogError> {
        let Self { uid, reference: name, body, etag, status: items, orphan } = self;
        let value = serde_json::from_str(&body);
        Ok(CatalogEntity {
            uid,
            reference: reference(&name)?,
            body: Arc::new(value.map_err(|error| CatalogError::Corrupt(uid.to_string(), error))?),
            etag: etag.into(),
            status: status(uid, &items)?.into(),
            orphan,
            size: body.len(),
        })
    }
}

/// An entity for the index: with what it declares, its texts not yet read.
#[derive(Debug)]
pub struct DeclaringEntity {
    entity: StoredEntity,
    /// The relations as [`relations_text`] writes them; `None` where there are none.
    relations: Option<String>,
}

impl DeclaringEntity {
    fn of(row: &QueryResult) -> Result<Self, CatalogError> {
        Ok(Self { entity: StoredEntity::of(row)?, relations: row.try_get_by_index(6)? })
    }

    /// Its uid.
    pub const fn uid(&self) -> Uuid {
        self.entity.uid
    }

    /// Reads its texts, which is most of the work of loading it.
    pub fn read(self) -> Result<(CatalogEntity, Vec<Relation>), CatalogError> {
        let relations =
            self.relations.as_deref().map_or(Ok(Vec::new()), |text| relations_of(self.entity.uid, text))?;
        Ok((self.entity.read()?, relations))
    }
}

/// Relations as they are stored.
pub(super) fn relations_text(uid: Uuid, relations: &[Relation]) -> Result<String, CatalogError> {
    let list: Vec<(&EntityRef, &str, &EntityRef)> = relations
        .iter()
        .map(|relation| (&relation.source, relation.relation_type.as_str(), &relation.target))
        .collect();
    serde_json::to_string(&list).map_err(|error| CatalogError::Corrupt(uid.to_string(), error))
}

fn relations_of(uid: Uuid, text: &str) -> Result<Vec<Relation>, CatalogError> {
    let list: Vec<(EntityRef, String, EntityRef)> =
        serde_json::from_str(text).map_err(|error| CatalogError::Corrupt(uid.to_string(), error))?;
    let relation = |(source, relation_type, target)| Relation { source, relation_type, target };
    Ok(list.into_iter().map(relation).collect())
}

impl CatalogRepository {
    /// The entities with these uids; those that are gone are left out.
    pub async fn load(&self, uids: &[Uuid]) -> Result<Vec<CatalogEntity>, CatalogError> {
        self.load_in(&self.database, uids).await
    }

    /// The same inside a transaction.
    pub async fn load_in(
        &self,
        connection: &impl ConnectionTrait,
        uids: &[Uuid],
    ) -> Result<Vec<CatalogEntity>, CatalogError> {
        let mut entities = Vec::with_capacity(uids.len());
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            self.count_query();
            let mut select = entity_columns();
            select.and_where(Expr::col("uid").is_in(chunk.iter().copied()));
            for row in connection.query_all(&select).await? {
                entities.push(StoredEntity::of(&row)?.read()?);
            }
        }
        Ok(entities)
    }

    /// The entities with these uids for the index; those that are gone are left out.
    pub async fn load_declaring(&self, uids: &[Uuid]) -> Result<Vec<DeclaringEntity>, CatalogError> {
        let mut entities = Vec::with_capacity(uids.len());
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            let mut select = entity_columns();
            select.column("relations").and_where(Expr::col("uid").is_in(chunk.iter().copied()));
            for row in self.database.query_all(&select).await? {
                entities.push(DeclaringEntity::of(&row)?);
            }
        }
        Ok(entities)
    }

    /// Up to `limit` entities after `after`, by uid: one step of reading them all for the index.
    pub async fn load_after(
        &self,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<DeclaringEntity>, CatalogError> {
        let mut select = entity_columns();
        select.column("relations").order_by("uid", Order::Asc).limit(limit);
        if let Some(after) = after {
            select.and_where(Expr::col("uid").gt(after));
        }
        self.database.query_all(&select).await?.iter().map(DeclaringEntity::of).collect()
    }

    /// The location entities that emitted the sources of these entities; none for those that a location of the catalog
    /// leads to itself.
    pub async fn emitters_of(&self, uids: &[Uuid]) -> Result<HashMap<Uuid, EntityRef>, CatalogError> {
        let mut found = HashMap::new();
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            self.count_query();
            let select = Query::select()
                .column(("catalog_entities", "uid"))
                .column(("catalog_sources", "emitted_by"))
                .from("catalog_entities")
                .inner_join(
                    "catalog_sources",
                    Expr::col(("catalog_sources", "id")).equals(("catalog_entities", "source_id")),
                )
                .and_where(Expr::col(("catalog_entities", "uid")).is_in(chunk.iter().copied()))
                .and_where(Expr::col(("catalog_sources", "emitted_by")).is_not_null())
                .to_owned();
            for row in self.database.query_all(&select).await? {
                let emitter: String = row.try_get_by_index(1)?;
                found.insert(row.try_get_by_index(0)?, reference(&emitter)?);
            }
        }
        Ok(found)
    }
}

fn entity_columns() -> SelectStatement {
    Query::select()
        .columns(["uid", "reference", "body", "etag", "status", "orphan"])
        .from("catalog_entities")
        .and_where(Expr::col("reference").is_not_null())
        .to_owned()
}

/// The status of the document `uid`.
pub(super) fn status(uid: Uuid, text: &str) -> Result<Vec<StatusItem>, CatalogError> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|error| CatalogError::Corrupt(uid.to_string(), error))
}

pub(super) fn reference(text: &str) -> Result<EntityRef, CatalogError> {
    text.parse().map_err(|error| CatalogError::Store(DbErr::Type(format!("{error}"))))
}
