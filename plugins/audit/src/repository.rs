//! Queries, and nothing else.

use callboard_kit::{AuditChange, EntityRef, Problem};
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, Order, QueryResult,
    sea_query::{BinOper, Condition, Expr, ExprTrait, Func, Query, SelectStatement},
};

use crate::model::{EventFilter, StoredEvent, outcome_name, outcome_named};

const TABLE: &str = "audit_events";

/// The table of events.
#[derive(Clone, Debug)]
pub(crate) struct EventRepository {
    database: DatabaseConnection,
}

/// Why events could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EventStoreError {
    #[error("the database refused")]
    Database(#[from] DbErr),
    #[error("event {id} is stored in a way that cannot be read: {reason}")]
    Unreadable { id: String, reason: String },
}

impl From<EventStoreError> for Problem {
    fn from(error: EventStoreError) -> Self {
        Self::internal(error)
    }
}

type Result<T> = std::result::Result<T, EventStoreError>;

impl EventRepository {
    pub const fn new(database: DatabaseConnection) -> Self {
        Self { database }
    }

    pub async fn insert(&self, event: &StoredEvent) -> Result<()> {
        let changes = serde_json::to_string(&event.changes).unwrap_or_else(|_| "[]".to_owned());
        let insert = Query::insert()
            .into_table(TABLE)
            .columns([
                "id",
                "at",
                "action",
                "outcome",
                "actor",
                "access",
                "address",
                "user_agent",
                "request_id",
                "target",
                "message",
                "changes",
            ])
            .values_panic([
                event.id.as_str().into(),
                event.at.into(),
                event.action.as_str().into(),
                outcome_name(event.outcome).into(),
                event.actor.as_ref().map(EntityRef::to_string).into(),
                event.access.as_str().into(),
                event.address.clone().into(),
                event.user_agent.clone().into(),
                event.request_id.clone().into(),
                event.target.clone().into(),
                event.message.clone().into(),
                changes.into(),
            ])
            .to_owned();
        self.database.execute(&insert).await?;
        Ok(())
    }

    /// The newest events that a filter selects, after the one with the id `after`.
    pub async fn list(
        &self,
        filter: &EventFilter,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<StoredEvent>> {
        let mut select = columns();
        select.cond_where(condition(filter)).order_by("id", Order::Desc).limit(limit);
        if let Some(after) = after {
            select.and_where(Expr::col("id").lt(after));
        }
        self.database.query_all(&select).await?.iter().map(event).collect()
    }

    pub async fn count(&self, filter: &EventFilter) -> Result<u64> {
        let mut select = Query::select();
        select.expr(Func::count(Expr::col("id"))).from(TABLE).cond_where(condition(filter));
        let row = self.database.query_one(&select).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The actions that occur, by name.
    pub async fn actions(&self) -> Result<Vec<String>> {
        let select =
            Query::select().distinct().column("action").from(TABLE).order_by("action", Order::Asc).to_owned();
        let rows = self.database.query_all(&select).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?)
    }

    /// Forgets what happened before `limit`, and says how much that was.
    pub async fn forget_before(&self, limit: DateTime<Utc>) -> Result<u64> {
        let delete = Query::delete().from_table(TABLE).and_where(Expr::col("at").lt(limit)).to_owned();
        Ok(self.database.execute(&delete).await?.rows_affected())
    }
}

fn columns() -> SelectStatement {
    Query::select()
        .columns(["id", "at", "action", "outcome", "actor", "access", "address", "user_agent", "request_id"])
        .columns(["target", "message", "changes"])
        .from(TABLE)
        .to_owned()
}

fn condition(filter: &EventFilter) -> Condition {
    let one_of = |column: &'static str, values: &Option<Vec<String>>| {
        values.as_ref().map(|values| Expr::col(column).is_in(values.iter().map(String::as_str)))
    };
    let actors = filter.actor.as_ref().map(|actors| actors.iter().map(EntityRef::to_string).collect());
    let outcomes = filter
        .outcome
        .as_ref()
        .map(|outcomes| outcomes.iter().map(|outcome| outcome_name(*outcome).to_owned()).collect());
    let target = filter.target.as_ref().map(|target| {
        // Both sides are folded by the database, each of which has its own idea of letters.
        let pattern = Expr::expr(Func::lower(Expr::val(format!("%{}%", escaped(target)))));
        Expr::expr(Func::lower(Expr::col("target")))
            .binary(BinOper::Like, pattern.binary(BinOper::Escape, Expr::Constant('\\'.into())))
    });
    Condition::all()
        .add_option(one_of("actor", &actors))
        .add_option(one_of("action", &filter.action))
        .add_option(one_of("outcome", &outcomes))
        .add_option(target)
        .add_option(filter.address.as_ref().map(|address| Expr::col("address").eq(address.as_str())))
        .add_option(filter.since.map(|since| Expr::col("at").gte(since)))
        .add_option(filter.until.map(|until| Expr::col("at").lt(until)))
}

/// The text with what `LIKE` takes for more than itself made to stand for itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn event(row: &QueryResult) -> Result<StoredEvent> {
    let id: String = row.try_get_by_index(0)?;
    let unreadable = |reason: String| EventStoreError::Unreadable { id: id.clone(), reason };
    let outcome: String = row.try_get_by_index(3)?;
    let actor: Option<String> = row.try_get_by_index(4)?;
    let changes: Vec<AuditChange> = serde_json::from_str(&row.try_get_by_index::<String>(11)?)
        .map_err(|error| unreadable(error.to_string()))?;
    Ok(StoredEvent {
        at: row.try_get_by_index(1)?,
        action: row.try_get_by_index(2)?,
        outcome: outcome_named(&outcome)
            .ok_or_else(|| unreadable(format!("there is no outcome `{outcome}`")))?,
        actor: actor
            .map(|actor| actor.parse())
            .transpose()
            .map_err(|error: callboard_kit::EntityRefError| unreadable(error.to_string()))?,
        access: row.try_get_by_index::<Option<String>>(5)?.unwrap_or_default(),
        address: row.try_get_by_index(6)?,
        user_agent: row.try_get_by_index(7)?,
        request_id: row.try_get_by_index(8)?,
        target: row.try_get_by_index(9)?,
        message: row.try_get_by_index(10)?,
        changes,
        id,
    })
}
