//! The entities for which a viewer has a permission, for other plugins.

use std::{
    collections::hash_map::DefaultHasher,
    fmt,
    hash::{Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

use callboard_kit::{Decision, EntityFilter, EntityRef, EntitySet, Result, Viewer};
use roaring::RoaringBitmap;
use serde_json::json;

use super::{CatalogService, live_index::LiveIndex, request::mentions_stars};
use crate::index::{EntityIndex, FilterContext};

/// References that are looked up under one lock of the index.
const STEP: usize = 4096;

/// The entities that a decision selects, as they are whenever it is asked.
struct Permitted {
    index: Arc<LiveIndex>,
    decision: Decision,
    ownership: Vec<EntityRef>,
    starred: Vec<EntityRef>,
    /// What it selects, with the version of the index that this holds for.
    selected: Mutex<Option<(u64, Arc<RoaringBitmap>)>>,
}

impl CatalogService {
    pub(super) async fn permitted_to(&self, viewer: &Viewer, permission: &str) -> Result<Arc<dyn EntitySet>> {
        let decision = self.services.authorizer().decide(viewer, permission).await;
        let (mut ownership, mut starred) = (Vec::new(), Vec::new());
        if let Decision::Conditional(condition) = &decision {
            if mentions(condition, |filter| filter.owned_by_viewer.is_some()) {
                ownership = viewer.ownership_refs().to_vec();
            }
            if mentions_stars(condition)
                && let Some(reference) = viewer.reference().filter(|_| !viewer.is_guest())
            {
                starred = self.repository.stars_of(reference).await?;
            }
        }
        let index = Arc::clone(&self.index);
        Ok(Arc::new(Permitted { index, decision, ownership, starred, selected: Mutex::default() }))
    }
}

impl Permitted {
    /// What it selects in the index as it is now; `None` for all there is.
    fn selected(&self, index: &EntityIndex) -> Option<Arc<RoaringBitmap>> {
        let condition = match &self.decision {
            Decision::Allow => return None,
            Decision::Deny => return Some(Arc::default()),
            Decision::Conditional(condition) => condition,
        };
        let mut kept = self.selected.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, selected)) = &*kept
            && *version == index.version()
        {
            return Some(Arc::clone(selected));
        }
        let context = FilterContext { ownership: &self.ownership, starred: &self.starred, visible: None };
        let selected = Arc::new(index.select(condition, context));
        *kept = Some((index.version(), Arc::clone(&selected)));
        Some(selected)
    }
}

impl EntitySet for Permitted {
    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.index.read().version().hash(&mut hasher);
        match &self.decision {
            Decision::Allow => 1.hash(&mut hasher),
            Decision::Deny => 2.hash(&mut hasher),
            Decision::Conditional(condition) => json!(condition).to_string().hash(&mut hasher),
        }
        (&self.ownership, &self.starred).hash(&mut hasher);
        hasher.finish()
    }

    fn is_empty(&self) -> bool {
        !self.decision.is_possible()
    }

    fn is_everything(&self) -> bool {
        matches!(self.decision, Decision::Allow)
    }

    fn has(&self, references: &[EntityRef]) -> Vec<bool> {
        let mut has = Vec::with_capacity(references.len());
        for step in references.chunks(STEP) {
            // A place in the index may be another entity's by the next step, so what is selected is asked for anew.
            let index = self.index.read();
            let selected = self.selected(&index);
            has.extend(step.iter().map(|reference| {
                index
                    .slot_of(reference)
                    .is_some_and(|slot| selected.as_ref().is_none_or(|selected| selected.contains(slot)))
            }));
        }
        has
    }

    fn references(&self, limit: usize) -> Option<Vec<EntityRef>> {
        let index = self.index.read();
        let selected = self.selected(&index);
        let selected = selected.as_deref().unwrap_or_else(|| index.all());
        let is_few = usize::try_from(selected.len()).is_ok_and(|count| count <= limit);
        let reference = |slot| Some(index.get(slot)?.reference);
        is_few.then(|| selected.iter().filter_map(reference).collect())
    }
}

impl fmt::Debug for Permitted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Permitted").field("decision", &self.decision).finish_non_exhaustive()
    }
}

fn mentions(filter: &EntityFilter, is_meant: fn(&EntityFilter) -> bool) -> bool {
    let inner = filter.all_of.iter().chain(&filter.any_of).flatten().chain(filter.not.as_deref());
    is_meant(filter) || inner.into_iter().any(|inner| mentions(inner, is_meant))
}
