use callboard_kit::{EntityRef, PermissionPattern};
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order, QueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{AuthRepository, reference, time, time_or_none};
use crate::error::AuthError;

const TABLE: &str = "auth_tokens";

/// A token that stands for a user or a service.
#[derive(Clone, Debug)]
pub(crate) struct StoredToken {
    pub id: String,
    pub name: String,
    pub subject: EntityRef,
    /// Whether the catalog had the user when it was made, and must have it still.
    pub in_catalog: bool,
    pub permissions: Option<Vec<PermissionPattern>>,
    pub hint: String,
    pub created_at: DateTime<Utc>,
    pub created_by: EntityRef,
    /// The token that it was made with, where it was made with one.
    pub created_with: Option<String>,
    pub expires_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

impl StoredToken {
    pub(crate) fn has_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|expires| expires <= now)
    }
}

const COLUMNS: [&str; 11] = [
    "id",
    "name",
    "subject",
    "in_catalog",
    "permissions",
    "hint",
    "created_at",
    "created_by",
    "expires_at",
    "last_used_at",
    "created_with",
];

fn select() -> SelectStatement {
    Query::select().columns(COLUMNS).from(TABLE).to_owned()
}

fn token(row: &QueryResult) -> Result<StoredToken, AuthError> {
    let permissions: Option<String> = row.try_get("", "permissions")?;
    let permissions = permissions.map(|text| serde_json::from_str(&text)).transpose();
    Ok(StoredToken {
        id: row.try_get("", "id")?,
        name: row.try_get("", "name")?,
        subject: reference(row, "subject")?,
        in_catalog: row.try_get("", "in_catalog")?,
        permissions: permissions.map_err(|_| AuthError::Corrupt("list of permissions"))?,
        hint: row.try_get("", "hint")?,
        created_at: time(row, "created_at")?,
        created_by: reference(row, "created_by")?,
        expires_at: time_or_none(row, "expires_at")?,
        last_used_at: time_or_none(row, "last_used_at")?,
        created_with: row.try_get("", "created_with")?,
    })
}

impl AuthRepository {
    pub(crate) async fn add_token(&self, token: &StoredToken, secret_hash: &str) -> Result<(), AuthError> {
        let permissions = token.permissions.as_ref().map(serde_json::to_string).transpose();
        let insert = Query::insert()
            .into_table(TABLE)
            .columns(COLUMNS.into_iter().chain(["secret_hash"]))
            .values_panic([
                token.id.as_str().into(),
                token.name.as_str().into(),
                token.subject.as_str().into(),
                token.in_catalog.into(),
                permissions.map_err(|_| AuthError::Corrupt("list of permissions"))?.into(),
                token.hint.as_str().into(),
                token.created_at.into(),
                token.created_by.as_str().into(),
                token.expires_at.into(),
                token.last_used_at.into(),
                token.created_with.clone().into(),
                secret_hash.into(),
            ])
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    pub(crate) async fn find_token(&self, secret_hash: &str) -> Result<Option<StoredToken>, AuthError> {
        let select = select().and_where(Expr::col("secret_hash").eq(secret_hash)).to_owned();
        self.database.query_one(&select).await?.as_ref().map(token).transpose()
    }

    pub(crate) async fn lookup_token(&self, id: &str) -> Result<Option<StoredToken>, AuthError> {
        let select = select().and_where(Expr::col("id").eq(id)).to_owned();
        self.database.query_one(&select).await?.as_ref().map(token).transpose()
    }

    /// Tokens after an id, the newest first; of one subject or of all.
    pub(crate) async fn list_tokens(
        &self,
        subject: Option<&EntityRef>,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<StoredToken>, AuthError> {
        let select = select()
            .and_where_option(subject.map(|subject| Expr::col("subject").eq(subject.as_str())))
            .and_where_option(after.map(|after| Expr::col("id").lt(after)))
            .order_by("id", Order::Desc)
            .limit(limit)
            .to_owned();
        self.database.query_all(&select).await?.iter().map(token).collect()
    }

    pub(crate) async fn touch_token(&self, id: &str, now: DateTime<Utc>) -> Result<(), AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("last_used_at", now)
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        self.database.execute(&update).await?;
        Ok(())
    }

    /// Removes a token with all that were made with it; `false` where there is none.
    pub(crate) async fn remove_token(&self, id: &str) -> Result<bool, AuthError> {
        let (mut all, mut latest) = (vec![id.to_owned()], vec![id.to_owned()]);
        while !latest.is_empty() {
            let select = Query::select()
                .column("id")
                .from(TABLE)
                .and_where(Expr::col("created_with").is_in(latest))
                .to_owned();
            let rows = self.database.query_all(&select).await?;
            latest = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
            all.extend(latest.iter().cloned());
        }
        let delete = Query::delete().from_table(TABLE).and_where(Expr::col("id").is_in(all)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected() > 0)
    }

    /// Forgets tokens that expired before `before`.
    pub(crate) async fn sweep_tokens(&self, before: DateTime<Utc>) -> Result<u64, AuthError> {
        let delete =
            Query::delete().from_table(TABLE).and_where(Expr::col("expires_at").lt(before)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }
}
