use std::sync::Arc;

use async_trait::async_trait;
use callboard_kit::{CatalogReader, EntityFilter, EntityRef, EntitySet, GlobalId, Result, Viewer};
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::CatalogService;
use crate::{
    ENTITY_TYPE,
    index::{EntityIndex, FilterContext},
};

fn references(index: &EntityIndex, selected: &RoaringBitmap, limit: usize) -> Vec<EntityRef> {
    let mut references: Vec<EntityRef> =
        selected.iter().filter_map(|slot| index.get(slot)).map(|entity| entity.reference).collect();
    references.sort_unstable();
    references.truncate(limit);
    references
}

#[async_trait]
impl CatalogReader for CatalogService {
    async fn groups_of(&self, user: &EntityRef) -> Result<Vec<EntityRef>> {
        let index = self.index.read();
        let Some(user) = index.slot_of(user) else { return Ok(Vec::new()) };
        Ok(references(&index, &index.groups_of(user), usize::MAX))
    }

    async fn members_of(&self, group: &EntityRef) -> Result<Vec<EntityRef>> {
        let index = self.index.read();
        let Some(group) = index.slot_of(group) else { return Ok(Vec::new()) };
        let members = index.members_within(group) & index.of_kinds(&["user"]);
        Ok(references(&index, &members, usize::MAX))
    }

    async fn references(&self, filter: &EntityFilter, limit: usize) -> Result<Vec<EntityRef>> {
        let index = self.index.read();
        let selected = index.select(filter, FilterContext::default());
        Ok(references(&index, &selected, limit))
    }

    async fn count(&self, filter: &EntityFilter) -> Result<u64> {
        Ok(self.index.read().select(filter, FilterContext::default()).len())
    }

    async fn display_name(&self, reference: &EntityRef) -> Result<Option<String>> {
        let entity = self.find_unchecked(reference).await?;
        Ok(entity.map(|entity| entity.display_name().to_owned()))
    }

    async fn annotation(&self, reference: &EntityRef, name: &str) -> Result<Option<String>> {
        let entity = self.find_unchecked(reference).await?;
        Ok(entity.and_then(|entity| entity.annotation(name).map(str::to_owned)))
    }

    async fn id_of(&self, reference: &EntityRef) -> Result<Option<String>> {
        let index = self.index.read();
        let entity = index.slot_of(reference).and_then(|slot| index.get(slot));
        Ok(entity.map(|entity| GlobalId::new(ENTITY_TYPE, entity.uid.to_string()).to_string()))
    }

    async fn select(&self, ids: &[String], filter: &EntityFilter) -> Result<Vec<bool>> {
        let index = self.index.read();
        let selected = index.select(filter, FilterContext::default());
        let is_selected = |id: &String| {
            let id = GlobalId::decode(id).filter(|id| id.type_name == ENTITY_TYPE)?;
            index.slot_of_uid(Uuid::parse_str(&id.key).ok()?).map(|slot| selected.contains(slot))
        };
        Ok(ids.iter().map(|id| is_selected(id).unwrap_or(false)).collect())
    }

    async fn permitted(&self, viewer: &Viewer, permission: &str) -> Result<Arc<dyn EntitySet>> {
        self.permitted_to(viewer, permission).await
    }
}
