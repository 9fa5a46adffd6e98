use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order, QueryResult,
    sea_query::{Condition, Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT, entities::status};
use crate::{
    entity::{CONFLICT_RULE, StatusItem, UnprocessedDocument},
    error::CatalogError,
};

/// Why a document is not in the catalog as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// Another source has its reference.
    Conflict,
    /// Something is wrong with it.
    Error,
    /// Something is wrong with it, and what was read before is served.
    Stale,
}

/// Which refused documents to list.
#[derive(Clone, Debug, Default)]
pub struct RefusedFilter {
    /// Those that are refused for this reason.
    pub kind: Option<RefusalKind>,
    /// Those that one of these owns.
    pub owners: Option<Vec<String>>,
    /// Those with this in their reference or file, in any case.
    pub text: Option<String>,
}

/// Another source that claims a reference and does not have it.
#[derive(Clone, Debug)]
pub struct LostClaim {
    /// The reference.
    pub reference: String,
    /// The source that claims it, `type:target`.
    pub loser: String,
    /// Which document of that, from 0.
    pub document: i32,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What is wrong with it.
    pub errors: Vec<StatusItem>,
}

/// How the rule of a conflict is written in what is stored.
fn conflict_mark() -> String {
    format!("%\"rule\":\"{CONFLICT_RULE}\"%")
}

impl RefusedFilter {
    fn condition(&self) -> Condition {
        let entity = |column: &'static str| Expr::col(("catalog_entities", column));
        let is_marked = || entity("status").like(conflict_mark());
        let mut condition = Condition::all();
        condition = match self.kind {
            None => condition,
            Some(RefusalKind::Conflict) => condition.add(entity("reference").is_null()).add(is_marked()),
            Some(RefusalKind::Error) => condition.add(entity("reference").is_null()).add(is_marked().not()),
            // What has a reference has a kind, by which SQLite does not think of an index of nearly all entities.
            Some(RefusalKind::Stale) => condition.add(entity("kind").is_not_null()),
        };
        // Whatever is refused says why. Written just as in the index that finds these few among all.
        condition = condition.add(Expr::cust("\"catalog_entities\".\"status\" <> '[]'"));
        if let Some(owners) = &self.owners {
            condition = condition.add(entity("owner_reference").is_in(owners.iter().map(String::as_str)));
        }
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let like = || LikeExpr::new(format!("%{escaped}%")).escape('\\');
            let file = Expr::expr(Func::lower(Expr::col(("catalog_sources", "location"))));
            let named = Condition::any()
                .add(entity("claimed_reference").like(like()))
                .add(entity("reference").like(like()))
                .add(file.like(like()));
            condition = condition.add(named);
        }
        condition
    }
}

impl CatalogRepository {
    /// How many documents are not in the catalog as they were read.
    pub async fn count_refused(&self, filter: &RefusedFilter) -> Result<u64, CatalogError> {
        self.count_query();
        let mut select = Query::select();
        select.expr(Expr::col(("catalog_entities", "uid")).count());
        from(&mut select, filter);
        self.number(&select).await
    }

    /// Documents that are not in the catalog as they were read, by id.
    pub async fn list_refused(
        &self,
        filter: &RefusedFilter,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<UnprocessedDocument>, CatalogError> {
        self.count_query();
        let mut select = Query::select();
        select
            .columns([("catalog_entities", "uid"), ("catalog_entities", "document")])
            .columns([("catalog_entities", "claimed_reference"), ("catalog_entities", "status")])
            .column(("catalog_sources", "location"))
            .columns([("catalog_entities", "owner_reference"), ("catalog_entities", "updated_at")])
            .column(("catalog_entities", "reference"))
            .order_by(("catalog_entities", "uid"), Order::Asc)
            .limit(limit);
        from(&mut select, filter);
        if let Some(after) = after {
            select.and_where(Expr::col(("catalog_entities", "uid")).gt(after));
        }
        self.database().query_all(&select).await?.iter().map(unprocessed).collect()
    }

    /// The sources that claim these references and do not have them.
    pub async fn lost_claims(&self, references: &[&str]) -> Result<Vec<LostClaim>, CatalogError> {
        self.count_query();
        let mut found = Vec::new();
        for chunk in references.chunks(ROWS_PER_STATEMENT) {
            let filter = RefusedFilter { kind: Some(RefusalKind::Conflict), ..RefusedFilter::default() };
            let mut select = Query::select();
            select
                .column(("catalog_entities", "uid"))
                .columns([("catalog_entities", "claimed_reference"), ("catalog_entities", "document")])
                .columns([("catalog_entities", "status"), ("catalog_entities", "updated_at")])
                .column(("catalog_sources", "location"))
                .and_where(Expr::col(("catalog_entities", "claimed_reference")).is_in(chunk.iter().copied()))
                .order_by(("catalog_sources", "location"), Order::Asc);
            from(&mut select, &filter);
            for row in self.database().query_all(&select).await? {
                found.push(LostClaim {
                    reference: row.try_get_by_index(1)?,
                    document: row.try_get_by_index(2)?,
                    errors: status(row.try_get_by_index(0)?, &row.try_get_by_index::<String>(3)?)?,
                    since: row.try_get_by_index(4)?,
                    loser: row.try_get_by_index(5)?,
                });
            }
        }
        Ok(found)
    }
}

fn from(select: &mut SelectStatement, filter: &RefusedFilter) {
    select
        .from("catalog_entities")
        .inner_join(
            "catalog_sources",
            Expr::col(("catalog_sources", "id")).equals(("catalog_entities", "source_id")),
        )
        .cond_where(filter.condition());
}

fn unprocessed(row: &QueryResult) -> Result<UnprocessedDocument, CatalogError> {
    let reference = |text: Option<String>| text.and_then(|text| text.parse::<EntityRef>().ok());
    let uid = row.try_get_by_index(0)?;
    let served = reference(row.try_get_by_index(7)?);
    Ok(UnprocessedDocument {
        uid,
        document: row.try_get_by_index(1)?,
        claimed: reference(row.try_get_by_index(2)?).or_else(|| served.clone()),
        served,
        errors: status(uid, &row.try_get_by_index::<String>(3)?)?,
        location: row.try_get_by_index(4)?,
        owner: reference(row.try_get_by_index(5)?),
        updated_at: row.try_get_by_index(6)?,
    })
}
