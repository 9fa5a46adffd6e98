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

/// What entities declare, by their uids.
pub type Declared = HashMap<Uuid, Vec<StoredRelation>>;

/// A relation as it is stored, its texts not yet read.
#[derive(Debug)]
pub struct StoredRelation {
    source: String,
    relation_type: String,
    target: String,
}

impl StoredRelation {
    /// Reads its texts.
    pub fn read(self) -> Result<Relation, CatalogError> {
        let Self { source, relation_type, target } = self;
        Ok(Relation { source: reference(&source)?, relation_type, target: reference(&target)? })
    }
}

/// An entity as it is stored, its texts not yet read.
#[derive(Debug)]
pub struct StoredEntity {
    /// Its uid.
    pub uid: Uuid,
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
        self.stored(connection, uids).await?.into_iter().map(StoredEntity::read).collect()
    }

    /// The same with their texts not yet read.
    pub async fn load_stored(&self, uids: &[Uuid]) -> Result<Vec<StoredEntity>, CatalogError> {
        self.stored(&self.database, uids).await
    }

    async fn stored(
        &self,
        connection: &impl ConnectionTrait,
        uids: &[Uuid],
    ) -> Result<Vec<StoredEntity>, CatalogError> {
        let mut entities = Vec::with_capacity(uids.len());
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            self.count_query();
            let mut select = entity_columns();
            select.and_where(Expr::col("uid").is_in(chunk.iter().copied()));
            for row in connection.query_all(&select).await? {
                entities.push(StoredEntity::of(&row)?);
            }
        }
        Ok(entities)
    }

    /// Up to `limit` entities after `after`, by uid: one step of reading them all.
    pub async fn load_after(
        &self,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<StoredEntity>, CatalogError> {
        let mut select = entity_columns();
        select.order_by("uid", Order::Asc).limit(limit);
        if let Some(after) = after {
            select.and_where(Expr::col("uid").gt(after));
        }
        self.database.query_all(&select).await?.iter().map(StoredEntity::of).collect()
    }

    /// What the entities after `after` up to `last` declare.
    pub async fn relations_between(&self, after: Option<Uuid>, last: Uuid) -> Result<Declared, CatalogError> {
        let mut declared = Declared::new();
        let mut select = relation_columns();
        select.and_where(Expr::col("declared_by").lte(last));
        if let Some(after) = after {
            select.and_where(Expr::col("declared_by").gt(after));
        }
        self.add_relations(&select, &mut declared).await?;
        Ok(declared)
    }

    /// What these entities declare.
    pub async fn relations(&self, uids: &[Uuid]) -> Result<Declared, CatalogError> {
        let mut declared = Declared::new();
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            let mut select = relation_columns();
            select.and_where(Expr::col("declared_by").is_in(chunk.iter().copied()));
            self.add_relations(&select, &mut declared).await?;
        }
        Ok(declared)
    }

    async fn add_relations(
        &self,
        select: &SelectStatement,
        declared: &mut Declared,
    ) -> Result<(), CatalogError> {
        for row in self.database.query_all(select).await? {
            let uid: Uuid = row.try_get_by_index(0)?;
            declared.entry(uid).or_default().push(StoredRelation {
                source: row.try_get_by_index(1)?,
                relation_type: row.try_get_by_index(2)?,
                target: row.try_get_by_index(3)?,
            });
        }
        Ok(())
    }

    /// The location entity that emitted the source of an entity; `None` where the config did.
    pub async fn emitter_of(&self, uid: Uuid) -> Result<Option<EntityRef>, CatalogError> {
        self.count_query();
        let select = Query::select()
            .column(("catalog_sources", "emitted_by"))
            .from("catalog_entities")
            .inner_join(
                "catalog_sources",
                Expr::col(("catalog_sources", "id")).equals(("catalog_entities", "source_id")),
            )
            .and_where(Expr::col(("catalog_entities", "uid")).eq(uid))
            .to_owned();
        let Some(row) = self.database.query_one(&select).await? else { return Ok(None) };
        let emitter: Option<String> = row.try_get_by_index(0)?;
        emitter.as_deref().map(reference).transpose()
    }
}

fn entity_columns() -> SelectStatement {
    Query::select()
        .columns(["uid", "reference", "body", "etag", "status", "orphan"])
        .from("catalog_entities")
        .and_where(Expr::col("reference").is_not_null())
        .to_owned()
}

fn relation_columns() -> SelectStatement {
    Query::select()
        .columns(["declared_by", "source", "relation_type", "target"])
        .from("catalog_relations")
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
