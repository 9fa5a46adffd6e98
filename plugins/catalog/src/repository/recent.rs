use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, ExprTrait, Order, QueryResult,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT};
use crate::error::CatalogError;

/// When an entity was written last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// When.
    pub at: DateTime<Utc>,
    /// Which.
    pub uid: Uuid,
}

impl Written {
    fn of(row: &QueryResult) -> Result<Self, CatalogError> {
        Ok(Self { at: row.try_get_by_index(0)?, uid: row.try_get_by_index(1)? })
    }
}

impl CatalogRepository {
    /// Up to `limit` of these entities, what was written last first.
    pub async fn written_of(&self, uids: &[Uuid], limit: usize) -> Result<Vec<Written>, CatalogError> {
        let mut found = Vec::new();
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            let mut select = newest_first(limit);
            select.and_where(Expr::col("uid").is_in(chunk.iter().copied()));
            found.extend(self.written(&select).await?);
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.truncate(limit);
        Ok(found)
    }

    /// Up to `limit` of all entities, what was written last first, from where a step before this one ended.
    pub async fn written_before(
        &self,
        last: Option<Written>,
        limit: usize,
    ) -> Result<Vec<Written>, CatalogError> {
        let mut select = newest_first(limit);
        if let Some(Written { at, uid }) = last {
            let older = Expr::col("updated_at").lt(at);
            let beside = Expr::col("updated_at").eq(at).and(Expr::col("uid").lt(uid));
            select.and_where(older.or(beside));
        }
        self.written(&select).await
    }

    async fn written(&self, select: &SelectStatement) -> Result<Vec<Written>, CatalogError> {
        self.count_query();
        self.database().query_all(select).await?.iter().map(Written::of).collect()
    }
}

fn newest_first(limit: usize) -> SelectStatement {
    Query::select()
        .columns(["updated_at", "uid"])
        .from("catalog_entities")
        .and_where(Expr::col("reference").is_not_null())
        .order_by("updated_at", Order::Desc)
        .order_by("uid", Order::Desc)
        .limit(limit as u64)
        .to_owned()
}
