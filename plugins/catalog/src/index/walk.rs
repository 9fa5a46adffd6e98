use roaring::RoaringBitmap;

use super::EntityIndex;

impl EntityIndex {
    /// Every entity of these kinds, written in lower case.
    pub fn of_kinds(&self, kinds: &[&str]) -> RoaringBitmap {
        let mut selected = RoaringBitmap::new();
        if let Some(field) = self.terms.field_id("kind") {
            for kind in kinds {
                if let Some(term) = self.terms.find(field, kind) {
                    term.add_to(&mut selected);
                }
            }
        }
        selected
    }

    /// The members of a group and of every group below it.
    pub fn members_within(&self, group: u32) -> RoaringBitmap {
        let mut members = RoaringBitmap::new();
        for group in &self.closure([group].into(), "parentOf") {
            members |= self.related(group, "hasMember");
        }
        members
    }

    /// The groups of a user, and the groups above those.
    pub fn groups_of(&self, user: u32) -> RoaringBitmap {
        self.closure(self.related(user, "memberOf"), "childOf")
    }

    /// What is reached from `start` through relations of one type, `start` included; cycles are walked once.
    fn closure(&self, start: RoaringBitmap, relation_type: &str) -> RoaringBitmap {
        let mut reached = start.clone();
        let mut open = start;
        while !open.is_empty() {
            let mut next = RoaringBitmap::new();
            for slot in &open {
                next |= self.related(slot, relation_type);
            }
            open = next - &reached;
            reached |= &open;
        }
        reached
    }
}
