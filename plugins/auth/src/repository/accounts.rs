use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order, QueryResult,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};

use super::{AuthRepository, reference, time, time_or_none};
use crate::error::AuthError;

const TABLE: &str = "auth_accounts";

/// An account at a provider that a user has connected.
#[derive(Clone, Debug)]
pub(crate) struct StoredAccount {
    pub subject: EntityRef,
    pub provider: String,
    pub login: String,
    pub scopes: Vec<String>,
    /// Sealed tokens of the provider.
    pub secrets: String,
    pub connected_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
}

const COLUMNS: [&str; 7] =
    ["subject", "provider", "login", "scopes", "secrets", "connected_at", "expires_at"];

fn select(subject: &EntityRef) -> SelectStatement {
    Query::select()
        .columns(COLUMNS)
        .from(TABLE)
        .and_where(Expr::col("subject").eq(subject.as_str()))
        .order_by("provider", Order::Asc)
        .to_owned()
}

fn account(row: &QueryResult) -> Result<StoredAccount, AuthError> {
    let scopes: String = row.try_get("", "scopes")?;
    Ok(StoredAccount {
        subject: reference(row, "subject")?,
        provider: row.try_get("", "provider")?,
        login: row.try_get("", "login")?,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        secrets: row.try_get("", "secrets")?,
        connected_at: time(row, "connected_at")?,
        expires_at: time_or_none(row, "expires_at")?,
    })
}

impl AuthRepository {
    /// Keeps an account in place of one that the user connected at the same provider before.
    pub(crate) async fn put_account(&self, account: &StoredAccount) -> Result<(), AuthError> {
        let insert = Query::insert()
            .into_table(TABLE)
            .columns(COLUMNS)
            .values_panic([
                account.subject.as_str().into(),
                account.provider.as_str().into(),
                account.login.as_str().into(),
                account.scopes.join(" ").into(),
                account.secrets.as_str().into(),
                account.connected_at.into(),
                account.expires_at.into(),
            ])
            .on_conflict(
                OnConflict::columns(["subject", "provider"])
                    .update_columns(["login", "scopes", "secrets", "connected_at", "expires_at"])
                    .value("refreshing_until", Option::<DateTime<Utc>>::None)
                    .to_owned(),
            )
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    pub(crate) async fn accounts_of(&self, subject: &EntityRef) -> Result<Vec<StoredAccount>, AuthError> {
        self.database.query_all(&select(subject)).await?.iter().map(account).collect()
    }

    pub(crate) async fn find_account(
        &self,
        subject: &EntityRef,
        provider: &str,
    ) -> Result<Option<StoredAccount>, AuthError> {
        let select = select(subject).and_where(Expr::col("provider").eq(provider)).to_owned();
        self.database.query_one(&select).await?.as_ref().map(account).transpose()
    }

    /// Takes it upon oneself to refresh an account's tokens. `false` where somebody else does, or where the account is
    /// not the one that was read any more.
    pub(crate) async fn begin_refresh(
        &self,
        account: &StoredAccount,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, AuthError> {
        let is_free = Expr::col("refreshing_until").is_null().or(Expr::col("refreshing_until").lte(now));
        let update = Query::update()
            .table(TABLE)
            .value("refreshing_until", until)
            .and_where(is_as_read(account))
            .and_where(is_free)
            .to_owned();
        Ok(self.database.execute(&update).await?.rows_affected() == 1)
    }

    /// Keeps refreshed tokens, or the ones before where there are none. `false` where the account is not the one that was
    /// read any more.
    pub(crate) async fn end_refresh(
        &self,
        account: &StoredAccount,
        secrets: Option<&str>,
    ) -> Result<bool, AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("refreshing_until", Option::<DateTime<Utc>>::None)
            .value("secrets", secrets.unwrap_or(&account.secrets))
            .and_where(is_as_read(account))
            .to_owned();
        Ok(self.database.execute(&update).await?.rows_affected() == 1)
    }

    /// Forgets an account, where it is still the one that was read.
    pub(crate) async fn remove_account_as_read(&self, account: &StoredAccount) -> Result<bool, AuthError> {
        let delete = Query::delete().from_table(TABLE).and_where(is_as_read(account)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected() == 1)
    }

    pub(crate) async fn remove_account(
        &self,
        subject: &EntityRef,
        provider: &str,
    ) -> Result<bool, AuthError> {
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("subject").eq(subject.as_str()))
            .and_where(Expr::col("provider").eq(provider))
            .to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected() > 0)
    }
}

/// Its user may have disconnected it, or connected another one, since it was read.
fn is_as_read(account: &StoredAccount) -> Expr {
    Expr::col("subject")
        .eq(account.subject.as_str())
        .and(Expr::col("provider").eq(account.provider.as_str()))
        .and(Expr::col("secrets").eq(account.secrets.as_str()))
}
