use sea_orm::{
    ConnectionTrait, Order,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{CatalogRepository, WriteTransaction};
use crate::error::CatalogError;

/// The channel on which PostgreSQL tells replicas that there is something to catch up with.
pub const CHANNEL: &str = "callboard_catalog_changes";

/// One entry of the change log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the log.
    pub sequence: i64,
    /// Which entity.
    pub uid: Uuid,
}

impl CatalogRepository {
    /// The oldest and the newest entry of the log; `None` while it is empty.
    pub async fn change_bounds(&self) -> Result<Option<(i64, i64)>, CatalogError> {
        // Each on its own: SQLite finds one end of an index at once, and reads all of it for both.
        let end = |end: Expr| Query::select().expr(end).from("catalog_changes").to_owned();
        let select = Query::select()
            .expr(end(Expr::col("sequence").min()))
            .expr(end(Expr::col("sequence").max()))
            .to_owned();
        let Some(row) = self.database.query_one(&select).await? else { return Ok(None) };
        let oldest: Option<i64> = row.try_get_by_index(0)?;
        let newest: Option<i64> = row.try_get_by_index(1)?;
        Ok(oldest.zip(newest))
    }

    /// The newest entry of the log as a transaction that writes sees it: its own, where it logged any.
    pub async fn newest_change(&self, write: &WriteTransaction) -> Result<i64, CatalogError> {
        let newest = Query::select().expr(Expr::col("sequence").max()).from("catalog_changes").to_owned();
        let row = write.query_one(&newest).await?;
        let newest: Option<i64> = row.map_or(Ok(None), |row| row.try_get_by_index(0))?;
        Ok(newest.unwrap_or(0))
    }

    /// Up to `limit` entries after `after`, in order.
    pub async fn changes_after(&self, after: i64, limit: u64) -> Result<Vec<Change>, CatalogError> {
        let select = Query::select()
            .columns(["sequence", "uid"])
            .from("catalog_changes")
            .and_where(Expr::col("sequence").gt(after))
            .order_by("sequence", Order::Asc)
            .limit(limit)
            .to_owned();
        let rows = self.database.query_all(&select).await?;
        rows.iter()
            .map(|row| Ok(Change { sequence: row.try_get_by_index(0)?, uid: row.try_get_by_index(1)? }))
            .collect()
    }

    /// Forgets entries up to and including `sequence`.
    pub async fn prune_changes(&self, sequence: i64) -> Result<(), CatalogError> {
        let delete = Query::delete()
            .from_table("catalog_changes")
            .and_where(Expr::col("sequence").lte(sequence))
            .to_owned();
        self.database.execute(&delete).await?;
        Ok(())
    }
}
