use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, Order,
    sea_query::{Condition, Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, LocationOwner, LocationRow, ROWS_PER_STATEMENT, locations};
use crate::{error::CatalogError, ingest::PROVIDER};

/// Which locations to list.
#[derive(Clone, Debug, Default)]
pub struct LocationFilter {
    /// Those with this in their target, in any case.
    pub text: Option<String>,
    /// Those that the config names, that someone registered, or that any provider emitted.
    pub owner: Option<LocationOwner>,
    /// Those that could not be read the last time, or those that could.
    pub has_failed: Option<bool>,
}

impl LocationFilter {
    fn condition(&self) -> Condition {
        let mut condition = Condition::all()
            .add(Expr::col("type").ne(PROVIDER))
            .add(Expr::col("owner").ne(LocationOwner::Retired.as_text()));
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let like = LikeExpr::new(format!("%{escaped}%")).escape('\\');
            condition = condition.add(Expr::expr(Func::lower(Expr::col("target"))).like(like));
        }
        condition = match &self.owner {
            None => condition,
            Some(LocationOwner::Provider(id)) if id.is_empty() => {
                condition.add(Expr::col("owner").like("provider:%"))
            }
            Some(owner) => condition.add(Expr::col("owner").eq(owner.as_text())),
        };
        match self.has_failed {
            None => condition,
            Some(true) => condition.add(Expr::col("error").is_not_null()),
            Some(false) => condition.add(Expr::col("error").is_null()),
        }
    }
}

impl CatalogRepository {
    /// Up to `limit` locations after `after`, in the order they came to be.
    pub async fn list_locations(
        &self,
        filter: &LocationFilter,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<LocationRow>, CatalogError> {
        self.count_query();
        let mut select = locations::columns();
        select.cond_where(filter.condition()).order_by("id", Order::Asc).limit(limit);
        if let Some(after) = after {
            select.and_where(Expr::col("id").gt(after));
        }
        locations::read(self.database(), &select).await
    }

    /// How many locations there are.
    pub async fn count_locations(&self, filter: &LocationFilter) -> Result<u64, CatalogError> {
        self.count_query();
        let select = Query::select()
            .expr(Expr::col("id").count())
            .from("catalog_locations")
            .cond_where(filter.condition())
            .to_owned();
        self.number(&select).await
    }

    /// How many documents that each of these locations leads to are not in the catalog as they were read; those of
    /// which all are, are left out.
    pub async fn count_problems(&self, locations: &[Uuid]) -> Result<HashMap<Uuid, u64>, CatalogError> {
        let location = || Expr::col(("catalog_sources", "location_id"));
        let mut found = HashMap::new();
        for chunk in locations.chunks(ROWS_PER_STATEMENT) {
            self.count_query();
            let select = Query::select()
                .expr(location())
                .expr(Expr::col(("catalog_entities", "uid")).count())
                .from("catalog_entities")
                .inner_join(
                    "catalog_sources",
                    Expr::col(("catalog_sources", "id")).equals(("catalog_entities", "source_id")),
                )
                .and_where(location().is_in(chunk.iter().copied()))
                .and_where(Expr::col(("catalog_entities", "status")).ne("[]"))
                .add_group_by([location()])
                .to_owned();
            for row in self.database().query_all(&select).await? {
                let count: i64 = row.try_get_by_index(1)?;
                found.insert(row.try_get_by_index(0)?, count.unsigned_abs());
            }
        }
        Ok(found)
    }

    /// The greatest position among the locations that someone registered.
    pub async fn last_position(&self, connection: &impl ConnectionTrait) -> Result<i64, CatalogError> {
        let select = Query::select()
            .expr(Expr::col("position").max())
            .from("catalog_locations")
            .and_where(Expr::col("owner").eq(LocationOwner::Registered.as_text()))
            .to_owned();
        let row = connection.query_one(&select).await?;
        let last: Option<i64> = row.map_or(Ok(None), |row| row.try_get_by_index(0))?;
        Ok(last.unwrap_or(0))
    }

    /// The source that an entity was read from, and what leads to that.
    pub async fn source_of(&self, uid: Uuid) -> Result<Option<super::SourceRow>, CatalogError> {
        let connection = self.database();
        let Some(row) = self.documents_by_uid(connection, &[uid]).await?.pop() else { return Ok(None) };
        Ok(self.sources_by_id(connection, &[row.source_id]).await?.pop())
    }

    pub(super) async fn number(&self, select: &SelectStatement) -> Result<u64, CatalogError> {
        let row = self.database().query_one(select).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(count.unsigned_abs())
    }
}
