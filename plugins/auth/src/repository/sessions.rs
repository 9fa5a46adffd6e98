use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order, QueryResult, TransactionTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{AuthRepository, reference, time, used_once::use_once};
use crate::error::AuthError;

const TABLE: &str = "auth_sessions";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct StoredSession {
    pub id: String,
    pub token_hash: String,
    /// The token before, and until when it is taken; without a time until the newer one was seen.
    pub previous_hash: Option<String>,
    pub previous_until: Option<DateTime<Utc>>,
    pub subject: EntityRef,
    /// Whether the catalog had the user at sign-in, and must have it still.
    pub in_catalog: bool,
    pub provider: String,
    pub external_subject: String,
    pub external_session: Option<String>,
    /// Sealed tokens of the provider.
    pub secrets: Option<String>,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    pub rotated_at: DateTime<Utc>,
    pub checked_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

const COLUMNS: [&str; 17] = [
    "id",
    "token_hash",
    "previous_hash",
    "previous_until",
    "subject",
    "in_catalog",
    "provider",
    "external_subject",
    "external_session",
    "secrets",
    "address",
    "user_agent",
    "created_at",
    "last_used_at",
    "rotated_at",
    "checked_at",
    "expires_at",
];

/// A new token for a session, in place of the one that came.
#[derive(Clone, Debug)]
pub(crate) struct Rotation<'a> {
    pub id: &'a str,
    /// The token that was current when it was looked up.
    pub from: &'a str,
    /// The one that came, which stays valid for a while.
    pub presented: &'a str,
    pub to: &'a str,
    pub now: DateTime<Utc>,
}

fn select() -> SelectStatement {
    Query::select().columns(COLUMNS).from(TABLE).to_owned()
}

fn session(row: &QueryResult) -> Result<StoredSession, AuthError> {
    Ok(StoredSession {
        id: row.try_get("", "id")?,
        token_hash: row.try_get("", "token_hash")?,
        previous_hash: row.try_get("", "previous_hash")?,
        previous_until: row.try_get("", "previous_until")?,
        subject: reference(row, "subject")?,
        in_catalog: row.try_get("", "in_catalog")?,
        provider: row.try_get("", "provider")?,
        external_subject: row.try_get("", "external_subject")?,
        external_session: row.try_get("", "external_session")?,
        secrets: row.try_get("", "secrets")?,
        address: row.try_get("", "address")?,
        user_agent: row.try_get("", "user_agent")?,
        created_at: time(row, "created_at")?,
        last_used_at: time(row, "last_used_at")?,
        rotated_at: time(row, "rotated_at")?,
        checked_at: time(row, "checked_at")?,
        expires_at: time(row, "expires_at")?,
    })
}

impl AuthRepository {
    pub(crate) async fn add_session(&self, session: &StoredSession) -> Result<(), AuthError> {
        let insert = Query::insert()
            .into_table(TABLE)
            .columns(COLUMNS)
            .values_panic([
                session.id.as_str().into(),
                session.token_hash.as_str().into(),
                session.previous_hash.clone().into(),
                session.previous_until.into(),
                session.subject.as_str().into(),
                session.in_catalog.into(),
                session.provider.as_str().into(),
                session.external_subject.as_str().into(),
                session.external_session.clone().into(),
                session.secrets.clone().into(),
                session.address.clone().into(),
                session.user_agent.clone().into(),
                session.created_at.into(),
                session.last_used_at.into(),
                session.rotated_at.into(),
                session.checked_at.into(),
                session.expires_at.into(),
            ])
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    /// The session whose token, or whose token before, has this hash.
    pub(crate) async fn find_session(&self, hash: &str) -> Result<Option<StoredSession>, AuthError> {
        let by_token = select().and_where(Expr::col("token_hash").eq(hash)).to_owned();
        if let Some(row) = self.database.query_one(&by_token).await? {
            return session(&row).map(Some);
        }
        let by_previous = select().and_where(Expr::col("previous_hash").eq(hash)).to_owned();
        self.database.query_one(&by_previous).await?.as_ref().map(session).transpose()
    }

    pub(crate) async fn lookup_session(&self, id: &str) -> Result<Option<StoredSession>, AuthError> {
        let select = select().and_where(Expr::col("id").eq(id)).to_owned();
        self.database.query_one(&select).await?.as_ref().map(session).transpose()
    }

    /// Sessions after an id, the newest first; of one subject or of all.
    pub(crate) async fn list_sessions(
        &self,
        subject: Option<&EntityRef>,
        after: Option<&str>,
        limit: u64,
        used_since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<StoredSession>, AuthError> {
        let select = select()
            .and_where(Expr::col("expires_at").gt(now))
            .and_where(Expr::col("last_used_at").gt(used_since))
            .and_where_option(subject.map(|subject| Expr::col("subject").eq(subject.as_str())))
            .and_where_option(after.map(|after| Expr::col("id").lt(after)))
            .order_by("id", Order::Desc)
            .limit(limit)
            .to_owned();
        self.database.query_all(&select).await?.iter().map(session).collect()
    }

    /// Gives a session a new token. `false` where somebody else just did.
    pub(crate) async fn rotate_session(&self, rotation: &Rotation<'_>) -> Result<bool, AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("token_hash", rotation.to)
            .value("previous_hash", rotation.presented)
            .value("previous_until", Option::<DateTime<Utc>>::None)
            .value("rotated_at", rotation.now)
            .and_where(Expr::col("id").eq(rotation.id))
            .and_where(Expr::col("token_hash").eq(rotation.from))
            .to_owned();
        Ok(self.database.execute(&update).await?.rows_affected() == 1)
    }

    /// The newer token has arrived: the one before is taken until `until` only.
    pub(crate) async fn confirm_rotation(
        &self,
        id: &str,
        arrived: &str,
        until: DateTime<Utc>,
    ) -> Result<(), AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("previous_until", until)
            .and_where(Expr::col("id").eq(id))
            // It may have been replaced meanwhile by one that has not arrived.
            .and_where(Expr::col("token_hash").eq(arrived))
            .and_where(Expr::col("previous_until").is_null())
            .to_owned();
        self.database.execute(&update).await?;
        Ok(())
    }

    pub(crate) async fn touch_session(&self, id: &str, now: DateTime<Utc>) -> Result<(), AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("last_used_at", now)
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        self.database.execute(&update).await?;
        Ok(())
    }

    /// Notes that a session is being checked. `false` where somebody else just did.
    pub(crate) async fn begin_check(
        &self,
        session: &StoredSession,
        now: DateTime<Utc>,
    ) -> Result<bool, AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("checked_at", now)
            .and_where(Expr::col("id").eq(&session.id))
            .and_where(Expr::col("checked_at").eq(session.checked_at))
            .to_owned();
        Ok(self.database.execute(&update).await?.rows_affected() == 1)
    }

    pub(crate) async fn set_session_secrets(&self, id: &str, secrets: &str) -> Result<(), AuthError> {
        let update = Query::update()
            .table(TABLE)
            .value("secrets", secrets)
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        self.database.execute(&update).await?;
        Ok(())
    }

    pub(crate) async fn remove_session(&self, id: &str) -> Result<bool, AuthError> {
        let delete = Query::delete().from_table(TABLE).and_where(Expr::col("id").eq(id)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected() > 0)
    }

    /// Ends the sessions of a subject, but for one.
    pub(crate) async fn remove_sessions_of(
        &self,
        subject: &EntityRef,
        except: Option<&str>,
    ) -> Result<u64, AuthError> {
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("subject").eq(subject.as_str()))
            .and_where_option(except.map(|id| Expr::col("id").ne(id)))
            .to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }

    /// Ends sessions that an account at a provider began, one of its sessions there or all, by an order that is used up
    /// by that: whose sessions they were. `None` where it had been used up before.
    pub(crate) async fn end_sessions_of_account(
        &self,
        provider: &str,
        external_subject: Option<&str>,
        external_session: Option<&str>,
        order: (&str, DateTime<Utc>),
    ) -> Result<Option<Vec<EntityRef>>, AuthError> {
        let transaction = self.database.begin().await?;
        if transaction.execute(&use_once(order.0, order.1)).await?.rows_affected() != 1 {
            return Ok(None);
        }
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("provider").eq(provider))
            .and_where_option(external_subject.map(|subject| Expr::col("external_subject").eq(subject)))
            .and_where_option(external_session.map(|session| Expr::col("external_session").eq(session)))
            .returning_col("subject")
            .to_owned();
        let rows = transaction.query_all(&delete).await?;
        let subjects = rows.iter().map(|row| reference(row, "subject")).collect::<Result<_, _>>()?;
        transaction.commit().await?;
        Ok(Some(subjects))
    }

    /// Forgets sessions that have ended by themselves.
    pub(crate) async fn sweep_sessions(
        &self,
        used_since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<u64, AuthError> {
        let ended = Expr::col("expires_at").lte(now).or(Expr::col("last_used_at").lte(used_since));
        let delete = Query::delete().from_table(TABLE).and_where(ended).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }
}
