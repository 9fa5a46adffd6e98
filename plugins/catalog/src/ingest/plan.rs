use std::collections::{BTreeSet, HashMap, HashSet};

use callboard_descriptor::ProcessedDocument;
use uuid::Uuid;

use super::{
    found::FoundFile,
    source::{conflict, hash_of, status_of},
    stored::Stored,
};
use crate::{
    entity::StatusItem,
    repository::{DocumentRow, LocationRow, ParentRow, Removal, SourceRow},
};

/// What one reading of a location has met so far: from that, and from what is stored, follows what is to be written.
#[derive(Debug)]
pub(super) struct Plan {
    location: LocationRow,
    origin: String,
    /// The references that this reading saw claimed, each with the file that has it.
    claimed: HashMap<String, String>,
    /// The sources that were met, and what named them.
    pub met: HashMap<Uuid, String>,
    /// Entities that their files no longer hold, each with the file's source.
    pub leaving: HashMap<Uuid, Uuid>,
    /// References of the entities that keep their last good version.
    pub kept: HashSet<String>,
    /// Locations that lost an entity or a file to this one, or won one from it, and are to look again.
    pub triggered: BTreeSet<Uuid>,
}

/// What files ask to be written.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Sources that are new or changed.
    pub sources: Vec<SourceRow>,
    /// That the location leads to sources, new or changed.
    pub parents: HashMap<Uuid, ParentRow>,
    /// Entities that are new or changed.
    pub entities: Vec<(DocumentRow, ProcessedDocument)>,
    /// Entities that keep their body and change their status.
    pub kept: Vec<DocumentRow>,
    /// Documents that are no entities.
    pub refused: Vec<DocumentRow>,
    /// What files no longer hold.
    pub removed: Vec<Removal>,
    /// Sources that are to be looked at again.
    pub dirty: Vec<Uuid>,
    /// Conflicts that were found, whether they are news or not.
    pub conflicts: usize,
}

/// Whether a file may have a reference that it claims.
enum Claim {
    /// It may, and has it already or takes it over.
    Granted,
    /// This file has it.
    Lost(String),
}

impl Plan {
    pub fn new(location: LocationRow) -> Self {
        Self {
            origin: location.location(),
            location,
            claimed: HashMap::new(),
            met: HashMap::new(),
            leaving: HashMap::new(),
            kept: HashSet::new(),
            triggered: BTreeSet::new(),
        }
    }

    /// The location that is read.
    pub const fn location(&self) -> &LocationRow {
        &self.location
    }

    /// That the location leads to what was met.
    pub fn parents(&self) -> Vec<ParentRow> {
        let parent = |(source, emitter): (&Uuid, &String)| ParentRow {
            source: *source,
            location: self.location.id,
            emitted_by: emitter.clone(),
        };
        self.met.iter().map(parent).collect()
    }

    /// Whether a file is stored already just as it was read.
    pub fn is_known(&self, source: &SourceRow, file: &FoundFile) -> bool {
        source.location_id == Some(self.location.id)
            && source.origin == self.origin
            && source.emitted_by == file.emitted_by
            && source.hash.is_some()
            && source.hash == file.digest
            && file.is_whole()
    }

    /// Compares a file with what is stored of it. A file that is known but just lost a claim is given back: what is
    /// stored of it is to be loaded first.
    pub fn compare(
        &mut self,
        file: FoundFile,
        stored: &mut Stored,
        changes: &mut Changes,
    ) -> Option<FoundFile> {
        let emitter = file.emitted_by.clone().unwrap_or_default();
        let known = stored.sources.get(&file.location);
        if let Some(source) = known {
            let is_known = self.is_known(source, &file);
            if is_known || self.is_anothers(source, stored) {
                if changes.dirty.contains(&source.id) {
                    return Some(file);
                }
                if is_known {
                    self.met.insert(source.id, emitter);
                } else {
                    self.meet(source.id, emitter, stored, changes);
                }
                return None;
            }
        }
        let source = self.source(&file, stored, changes);
        self.meet(source, emitter, stored, changes);
        let FoundFile { location, documents, errors, .. } = file;
        let mut before: Vec<Uuid> = stored.by_source.remove(&source).unwrap_or_default();
        // What was taken out of the file before is nothing to it, unless it comes back.
        before.retain(|uid| stored.rows.get(uid).is_none_or(|row| !row.orphan));
        let mut here: Vec<Uuid> = Vec::new();
        let mut bad: Vec<Bad> = Vec::new();
        if !errors.is_empty() {
            let row = DocumentRow { status: status_of(&location, &errors), ..empty_row(source, 0) };
            bad.push(Bad { row, is_nameless: true });
        }
        for document in documents {
            let index = i32::try_from(document.index).unwrap_or(i32::MAX);
            let mut row = empty_row(source, index);
            row.claimed = document.reference.as_ref().map(ToString::to_string);
            row.status = status_of(&location, &document.errors);
            row.owner = document.owner.as_ref().map(ToString::to_string);
            let Some(reference) = document.reference.clone().filter(|_| document.entity.is_some()) else {
                bad.push(Bad { row, is_nameless: document.reference.is_none() });
                continue;
            };
            if let Claim::Lost(winner) = self.claim(reference.as_str(), source, stored, changes) {
                row.status.push(conflict(&location, document.line, &reference, &winner));
                changes.conflicts += 1;
                bad.push(Bad { row, is_nameless: false });
                continue;
            }
            self.claimed.insert(reference.to_string(), location.clone());
            row.hash = Some(hash_of(&document, &self.origin));
            row.reference = row.claimed.take();
            row.owner = None;
            here.push(accept(row, document, stored, changes));
        }
        // What a file that comes first took over is not this file's to keep or to remove.
        let taken: HashSet<Uuid> = here.iter().copied().collect();
        before.retain(|uid| {
            !taken.contains(uid) && stored.rows.get(uid).is_some_and(|row| row.source_id == source)
        });
        self.refuse(bad, &mut before, &mut here, stored, changes);
        for uid in before {
            if stored.rows.get(&uid).is_some_and(|row| row.reference.is_some()) {
                // A file that is still to come may have it now.
                self.leaving.insert(uid, source);
            } else {
                stored.rows.remove(&uid);
                changes.removed.push(Removal { uid, was_entity: false });
            }
        }
        stored.by_source.insert(source, here);
        None
    }

    /// Notes that the location leads to a source.
    fn meet(&mut self, source: Uuid, emitter: String, stored: &Stored, changes: &mut Changes) {
        if stored.emitters.get(&source) != Some(&emitter) {
            let parent = ParentRow { source, location: self.location.id, emitted_by: emitter.clone() };
            changes.parents.insert(source, parent);
        }
        self.met.insert(source, emitter);
    }

    /// Whether a source is read under another location that comes first.
    fn is_anothers(&self, source: &SourceRow, stored: &Stored) -> bool {
        source.location_id != Some(self.location.id)
            && stored.location_of(source).is_some_and(|other| other.rank() <= self.location.rank())
    }

    fn source(&mut self, file: &FoundFile, stored: &mut Stored, changes: &mut Changes) -> Uuid {
        let known = stored.sources.get(&file.location);
        let row = SourceRow {
            id: known.map_or_else(Uuid::now_v7, |known| known.id),
            location: file.location.clone(),
            location_id: Some(self.location.id),
            origin: self.origin.clone(),
            emitted_by: file.emitted_by.clone(),
            hash: file.digest.clone(),
            error: file.errors.first().map(ToString::to_string),
        };
        let id = row.id;
        if known != Some(&row) {
            stored.sources.insert(file.location.clone(), row.clone());
            stored.by_id.insert(id, row.clone());
            changes.sources.push(row);
        }
        id
    }

    /// Decides who has a reference: the file that comes first in this reading, the location with the lower rank, and
    /// otherwise who had it before.
    fn claim(&mut self, reference: &str, source: Uuid, stored: &Stored, changes: &mut Changes) -> Claim {
        if let Some(winner) = self.claimed.get(reference) {
            return Claim::Lost(winner.clone());
        }
        let holder = stored.by_reference.get(reference).and_then(|uid| stored.rows.get(uid));
        let Some(holder) = holder.filter(|holder| holder.source_id != source && !holder.orphan) else {
            return Claim::Granted;
        };
        let Some(other) = stored.by_id.get(&holder.source_id) else { return Claim::Granted };
        if self.leaving.get(&holder.uid) == Some(&holder.source_id) {
            return Claim::Granted;
        }
        if other.location_id == Some(self.location.id) {
            if self.met.contains_key(&other.id) {
                return Claim::Lost(other.location.clone());
            }
        } else if let Some(location) = stored.location_of(other) {
            if location.rank() <= self.location.rank() {
                return Claim::Lost(other.location.clone());
            }
            self.triggered.insert(location.id);
        }
        changes.dirty.push(other.id);
        Claim::Granted
    }

    /// Documents that are no entities. One that was good keeps its last good version and shows what is wrong; where
    /// it cannot be told which one it was, all that went missing from the file stay.
    fn refuse(
        &mut self,
        bad: Vec<Bad>,
        before: &mut Vec<Uuid>,
        here: &mut Vec<Uuid>,
        stored: &mut Stored,
        changes: &mut Changes,
    ) {
        let mut nameless: Option<Vec<StatusItem>> = None;
        for Bad { mut row, is_nameless } in bad {
            let last_good = find(before, stored, |stored| {
                stored.reference.is_some()
                    && if is_nameless {
                        stored.document == row.document
                    } else {
                        stored.reference == row.claimed
                    }
            });
            if is_nameless {
                nameless.get_or_insert_with(|| row.status.clone());
            }
            if let Some(uid) = last_good {
                before.retain(|known| *known != uid);
                here.push(uid);
                self.keep(uid, row.status, stored, changes);
                continue;
            }
            let known =
                find(before, stored, |stored| stored.reference.is_none() && stored.document == row.document);
            if let Some(uid) = known {
                row.uid = uid;
                before.retain(|known| *known != uid);
            }
            here.push(row.uid);
            if stored.rows.get(&row.uid) != Some(&row) {
                stored.rows.insert(row.uid, row.clone());
                changes.refused.push(row);
            }
        }
        let Some(status) = nameless else { return };
        let is_entity = |uid: &Uuid| stored.rows.get(uid).is_some_and(|row| row.reference.is_some());
        let (good, rest): (Vec<Uuid>, Vec<Uuid>) = std::mem::take(before).into_iter().partition(is_entity);
        *before = rest;
        for uid in good {
            here.push(uid);
            self.keep(uid, status.clone(), stored, changes);
        }
    }

    fn keep(&mut self, uid: Uuid, status: Vec<StatusItem>, stored: &mut Stored, changes: &mut Changes) {
        let Some(row) = stored.rows.get_mut(&uid) else { return };
        self.kept.extend(row.reference.clone());
        if row.status != status {
            row.status = status;
            // The body is of another document than the one that is there now.
            row.hash = None;
            changes.kept.push(row.clone());
        }
    }
}

/// A document that is an entity: stored if it is new or differs.
fn accept(
    mut row: DocumentRow,
    document: ProcessedDocument,
    stored: &mut Stored,
    changes: &mut Changes,
) -> Uuid {
    let reference = row.reference.clone().unwrap_or_default();
    if let Some(uid) = stored.by_reference.get(&reference) {
        row.uid = *uid;
    }
    let uid = row.uid;
    if stored.rows.get(&uid) != Some(&row) {
        stored.by_reference.insert(reference, uid);
        stored.rows.insert(uid, row.clone());
        changes.entities.push((row, document));
    }
    uid
}

fn find(among: &[Uuid], stored: &Stored, is_wanted: impl Fn(&DocumentRow) -> bool) -> Option<Uuid> {
    among.iter().copied().find(|uid| stored.rows.get(uid).is_some_and(&is_wanted))
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
        owner: None,
    }
}
