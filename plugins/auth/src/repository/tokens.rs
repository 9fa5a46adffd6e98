use callboard_kit::{EntityRef, PermissionPattern};
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, Order, QueryResult, TransactionTrait,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement},
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
    /// Who made it; `None` where the operator did.
    pub created_by: Option<EntityRef>,
    /// What it was made with, where that was a token.
    pub created_with: Option<Maker>,
    pub expires_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The token that another one was made with, which does not outlive it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Maker {
    /// A token of the database, by its id.
    Stored(String),
    /// A token of the config, by its fingerprint.
    Config(String),
}

/// What the fingerprint of a token of the config stands behind.
const OF_CONFIG: &str = "auth.tokens:";

impl Maker {
    fn read(text: String) -> Self {
        match text.strip_prefix(OF_CONFIG) {
            Some(fingerprint) => Self::Config(fingerprint.to_owned()),
            None => Self::Stored(text),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Stored(id) => id.clone(),
            Self::Config(fingerprint) => format!("{OF_CONFIG}{fingerprint}"),
        }
    }
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
        created_by: maker_of(row)?,
        expires_at: time_or_none(row, "expires_at")?,
        last_used_at: time_or_none(row, "last_used_at")?,
        created_with: row.try_get::<Option<String>>("", "created_with")?.map(Maker::read),
    })
}

/// The operator has no reference, and the column must hold a text.
fn maker_of(row: &QueryResult) -> Result<Option<EntityRef>, AuthError> {
    let text: String = row.try_get("", "created_by")?;
    if text.is_empty() { Ok(None) } else { reference(row, "created_by").map(Some) }
}

impl AuthRepository {
    /// Keeps a token. `false` where the one that it was made with is gone or over by now.
    pub(crate) async fn add_token(&self, token: &StoredToken, secret_hash: &str) -> Result<bool, AuthError> {
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
                token.created_by.as_ref().map(EntityRef::as_str).unwrap_or_default().into(),
                token.expires_at.into(),
                token.last_used_at.into(),
                token.created_with.as_ref().map(Maker::text).into(),
                secret_hash.into(),
            ])
            .to_owned();
        let transaction = self.database.begin().await?;
        if let Some(Maker::Stored(id)) = &token.created_with
            && !hold(&transaction, id, token.created_at).await?
        {
            return Ok(false);
        }
        transaction.execute(&insert).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// How many valid tokens a subject has: all of them, and those made with other tokens of the database.
    pub(crate) async fn count_tokens(
        &self,
        subject: &EntityRef,
        now: DateTime<Utc>,
    ) -> Result<(u64, u64), AuthError> {
        let all = Query::select()
            .expr_as(Func::count(Expr::col("id")), "count")
            .from(TABLE)
            .and_where(Expr::col("subject").eq(subject.as_str()))
            .and_where(is_valid(now))
            .to_owned();
        let made = all
            .clone()
            .and_where(Expr::col("created_with").is_not_null())
            .and_where(Expr::col("created_with").not_like(format!("{OF_CONFIG}%")))
            .to_owned();
        Ok((self.count(&all).await?, self.count(&made).await?))
    }

    async fn count(&self, select: &SelectStatement) -> Result<u64, AuthError> {
        let row = self.database.query_one(select).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "count"))?;
        Ok(u64::try_from(count).unwrap_or_default())
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
        let transaction = self.database.begin().await?;
        let removed = remove_all(&transaction, Expr::col("id").eq(id)).await?;
        transaction.commit().await?;
        Ok(removed > 0)
    }

    /// Removes what was made with tokens that are no longer in the config, given the fingerprints of those that are.
    pub(crate) async fn remove_made_with_others(&self, fingerprints: &[String]) -> Result<u64, AuthError> {
        let known = fingerprints.iter().map(|known| Maker::Config(known.clone()).text());
        let gone = Expr::col("created_with")
            .like(format!("{OF_CONFIG}%"))
            .and(Expr::col("created_with").is_not_in(known));
        let transaction = self.database.begin().await?;
        let removed = remove_all(&transaction, gone).await?;
        transaction.commit().await?;
        Ok(removed)
    }

    /// Forgets tokens that expired before `before`.
    pub(crate) async fn sweep_tokens(&self, before: DateTime<Utc>) -> Result<u64, AuthError> {
        let delete =
            Query::delete().from_table(TABLE).and_where(Expr::col("expires_at").lt(before)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }
}

fn is_valid(now: DateTime<Utc>) -> Expr {
    Expr::col("expires_at").is_null().or(Expr::col("expires_at").gt(now))
}

/// Keeps a token from being removed until the transaction ends; `false` where it is gone or over. It is written and not
/// only read, which both databases take for a lock.
async fn hold(transaction: &DatabaseTransaction, id: &str, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let update = Query::update()
        .table(TABLE)
        .value("last_used_at", now)
        .and_where(Expr::col("id").eq(id))
        .and_where(is_valid(now))
        .to_owned();
    Ok(transaction.execute(&update).await?.rows_affected() == 1)
}

/// Removes tokens, then what was made with them, and so on. That order and no other: whoever makes a token holds the
/// one it is made with, so that what is made in the meantime is either seen here or not made.
async fn remove_all(transaction: &DatabaseTransaction, which: Expr) -> Result<u64, DbErr> {
    let (mut removed, mut which) = (0, which);
    loop {
        let delete = Query::delete().from_table(TABLE).and_where(which).returning_col("id").to_owned();
        let rows = transaction.query_all(&delete).await?;
        let ids = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<String>, _>>()?;
        if ids.is_empty() {
            return Ok(removed);
        }
        removed += ids.len() as u64;
        which = Expr::col("created_with").is_in(ids);
    }
}
