use std::sync::Arc;

use callboard_kit::{Cursor, Decision, Page, PageArguments, Problem, Result};
use uuid::Uuid;

use super::CatalogRequest;
use crate::{
    entity::{CatalogEntity, UnprocessedDocument},
    permissions::LOCATION_READ,
    repository::{RefusalKind, RefusedFilter},
};

/// Which refused documents a client asks for.
#[derive(Clone, Debug, Default)]
pub struct UnprocessedQuery {
    /// Those that are refused for this reason.
    pub kind: Option<RefusalKind>,
    /// Those that the viewer, or a group of theirs, owns.
    pub is_own: bool,
    /// Those with this in their reference or file.
    pub text: Option<String>,
}

impl CatalogRequest {
    /// Documents that are not in the catalog as they were read. They tell of files and references whatever the conditions on entities, so
    /// who may see every entity and location sees all of them, and anyone else those that they own.
    pub async fn unprocessed(
        &self,
        query: UnprocessedQuery,
        page: PageArguments,
    ) -> Result<Page<UnprocessedDocument>> {
        let bounds = page.check()?;
        let after = bounds.after.as_ref().map(place).transpose()?;
        let sees_all = matches!(self.decision().await, Decision::Allow) && self.may(LOCATION_READ).await;
        if !self.decision().await.is_possible() {
            return Ok(Page {
                items: Vec::new(),
                has_next_page: false,
                has_previous_page: false,
                total_count: 0,
            });
        }
        let owners = || self.viewer().ownership_refs().iter().map(ToString::to_string).collect();
        let filter = RefusedFilter {
            kind: query.kind,
            owners: (query.is_own || !sees_all).then(owners),
            text: query.text,
        };
        let repository = self.service().repository();
        let total = repository.count_refused(&filter).await?;
        let mut documents = repository.list_refused(&filter, after, bounds.size as u64 + 1).await?;
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
        let load = |uids: Vec<Uuid>| async move { Ok(self.service().repository().emitters_of(&uids).await?) };
        match self.emitters.load_one(&uid, load).await? {
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
