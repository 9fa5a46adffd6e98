use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    config::OrphanStrategy,
    repository::{DocumentRow, Removal},
};

/// What is to be done about what nothing leads to any more.
#[derive(Debug, Default)]
pub(super) struct Leftover {
    /// Rows that go.
    pub removed: Vec<Removal>,
    /// Their references.
    pub references: Vec<String>,
    /// References that whoever claims them may have now: those of what goes, and of what is an orphan from now on.
    pub free: Vec<String>,
    /// Rows that stay and change.
    pub changed: Vec<DocumentRow>,
    /// Sources that go.
    pub sources: Vec<Uuid>,
    /// Sources that are to be looked at again.
    pub dirty: Vec<Uuid>,
    /// The locations to look at them.
    pub triggered: BTreeSet<Uuid>,
}

/// What becomes of entities that nothing leads to any more.
#[derive(Clone, Copy, Debug)]
pub(super) enum Orphans {
    /// As the config says.
    Judged(OrphanStrategy),
    /// They go: whoever brought them in took them back.
    Removed,
}

impl Orphans {
    pub const fn are_removed(self) -> bool {
        matches!(self, Self::Removed | Self::Judged(OrphanStrategy::Delete))
    }
}

impl Leftover {
    pub fn remove(&mut self, row: DocumentRow) {
        self.removed.push(Removal { uid: row.uid, was_entity: row.reference.is_some() });
        self.free.extend(row.reference.clone());
        self.references.extend(row.reference);
    }

    /// Deals with an entity that nothing emits any more.
    pub fn strand(&mut self, row: DocumentRow, orphans: Orphans) {
        if orphans.are_removed() {
            self.remove(row);
        } else if !row.orphan {
            self.free.extend(row.reference.clone());
            self.changed.push(DocumentRow { orphan: true, ..row });
        }
    }
}
