use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};

use super::AuthRepository;
use crate::error::AuthError;

const TABLE: &str = "auth_settings";

impl AuthRepository {
    pub(crate) async fn setting(&self, subject: &EntityRef, name: &str) -> Result<Option<String>, AuthError> {
        let select = Query::select()
            .column("value")
            .from(TABLE)
            .and_where(Expr::col("subject").eq(subject.as_str()))
            .and_where(Expr::col("name").eq(name))
            .to_owned();
        let row = self.database.query_one(&select).await?;
        Ok(row.map(|row| row.try_get("", "value")).transpose()?)
    }

    /// How many other settings a user has.
    pub(crate) async fn count_other_settings(
        &self,
        subject: &EntityRef,
        name: &str,
    ) -> Result<u64, AuthError> {
        let select = Query::select()
            .expr_as(Expr::col("name").count(), "settings")
            .from(TABLE)
            .and_where(Expr::col("subject").eq(subject.as_str()))
            .and_where(Expr::col("name").ne(name))
            .to_owned();
        let row = self.database.query_one(&select).await?;
        let count: Option<i64> = row.map(|row| row.try_get("", "settings")).transpose()?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }

    pub(crate) async fn put_setting(
        &self,
        subject: &EntityRef,
        name: &str,
        value: &str,
        now: DateTime<Utc>,
    ) -> Result<(), AuthError> {
        let insert = Query::insert()
            .into_table(TABLE)
            .columns(["subject", "name", "value", "updated_at"])
            .values_panic([subject.as_str().into(), name.into(), value.into(), now.into()])
            .on_conflict(
                OnConflict::columns(["subject", "name"]).update_columns(["value", "updated_at"]).to_owned(),
            )
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    pub(crate) async fn remove_setting(&self, subject: &EntityRef, name: &str) -> Result<(), AuthError> {
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("subject").eq(subject.as_str()))
            .and_where(Expr::col("name").eq(name))
            .to_owned();
        self.database.execute(&delete).await?;
        Ok(())
    }
}
