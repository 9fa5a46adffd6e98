use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT, delete_rows};
use crate::error::CatalogError;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its id.
    pub id: Uuid,
    /// `type:target`.
    pub location: String,
    /// The location under whose rules it is read; `None` where none leads to it any more.
    pub location_id: Option<Uuid>,
    /// The same, `type:target`.
    pub origin: String,
    /// The location entity that named it; `None` where the location itself did.
    pub emitted_by: Option<String>,
    /// The hash of everything that was read for it; `None` where it is to be looked at again whatever its hash.
    pub hash: Option<String>,
    /// Why it could not be read.
    pub error: Option<String>,
}

const COLUMNS: [&str; 7] = ["id", "location", "location_id", "origin", "emitted_by", "hash", "error"];

impl CatalogRepository {
    /// The sources at these places, `type:target`.
    pub async fn sources_at(
        &self,
        connection: &impl ConnectionTrait,
        locations: &[&str],
    ) -> Result<Vec<SourceRow>, CatalogError> {
        let mut found = Vec::with_capacity(locations.len());
        for chunk in locations.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("location").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// The sources with these ids.
    pub async fn sources_by_id(
        &self,
        connection: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<Vec<SourceRow>, CatalogError> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("id").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// Whether a source of this location is to be looked at again although nothing changed in it.
    pub async fn has_dirty_sources(&self, location: Uuid) -> Result<bool, CatalogError> {
        let select = Query::select()
            .column("id")
            .from("catalog_sources")
            .and_where(Expr::col("location_id").eq(location))
            .and_where(Expr::col("hash").is_null())
            .and_where(Expr::col("error").is_null())
            .limit(1)
            .to_owned();
        Ok(self.database().query_one(&select).await?.is_some())
    }

    /// Writes sources, new or changed.
    pub async fn save_sources(
        &self,
        connection: &impl ConnectionTrait,
        sources: &[SourceRow],
        now: DateTime<Utc>,
    ) -> Result<(), CatalogError> {
        for chunk in sources.chunks(ROWS_PER_STATEMENT) {
            let mut insert = Query::insert();
            insert.into_table("catalog_sources").columns(COLUMNS.into_iter().chain(["read_at"]));
            for source in chunk {
                insert.values_panic([
                    source.id.into(),
                    source.location.as_str().into(),
                    source.location_id.into(),
                    source.origin.as_str().into(),
                    source.emitted_by.clone().into(),
                    source.hash.clone().into(),
                    source.error.clone().into(),
                    now.into(),
                ]);
            }
            let changing = ["location_id", "origin", "emitted_by", "hash", "error", "read_at"];
            insert.on_conflict(OnConflict::column("id").update_columns(changing).to_owned());
            connection.execute(&insert).await?;
        }
        Ok(())
    }

    /// Has sources looked at again by their locations, whether they change or not.
    pub async fn mark_dirty(
        &self,
        connection: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<(), CatalogError> {
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let update = Query::update()
                .table("catalog_sources")
                .value("hash", None::<String>)
                .and_where(Expr::col("id").is_in(chunk.iter().copied()))
                .to_owned();
            connection.execute(&update).await?;
        }
        Ok(())
    }

    /// Forgets sources.
    pub async fn delete_sources(
        &self,
        connection: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<(), CatalogError> {
        delete_rows(connection, "catalog_sources", "id", ids).await
    }
}

fn columns() -> SelectStatement {
    Query::select().columns(COLUMNS).from("catalog_sources").to_owned()
}

async fn read(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<SourceRow>, CatalogError> {
    let rows = connection.query_all(select).await?;
    rows.iter()
        .map(|row| {
            Ok(SourceRow {
                id: row.try_get_by_index(0)?,
                location: row.try_get_by_index(1)?,
                location_id: row.try_get_by_index(2)?,
                origin: row.try_get_by_index(3)?,
                emitted_by: row.try_get_by_index(4)?,
                hash: row.try_get_by_index(5)?,
                error: row.try_get_by_index(6)?,
            })
        })
        .collect()
}
