use std::{collections::HashMap, sync::Arc};

use callboard_kit::{EntityFilter, PageArguments, Result};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{CatalogRequest, ListQuery, Scope};
use crate::{
    entity::CatalogEntity,
    index::{IndexedEntity, check_filter},
    repository::Written,
};

/// Of so many entities or fewer each is asked for; of more, the newest of the whole catalog are looked through.
const MAX_ASKED_FOR: u64 = 1000;
/// How many of the newest are looked through at once, and how often.
const STEP: usize = 500;
const MAX_STEPS: usize = 20;

/// An entity and when it changed last.
pub struct RecentChange {
    /// The entity.
    pub entity: Arc<CatalogEntity>,
    /// When its descriptor, or what the catalog knows of it, became different last.
    pub at: DateTime<Utc>,
}

impl CatalogRequest {
    /// What changed last of what the viewer may see.
    pub async fn recently_changed(
        &self,
        filter: Option<EntityFilter>,
        first: Option<i32>,
    ) -> Result<Vec<RecentChange>> {
        let page = PageArguments::forward(first, None);
        let wanted = page.clone().check()?.size;
        if let Some(filter) = &filter {
            check_filter(filter)?;
        }
        self.prepare(filter.as_ref()).await?;
        let query = ListQuery { scope: Scope::All, filter, text: None, order: Vec::new(), page };
        let few = self.look(|index, visible| {
            let selection = self.selection(index, visible, &query);
            let entities = || selection.iter().filter_map(|slot| index.get(slot).map(|entity| entity.uid));
            (selection.len() <= MAX_ASKED_FOR).then(|| entities().collect::<Vec<Uuid>>())
        });
        let written = match few {
            Some(uids) => self.service().repository().written_of(&uids, wanted).await?,
            None => self.newest_of(&query, wanted).await?,
        };
        let found = self.selected(&query, &written);
        let entities = self.load(written.iter().map(|one| found.get(&one.uid).cloned()).collect()).await?;
        let pairs = written.into_iter().zip(entities);
        Ok(pairs
            .filter_map(|(Written { at, .. }, entity)| Some(RecentChange { entity: entity?, at }))
            .collect())
    }

    /// Looks through what was written last in the whole catalog for what a query selects.
    async fn newest_of(&self, query: &ListQuery, wanted: usize) -> Result<Vec<Written>> {
        let mut found = Vec::with_capacity(wanted);
        let mut last = None;
        for _ in 0..MAX_STEPS {
            let step = self.service().repository().written_before(last, STEP).await?;
            let selected = self.selected(query, &step);
            found
                .extend(step.iter().filter(|one| selected.contains_key(&one.uid)).take(wanted - found.len()));
            last = step.last().copied();
            if found.len() == wanted || step.len() < STEP {
                break;
            }
        }
        Ok(found)
    }

    /// Which of these a query selects and the viewer may see now.
    fn selected(&self, query: &ListQuery, written: &[Written]) -> HashMap<Uuid, IndexedEntity> {
        self.look(|index, visible| {
            let selection = self.selection(index, visible, query);
            let slots = written.iter().filter_map(|one| index.slot_of_uid(one.uid));
            let slots = slots.filter(|slot| selection.contains(*slot));
            slots.filter_map(|slot| index.get(slot)).map(|entity| (entity.uid, entity)).collect()
        })
    }
}
