use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, Order, QueryResult,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::{CatalogRepository, ROWS_PER_STATEMENT, delete_rows};
use crate::error::CatalogError;

/// Who says that a location is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LocationOwner {
    /// `catalog.locations` of the config.
    Config,
    /// Someone who registered it.
    Registered,
    /// A provider, by its id.
    Provider(String),
    /// Nobody any more: the config named it, and now names others. What they do not claim goes with it once they are
    /// read.
    Retired,
}

impl LocationOwner {
    /// How it is stored.
    pub fn as_text(&self) -> String {
        match self {
            Self::Config => "config".to_owned(),
            Self::Registered => "registered".to_owned(),
            Self::Provider(id) => format!("provider:{id}"),
            Self::Retired => "retired".to_owned(),
        }
    }

    fn of_text(text: &str) -> Self {
        match text.strip_prefix("provider:") {
            Some(id) => Self::Provider(id.to_owned()),
            None if text == "config" => Self::Config,
            None if text == "retired" => Self::Retired,
            None => Self::Registered,
        }
    }
}

/// A place that descriptors are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationRow {
    /// Its id.
    pub id: Uuid,
    /// `file`, `url`, `git`, or `provider` for what a provider emits without a file.
    pub kind: String,
    /// An absolute path, folder or glob, or a URL.
    pub target: String,
    /// Who says that it is read.
    pub owner: LocationOwner,
    /// Its place among those of the same owner: of two that claim the same entity, the lower one has it.
    pub position: i64,
    /// Who registered it.
    pub created_by: Option<String>,
    /// Since when it is read.
    pub created_at: DateTime<Utc>,
    /// Why it could not be read as a whole, the last time.
    pub error: Option<String>,
}

impl LocationRow {
    /// `type:target`.
    pub fn location(&self) -> String {
        format!("{}:{}", self.kind, self.target)
    }

    /// Its claim: of two locations that name the same entity, the one with the lower rank has it, and where they are
    /// equal the one that had it first.
    pub const fn rank(&self) -> (u8, i64) {
        match self.owner {
            LocationOwner::Config => (0, self.position),
            LocationOwner::Registered => (1, self.position),
            LocationOwner::Provider(_) => (2, self.position),
            LocationOwner::Retired => (3, self.position),
        }
    }
}

const COLUMNS: [&str; 8] = ["id", "type", "target", "owner", "position", "created_by", "created_at", "error"];

impl CatalogRepository {
    /// The locations of one owner, by position.
    pub async fn locations_of(
        &self,
        connection: &impl ConnectionTrait,
        owner: &LocationOwner,
    ) -> Result<Vec<LocationRow>, CatalogError> {
        let mut select = columns();
        select.and_where(Expr::col("owner").eq(owner.as_text())).order_by("position", Order::Asc);
        select.order_by("id", Order::Asc);
        read(connection, &select).await
    }

    /// The locations with these ids, in no particular order.
    pub async fn locations_by_id(
        &self,
        connection: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<Vec<LocationRow>, CatalogError> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("id").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// The providers that something is kept of, by id.
    pub async fn provider_ids(&self) -> Result<Vec<String>, CatalogError> {
        let select = Query::select()
            .distinct()
            .column("owner")
            .from("catalog_locations")
            .and_where(Expr::col("owner").like("provider:%"))
            .to_owned();
        let rows = self.database().query_all(&select).await?;
        let owners: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
        let ids = owners?.into_iter().filter_map(|owner| owner.strip_prefix("provider:").map(str::to_owned));
        Ok(ids.collect())
    }

    /// The id of every location that is read.
    pub async fn location_ids(&self) -> Result<Vec<Uuid>, CatalogError> {
        let select = Query::select()
            .column("id")
            .from("catalog_locations")
            .and_where(Expr::col("type").ne(crate::ingest::PROVIDER))
            .and_where(Expr::col("owner").ne(LocationOwner::Retired.as_text()))
            .to_owned();
        let rows = self.database().query_all(&select).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    /// The location with this id.
    pub async fn location(&self, id: Uuid) -> Result<Option<LocationRow>, CatalogError> {
        Ok(self.locations_by_id(self.database(), &[id]).await?.pop())
    }

    /// The locations that are read with this type and target, whoever owns them.
    pub async fn locations_at(
        &self,
        connection: &impl ConnectionTrait,
        kind: &str,
        target: &str,
    ) -> Result<Vec<LocationRow>, CatalogError> {
        let mut select = columns();
        select.and_where(Expr::col("type").eq(kind)).and_where(Expr::col("target").eq(target));
        select.and_where(Expr::col("owner").ne(LocationOwner::Retired.as_text()));
        read(connection, &select).await
    }

    /// Writes locations, new or changed.
    pub async fn save_locations(
        &self,
        connection: &impl ConnectionTrait,
        locations: &[LocationRow],
    ) -> Result<(), CatalogError> {
        for chunk in locations.chunks(ROWS_PER_STATEMENT) {
            let mut insert = Query::insert();
            insert.into_table("catalog_locations").columns(COLUMNS);
            for row in chunk {
                insert.values_panic([
                    row.id.into(),
                    row.kind.as_str().into(),
                    row.target.as_str().into(),
                    row.owner.as_text().into(),
                    row.position.into(),
                    row.created_by.clone().into(),
                    row.created_at.into(),
                    row.error.clone().into(),
                ]);
            }
            let changing = ["type", "target", "owner", "position", "error"];
            insert.on_conflict(OnConflict::column("id").update_columns(changing).to_owned());
            connection.execute(&insert).await?;
        }
        Ok(())
    }

    /// Notes why a location could not be read, and nothing else of what may have changed since it was looked up.
    pub async fn save_location_error(
        &self,
        connection: &impl ConnectionTrait,
        location: Uuid,
        error: Option<&str>,
    ) -> Result<(), CatalogError> {
        let update = Query::update()
            .table("catalog_locations")
            .value("error", error.map(str::to_owned))
            .and_where(Expr::col("id").eq(location))
            .to_owned();
        connection.execute(&update).await?;
        Ok(())
    }

    /// Forgets locations.
    pub async fn delete_locations(
        &self,
        connection: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<(), CatalogError> {
        delete_rows(connection, "catalog_locations", "id", ids).await
    }
}

pub(super) fn columns() -> SelectStatement {
    Query::select().columns(COLUMNS).from("catalog_locations").to_owned()
}

pub(super) async fn read(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<LocationRow>, CatalogError> {
    connection.query_all(select).await?.iter().map(row).collect()
}

fn row(row: &QueryResult) -> Result<LocationRow, CatalogError> {
    Ok(LocationRow {
        id: row.try_get_by_index(0)?,
        kind: row.try_get_by_index(1)?,
        target: row.try_get_by_index(2)?,
        owner: LocationOwner::of_text(&row.try_get_by_index::<String>(3)?),
        position: row.try_get_by_index(4)?,
        created_by: row.try_get_by_index(5)?,
        created_at: row.try_get_by_index(6)?,
        error: row.try_get_by_index(7)?,
    })
}
