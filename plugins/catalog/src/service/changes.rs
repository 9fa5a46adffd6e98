//! What changes in the catalog, as one viewer sees it.

use std::{sync::Arc, time::Duration};

use callboard_kit::{EntityFilter, EntityRef, Result, Viewer};
use futures::{Stream, stream};
use roaring::RoaringBitmap;
use tokio::{
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    time::{Instant, sleep, timeout_at},
};

use super::{CatalogRequest, CatalogService, live_index::Told};
use crate::{
    entity::CatalogEntity,
    index::{EntityIndex, IndexedEntity, check_filter},
};

/// Changes that come one upon the other are told together.
const GATHERING: Duration = Duration::from_millis(100);
/// How often is looked whether the viewer may still see what they saw, when nothing else happens.
const LOOKING: Duration = Duration::from_secs(30);
/// More changes than these are not told one by one.
const MOST: usize = 1000;

/// What happened to an entity, or to its being seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new, or is now among those that are watched and may be seen.
    Created,
    /// It is another than before, or its relations are.
    Updated,
    /// It is gone, or is no more among those that are watched and may be seen.
    Deleted,
    /// More happened than can be told.
    Reset,
}

/// A change, as one viewer sees it.
#[derive(Clone, Debug)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// Of which entity; `None` for [`ChangeKind::Reset`].
    pub reference: Option<EntityRef>,
    /// The entity as it is now; `None` where it is gone.
    pub entity: Option<Arc<CatalogEntity>>,
}

impl Change {
    const RESET: Self = Self { kind: ChangeKind::Reset, reference: None, entity: None };
}

/// Watches the catalog for one viewer.
struct Watcher {
    service: Arc<CatalogService>,
    viewer: Arc<Viewer>,
    filter: EntityFilter,
    told: Receiver<Arc<Told>>,
    /// What was seen among what is watched.
    shown: RoaringBitmap,
    /// What could be seen at all; `None` for everything.
    visible: Option<RoaringBitmap>,
    pending: Vec<Change>,
}

/// What was told since the last look.
#[derive(Default)]
struct Since {
    removed: Vec<(u32, EntityRef)>,
    put: RoaringBitmap,
    related: Vec<(u32, Option<u32>)>,
    related_before: Vec<(u32, u32)>,
    /// Whether not everything was heard.
    is_lost: bool,
    is_over: bool,
}

/// What a look at the index found.
enum Found {
    Nothing,
    TooMuch,
    Changes(Vec<(ChangeKind, EntityRef, Option<IndexedEntity>)>),
}

impl CatalogService {
    /// The changes of what a filter selects, as the viewer sees them, from now on. Each comes with the catalog as it was
    /// looked at: what the viewer may see is decided anew each time.
    pub async fn changes<Looked: Fn(CatalogRequest) + Send + Sync + 'static>(
        self: &Arc<Self>,
        viewer: Arc<Viewer>,
        filter: Option<EntityFilter>,
        looked: Looked,
    ) -> Result<impl Stream<Item = Result<Change>> + Send + use<Looked>> {
        let filter = filter.unwrap_or_default();
        check_filter(&filter)?;
        let mut watcher = Watcher {
            told: self.index.changes(),
            service: Arc::clone(self),
            viewer,
            filter,
            shown: RoaringBitmap::new(),
            visible: None,
            pending: Vec::new(),
        };
        watcher.look(Since { is_lost: true, ..Since::default() }).await?;
        watcher.pending.clear();
        Ok(stream::unfold((watcher, looked), |(mut watcher, looked)| async move {
            let next = watcher.next(&looked).await?;
            Some((next, (watcher, looked)))
        }))
    }
}

impl Watcher {
    async fn next(&mut self, looked: &(impl Fn(CatalogRequest) + Sync)) -> Option<Result<Change>> {
        while self.pending.is_empty() {
            let since = self.hear().await;
            if since.is_over {
                return None;
            }
            match self.look(since).await {
                Ok(request) => looked(request),
                Err(problem) => return Some(Err(problem)),
            }
        }
        self.pending.pop().map(Ok)
    }

    /// Waits for something to happen, and a little longer for what comes with it.
    async fn hear(&mut self) -> Since {
        let mut since = Since::default();
        match timeout_at(Instant::now() + LOOKING, self.told.recv()).await {
            Ok(Ok(told)) => {
                since.add(&told);
                sleep(GATHERING).await;
            }
            Ok(Err(RecvError::Lagged(_))) => since.is_lost = true,
            Ok(Err(RecvError::Closed)) => since.is_over = true,
            Err(_) => {}
        }
        since
    }

    /// Compares what is seen now with what was seen.
    async fn look(&mut self, mut since: Since) -> Result<CatalogRequest> {
        let request = self.service.request(Arc::clone(&self.viewer));
        request.prepare(Some(&self.filter)).await?;
        let found = request.look(|index, visible| {
            // Whoever holds the index has been told of all that is in it.
            since.add_rest(&mut self.told);
            self.compare(index, visible, &request, since)
        });
        self.pending = match found {
            Found::Nothing => Vec::new(),
            Found::TooMuch => vec![Change::RESET],
            Found::Changes(changes) => {
                let entities = changes.iter().map(|(.., entity)| entity.clone()).collect();
                let bodies = request.load(entities).await?;
                let changes = changes.into_iter().zip(bodies);
                changes
                    .map(|((kind, reference, _), entity)| Change { kind, reference: Some(reference), entity })
                    .rev()
                    .collect()
            }
        };
        Ok(request)
    }

    fn compare(
        &mut self,
        index: &EntityIndex,
        visible: Option<&RoaringBitmap>,
        request: &CatalogRequest,
        since: Since,
    ) -> Found {
        let now = index.select(&self.filter, request.filter_context(visible));
        let now = match visible {
            Some(visible) => now & visible,
            None => now,
        };
        let before = std::mem::replace(&mut self.shown, now.clone());
        let visible_before = std::mem::replace(&mut self.visible, visible.cloned());
        if since.is_lost {
            return Found::TooMuch;
        }
        let mut still = before;
        let mut changes = Vec::new();
        for (slot, reference) in since.removed {
            if still.remove(slot) {
                changes.push((ChangeKind::Deleted, reference, None));
            }
        }
        // Relations with what may not be seen are not there.
        let told_of = |seen: Option<&RoaringBitmap>, other: u32| seen.is_none_or(|seen| seen.contains(other));
        let put = since.put;
        let mut touched = put.clone();
        touched.extend(since.related.into_iter().filter_map(|(slot, other)| {
            let is_told = match other {
                Some(other) => told_of(visible, other),
                None => visible.is_none(),
            };
            is_told.then_some(slot)
        }));
        let of_removed = since.related_before.into_iter();
        let of_removed = of_removed.filter(|(_, other)| told_of(visible_before.as_ref(), *other));
        touched.extend(of_removed.map(|(slot, _)| slot));
        if visible_before.is_some() || visible.is_some() {
            // What relates to an entity that comes into sight, or goes out of it, has another relation to tell of.
            let before = visible_before.as_ref().unwrap_or_else(|| index.all());
            let mut turned = before ^ visible.unwrap_or_else(|| index.all());
            if turned.len() > MOST as u64 {
                // Many that are new tell of their relations themselves.
                turned -= &put;
            }
            if turned.len() > MOST as u64 {
                return Found::TooMuch;
            }
            turned.iter().for_each(|slot| touched.extend(index.neighbours(slot)));
        }
        let (left, came) = (&still - &now, &now - &still);
        let updated = touched & &now & &still;
        let count = changes.len() as u64 + left.len() + came.len() + updated.len();
        if count > MOST as u64 {
            return Found::TooMuch;
        }
        let entity = |slot: u32| index.get(slot);
        changes.extend(left.iter().filter_map(entity).map(|one| (ChangeKind::Deleted, one.reference, None)));
        for (kind, slots) in [(ChangeKind::Created, came), (ChangeKind::Updated, updated)] {
            let entities = slots.iter().filter_map(entity);
            changes.extend(entities.map(|one| (kind, one.reference.clone(), Some(one))));
        }
        if changes.is_empty() { Found::Nothing } else { Found::Changes(changes) }
    }
}

impl Since {
    fn add(&mut self, told: &Told) {
        match told {
            Told::Applied(applied) => {
                for (slot, _) in &applied.removed {
                    self.put.remove(*slot);
                }
                self.removed.extend(applied.removed.iter().cloned());
                self.put |= &applied.put;
                self.related.extend(&applied.related);
                self.related_before.extend(&applied.related_before);
            }
            Told::Rebuilt => self.is_lost = true,
        }
    }

    fn add_rest(&mut self, told: &mut Receiver<Arc<Told>>) {
        loop {
            match told.try_recv() {
                Ok(told) => self.add(&told),
                Err(TryRecvError::Lagged(_)) => self.is_lost = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }
}
