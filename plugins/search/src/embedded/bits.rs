/// A set of documents of one segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set of documents up to `length`.
    pub fn new(length: u32) -> Self {
        Self(vec![0; (length as usize).div_ceil(64)])
    }

    /// Adds a document.
    pub fn insert(&mut self, document: u32) {
        self.0[document as usize / 64] |= 1 << (document % 64);
    }

    /// Whether a document is in it.
    pub fn contains(&self, document: u32) -> bool {
        self.0.get(document as usize / 64).is_some_and(|word| word & (1 << (document % 64)) != 0)
    }

    /// Keeps what is in the other, too.
    pub fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Takes out what is in the other.
    pub fn remove_all(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    /// Adds what is in the other.
    pub fn add_all(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How much memory it takes.
    pub fn bytes(&self) -> usize {
        self.0.len() * 8
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.0).flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    index * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bits(set: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::new(200);
        for document in set {
            bits.insert(*document);
        }
        bits
    }

    proptest! {
        #[test]
        fn bits_are_a_set(one in proptest::collection::btree_set(0_u32..200, 0..40), other in proptest::collection::btree_set(0_u32..200, 0..40)) {
            let read = |bits: &Bits| bits.iter().collect::<BTreeSet<_>>();
            prop_assert_eq!(read(&bits(&one)), one.clone());
            prop_assert_eq!(bits(&one).len(), one.len() as u64);
            prop_assert!((0..300).all(|document| bits(&one).contains(document) == one.contains(&document)));
            let change = |change: fn(&mut Bits, &Bits)| {
                let mut changed = bits(&one);
                change(&mut changed, &bits(&other));
                read(&changed)
            };
            prop_assert_eq!(change(Bits::keep), one.intersection(&other).copied().collect());
            prop_assert_eq!(change(Bits::add_all), one.union(&other).copied().collect());
            prop_assert_eq!(change(Bits::remove_all), one.difference(&other).copied().collect());
        }
    }
}
