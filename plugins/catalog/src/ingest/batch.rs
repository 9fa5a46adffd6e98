use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use callboard_descriptor::{ProcessedDocument, owner_of};
use rayon::prelude::*;
use uuid::Uuid;

use super::{
    Fence, Ingestion,
    found::FoundFile,
    plan::{Changes, Plan},
    source::etag_of,
    stored::Stored,
};
use crate::{
    entity::revision_of,
    error::CatalogError,
    index::{IndexDocument, Relation},
    repository::{DocumentRow, EntityWrite, Removal, SourceRow, WriteTransaction},
};

/// What a batch came to.
#[derive(Debug, Default)]
pub(super) struct BatchReport {
    pub entities: usize,
    pub conflicts: usize,
    pub removed: usize,
}

impl Ingestion {
    /// Stores what a batch of files changes and waits until the index holds it.
    pub(super) async fn store(
        &self,
        plan: &mut Plan,
        mut files: Vec<FoundFile>,
        fence: &dyn Fence,
    ) -> Result<BatchReport, CatalogError> {
        let mut report = BatchReport::default();
        while !files.is_empty() && !self.are_known(plan, &files).await? {
            files = self.store_once(plan, files, fence, &mut report).await?;
        }
        Ok(report)
    }

    /// Stores what files change, in one transaction. Answers the files that are to be compared once more, because
    /// another one of them took something from them.
    async fn store_once(
        &self,
        plan: &mut Plan,
        files: Vec<FoundFile>,
        fence: &dyn Fence,
        report: &mut BatchReport,
    ) -> Result<Vec<FoundFile>, CatalogError> {
        let repository = self.service.repository();
        let write = repository.begin().await?;
        fence.check(&write).await?;
        let mut changes = Changes::default();
        let mut stored = Stored::load(repository, &*write, plan.location().id, &files, |source, file| {
            plan.is_known(source, file)
        })
        .await?;
        let again: Vec<FoundFile> =
            files.into_iter().filter_map(|file| plan.compare(file, &mut stored, &mut changes)).collect();
        let Changes { sources, parents, entities, kept, refused, removed, dirty, conflicts } = changes;
        report.entities += entities.len() + kept.len();
        report.conflicts += conflicts;
        report.removed += removed.len();
        let kept = self.with_bodies(&write, kept).await?;
        let (mut writes, known) = prepare(entities).await?;
        writes.extend(kept);
        writes.extend(refused.into_iter().map(refusal));
        // A row may have been planned for removal by one file and taken over by another of the same batch, and is
        // written once, as the last of them has it.
        let mut written: HashSet<Uuid> = HashSet::with_capacity(writes.len());
        writes.reverse();
        writes.retain(|write| written.insert(write.row.uid));
        let removed: Vec<Removal> =
            removed.into_iter().filter(|removal| !written.contains(&removal.uid)).collect();
        let changes_rows = !(writes.is_empty() && removed.is_empty());
        if !changes_rows && sources.is_empty() && parents.is_empty() && dirty.is_empty() {
            return Ok(again);
        }
        let now = self.service.clock().now();
        repository.mark_dirty(&*write, &dirty).await?;
        repository.save_sources(&*write, &sources, now).await?;
        // With what is read, so that whoever takes the location away before it is read to the end takes this, too.
        repository.save_parents(&*write, &parents.into_values().collect::<Vec<_>>()).await?;
        repository.remove(&write, &removed).await?;
        repository.save(&write, &writes, now).await?;
        let written = if changes_rows { repository.newest_change(&write).await? } else { 0 };
        repository.commit(write).await?;
        self.service.index.catch_up_with(known, written).await?;
        Ok(again)
    }

    /// Whether all of these files are stored just as they were read, looked up without keeping anyone from writing.
    async fn are_known(&self, plan: &mut Plan, files: &[FoundFile]) -> Result<bool, CatalogError> {
        let repository = self.service.repository();
        let places: Vec<&str> = files.iter().map(|file| file.location.as_str()).collect();
        let sources = repository.sources_at(repository.database(), &places).await?;
        let sources: HashMap<&str, &SourceRow> =
            sources.iter().map(|source| (source.location.as_str(), source)).collect();
        let known = files.iter().map(|file| {
            let source = sources.get(file.location.as_str()).filter(|source| plan.is_known(source, file))?;
            Some((source.id, file.emitted_by.clone().unwrap_or_default()))
        });
        let known: Option<Vec<(Uuid, String)>> = known.collect();
        let are_known = known.is_some();
        plan.met.extend(known.into_iter().flatten());
        Ok(are_known)
    }

    /// Entities that keep their bodies and change what is said about them.
    pub(super) async fn with_bodies(
        &self,
        write: &WriteTransaction,
        rows: Vec<DocumentRow>,
    ) -> Result<Vec<EntityWrite>, CatalogError> {
        let uids: Vec<Uuid> = rows.iter().map(|row| row.uid).collect();
        let mut bodies: HashMap<Uuid, _> = HashMap::new();
        for entity in self.service.repository().load_in(&**write, &uids).await? {
            bodies.insert(entity.uid, entity);
        }
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let entity = bodies.remove(&row.uid)?;
                let mut value = Arc::unwrap_or_clone(entity.body);
                mark_orphan(&mut value, row.orphan);
                // Who owns what is served is told that something is wrong with it.
                let owner = owner_of(&value).filter(|_| !row.status.is_empty());
                let row = DocumentRow { owner: owner.map(|owner| owner.to_string()), ..row };
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
