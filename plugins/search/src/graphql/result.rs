use std::{ops::Range, sync::Arc};

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use callboard_kit::{EntityRef, Result};
use chrono::{DateTime, Utc};

use super::search;
use crate::{
    engine::Hit,
    excerpt::{Excerpt, Matcher},
};

/// Something that was found.
pub(crate) struct SearchResult {
    hit: Hit,
    matcher: Arc<Matcher>,
}

/// Where a word is in what is shown.
#[derive(SimpleObject)]
pub(crate) struct Highlight {
    /// In which of the texts.
    field: HighlightField,
    /// Where it begins, in UTF-16 code units as browsers count.
    start: i32,
    /// Where it ends.
    end: i32,
}

/// A text of a result.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum HighlightField {
    /// `title`.
    Title,
    /// `text`.
    Text,
}

/// Any entity of the catalog, of whatever kind.
pub(crate) struct Entity {
    pub(super) id: ID,
}

#[Object(interface_object)]
impl Entity {
    /// Its id.
    async fn id(&self) -> &ID {
        &self.id
    }
}

impl SearchResult {
    pub fn new(hit: &Hit, matcher: &Arc<Matcher>) -> Self {
        Self { hit: hit.clone(), matcher: Arc::clone(matcher) }
    }

    fn language(&self) -> Option<&str> {
        self.hit.document.language.as_deref()
    }

    fn excerpt(&self) -> Excerpt {
        self.matcher.excerpt(&self.hit.document.text, self.language())
    }

    /// The entity that it belongs to, as the catalog knows it now.
    async fn id_of(&self, ctx: &Context<'_>, entity: &EntityRef) -> Result<Option<Entity>> {
        let id = search(ctx).id_of(entity).await?;
        Ok(id.map(|id| Entity { id: id.into() }))
    }
}

/// Something that was found.
#[Object]
impl SearchResult {
    /// The type of document, as `searchTypes` names it.
    #[graphql(name = "type")]
    async fn type_(&self) -> &str {
        &self.hit.document.type_
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.hit.document.title
    }

    /// The part of its text where the words are, on one line.
    async fn text(&self) -> String {
        self.excerpt().text
    }

    /// Where it is: a path of the portal, or an address.
    async fn location(&self) -> &str {
        &self.hit.document.location
    }

    /// The entity that it is, or belongs to.
    async fn entity(&self, ctx: &Context<'_>) -> Result<Option<Entity>> {
        match &self.hit.document.entity {
            Some(entity) => self.id_of(ctx, entity).await,
            None => Ok(None),
        }
    }

    /// Where the words are in `title` and `text`.
    async fn highlights(&self) -> Vec<Highlight> {
        let title = self.matcher.mark(&self.hit.document.title, self.language());
        let of = |field: HighlightField, ranges: Vec<Range<usize>>| {
            let end = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
            ranges.into_iter().map(move |range| Highlight {
                field,
                start: end(range.start),
                end: end(range.end),
            })
        };
        let text = of(HighlightField::Text, self.excerpt().ranges);
        of(HighlightField::Title, title.ranges).chain(text).collect()
    }

    /// How well it fits, against the other results of the same search; the more, the better.
    async fn score(&self) -> f64 {
        f64::from(self.hit.score)
    }

    /// When what it says changed last, as far as that is known.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        self.hit.document.updated
    }
}
