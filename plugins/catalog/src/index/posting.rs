use roaring::RoaringBitmap;

/// The slots that share a term. Most terms of a catalog (names, titles, addresses) belong to one entity alone, so that
/// case costs no allocation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Posting {
    /// No slot.
    #[default]
    Empty,
    /// One slot.
    One(u32),
    /// Several slots.
    Many(Box<RoaringBitmap>),
}

impl Posting {
    pub fn insert(&mut self, slot: u32) {
        match self {
            Self::Empty => *self = Self::One(slot),
            Self::One(only) if *only == slot => {}
            Self::One(only) => *self = Self::Many(Box::new(RoaringBitmap::from_iter([*only, slot]))),
            Self::Many(slots) => {
                slots.insert(slot);
            }
        }
    }

    pub fn remove(&mut self, slot: u32) {
        match self {
            Self::Empty => {}
            Self::One(only) => {
                if *only == slot {
                    *self = Self::Empty;
                }
            }
            Self::Many(slots) => {
                slots.remove(slot);
                match slots.len() {
                    0 => *self = Self::Empty,
                    1 => *self = slots.min().map_or(Self::Empty, Self::One),
                    _ => {}
                }
            }
        }
    }

    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub fn add_to(&self, target: &mut RoaringBitmap) {
        match self {
            Self::Empty => {}
            Self::One(only) => {
                target.insert(*only);
            }
            Self::Many(slots) => *target |= &**slots,
        }
    }

    pub fn intersection_len(&self, selection: &RoaringBitmap) -> u64 {
        match self {
            Self::Empty => 0,
            Self::One(only) => u64::from(selection.contains(*only)),
            Self::Many(slots) => slots.intersection_len(selection),
        }
    }

    /// Its slots that are selected, too.
    pub fn selected(&self, selection: &RoaringBitmap, into: &mut Vec<u32>) {
        match self {
            Self::Empty => {}
            Self::One(only) => {
                if selection.contains(*only) {
                    into.push(*only);
                }
            }
            Self::Many(slots) => {
                if slots.len() < 64 {
                    into.extend(slots.iter().filter(|slot| selection.contains(*slot)));
                } else {
                    into.extend((&**slots & selection).iter());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_posting_is_a_set(steps in prop::collection::vec((any::<bool>(), 0u32..8), 0..40)) {
            let mut posting = Posting::Empty;
            let mut set = std::collections::BTreeSet::new();
            for (insert, slot) in steps {
                if insert {
                    posting.insert(slot);
                    set.insert(slot);
                } else {
                    posting.remove(slot);
                    set.remove(&slot);
                }
                let mut bitmap = RoaringBitmap::new();
                posting.add_to(&mut bitmap);
                prop_assert_eq!(bitmap.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
                prop_assert_eq!(posting.is_empty(), set.is_empty());
            }
        }
    }
}
