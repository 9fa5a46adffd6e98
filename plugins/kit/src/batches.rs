use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::OnceCell, task::yield_now};

use crate::Result;

/// Loads what a request's resolvers ask for at the same time in one query, and each thing once.
///
/// Resolvers of one level are polled in one turn of their task. Each adds its keys to the open batch and lets the turn
/// end; the first to go on closes the batch and loads it, for all of them. What another batch has or is loading is
/// taken from there.
pub struct Batches<K, V>(Mutex<State<K, V>>);

struct State<K, V> {
    open: Option<Arc<Batch<K, V>>>,
    placed: HashMap<K, Arc<Batch<K, V>>>,
}

struct Batch<K, V> {
    keys: Mutex<Vec<K>>,
    loaded: OnceCell<HashMap<K, V>>,
}

impl<K, V> Default for Batches<K, V> {
    fn default() -> Self {
        Self(Mutex::new(State { open: None, placed: HashMap::new() }))
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Batches<K, V> {
    /// What there is for these keys; `fetch` looks up those of a whole batch. Its failure is told to all who wait.
    pub async fn load<F: Future<Output = Result<HashMap<K, V>>>>(
        &self,
        keys: &[K],
        fetch: impl Fn(Vec<K>) -> F,
    ) -> Result<HashMap<K, V>> {
        let batches: Vec<(K, Arc<Batch<K, V>>)> =
            keys.iter().map(|key| (key.clone(), self.place(key))).collect();
        yield_now().await;
        let mut found = HashMap::with_capacity(keys.len());
        for (key, batch) in batches {
            let loaded = batch.loaded.get_or_try_init(|| fetch(self.close(&batch)));
            if let Some(value) = loaded.await?.get(&key) {
                found.insert(key, value.clone());
            }
        }
        Ok(found)
    }

    /// The same for one key.
    pub async fn load_one<F: Future<Output = Result<HashMap<K, V>>>>(
        &self,
        key: &K,
        fetch: impl Fn(Vec<K>) -> F,
    ) -> Result<Option<V>> {
        Ok(self.load(std::slice::from_ref(key), fetch).await?.remove(key))
    }

    /// The batch that a key is in, the open one if it is in none.
    fn place(&self, key: &K) -> Arc<Batch<K, V>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { open, placed } = &mut *state;
        let batch = placed.entry(key.clone()).or_insert_with(|| {
            let batch = open
                .get_or_insert_with(|| Arc::new(Batch { keys: Mutex::default(), loaded: OnceCell::new() }));
            batch.keys.lock().unwrap_or_else(PoisonError::into_inner).push(key.clone());
            Arc::clone(batch)
        });
        Arc::clone(batch)
    }

    /// Nothing more goes into a batch; what is in it.
    fn close(&self, batch: &Arc<Batch<K, V>>) -> Vec<K> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.open.as_ref().is_some_and(|open| Arc::ptr_eq(open, batch)) {
            state.open = None;
        }
        drop(state);
        batch.keys.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
