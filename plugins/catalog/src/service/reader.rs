use async_trait::async_trait;
use callboard_kit::{CatalogReader, EntityFilter, EntityRef, GlobalId, Result};
use uuid::Uuid;

use super::CatalogService;
use crate::{ENTITY_TYPE, index::FilterContext};

#[async_trait]
impl CatalogReader for CatalogService {
    async fn groups_of(&self, user: &EntityRef) -> Result<Vec<EntityRef>> {
        let index = self.index.read();
        let Some(user) = index.slot_of(user) else { return Ok(Vec::new()) };
        let groups = index.groups_of(user);
        let mut groups: Vec<EntityRef> =
            groups.iter().filter_map(|slot| index.get(slot)).map(|group| group.reference).collect();
        groups.sort_unstable();
        Ok(groups)
    }

    async fn display_name(&self, reference: &EntityRef) -> Result<Option<String>> {
        let entity = self.find_unchecked(reference).await?;
        Ok(entity.map(|entity| entity.display_name().to_owned()))
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
}
