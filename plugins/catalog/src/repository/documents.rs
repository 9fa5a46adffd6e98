use chrono::{DateTime, Utc};
use std::ops::Deref;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, QueryResult, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::{
    CatalogRepository, ROWS_PER_STATEMENT,
    changes::CHANNEL,
    delete_rows,
    entities::{relations_text, status},
};
use crate::{entity::StatusItem, error::CatalogError, index::Relation};

/// Rows of the change log are narrow.
const CHANGES_PER_STATEMENT: usize = 4000;

/// What is stored of a document without its body: enough to see whether anything changed.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRow {
    /// The id of the row and of the entity.
    pub uid: Uuid,
    /// Its source.
    pub source_id: Uuid,
    /// Which document of the source, from 0.
    pub document: i32,
    /// The address; `None` where it never became an entity.
    pub reference: Option<String>,
    /// The address it claims, where it never became an entity.
    pub claimed: Option<String>,
    /// The hash of the document that the body comes from.
    pub hash: Option<String>,
    /// What is wrong with it.
    pub status: Vec<StatusItem>,
    /// Whether no location emits it any more.
    pub orphan: bool,
    /// Who owns what it describes, where it never became an entity.
    pub owner: Option<String>,
}

/// A transaction that writes, alone.
#[derive(Debug)]
pub struct WriteTransaction {
    transaction: DatabaseTransaction,
    _turn: OwnedMutexGuard<()>,
}

impl Deref for WriteTransaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

/// A document to store.
#[derive(Clone, Debug)]
pub struct EntityWrite {
    /// What is stored beside the body.
    pub row: DocumentRow,
    /// The kind as written.
    pub kind: Option<String>,
    /// The entity as text; `None` where it never became one.
    pub body: Option<String>,
    /// Changes whenever the body or the status does.
    pub etag: String,
    /// What it declares; `None` leaves what is stored.
    pub relations: Option<Vec<Relation>>,
}

/// A document to forget.
#[derive(Clone, Copy, Debug)]
pub struct Removal {
    /// The row.
    pub uid: Uuid,
    /// Whether it was an entity, which the change log tells.
    pub was_entity: bool,
}

impl CatalogRepository {
    /// What is stored of these sources.
    pub async fn documents_of(
        &self,
        connection: &impl ConnectionTrait,
        sources: &[Uuid],
    ) -> Result<Vec<DocumentRow>, CatalogError> {
        let mut found = Vec::new();
        for chunk in sources.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("source_id").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// The rows with these ids.
    pub async fn documents_by_uid(
        &self,
        connection: &impl ConnectionTrait,
        uids: &[Uuid],
    ) -> Result<Vec<DocumentRow>, CatalogError> {
        let mut found = Vec::with_capacity(uids.len());
        for chunk in uids.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("uid").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// The entities at these references.
    pub async fn documents_at(
        &self,
        connection: &impl ConnectionTrait,
        references: &[&str],
    ) -> Result<Vec<DocumentRow>, CatalogError> {
        let mut found = Vec::with_capacity(references.len());
        for chunk in references.chunks(ROWS_PER_STATEMENT) {
            let mut select = columns();
            select.and_where(Expr::col("reference").is_in(chunk.iter().copied()));
            found.extend(read(connection, &select).await?);
        }
        Ok(found)
    }

    /// The sources that claim these references and do not have them.
    pub async fn claimants_of(
        &self,
        connection: &impl ConnectionTrait,
        references: &[&str],
    ) -> Result<Vec<Uuid>, CatalogError> {
        let mut found = Vec::new();
        for chunk in references.chunks(ROWS_PER_STATEMENT) {
            let select = Query::select()
                .distinct()
                .column("source_id")
                .from("catalog_entities")
                .and_where(Expr::col("claimed_reference").is_in(chunk.iter().copied()))
                .and_where(Expr::col("reference").is_null())
                .to_owned();
            for row in connection.query_all(&select).await? {
                found.push(row.try_get_by_index(0)?);
            }
        }
        Ok(found)
    }

    /// The sources of these locations that claim references which others have.
    pub async fn losers_of(
        &self,
        connection: &impl ConnectionTrait,
        locations: &[Uuid],
    ) -> Result<Vec<Uuid>, CatalogError> {
        let mut found = Vec::new();
        for chunk in locations.chunks(ROWS_PER_STATEMENT) {
            let select = Query::select()
                .distinct()
                .column(("catalog_sources", "id"))
                .from("catalog_sources")
                .inner_join(
                    "catalog_entities",
                    Expr::col(("catalog_entities", "source_id")).equals(("catalog_sources", "id")),
                )
                .and_where(Expr::col(("catalog_sources", "location_id")).is_in(chunk.iter().copied()))
                .and_where(Expr::col(("catalog_entities", "reference")).is_null())
                .to_owned();
            for row in connection.query_all(&select).await? {
                found.push(row.try_get_by_index(0)?);
            }
        }
        Ok(found)
    }

    /// Begins a transaction that writes, once those before it have ended: what it reads stays so until it ends. On
    /// PostgreSQL writers of all replicas queue up, so that the change log is committed in the order of its numbers and
    /// a reader that saw one has seen all before it.
    pub async fn begin(&self) -> Result<WriteTransaction, CatalogError> {
        let turn = self.turn().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.database().begin_with_options(options).await?;
        if self.is_postgres() {
            transaction
                .execute_unprepared("SELECT pg_advisory_xact_lock(hashtext('callboard_catalog_changes'))")
                .await?;
        }
        Ok(WriteTransaction { transaction, _turn: turn })
    }

    /// Ends a transaction; other replicas hear of it.
    pub async fn commit(&self, write: WriteTransaction) -> Result<(), CatalogError> {
        if self.is_postgres() {
            write.transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
        }
        Ok(write.transaction.commit().await?)
    }

    /// Stores documents and logs the change.
    pub async fn save(
        &self,
        transaction: &DatabaseTransaction,
        writes: &[EntityWrite],
        now: DateTime<Utc>,
    ) -> Result<(), CatalogError> {
        for chunk in writes.chunks(ROWS_PER_STATEMENT) {
            self.save_rows(transaction, chunk, now).await?;
        }
        let changed = writes.iter().filter(|write| write.row.reference.is_some());
        log(transaction, changed.map(|write| (write.row.uid, false))).await
    }

    async fn save_rows(
        &self,
        transaction: &DatabaseTransaction,
        writes: &[EntityWrite],
        now: DateTime<Utc>,
    ) -> Result<(), CatalogError> {
        const WRITTEN: [&str; 14] = [
            "uid",
            "source_id",
            "document",
            "reference",
            "claimed_reference",
            "kind",
            "body",
            "etag",
            "document_hash",
            "status",
            "orphan",
            "owner_reference",
            "updated_at",
            "relations",
        ];
        let mut insert = Query::insert();
        insert.into_table("catalog_entities").columns(WRITTEN);
        for write in writes {
            let row = &write.row;
            let status = serde_json::to_string(&row.status)
                .map_err(|error| CatalogError::Corrupt(row.uid.to_string(), error))?;
            let relations = write.relations.as_deref();
            let relations = relations.map(|relations| relations_text(row.uid, relations)).transpose()?;
            insert.values_panic([
                row.uid.into(),
                row.source_id.into(),
                row.document.into(),
                row.reference.clone().into(),
                row.claimed.clone().into(),
                write.kind.clone().into(),
                write.body.clone().into(),
                write.etag.as_str().into(),
                row.hash.clone().into(),
                status.into(),
                row.orphan.into(),
                row.owner.clone().into(),
                now.into(),
                relations.into(),
            ]);
        }
        let rest = WRITTEN.into_iter().filter(|column| !["uid", "relations"].contains(column));
        let kept = Expr::cust("coalesce(excluded.relations, catalog_entities.relations)");
        insert
            .on_conflict(OnConflict::column("uid").update_columns(rest).value("relations", kept).to_owned());
        transaction.execute(&insert).await?;
        Ok(())
    }

    /// Forgets documents and logs the change.
    pub async fn remove(
        &self,
        transaction: &DatabaseTransaction,
        removals: &[Removal],
    ) -> Result<(), CatalogError> {
        let uids: Vec<Uuid> = removals.iter().map(|removal| removal.uid).collect();
        delete_rows(transaction, "catalog_entities", "uid", &uids).await?;
        let entities = removals.iter().filter(|removal| removal.was_entity);
        log(transaction, entities.map(|removal| (removal.uid, true))).await
    }
}

async fn log(
    transaction: &DatabaseTransaction,
    changes: impl Iterator<Item = (Uuid, bool)>,
) -> Result<(), CatalogError> {
    let changes: Vec<(Uuid, bool)> = changes.collect();
    for chunk in changes.chunks(CHANGES_PER_STATEMENT) {
        let mut insert = Query::insert();
        insert.into_table("catalog_changes").columns(["uid", "removed"]);
        for (uid, removed) in chunk {
            insert.values_panic([(*uid).into(), (*removed).into()]);
        }
        transaction.execute(&insert).await?;
    }
    Ok(())
}

fn columns() -> SelectStatement {
    Query::select()
        .columns(["uid", "source_id", "document", "reference", "claimed_reference", "document_hash"])
        .columns(["status", "orphan", "owner_reference"])
        .from("catalog_entities")
        .to_owned()
}

async fn read(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<DocumentRow>, CatalogError> {
    connection.query_all(select).await?.iter().map(document).collect()
}

fn document(row: &QueryResult) -> Result<DocumentRow, CatalogError> {
    let uid = row.try_get_by_index(0)?;
    Ok(DocumentRow {
        uid,
        source_id: row.try_get_by_index(1)?,
        document: row.try_get_by_index(2)?,
        reference: row.try_get_by_index(3)?,
        claimed: row.try_get_by_index(4)?,
        hash: row.try_get_by_index(5)?,
        status: status(uid, &row.try_get_by_index::<String>(6)?)?,
        orphan: row.try_get_by_index(7)?,
        owner: row.try_get_by_index(8)?,
    })
}
