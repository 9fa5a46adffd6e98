use callboard_kit::EntityRef;
use roaring::RoaringBitmap;

use super::{EntityIndex, references::Declaration};

/// Which relations may be told to someone who sees some entities only, `None` for all of them.
///
/// An entity that is hidden must look as if it were not there. Then only what the visible end declares itself would
/// be: a relation that dangles.
impl EntityIndex {
    /// Whether the entity in a slot may be said to have a relation.
    pub(super) fn discloses(
        &self,
        slot: u32,
        relation_type: u16,
        target: u32,
        visible: Option<&RoaringBitmap>,
    ) -> bool {
        let Some(visible) = visible else { return true };
        let is_hidden = self.references.slot(target).is_some_and(|slot| !visible.contains(slot));
        !is_hidden || self.declares(slot, relation_type, target)
    }

    fn declares(&self, slot: u32, relation_type: u16, target: u32) -> bool {
        let Some(Some(entity)) = self.slots.get(slot as usize) else { return false };
        let declaration = Declaration { source: entity.reference, relation_type, target };
        entity.declared.binary_search(&declaration).is_ok()
    }

    /// Of the entities that have a value at a lower-cased path, those that may be said to.
    pub(super) fn disclosed_value(
        &self,
        path: &str,
        value: &str,
        having: RoaringBitmap,
        visible: Option<&RoaringBitmap>,
    ) -> RoaringBitmap {
        let relation = || {
            let relation_type = self.references.type_named(path.strip_prefix("relations.")?)?;
            let target = self.references.find(&value.parse::<EntityRef>().ok()?)?;
            Some((relation_type, target))
        };
        match visible.and_then(|_| relation()) {
            Some((relation_type, target)) => having
                .into_iter()
                .filter(|slot| self.discloses(*slot, relation_type, target, visible))
                .collect(),
            None => having,
        }
    }

    /// Of the entities that have something at a lower-cased path, those that may be said to.
    pub(super) fn disclosed_path(
        &self,
        path: &str,
        having: RoaringBitmap,
        visible: Option<&RoaringBitmap>,
    ) -> RoaringBitmap {
        let Some(name) = path.strip_prefix("relations.").filter(|_| visible.is_some()) else { return having };
        having.into_iter().filter(|slot| !self.relations(*slot, Some(name), visible).is_empty()).collect()
    }
}
