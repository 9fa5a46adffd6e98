use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use callboard_kit::{Problem, Result};
use tokio::{sync::OnceCell, task::yield_now};
use uuid::Uuid;

use super::CatalogService;
use crate::entity::CatalogEntity;

type Loaded = HashMap<Uuid, Arc<CatalogEntity>>;

/// Loads the bodies that a request's resolvers ask for at the same time in one query.
///
/// Resolvers of one level are polled in one turn of their task. Each adds its uids to the open batch and lets the turn
/// end; the first to go on closes the batch and loads it, for all of them.
#[derive(Default)]
pub(super) struct Batches {
    open: Mutex<Option<Arc<Batch>>>,
}

#[derive(Default)]
struct Batch {
    uids: Mutex<Vec<Uuid>>,
    loaded: OnceCell<Loaded>,
}

impl Batches {
    /// The entities with these uids, as far as they are stored.
    pub async fn load(&self, service: &CatalogService, uids: &[Uuid]) -> Result<Loaded> {
        if uids.is_empty() {
            return Ok(Loaded::new());
        }
        let batch = self.join(uids);
        yield_now().await;
        let load = || async {
            self.close(&batch);
            let mut uids = batch.uids.lock().unwrap_or_else(PoisonError::into_inner).clone();
            uids.sort_unstable();
            uids.dedup();
            let loaded = service.repository.load(&uids).await?;
            let kept = loaded.into_iter().map(|entity| (entity.uid, service.bodies.keep(entity)));
            Ok::<Loaded, Problem>(kept.collect())
        };
        let loaded: &Loaded = batch.loaded.get_or_try_init(load).await?;
        Ok(uids.iter().filter_map(|uid| Some((*uid, Arc::clone(loaded.get(uid)?)))).collect())
    }

    fn join(&self, uids: &[Uuid]) -> Arc<Batch> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = open.get_or_insert_default();
        batch.uids.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(uids);
        Arc::clone(batch)
    }

    fn close(&self, batch: &Arc<Batch>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.as_ref().is_some_and(|current| Arc::ptr_eq(current, batch)) {
            *open = None;
        }
    }
}
