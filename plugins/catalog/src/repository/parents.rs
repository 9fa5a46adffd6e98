use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT, delete_rows};
use crate::error::CatalogError;

/// That a location leads to a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ParentRow {
    /// The source.
    pub source: Uuid,
    /// The location that it all began with.
    pub location: Uuid,
    /// The location entity that named the source; empty where the location itself did.
    pub emitted_by: String,
}

impl CatalogRepository {
    /// What a location leads to.
    pub async fn led_to(
        &self,
        connection: &impl ConnectionTrait,
        location: Uuid,
    ) -> Result<Vec<ParentRow>, CatalogError> {
        let mut select = columns();
        select.and_where(Expr::col("location_id").eq(location));
        read(connection, &select).await
    }

    /// What these locations lead to.
    pub async fn led_to_by(
        &self,
        connection: &impl ConnectionTrait,
        locations: &[Uuid],
    ) -> Result<Vec<ParentRow>, CatalogError> {
        let mut found = Vec::new();
        for chunk in locations.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("location_id").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// Forgets what these locations lead to.
    pub async fn delete_parents_of(
        &self,
        connection: &impl ConnectionTrait,
        locations: &[Uuid],
    ) -> Result<(), CatalogError> {
        delete_rows(connection, "catalog_source_parents", "location_id", locations).await
    }

    /// What leads to these sources.
    pub async fn parents_of(
        &self,
        connection: &impl ConnectionTrait,
        sources: &[Uuid],
    ) -> Result<Vec<ParentRow>, CatalogError> {
        let mut found = Vec::with_capacity(sources.len());
        for chunk in sources.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("source_id").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// Writes that locations lead to sources, new or changed.
    pub async fn save_parents(
        &self,
        connection: &impl ConnectionTrait,
        parents: &[ParentRow],
    ) -> Result<(), CatalogError> {
        for chunk in parents.chunks(ROWS_PER_STATEMENT) {
            let mut insert = Query::insert();
            insert.into_table("catalog_source_parents").columns(["source_id", "location_id", "emitted_by"]);
            for parent in chunk {
                insert.values_panic([
                    parent.source.into(),
                    parent.location.into(),
                    parent.emitted_by.as_str().into(),
                ]);
            }
            insert.on_conflict(
                OnConflict::columns(["source_id", "location_id"]).update_column("emitted_by").to_owned(),
            );
            connection.execute(&insert).await?;
        }
        Ok(())
    }

    /// Forgets that a location leads to these sources.
    pub async fn delete_parents(
        &self,
        connection: &impl ConnectionTrait,
        location: Uuid,
        sources: &[Uuid],
    ) -> Result<(), CatalogError> {
        for chunk in sources.chunks(ROWS_PER_STATEMENT) {
            let delete = Query::delete()
                .from_table("catalog_source_parents")
                .and_where(Expr::col("location_id").eq(location))
                .and_where(Expr::col("source_id").is_in(chunk.iter().copied()))
                .to_owned();
            connection.execute(&delete).await?;
        }
        Ok(())
    }
}

fn columns() -> SelectStatement {
    Query::select()
        .columns(["source_id", "location_id", "emitted_by"])
        .from("catalog_source_parents")
        .to_owned()
}

async fn read(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<ParentRow>, CatalogError> {
    let rows = connection.query_all(select).await?;
    rows.iter()
        .map(|row| {
            Ok(ParentRow {
                source: row.try_get_by_index(0)?,
                location: row.try_get_by_index(1)?,
                emitted_by: row.try_get_by_index(2)?,
            })
        })
        .collect()
}
