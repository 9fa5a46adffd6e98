use std::{collections::HashMap, sync::Arc};

use callboard_kit::EntityRef;
use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait, Order, QueryResult,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT};
use crate::{
    entity::{CatalogEntity, StatusItem, UnprocessedDocument},
    error::CatalogError,
    index::Relation,
};

impl CatalogRepository {
    /// The entities with these uids; those that are gone are left out.
    pub async fn load(&self, uids: &[Uuid]) -> Result<Vec<CatalogEntity>, CatalogError> {
        let mut entities = Vec::with_capacity(uids.len());
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            self.count_query();
            let mut select = entity_columns();
            select.and_where(Expr::col("uid").is_in(chunk.iter().copied()));
            for row in self.database.query_all(&select).await? {
                entities.push(entity(&row)?);
            }
        }
        Ok(entities)
    }

    /// Up to `limit` entities after `after`, by uid: one step of reading them all.
    pub async fn load_after(
        &self,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<CatalogEntity>, CatalogError> {
        let mut select = entity_columns();
        select.order_by("uid", Order::Asc).limit(limit);
        if let Some(after) = after {
            select.and_where(Expr::col("uid").gt(after));
        }
        self.database.query_all(&select).await?.iter().map(entity).collect()
    }

    /// What these entities declare.
    pub async fn relations(&self, uids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Relation>>, CatalogError> {
        let mut relations: HashMap<Uuid, Vec<Relation>> = HashMap::new();
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            let mut select = Query::select();
            select
                .columns(["declared_by", "source", "relation_type", "target"])
                .from("catalog_relations")
                .and_where(Expr::col("declared_by").is_in(chunk.iter().copied()));
            for row in self.database.query_all(&select).await? {
                let uid: Uuid = row.try_get_by_index(0)?;
                relations.entry(uid).or_default().push(Relation {
                    source: reference(&row.try_get_by_index::<String>(1)?)?,
                    relation_type: row.try_get_by_index(2)?,
                    target: reference(&row.try_get_by_index::<String>(3)?)?,
                });
            }
        }
        Ok(relations)
    }

    /// How many documents never became entities.
    pub async fn count_unprocessed(&self) -> Result<u64, CatalogError> {
        let select = Query::select()
            .expr(Expr::col("uid").count())
            .from("catalog_entities")
            .and_where(Expr::col("reference").is_null())
            .to_owned();
        let row = self.database.query_one(&select).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(count.unsigned_abs())
    }

    /// Documents that never became entities, by id.
    pub async fn list_unprocessed(
        &self,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<UnprocessedDocument>, CatalogError> {
        self.count_query();
        let mut select = Query::select();
        select
            .columns([("catalog_entities", "uid"), ("catalog_entities", "document")])
            .columns([("catalog_entities", "claimed_reference"), ("catalog_entities", "status")])
            .column(("catalog_sources", "location"))
            .from("catalog_entities")
            .inner_join(
                "catalog_sources",
                Expr::col(("catalog_sources", "id")).equals(("catalog_entities", "source_id")),
            )
            .and_where(Expr::col(("catalog_entities", "reference")).is_null())
            .order_by(("catalog_entities", "uid"), Order::Asc)
            .limit(limit);
        if let Some(after) = after {
            select.and_where(Expr::col(("catalog_entities", "uid")).gt(after));
        }
        let rows = self.database.query_all(&select).await?;
        rows.iter()
            .map(|row| {
                let claimed: Option<String> = row.try_get_by_index(2)?;
                Ok(UnprocessedDocument {
                    uid: row.try_get_by_index(0)?,
                    document: row.try_get_by_index(1)?,
                    claimed: claimed.and_then(|claimed| claimed.parse().ok()),
                    errors: status(&row.try_get_by_index::<String>(3)?)?,
                    location: row.try_get_by_index(4)?,
                })
            })
            .collect()
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

fn entity(row: &QueryResult) -> Result<CatalogEntity, CatalogError> {
    let name: String = row.try_get_by_index(1)?;
    let body: String = row.try_get_by_index(2)?;
    let etag: String = row.try_get_by_index(3)?;
    Ok(CatalogEntity {
        uid: row.try_get_by_index(0)?,
        reference: reference(&name)?,
        body: Arc::new(serde_json::from_str(&body).map_err(|error| CatalogError::Corrupt(name, error))?),
        etag: etag.into(),
        status: status(&row.try_get_by_index::<String>(4)?)?.into(),
        orphan: row.try_get_by_index(5)?,
        size: body.len(),
    })
}

pub(super) fn status(text: &str) -> Result<Vec<StatusItem>, CatalogError> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|error| CatalogError::Corrupt(text.to_owned(), error))
}

pub(super) fn reference(text: &str) -> Result<EntityRef, CatalogError> {
    text.parse().map_err(|error| CatalogError::Store(DbErr::Type(format!("{error}"))))
}
