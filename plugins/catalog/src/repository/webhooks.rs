use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, OnConflict, Query},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT, delete_rows};
use crate::error::CatalogError;

impl CatalogRepository {
    /// The places elsewhere that a location was read from, `type:target`.
    pub async fn refresh_keys(
        &self,
        connection: &impl ConnectionTrait,
        location: Uuid,
    ) -> Result<BTreeSet<String>, CatalogError> {
        let select = Query::select()
            .column("key")
            .from("catalog_refresh_keys")
            .and_where(Expr::col("location_id").eq(location))
            .to_owned();
        let rows = connection.query_all(&select).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    /// Puts these in their place.
    pub async fn save_refresh_keys(
        &self,
        connection: &impl ConnectionTrait,
        location: Uuid,
        keys: &BTreeSet<String>,
    ) -> Result<(), CatalogError> {
        self.delete_refresh_keys(connection, &[location]).await?;
        let keys: Vec<&String> = keys.iter().collect();
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            let mut insert = Query::insert();
            insert.into_table("catalog_refresh_keys").columns(["location_id", "key"]);
            for key in chunk {
                insert.values_panic([location.into(), key.as_str().into()]);
            }
            connection.execute(&insert).await?;
        }
        Ok(())
    }

    /// Forgets what locations were read from.
    pub async fn delete_refresh_keys(
        &self,
        connection: &impl ConnectionTrait,
        locations: &[Uuid],
    ) -> Result<(), CatalogError> {
        delete_rows(connection, "catalog_refresh_keys", "location_id", locations).await
    }

    /// The places that begin with one of these texts, whatever their case, each with the location that was read from
    /// it, or is to be.
    pub async fn refresh_keys_below(
        &self,
        beginnings: &[String],
    ) -> Result<Vec<(Uuid, String)>, CatalogError> {
        let mut found = Vec::new();
        for beginning in beginnings {
            let read = Query::select()
                .columns(["location_id", "key"])
                .from("catalog_refresh_keys")
                .and_where(Expr::expr(Func::lower(Expr::col("key"))).like(begins_with(beginning)))
                .to_owned();
            for row in self.database().query_all(&read).await? {
                found.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
            }
            // What is read for the first time has no places yet but its own.
            let Some((kind, target)) = beginning.split_once(':') else { continue };
            let own = Query::select()
                .columns(["id", "target"])
                .from("catalog_locations")
                .and_where(Expr::col("type").eq(kind))
                .and_where(Expr::expr(Func::lower(Expr::col("target"))).like(begins_with(target)))
                .to_owned();
            for row in self.database().query_all(&own).await? {
                let target: String = row.try_get_by_index(1)?;
                found.push((row.try_get_by_index(0)?, format!("{kind}:{target}")));
            }
        }
        Ok(found)
    }

    /// Notes that a webhook is taken; whether it was not before.
    pub async fn take_delivery(&self, id: &str, now: DateTime<Utc>) -> Result<bool, CatalogError> {
        let insert = Query::insert()
            .into_table("catalog_webhook_deliveries")
            .columns(["id", "taken_at"])
            .values_panic([id.into(), now.into()])
            .on_conflict(OnConflict::column("id").do_nothing().to_owned())
            .to_owned();
        Ok(self.database().execute(&insert).await?.rows_affected() == 1)
    }

    /// Takes that back.
    pub async fn return_delivery(&self, id: &str) -> Result<(), CatalogError> {
        let delete = Query::delete()
            .from_table("catalog_webhook_deliveries")
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        self.database().execute(&delete).await?;
        Ok(())
    }

    /// Forgets webhooks that were taken before a time.
    pub async fn prune_deliveries(&self, before: DateTime<Utc>) -> Result<(), CatalogError> {
        let delete = Query::delete()
            .from_table("catalog_webhook_deliveries")
            .and_where(Expr::col("taken_at").lt(before))
            .to_owned();
        self.database().execute(&delete).await?;
        Ok(())
    }
}

/// Finds what begins with a text, both in lower case.
fn begins_with(text: &str) -> LikeExpr {
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("{escaped}%")).escape('\\')
}
