use std::sync::Arc;

use callboard_kit::{EntityFilter, EntityOrder, Facet, PageArguments, Problem, Result};
use roaring::RoaringBitmap;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::CatalogRequest;
use crate::{
    entity::hex,
    index::{EntityIndex, IndexPage, PageQuery, check_filter, check_order, check_path, check_text},
};

/// The most fields whose values are counted for one list.
const MAX_FACETS: usize = 20;

/// Which entities a list begins with.
#[derive(Clone, Debug)]
pub enum Scope {
    /// All of them.
    All,
    /// Those that an entity is related to.
    Related {
        /// The entity.
        uid: Uuid,
        /// The relation's type.
        relation_type: &'static str,
        /// Only these kinds; empty for any.
        kinds: &'static [&'static str],
    },
    /// The members of a group and of every group below it.
    MembersWithin(Uuid),
}

/// What is listed and how.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// Where it begins.
    pub scope: Scope,
    /// What narrows it.
    pub filter: Option<EntityFilter>,
    /// Words to find.
    pub text: Option<String>,
    /// The order; by name where it is empty.
    pub order: Vec<EntityOrder>,
    /// Which page.
    pub page: PageArguments,
}

impl ListQuery {
    /// Stands for the order, the filter and the text. Not for the scope: lists that lie in many entities are paged by
    /// one argument.
    fn signature(&self) -> String {
        let order: Vec<_> = self.order.iter().map(|key| (key.field.to_lowercase(), key.direction)).collect();
        let text = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let filter = self.filter.as_ref().filter(|filter| **filter != EntityFilter::default());
        let asked = json!([order, filter, text]).to_string();
        hex(&Sha256::digest(asked.as_bytes())[..8])
    }
}

/// A list the viewer may see: a page of it and what is known about the whole.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The page, without bodies.
    pub page: IndexPage,
    /// How many there are in all.
    pub total: u64,
    /// Counts values within the same list.
    pub facets: Facets,
}

/// A list to count values in.
#[derive(Clone, Debug)]
pub struct Facets {
    query: Arc<ListQuery>,
    selection: Arc<RoaringBitmap>,
    version: u64,
}

impl CatalogRequest {
    /// A list, as far as the viewer may see it.
    pub async fn list(&self, query: ListQuery) -> Result<Listing> {
        let bounds = query.page.clone().check()?;
        check_order(&query.order)?;
        if let Some(filter) = &query.filter {
            check_filter(filter)?;
        }
        query.text.as_deref().map_or(Ok(()), check_text)?;
        self.prepare(query.filter.as_ref()).await?;
        self.look(|index, visible| {
            let selection = self.selection(index, visible, &query);
            let list = query.signature();
            let page = PageQuery { order: &query.order, bounds: &bounds, visible, list: &list };
            let page = index.page(&selection, &page)?;
            let total = selection.len();
            let facets =
                Facets { query: Arc::new(query), selection: Arc::new(selection), version: index.version() };
            Ok(Listing { page, total, facets })
        })
    }

    /// How often the values of each field occur within a list.
    pub fn facets(&self, facets: &Facets, fields: &[String]) -> Result<Vec<Facet>> {
        if fields.len() > MAX_FACETS {
            let message = format!("`fields` takes {MAX_FACETS} fields at most");
            return Err(Problem::bad_input("fields", message));
        }
        fields.iter().try_for_each(|field| check_path("fields", field))?;
        Ok(self.look(|index, visible| {
            // Places in the index are reused, so what was selected at another version is selected anew.
            let selection = if index.version() == facets.version {
                Arc::clone(&facets.selection)
            } else {
                Arc::new(self.selection(index, visible, &facets.query))
            };
            fields.iter().map(|field| index.facet(&selection, field, visible)).collect()
        }))
    }

    pub(super) fn selection(
        &self,
        index: &EntityIndex,
        visible: Option<&RoaringBitmap>,
        query: &ListQuery,
    ) -> RoaringBitmap {
        let context = self.filter_context(visible);
        let mut selection = match &query.scope {
            Scope::All => visible.unwrap_or_else(|| index.all()).clone(),
            Scope::Related { uid, relation_type, kinds } => {
                let related = index
                    .slot_of_uid(*uid)
                    .map(|slot| index.related(slot, relation_type))
                    .unwrap_or_default();
                let related = if kinds.is_empty() { related } else { related & index.of_kinds(kinds) };
                restrict(related, visible)
            }
            Scope::MembersWithin(uid) => {
                let members = index.slot_of_uid(*uid).map(|slot| index.members_within(slot));
                restrict(members.unwrap_or_default(), visible)
            }
        };
        if let Some(filter) = &query.filter {
            selection &= index.select(filter, context);
        }
        if let Some(found) = query.text.as_deref().and_then(|text| index.search(text)) {
            selection &= found;
        }
        selection
    }
}

fn restrict(selection: RoaringBitmap, visible: Option<&RoaringBitmap>) -> RoaringBitmap {
    match visible {
        Some(visible) => selection & visible,
        None => selection,
    }
}
