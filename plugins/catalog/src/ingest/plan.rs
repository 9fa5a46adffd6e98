use std::collections::{HashMap, HashSet};

use callboard_descriptor::{ProcessedDocument, ReadFile};
use uuid::Uuid;

use super::source::{conflict, hash_of, status_of};
use crate::{
    entity::{StatusItem, hex},
    error::CatalogError,
    repository::{CatalogRepository, DocumentRow, Removal, SourceRow},
};

/// What is stored, and which of it this run has met again: from that follows what is to be written.
#[derive(Debug, Default)]
pub(super) struct Plan {
    sources: HashMap<String, SourceRow>,
    rows: HashMap<Uuid, DocumentRow>,
    by_reference: HashMap<String, Uuid>,
    by_source: HashMap<Uuid, Vec<Uuid>>,
    /// The references of this run, each with the file that has it.
    claimed: HashMap<String, String>,
    met: HashSet<Uuid>,
    /// Entities that their files no longer hold, each with the file's source.
    leaving: Vec<(Uuid, Uuid)>,
    /// References of the entities that keep their last good version in this run.
    pub kept: HashSet<String>,
}

/// A file that was read, with how it was found.
#[derive(Debug)]
pub(super) struct FoundFile {
    /// `type:target` of the file.
    pub location: String,
    /// `type:target` of the location of the config that led to it.
    pub origin: String,
    /// The location entity that named it; `None` where the config did.
    pub emitted_by: Option<String>,
    /// What is in it.
    pub file: ReadFile,
}

/// What one file asks to be written.
#[derive(Debug, Default)]
pub(super) struct FileChanges {
    /// The source, where it is new or changed.
    pub source: Option<SourceRow>,
    /// Entities that are new or changed.
    pub entities: Vec<(DocumentRow, ProcessedDocument)>,
    /// Entities that keep their body and change their status.
    pub kept: Vec<DocumentRow>,
    /// Documents that are no entities.
    pub refused: Vec<DocumentRow>,
    /// What the file no longer holds.
    pub removed: Vec<Removal>,
    /// How many documents are refused, whether that is news or not.
    pub refused_count: usize,
}

impl Plan {
    /// Begins with what is stored.
    pub async fn load(repository: &CatalogRepository) -> Result<Self, CatalogError> {
        let mut plan = Self::default();
        for source in repository.sources().await? {
            plan.sources.insert(source.location.clone(), source);
        }
        for row in repository.documents().await? {
            if let Some(reference) = &row.reference {
                plan.by_reference.insert(reference.clone(), row.uid);
            }
            plan.by_source.entry(row.source_id).or_default().push(row.uid);
            plan.rows.insert(row.uid, row);
        }
        Ok(plan)
    }

    /// Compares a file with what is stored of it.
    pub fn compare(&mut self, found: FoundFile) -> FileChanges {
        let mut changes = FileChanges::default();
        let source = self.source(&found, &mut changes);
        let FoundFile { location, origin, file, .. } = found;
        let mut before: Vec<Uuid> = self.by_source.remove(&source).unwrap_or_default();
        let mut here: Vec<Uuid> = Vec::new();
        let mut bad: Vec<Bad> = Vec::new();
        if !file.errors.is_empty() {
            let row = DocumentRow { status: status_of(&location, &file.errors), ..empty_row(source, 0) };
            bad.push(Bad { row, is_nameless: true });
        }
        for document in file.documents {
            let index = i32::try_from(document.index).unwrap_or(i32::MAX);
            let mut row = empty_row(source, index);
            row.claimed = document.reference.as_ref().map(ToString::to_string);
            row.status = status_of(&location, &document.errors);
            let Some(reference) = document.reference.clone().filter(|_| document.entity.is_some()) else {
                bad.push(Bad { row, is_nameless: document.reference.is_none() });
                continue;
            };
            if let Some(winner) = self.claimed.get(reference.as_str()) {
                row.status.push(conflict(&location, document.line, &reference, winner));
                bad.push(Bad { row, is_nameless: false });
                continue;
            }
            self.claimed.insert(reference.to_string(), location.clone());
            row.hash = Some(hash_of(&document, &origin));
            row.reference = row.claimed.take();
            here.push(self.accept(row, document, &mut changes));
        }
        // What a file that comes first took over is not this file's to keep or to remove.
        let taken: HashSet<Uuid> = here.iter().copied().collect();
        before.retain(|uid| {
            !taken.contains(uid) && self.rows.get(uid).is_some_and(|row| row.source_id == source)
        });
        changes.refused_count = bad.len();
        self.refuse(bad, &mut before, &mut here, &mut changes);
        for uid in before {
            if self.rows.get(&uid).is_some_and(|row| row.reference.is_some()) {
                // A file that is still to come may have it now.
                self.leaving.push((uid, source));
            } else {
                changes.removed.extend(self.forget(uid));
            }
        }
        self.met.extend(here.iter().copied());
        self.by_source.insert(source, here);
        changes
    }

    fn source(&mut self, found: &FoundFile, changes: &mut FileChanges) -> Uuid {
        let known = self.sources.get(&found.location);
        let hash = found.file.hash.map(|hash| hex(&hash));
        let row = SourceRow {
            id: known.map_or_else(Uuid::now_v7, |known| known.id),
            location: found.location.clone(),
            origin: found.origin.clone(),
            emitted_by: found.emitted_by.clone(),
            hash,
            error: found.file.errors.first().map(ToString::to_string),
        };
        let id = row.id;
        if known != Some(&row) {
            self.sources.insert(found.location.clone(), row.clone());
            changes.source = Some(row);
        }
        id
    }

    /// A document that is an entity: stored if it is new or differs.
    fn accept(
        &mut self,
        mut row: DocumentRow,
        document: ProcessedDocument,
        changes: &mut FileChanges,
    ) -> Uuid {
        let reference = row.reference.clone().unwrap_or_default();
        if let Some(uid) = self.by_reference.get(&reference) {
            row.uid = *uid;
        }
        let uid = row.uid;
        if self.rows.get(&uid) != Some(&row) {
            self.by_reference.insert(reference, uid);
            self.rows.insert(uid, row.clone());
            changes.entities.push((row, document));
        }
        uid
    }

    /// Documents that are no entities. One that was good keeps its last good version and shows what is wrong; where
    /// it cannot be told which one it was, all that went missing from the file stay.
    fn refuse(
        &mut self,
        bad: Vec<Bad>,
        before: &mut Vec<Uuid>,
        here: &mut Vec<Uuid>,
        changes: &mut FileChanges,
    ) {
        let mut nameless: Option<Vec<StatusItem>> = None;
        for Bad { mut row, is_nameless } in bad {
            let last_good = if is_nameless {
                self.find(before, |stored| stored.reference.is_some() && stored.document == row.document)
            } else {
                self.find(before, |stored| stored.reference.is_some() && stored.reference == row.claimed)
            };
            if is_nameless {
                nameless.get_or_insert_with(|| row.status.clone());
            }
            if let Some(uid) = last_good {
                before.retain(|known| *known != uid);
                here.push(uid);
                self.keep(uid, row.status, changes);
                continue;
            }
            let known =
                self.find(before, |stored| stored.reference.is_none() && stored.document == row.document);
            if let Some(uid) = known {
                row.uid = uid;
                before.retain(|known| *known != uid);
            }
            here.push(row.uid);
            if self.rows.get(&row.uid) != Some(&row) {
                self.rows.insert(row.uid, row.clone());
                changes.refused.push(row);
            }
        }
        let Some(status) = nameless else { return };
        let (good, rest): (Vec<Uuid>, Vec<Uuid>) = std::mem::take(before)
            .into_iter()
            .partition(|uid| self.rows.get(uid).is_some_and(|row| row.reference.is_some()));
        *before = rest;
        for uid in good {
            here.push(uid);
            self.keep(uid, status.clone(), changes);
        }
    }

    fn keep(&mut self, uid: Uuid, status: Vec<StatusItem>, changes: &mut FileChanges) {
        let Some(row) = self.rows.get_mut(&uid) else { return };
        if let Some(reference) = &row.reference {
            self.kept.insert(reference.clone());
            self.claimed.entry(reference.clone()).or_insert_with(|| "an earlier version".to_owned());
        }
        if row.status != status {
            row.status = status;
            // The body is of another document than the one that is there now.
            row.hash = None;
            changes.kept.push(row.clone());
        }
    }

    fn find(&self, among: &[Uuid], is_wanted: impl Fn(&DocumentRow) -> bool) -> Option<Uuid> {
        among.iter().copied().find(|uid| self.rows.get(uid).is_some_and(&is_wanted))
    }

    fn forget(&mut self, uid: Uuid) -> Option<Removal> {
        let row = self.rows.remove(&uid)?;
        let was_entity = row.reference.is_some();
        if let Some(reference) = row.reference
            && self.by_reference.get(&reference) == Some(&uid)
        {
            self.by_reference.remove(&reference);
        }
        Some(Removal { uid, was_entity })
    }

    /// Takes out the entities that left their files and came to no other.
    pub fn take_left(&mut self) -> Vec<Removal> {
        let leaving = std::mem::take(&mut self.leaving).into_iter();
        let left =
            leaving.filter(|(uid, source)| self.rows.get(uid).is_some_and(|row| row.source_id == *source));
        let left: Vec<Uuid> = left.map(|(uid, _)| uid).collect();
        left.into_iter().filter_map(|uid| self.forget(uid)).collect()
    }

    /// The sources that this run did not meet, and what is stored of them.
    pub fn into_unmet(self) -> Vec<(SourceRow, Vec<DocumentRow>)> {
        let Self { sources, mut rows, mut by_source, met, .. } = self;
        sources
            .into_values()
            .map(|source| {
                let uids = by_source.remove(&source.id).unwrap_or_default();
                let own = uids.iter().filter(|uid| !met.contains(uid));
                let own = own.filter(|uid| rows.get(uid).is_some_and(|row| row.source_id == source.id));
                let own: Vec<Uuid> = own.copied().collect();
                let rows = own.iter().filter_map(|uid| rows.remove(uid)).collect();
                (source, rows)
            })
            .collect()
    }
}

/// A document that is no entity.
#[derive(Debug)]
struct Bad {
    row: DocumentRow,
    /// Whether not even its reference could be read.
    is_nameless: bool,
}

fn empty_row(source_id: Uuid, document: i32) -> DocumentRow {
    DocumentRow {
        uid: Uuid::now_v7(),
        source_id,
        document,
        reference: None,
        claimed: None,
        hash: None,
        status: Vec::new(),
        orphan: false,
    }
}
