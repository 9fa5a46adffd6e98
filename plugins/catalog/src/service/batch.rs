use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use callboard_kit::Result;
use tokio::{sync::OnceCell, task::yield_now};
use uuid::Uuid;

use super::CatalogService;
use crate::entity::CatalogEntity;

type Loaded = HashMap<Uuid, Arc<CatalogEntity>>;

/// Loads the bodies that a request's resolvers ask for at the same time in one query, and each body once.
///
/// Resolvers of one level are polled in one turn of their task. Each adds its uids to the open batch and lets the turn
/// end; the first to go on closes the batch and loads it, for all of them. What another batch has or is loading is
/// taken from there.
#[derive(Default)]
pub(super) struct Batches(Mutex<State>);

#[derive(Default)]
struct State {
    open: Option<Arc<Batch>>,
    placed: HashMap<Uuid, Arc<Batch>>,
}

#[derive(Default)]
struct Batch {
    uids: Mutex<Vec<Uuid>>,
    loaded: OnceCell<Loaded>,
}

impl Batches {
    /// The entities with these uids, as far as they are stored.
    pub async fn load(&self, service: &CatalogService, uids: &[Uuid]) -> Result<Loaded> {
        let batches: Vec<(Uuid, Arc<Batch>)> = uids.iter().map(|uid| (*uid, self.place(*uid))).collect();
        yield_now().await;
        let mut found = Loaded::with_capacity(uids.len());
        for (uid, batch) in batches {
            let loaded = batch.loaded.get_or_try_init(|| self.load_batch(service, &batch)).await?;
            found.extend(loaded.get(&uid).map(|entity| (uid, Arc::clone(entity))));
        }
        Ok(found)
    }

    /// The batch that a uid is in, the open one if it is in none.
    fn place(&self, uid: Uuid) -> Arc<Batch> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { open, placed } = &mut *state;
        let batch = placed.entry(uid).or_insert_with(|| {
            let batch = open.get_or_insert_default();
            batch.uids.lock().unwrap_or_else(PoisonError::into_inner).push(uid);
            Arc::clone(batch)
        });
        Arc::clone(batch)
    }

    async fn load_batch(&self, service: &CatalogService, batch: &Arc<Batch>) -> Result<Loaded> {
        self.close(batch);
        let uids = batch.uids.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let loaded = service.repository.load(&uids).await?;
        Ok(loaded.into_iter().map(|entity| (entity.uid, service.bodies.keep(entity))).collect())
    }

    fn close(&self, batch: &Arc<Batch>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.open.as_ref().is_some_and(|open| Arc::ptr_eq(open, batch)) {
            state.open = None;
        }
    }
}
