use async_graphql::{Context, Object, SimpleObject};
use callboard_kit::{Facet, PageInfo, Result};

use super::{result::SearchResult, search};
use crate::engine::Found;

/// A page of what was found, and what is known about all of it.
pub(crate) struct SearchConnection(pub Found);

/// A result in a list.
#[derive(SimpleObject)]
pub(crate) struct SearchEdge {
    /// Its place in the list. The next page after it is weighed as this one was, whatever changes meanwhile.
    cursor: String,
    /// The result.
    node: SearchResult,
}

impl SearchConnection {
    fn results(&self) -> impl Iterator<Item = SearchResult> {
        self.0.hits.iter().map(|hit| SearchResult::new(hit, &self.0.matcher))
    }
}

/// A page of what was found, and what is known about all of it.
#[Object]
impl SearchConnection {
    /// The results of the page, each with its cursor.
    async fn edges(&self) -> Vec<SearchEdge> {
        let cursors = self.0.hits.iter().map(|hit| hit.cursor.encode());
        cursors.zip(self.results()).map(|(cursor, node)| SearchEdge { cursor, node }).collect()
    }

    /// The results of the page.
    async fn nodes(&self) -> Vec<SearchResult> {
        self.results().collect()
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.0.has_next,
            has_previous_page: self.0.is_later_page,
            start_cursor: self.0.hits.first().map(|hit| hit.cursor.encode()),
            end_cursor: self.0.hits.last().map(|hit| hit.cursor.encode()),
        }
    }

    /// How many there are in all.
    async fn total_count(&self) -> i32 {
        i32::try_from(self.0.total).unwrap_or(i32::MAX)
    }

    /// How often the values of these fields occur in all that was found, most frequent first, 200 of each at most.
    async fn facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Fields, e.g. `type`, `kind`, `owner`, `lifecycle`, `tag`; 20 at most.")]
        fields: Vec<String>,
    ) -> Result<Vec<Facet>> {
        search(ctx).facets(&self.0, &fields).await
    }

    /// The same text with what may have been meant, where a word is in nothing that the viewer may see.
    async fn suggestion(&self) -> Option<&str> {
        self.0.suggestion.as_deref()
    }
}
