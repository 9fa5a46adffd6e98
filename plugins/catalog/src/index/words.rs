use std::{collections::BTreeSet, hash::BuildHasher};

use hashbrown::{DefaultHashBuilder, HashTable};
use roaring::RoaringBitmap;

use super::{document::collect_words, posting::Posting};

/// Ends every word of the arena; never part of a word.
const SEPARATOR: char = '\n';

/// Every word of the catalog, in one text that is searched for parts of words.
#[derive(Debug)]
pub(super) struct Words {
    arena: String,
    /// Where each word starts, and where the next one will.
    starts: Vec<usize>,
    postings: Vec<Posting>,
    ids: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            arena: String::new(),
            starts: vec![0],
            postings: Vec::new(),
            ids: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }
}

impl Words {
    /// The id of a word, given to it now if it is new.
    pub fn intern(&mut self, word: &str) -> u32 {
        let Self { arena, starts, postings, ids, hasher } = self;
        let hash = hasher.hash_one(word);
        if let Some(id) = ids.find(hash, |id| word_at(arena, starts, *id) == word) {
            return *id;
        }
        let id = u32::try_from(postings.len()).unwrap_or(u32::MAX);
        arena.push_str(word);
        arena.push(SEPARATOR);
        starts.push(arena.len());
        postings.push(Posting::Empty);
        ids.insert_unique(hash, id, |id| hasher.hash_one(word_at(arena, starts, *id)));
        id
    }

    pub fn insert(&mut self, word: u32, slot: u32) {
        self.postings[word as usize].insert(slot);
    }

    pub fn remove(&mut self, word: u32, slot: u32) {
        self.postings[word as usize].remove(slot);
    }

    /// How many words there are, those that nobody has any more included.
    pub fn len(&self) -> usize {
        self.postings.len()
    }

    /// How long the text of all words is.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        self.arena.len()
    }

    /// Forgets the words that nobody has any more. Where there were any, the others have moved: to each old id the new
    /// one.
    pub fn compact(&mut self) -> Option<Vec<u32>> {
        if self.postings.iter().all(|posting| !posting.is_empty()) {
            return None;
        }
        let old = std::mem::take(self);
        let mut moved = vec![u32::MAX; old.postings.len()];
        for (id, posting) in (0..).zip(old.postings) {
            if !posting.is_empty() {
                let new = self.intern(word_at(&old.arena, &old.starts, id));
                self.postings[new as usize] = posting;
                moved[id as usize] = new;
            }
        }
        Some(moved)
    }

    /// The slots in which every word of `text` is part of some word; `None` where the text asks for nothing.
    pub fn search(&self, text: &str) -> Option<RoaringBitmap> {
        if text.trim().is_empty() {
            return None;
        }
        let mut wanted = BTreeSet::new();
        collect_words(text, &mut wanted);
        let mut found: Option<RoaringBitmap> = None;
        for word in wanted {
            let slots = self.containing(&word);
            found = Some(match found {
                None => slots,
                Some(before) => before & slots,
            });
        }
        // Only punctuation was asked for, and no word has any.
        Some(found.unwrap_or_default())
    }

    fn containing(&self, part: &str) -> RoaringBitmap {
        let finder = memchr::memmem::Finder::new(part);
        let mut slots = RoaringBitmap::new();
        let mut singles = Vec::new();
        let mut from = 0;
        while let Some(at) = finder.find(&self.arena.as_bytes()[from..]) {
            let id = self.starts.partition_point(|start| *start <= from + at) - 1;
            match &self.postings[id] {
                Posting::One(slot) => singles.push(*slot),
                posting => posting.add_to(&mut slots),
            }
            from = self.starts[id + 1];
        }
        singles.sort_unstable();
        singles.dedup();
        slots.extend(singles);
        slots
    }
}

fn word_at<'a>(arena: &'a str, starts: &[usize], id: u32) -> &'a str {
    let id = id as usize;
    &arena[starts[id]..starts[id + 1] - SEPARATOR.len_utf8()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_asked_for_is_part_of_some_word() {
        let mut words = Words::default();
        for (slot, text) in ["Payment order service", "ordering", "Überweisung c++ 42"].iter().enumerate() {
            let mut set = BTreeSet::new();
            collect_words(text, &mut set);
            for word in set {
                let id = words.intern(&word);
                words.insert(id, u32::try_from(slot).unwrap());
            }
        }
        let search = |text: &str| words.search(text).map(|found| found.iter().collect::<Vec<_>>());
        assert_eq!(search("ORDER"), Some(vec![0, 1]));
        assert_eq!(search("order-pay"), Some(vec![0]));
        assert_eq!(search("über"), Some(vec![2]));
        assert_eq!(search("c++"), Some(vec![0, 2]));
        assert_eq!(search("++"), Some(vec![]));
        assert_eq!(search("  "), None);
        assert_eq!(search("serviceordering"), Some(vec![]));
    }
}
