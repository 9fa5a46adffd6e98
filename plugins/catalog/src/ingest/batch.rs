use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use callboard_descriptor::ProcessedDocument;
use rayon::prelude::*;
use uuid::Uuid;

use super::{
    Ingestion,
    plan::{FileChanges, FoundFile, Plan},
    source::etag_of,
};
use crate::{
    entity::revision_of,
    error::CatalogError,
    index::{IndexDocument, Relation},
    repository::{DocumentRow, EntityWrite, Removal},
};

/// What a batch came to.
#[derive(Debug, Default)]
pub(super) struct Stored {
    pub files: usize,
    pub entities: usize,
    pub refused: usize,
    pub removed: usize,
}

impl Ingestion {
    /// Stores what a batch of files changes, in one transaction, and waits until the index holds it.
    pub(super) async fn store(&self, plan: &mut Plan, files: Vec<FoundFile>) -> Result<Stored, CatalogError> {
        let count = files.len();
        let mut sources = Vec::new();
        let mut changes = FileChanges::default();
        for file in files {
            let file = plan.compare(file);
            sources.extend(file.source);
            changes.entities.extend(file.entities);
            changes.kept.extend(file.kept);
            changes.refused.extend(file.refused);
            changes.removed.extend(file.removed);
            changes.refused_count += file.refused_count;
        }
        let stored = Stored {
            files: count,
            entities: changes.entities.len() + changes.kept.len(),
            refused: changes.refused_count,
            removed: changes.removed.len(),
        };
        let kept = self.with_bodies(changes.kept).await?;
        let (mut writes, known) = prepare(changes.entities).await?;
        writes.extend(kept);
        writes.extend(changes.refused.into_iter().map(refusal));
        // A row may have been planned for removal by one file and taken over by another of the same batch, and is
        // written once.
        let mut written: HashSet<Uuid> = HashSet::with_capacity(writes.len());
        writes.retain(|write| written.insert(write.row.uid));
        let removed: Vec<Removal> =
            changes.removed.into_iter().filter(|removal| !written.contains(&removal.uid)).collect();
        if sources.is_empty() && writes.is_empty() && removed.is_empty() {
            return Ok(stored);
        }
        let repository = self.service.repository();
        let now = self.service.clock().now();
        let transaction = repository.begin().await?;
        repository.save_sources(&transaction, &sources, now).await?;
        repository.remove(&transaction, &removed).await?;
        repository.save(&transaction, &writes, now).await?;
        repository.commit(transaction).await?;
        self.service.index.catch_up(known).await?;
        Ok(stored)
    }

    /// Entities that keep their bodies and change what is said about them.
    pub(super) async fn with_bodies(&self, rows: Vec<DocumentRow>) -> Result<Vec<EntityWrite>, CatalogError> {
        let uids: Vec<Uuid> = rows.iter().map(|row| row.uid).collect();
        let mut bodies: HashMap<Uuid, _> = HashMap::new();
        for entity in self.service.repository().load(&uids).await? {
            bodies.insert(entity.uid, entity);
        }
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let entity = bodies.remove(&row.uid)?;
                let mut value = Arc::unwrap_or_clone(entity.body);
                mark_orphan(&mut value, row.orphan);
                let body = value.to_string();
                let kind = value["kind"].as_str().map(str::to_owned);
                let etag = etag_of(&body, &row.status, row.orphan);
                Some(EntityWrite { row, kind, body: Some(body), etag, relations: None })
            })
            .collect())
    }
}

/// Serializes entities and takes them apart for the index, off the threads that answer requests.
async fn prepare(
    entities: Vec<(DocumentRow, ProcessedDocument)>,
) -> Result<(Vec<EntityWrite>, HashMap<Uuid, IndexDocument>), CatalogError> {
    let prepared = tokio::task::spawn_blocking(|| {
        entities.into_par_iter().filter_map(|(row, document)| prepare_one(row, document)).collect::<Vec<_>>()
    });
    let prepared = prepared.await.map_err(CatalogError::Interrupted)?;
    let mut writes = Vec::with_capacity(prepared.len());
    let mut known = HashMap::with_capacity(prepared.len());
    for (write, document) in prepared {
        known.insert(write.row.uid, document);
        writes.push(write);
    }
    Ok((writes, known))
}

fn prepare_one(row: DocumentRow, document: ProcessedDocument) -> Option<(EntityWrite, IndexDocument)> {
    let entity = document.entity?;
    let reference = document.reference?;
    let relations: Vec<Relation> = document
        .relations
        .into_iter()
        .map(|relation| Relation {
            source: relation.source,
            relation_type: relation.kind.to_owned(),
            target: relation.target,
        })
        .collect();
    let body = entity.to_string();
    let etag = etag_of(&body, &row.status, row.orphan);
    let kind = entity["kind"].as_str().map(str::to_owned);
    let index =
        IndexDocument::new(row.uid, reference, revision_of(&etag), row.orphan, &entity, relations.clone());
    Some((EntityWrite { row, kind, body: Some(body), etag, relations: Some(relations) }, index))
}

fn refusal(row: DocumentRow) -> EntityWrite {
    let etag = etag_of("", &row.status, row.orphan);
    EntityWrite { row, kind: None, body: None, etag, relations: Some(Vec::new()) }
}

fn mark_orphan(entity: &mut serde_json::Value, orphan: bool) {
    let annotations = entity.get_mut("metadata").and_then(|metadata| metadata.get_mut("annotations"));
    let Some(annotations) = annotations.and_then(serde_json::Value::as_object_mut) else { return };
    if orphan {
        annotations.insert("backstage.io/orphan".to_owned(), "true".into());
    } else {
        annotations.shift_remove("backstage.io/orphan");
    }
}
