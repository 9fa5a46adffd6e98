use std::sync::Arc;

use callboard_kit::{Cursor, Decision, Page, PageArguments, Problem, Result};
use uuid::Uuid;

use super::CatalogRequest;
use crate::entity::{CatalogEntity, UnprocessedDocument};

impl CatalogRequest {
    /// Documents that never became entities. They tell of files and references whatever the conditions on entities,
    /// so only those who may see every entity see them.
    pub async fn unprocessed(&self, page: PageArguments) -> Result<Page<UnprocessedDocument>> {
        let bounds = page.check()?;
        let after = bounds.after.as_ref().map(place).transpose()?;
        if !matches!(self.decision().await, Decision::Allow) {
            return Ok(Page {
                items: Vec::new(),
                has_next_page: false,
                has_previous_page: false,
                total_count: 0,
            });
        }
        let repository = self.service().repository();
        let total = repository.count_unprocessed().await?;
        let mut documents = repository.list_unprocessed(after, bounds.size as u64 + 1).await?;
        let has_next_page = documents.len() > bounds.size;
        documents.truncate(bounds.size);
        let cursor = |document: &UnprocessedDocument| Cursor(vec![Some(document.uid.to_string())]).encode();
        Ok(Page {
            items: documents.into_iter().map(|document| (cursor(&document), document)).collect(),
            has_next_page,
            has_previous_page: after.is_some(),
            total_count: usize::try_from(total).unwrap_or(usize::MAX),
        })
    }

    /// The location entity that emitted an entity; `None` where the config did, or where it may not be seen.
    pub async fn emitter_of(&self, uid: Uuid) -> Result<Option<Arc<CatalogEntity>>> {
        match self.service().repository().emitter_of(uid).await? {
            Some(emitter) => Ok(self.find(&[emitter]).await?.pop().flatten()),
            None => Ok(None),
        }
    }
}

fn place(cursor: &Cursor) -> Result<Uuid> {
    let uid = match cursor.0.as_slice() {
        [Some(uid)] => Uuid::parse_str(uid).ok(),
        _ => None,
    };
    uid.ok_or_else(|| Problem::bad_input("after", "`after` is not a cursor of this list"))
}
