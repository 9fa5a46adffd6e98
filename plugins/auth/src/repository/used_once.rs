use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query},
};

use super::AuthRepository;
use crate::error::AuthError;

const TABLE: &str = "auth_used_once";

/// Changes one row where something had not been used up before, else none.
pub(super) fn use_once(id: &str, expires_at: DateTime<Utc>) -> InsertStatement {
    Query::insert()
        .into_table(TABLE)
        .columns(["id", "expires_at"])
        .values_panic([id.into(), expires_at.into()])
        .on_conflict(OnConflict::column("id").do_nothing().to_owned())
        .to_owned()
}

impl AuthRepository {
    /// Uses something up, and says whether it had not been before.
    pub(crate) async fn use_once(&self, id: &str, expires_at: DateTime<Utc>) -> Result<bool, AuthError> {
        Ok(self.database.execute(&use_once(id, expires_at)).await?.rows_affected() == 1)
    }

    pub(crate) async fn sweep_used_once(&self, now: DateTime<Utc>) -> Result<u64, AuthError> {
        let delete = Query::delete().from_table(TABLE).and_where(Expr::col("expires_at").lt(now)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }
}
