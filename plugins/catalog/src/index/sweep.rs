use roaring::RoaringBitmap;

use super::EntityIndex;

/// Fewer names than this are not worth a look.
const FLOOR: usize = 1024;

/// When to look for names that nothing bears any more: whenever there are twice as many as were left the last time, or
/// more entities went since then than there are. So looking costs no more than naming did, and the dead are at most
/// about as many as the living.
#[derive(Debug)]
pub(super) struct Sweeping {
    references: usize,
    words: usize,
    fields: usize,
    /// Entities that went since the last time.
    pub(super) gone: usize,
}

impl Default for Sweeping {
    fn default() -> Self {
        Self { references: FLOOR, words: FLOOR, fields: FLOOR, gone: 0 }
    }
}

impl EntityIndex {
    /// Forgets references, words and paths that nothing bears any more, where there may be many.
    pub(super) fn sweep_if_due(&mut self) {
        let due = &self.sweeping;
        let emptied = due.gone > FLOOR.max(self.uids.len());
        let (references, words, fields) = (
            emptied || self.references.len() > due.references,
            emptied || self.words.len() > due.words,
            emptied || self.terms.fields_len() > due.fields,
        );
        if emptied {
            self.sweeping.gone = 0;
        }
        if references {
            self.sweep_references();
            self.sweeping.references = FLOOR.max(2 * self.references.len());
        }
        if words {
            self.sweep_words();
            self.sweeping.words = FLOOR.max(2 * self.words.len());
        }
        if fields {
            self.sweep_fields();
            self.sweeping.fields = FLOOR.max(2 * self.terms.fields_len());
        }
    }

    /// Forgets references, words and paths that nothing bears any more, now.
    pub fn sweep(&mut self) {
        self.sweep_references();
        self.sweep_words();
        self.sweep_fields();
    }

    fn sweep_fields(&mut self) {
        self.terms.sweep_fields();
        self.relation_fields.clear();
    }

    fn sweep_references(&mut self) {
        let mut borne = RoaringBitmap::new();
        for entity in self.slots.iter().flatten() {
            borne.insert(entity.reference);
            borne.extend(entity.declared.iter().flat_map(|one| [one.source, one.target]));
        }
        self.references.keep(&borne);
    }

    fn sweep_words(&mut self) {
        let Some(moved) = self.words.compact() else { return };
        for entity in self.slots.iter_mut().flatten() {
            for word in &mut entity.words {
                *word = moved[*word as usize];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::EntityRef;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::index::{IndexChange, IndexDocument, Relation};

    fn document(number: u128) -> IndexChange {
        let reference: EntityRef = format!("component:default/name{number}").parse().unwrap();
        let owner: EntityRef = format!("group:default/owner{number}").parse().unwrap();
        let body = json!({
            "kind": "Component",
            "metadata": { "name": format!("name{number}"), "labels": { format!("key{number}"): "value" } },
        });
        let relation = Relation { source: reference.clone(), relation_type: "ownedBy".into(), target: owner };
        // The same few entities again and again, under new names.
        let document =
            IndexDocument::new(Uuid::from_u128(number % 50), reference, 1, false, &body, vec![relation]);
        IndexChange::Put(Box::new(document))
    }

    #[test]
    fn names_of_the_past_do_not_pile_up() {
        let mut index = EntityIndex::default();
        for batch in 0..400 {
            index.apply((0..25).map(|number| document(batch * 25 + number)).collect());
        }
        assert_eq!(index.all().len(), 50);
        // 10,000 entities came and went, with two references, two words and a path each.
        for held in [index.references.len(), index.words.len(), index.terms.fields_len(), index.terms.len()] {
            assert!(held <= 2 * FLOOR, "{held}");
        }
        assert!(index.words.bytes() < 64 * FLOOR);
        assert_eq!(index.search("name9999").map(|found| found.len()), Some(1));
        assert_eq!(index.search("name1").map(|found| found.len()), Some(0));
        index.apply((0..50).map(|number| IndexChange::Remove(Uuid::from_u128(number))).collect());
        index.sweep();
        assert_eq!((index.references.len(), index.words.len(), index.terms.fields_len()), (0, 0, 0));
        index.apply(vec![document(7)]);
        assert_eq!(index.search("name7").map(|found| found.len()), Some(1));
    }
}
