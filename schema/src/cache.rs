use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use serde::Serialize;

/// How full a cache is and how well it serves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CacheStats {
    /// Things kept.
    pub entries: usize,
    /// Estimated memory of the things kept.
    pub bytes: usize,
    /// Look-ups that found something.
    pub hits: u64,
    /// Look-ups that found nothing.
    pub misses: u64,
}

/// A map bounded in entries and bytes; what was not asked for lately goes first (second chance).
#[derive(Debug)]
pub(crate) struct BoundedCache<K, V> {
    slots: Mutex<Slots<K, V>>,
    max_entries: usize,
    max_bytes: usize,
    hits: AtomicU64,
    misses: AtomicU64,
}

#[derive(Debug)]
struct Slots<K, V> {
    places: HashMap<K, usize>,
    kept: Vec<Option<Slot<K, V>>>,
    free: Vec<usize>,
    hand: usize,
    bytes: usize,
}

#[derive(Debug)]
struct Slot<K, V> {
    key: K,
    value: V,
    bytes: usize,
    used: bool,
}

impl<K: Clone + Eq + Hash, V: Clone> BoundedCache<K, V> {
    pub(crate) fn new(max_entries: usize, max_bytes: usize) -> Self {
        Self {
            slots: Mutex::new(Slots {
                places: HashMap::new(),
                kept: Vec::new(),
                free: Vec::new(),
                hand: 0,
                bytes: 0,
            }),
            max_entries,
            max_bytes,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    pub(crate) fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let place = slots.places.get(key).copied();
        let found = place.and_then(|place| slots.kept.get_mut(place)?.as_mut());
        let counter = if found.is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
        found.map(|slot| {
            slot.used = true;
            slot.value.clone()
        })
    }

    /// Keeps a value, unless it alone is more than the cache may hold.
    pub(crate) fn insert(&self, key: K, value: V, bytes: usize) {
        if bytes > self.max_bytes || self.max_entries == 0 {
            return;
        }
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.remove(&key);
        while slots.places.len() >= self.max_entries || slots.bytes + bytes > self.max_bytes {
            slots.evict_one();
        }
        slots.put(Slot { key, value, bytes, used: false });
    }

    pub(crate) fn stats(&self) -> CacheStats {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        CacheStats {
            entries: slots.places.len(),
            bytes: slots.bytes,
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Slots<K, V> {
    fn put(&mut self, slot: Slot<K, V>) {
        self.bytes += slot.bytes;
        let place = self.free.pop().unwrap_or_else(|| {
            self.kept.push(None);
            self.kept.len() - 1
        });
        self.places.insert(slot.key.clone(), place);
        self.kept[place] = Some(slot);
    }

    fn remove(&mut self, key: &K) {
        if let Some(place) = self.places.remove(key) {
            self.clear(place);
        }
    }

    fn clear(&mut self, place: usize) {
        if let Some(slot) = self.kept[place].take() {
            self.bytes -= slot.bytes;
            self.free.push(place);
        }
    }

    fn evict_one(&mut self) {
        loop {
            let place = self.hand;
            self.hand = (self.hand + 1) % self.kept.len().max(1);
            match self.kept.get_mut(place) {
                Some(Some(slot)) if slot.used => slot.used = false,
                Some(Some(slot)) => {
                    let key = slot.key.clone();
                    self.places.remove(&key);
                    self.clear(place);
                    return;
                }
                _ if self.places.is_empty() => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_entries_nor_bytes_go_past_their_bound() {
        let cache: BoundedCache<String, usize> = BoundedCache::new(10, 1_000);
        for number in 0..100 {
            cache.insert(number.to_string(), number, 150);
            let stats = cache.stats();
            assert!(stats.entries <= 6 && stats.bytes <= 1_000, "{stats:?}");
        }
        assert_eq!(cache.get("99"), Some(99));
        assert_eq!(cache.get("0"), None);
        for number in 0..100 {
            cache.insert(number.to_string(), number, 1);
        }
        assert_eq!(cache.stats().entries, 10);
    }

    #[test]
    fn what_is_asked_for_stays() {
        let cache: BoundedCache<String, usize> = BoundedCache::new(4, 1_000);
        cache.insert("kept".to_owned(), 0, 1);
        for number in 0..50 {
            cache.insert(number.to_string(), number, 1);
            assert_eq!(cache.get("kept"), Some(0), "after {number}");
        }
    }

    #[test]
    fn a_value_past_the_bound_is_not_kept() {
        let cache: BoundedCache<String, usize> = BoundedCache::new(4, 10);
        cache.insert("large".to_owned(), 0, 11);
        assert_eq!(cache.stats().entries, 0);
    }
}
