use callboard_kit::EntityRef;
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::{
    EntityIndex, IndexDocument, Slot,
    references::{Declaration, EdgeChange},
    terms::Occurrence,
};

/// What happened to one entity.
#[derive(Debug)]
pub enum IndexChange {
    /// It is new, or is now like this.
    Put(Box<IndexDocument>),
    /// It is gone.
    Remove(Uuid),
}

/// What a step changed, by slots: those of what is gone before it, all others after it.
#[derive(Debug, Default)]
pub struct Applied {
    /// What is gone.
    pub removed: Vec<(u32, EntityRef)>,
    /// What is new or was changed itself.
    pub put: RoaringBitmap,
    /// What has other relations now, or relations to what came or went; and the other end of each, if that is there.
    pub related: Vec<(u32, Option<u32>)>,
    /// The same for what is gone.
    pub related_before: Vec<(u32, u32)>,
}

impl EntityIndex {
    /// Applies changes as one step: readers see all of them or none.
    pub fn apply(&mut self, changes: Vec<IndexChange>) -> Applied {
        let mut applied = Applied::default();
        if changes.is_empty() {
            return applied;
        }
        let mut deltas = Vec::new();
        // Slots that came or went bring the relations that others declared for their reference.
        let mut arrived = Vec::new();
        for change in changes {
            match change {
                IndexChange::Put(document) => self.put(&document, &mut deltas, &mut arrived, &mut applied),
                IndexChange::Remove(uid) => self.remove(uid, &mut deltas, &mut applied),
            }
        }
        let moved = self.references.change(deltas);
        let fresh: RoaringBitmap = arrived.iter().copied().collect();
        for change in &moved {
            if let Some(slot) = self.references.slot(change.source)
                && !fresh.contains(slot)
            {
                self.relate(change, slot);
                applied.related.push((slot, self.references.slot(change.target)));
            }
        }
        for slot in arrived {
            self.relate_all(slot, true);
            applied.related.extend(self.neighbours(slot).into_iter().map(|other| (other, Some(slot))));
        }
        self.sweep_if_due();
        self.version += 1;
        applied
    }

    /// The entities that the one in a slot is related to, one for each relation.
    pub fn neighbours(&self, slot: u32) -> Vec<u32> {
        let edges = self.edges(slot, None);
        edges.iter().filter_map(|edge| self.references.slot(edge.target)).collect()
    }

    fn put(
        &mut self,
        document: &IndexDocument,
        deltas: &mut Vec<(Declaration, i32)>,
        arrived: &mut Vec<u32>,
        applied: &mut Applied,
    ) {
        let Some(reference) = &document.reference else { return };
        let reference = self.references.intern(reference);
        // The same address under another uid: the old entity was replaced.
        if let Some(old) = self.references.slot(reference)
            && let Some(Some(entity)) = self.slots.get(old as usize)
            && entity.uid != document.uid
        {
            let uid = entity.uid;
            arrived.retain(|slot| *slot != old);
            self.remove(uid, deltas, applied);
        }
        // The same uid under another address cannot keep its relations.
        if let Some(slot) = self.uids.get(&document.uid).copied()
            && let Some(Some(entity)) = self.slots.get(slot as usize)
            && entity.reference != reference
        {
            arrived.retain(|known| *known != slot);
            self.remove(document.uid, deltas, applied);
        }
        let declared = self.references.declarations(&document.relations);
        let occurrences = self.occurrences(document);
        let presence: Box<[u32]> =
            document.presence.iter().map(|path| self.terms.intern_field(path)).collect();
        let mut words: Box<[u32]> = document.words.iter().map(|word| self.words.intern(word)).collect();
        words.sort_unstable();
        let slot = if let Some(slot) = self.uids.get(&document.uid) {
            *slot
        } else {
            let slot = self.take_slot();
            self.uids.insert(document.uid, slot);
            self.references.place(reference, Some(slot));
            self.live.insert(slot);
            arrived.push(slot);
            slot
        };
        let new = Slot {
            uid: document.uid,
            reference,
            revision: document.revision,
            occurrences,
            presence,
            words,
            declared,
        };
        applied.put.insert(slot);
        let old = self.slots[slot as usize].replace(new);
        self.replace(slot, old, deltas);
        if document.orphan {
            self.orphans.insert(slot);
        } else {
            self.orphans.remove(slot);
        }
    }

    fn occurrences(&mut self, document: &IndexDocument) -> Box<[Occurrence]> {
        let mut occurrences = Vec::with_capacity(document.values.len());
        let mut previous: Option<(u32, u32)> = None;
        for value in &document.values {
            let field = self.terms.intern_field(&value.path);
            let term = self.terms.intern(field, &value.value);
            if previous.is_some_and(|(before, other)| before == field && other != term) {
                self.terms.field_mut(field).is_multiple = true;
            }
            previous = Some((field, term));
            occurrences.push(Occurrence::new(term, value.is_item));
        }
        occurrences.sort_unstable();
        occurrences.dedup();
        occurrences.into()
    }

    /// Moves a slot from what it was to what it is now. What comes is put in before what goes is taken out, so that a
    /// term in both is never forgotten in between.
    fn replace(&mut self, slot: u32, old: Option<Slot>, deltas: &mut Vec<(Declaration, i32)>) {
        let Some(new) = &self.slots[slot as usize] else { return };
        let empty = Slot {
            uid: new.uid,
            reference: new.reference,
            revision: 0,
            occurrences: Box::default(),
            presence: Box::default(),
            words: Box::default(),
            declared: Box::default(),
        };
        let old = old.unwrap_or(empty);
        for word in new.words.iter().filter(|word| old.words.binary_search(word).is_err()) {
            self.words.insert(*word, slot);
        }
        for word in old.words.iter().filter(|word| new.words.binary_search(word).is_err()) {
            self.words.remove(*word, slot);
        }
        for occurrence in new.occurrences.iter().filter(|one| old.occurrences.binary_search(one).is_err()) {
            self.terms.insert(*occurrence, slot);
        }
        let mut left: Vec<u32> = old.presence.to_vec();
        for occurrence in old.occurrences.iter().filter(|one| new.occurrences.binary_search(one).is_err()) {
            left.push(self.terms.term(occurrence.term()).field);
            self.terms.remove(*occurrence, slot);
        }
        let lost = !left.is_empty();
        for field in left {
            self.terms.unmark(field, slot);
        }
        if lost {
            for occurrence in &new.occurrences {
                let field = self.terms.term(occurrence.term()).field;
                self.terms.field_mut(field).exists.insert(slot);
            }
        }
        for field in &new.presence {
            self.terms.mark(*field, slot);
        }
        if old.declared != new.declared {
            deltas.extend(old.declared.iter().map(|declaration| (*declaration, -1)));
            deltas.extend(new.declared.iter().map(|declaration| (*declaration, 1)));
        }
    }

    fn remove(&mut self, uid: Uuid, deltas: &mut Vec<(Declaration, i32)>, applied: &mut Applied) {
        let Some(slot) = self.uids.remove(&uid) else { return };
        self.sweeping.gone += 1;
        applied.put.remove(slot);
        applied.related_before.extend(self.neighbours(slot).into_iter().map(|other| (other, slot)));
        if let Some(Some(entity)) = self.slots.get(slot as usize) {
            applied.removed.push((slot, self.references.name(entity.reference).clone()));
        }
        self.relate_all(slot, false);
        let Some(old) = self.slots[slot as usize].take() else { return };
        for word in &old.words {
            self.words.remove(*word, slot);
        }
        for occurrence in &old.occurrences {
            let field = self.terms.term(occurrence.term()).field;
            self.terms.field_mut(field).exists.remove(slot);
            self.terms.remove(*occurrence, slot);
        }
        for field in &old.presence {
            self.terms.unmark(*field, slot);
        }
        deltas.extend(old.declared.iter().map(|declaration| (*declaration, -1)));
        if self.references.slot(old.reference) == Some(slot) {
            self.references.place(old.reference, None);
        }
        self.live.remove(slot);
        self.orphans.remove(slot);
        self.free.push(slot);
    }

    fn take_slot(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// The term of a relation: its target, as an item of the list `relations.<type>`.
    fn relation_occurrence(&mut self, relation_type: u16, target: u32) -> Occurrence {
        let known = self.relation_fields.get(usize::from(relation_type)).copied().flatten();
        let field = known.unwrap_or_else(|| self.relation_field(relation_type));
        let term = self.terms.intern(field, self.references.name(target).as_str());
        Occurrence::new(term, true)
    }

    /// The field of `relations.<type>`, remembered until fields are forgotten.
    fn relation_field(&mut self, relation_type: u16) -> u32 {
        let path = format!("relations.{}", self.references.type_name(relation_type).to_lowercase());
        let field = self.terms.intern_field(&path);
        self.terms.field_mut(field).is_multiple = true;
        let place = usize::from(relation_type);
        if self.relation_fields.len() <= place {
            self.relation_fields.resize(place + 1, None);
        }
        self.relation_fields[place] = Some(field);
        field
    }

    fn relate(&mut self, change: &EdgeChange, slot: u32) {
        let occurrence = self.relation_occurrence(change.relation_type, change.target);
        if change.appeared {
            self.terms.insert(occurrence, slot);
        } else {
            self.unrelate(occurrence, slot);
            self.refresh_relation_presence(slot, change.source, change.relation_type);
        }
    }

    fn unrelate(&mut self, occurrence: Occurrence, slot: u32) {
        let field = self.terms.term(occurrence.term()).field;
        self.terms.field_mut(field).exists.remove(slot);
        self.terms.remove(occurrence, slot);
    }

    fn refresh_relation_presence(&mut self, slot: u32, reference: u32, relation_type: u16) {
        let edges = self.references.edges(reference);
        let first = edges.partition_point(|edge| edge.relation_type < relation_type);
        if let Some(edge) = edges.get(first).filter(|edge| edge.relation_type == relation_type) {
            let target = edge.target;
            let occurrence = self.relation_occurrence(relation_type, target);
            let field = self.terms.term(occurrence.term()).field;
            self.terms.field_mut(field).exists.insert(slot);
        }
    }

    fn relate_all(&mut self, slot: u32, appeared: bool) {
        let Some(Some(entity)) = self.slots.get(slot as usize) else { return };
        let edges: Vec<(u16, u32)> = self
            .references
            .edges(entity.reference)
            .iter()
            .map(|edge| (edge.relation_type, edge.target))
            .collect();
        for (relation_type, target) in edges {
            let occurrence = self.relation_occurrence(relation_type, target);
            if appeared {
                self.terms.insert(occurrence, slot);
            } else {
                self.unrelate(occurrence, slot);
            }
        }
    }
}
