use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{AuthRepository, time};
use crate::error::AuthError;

const TABLE: &str = "auth_signing_keys";
const COLUMNS: [&str; 5] = ["id", "public_key", "private_key", "active_at", "retires_at"];

/// A key that the portal signs with.
#[derive(Clone, Debug)]
pub(crate) struct StoredKey {
    pub id: String,
    /// The public half as a JWK.
    pub public_key: String,
    /// The private half, sealed.
    pub private_key: String,
    pub active_at: DateTime<Utc>,
    pub retires_at: DateTime<Utc>,
}

impl AuthRepository {
    /// Adds a key.
    pub(crate) async fn add_key(&self, key: &StoredKey) -> Result<(), AuthError> {
        let insert = Query::insert()
            .into_table(TABLE)
            .columns(COLUMNS)
            .values_panic([
                key.id.as_str().into(),
                key.public_key.as_str().into(),
                key.private_key.as_str().into(),
                key.active_at.into(),
                key.retires_at.into(),
            ])
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    /// All keys, the latest first.
    pub(crate) async fn keys(&self) -> Result<Vec<StoredKey>, AuthError> {
        let select = Query::select()
            .columns(COLUMNS)
            .from(TABLE)
            .order_by("active_at", Order::Desc)
            .order_by("id", Order::Asc)
            .to_owned();
        let rows = self.database.query_all(&select).await?;
        rows.iter()
            .map(|row| {
                Ok(StoredKey {
                    id: row.try_get("", "id")?,
                    public_key: row.try_get("", "public_key")?,
                    private_key: row.try_get("", "private_key")?,
                    active_at: time(row, "active_at")?,
                    retires_at: time(row, "retires_at")?,
                })
            })
            .collect()
    }

    pub(crate) async fn sweep_keys(&self, retired_before: DateTime<Utc>) -> Result<u64, AuthError> {
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("retires_at").lt(retired_before))
            .to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }
}
