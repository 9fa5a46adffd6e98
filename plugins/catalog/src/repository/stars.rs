use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};

use super::{CatalogRepository, entities::reference};
use crate::error::CatalogError;

impl CatalogRepository {
    /// What a user starred, the latest first.
    pub async fn stars_of(&self, user: &EntityRef) -> Result<Vec<EntityRef>, CatalogError> {
        self.count_query();
        let select = Query::select()
            .column("entity_reference")
            .from("catalog_stars")
            .and_where(Expr::col("user_reference").eq(user.as_str()))
            .order_by("starred_at", Order::Desc)
            .order_by("entity_reference", Order::Asc)
            .to_owned();
        let rows = self.database.query_all(&select).await?;
        rows.iter().map(|row| reference(&row.try_get_by_index::<String>(0)?)).collect()
    }

    /// Stars an entity; starring twice is starring once.
    pub async fn star(
        &self,
        user: &EntityRef,
        entity: &EntityRef,
        now: DateTime<Utc>,
    ) -> Result<(), CatalogError> {
        let insert = Query::insert()
            .into_table("catalog_stars")
            .columns(["user_reference", "entity_reference", "starred_at"])
            .values_panic([user.as_str().into(), entity.as_str().into(), now.into()])
            .on_conflict(OnConflict::columns(["user_reference", "entity_reference"]).do_nothing().to_owned())
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    /// Takes a star back.
    pub async fn unstar(&self, user: &EntityRef, entity: &EntityRef) -> Result<(), CatalogError> {
        let delete = Query::delete()
            .from_table("catalog_stars")
            .and_where(Expr::col("user_reference").eq(user.as_str()))
            .and_where(Expr::col("entity_reference").eq(entity.as_str()))
            .to_owned();
        self.database.execute(&delete).await?;
        Ok(())
    }
}
