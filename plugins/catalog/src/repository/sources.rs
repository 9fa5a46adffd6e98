use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT};
use crate::error::CatalogError;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its id.
    pub id: Uuid,
    /// `type:target`.
    pub location: String,
    /// The location of the config that led to it, `type:target`.
    pub origin: String,
    /// The location entity that named it; `None` where the config did.
    pub emitted_by: Option<String>,
    /// The hash of everything that was read for it.
    pub hash: Option<String>,
    /// Why it could not be read.
    pub error: Option<String>,
}

impl CatalogRepository {
    /// Every source.
    pub async fn sources(&self) -> Result<Vec<SourceRow>, CatalogError> {
        let select = Query::select()
            .columns(["id", "location", "origin", "emitted_by", "hash", "error"])
            .from("catalog_sources")
            .to_owned();
        let rows = self.database.query_all(&select).await?;
        rows.iter()
            .map(|row| {
                Ok(SourceRow {
                    id: row.try_get_by_index(0)?,
                    location: row.try_get_by_index(1)?,
                    origin: row.try_get_by_index(2)?,
                    emitted_by: row.try_get_by_index(3)?,
                    hash: row.try_get_by_index(4)?,
                    error: row.try_get_by_index(5)?,
                })
            })
            .collect()
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
            insert.into_table("catalog_sources").columns([
                "id",
                "location",
                "origin",
                "emitted_by",
                "hash",
                "error",
                "read_at",
            ]);
            for source in chunk {
                insert.values_panic([
                    source.id.into(),
                    source.location.as_str().into(),
                    source.origin.as_str().into(),
                    source.emitted_by.clone().into(),
                    source.hash.clone().into(),
                    source.error.clone().into(),
                    now.into(),
                ]);
            }
            insert.on_conflict(
                OnConflict::column("id")
                    .update_columns(["origin", "emitted_by", "hash", "error", "read_at"])
                    .to_owned(),
            );
            connection.execute(&insert).await?;
        }
        Ok(())
    }

    /// Forgets sources.
    pub async fn delete_sources(
        &self,
        connection: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<(), CatalogError> {
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let delete = Query::delete()
                .from_table("catalog_sources")
                .and_where(Expr::col("id").is_in(chunk.iter().copied()))
                .to_owned();
            connection.execute(&delete).await?;
        }
        Ok(())
    }
}
