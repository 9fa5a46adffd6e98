use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, SimpleObject};
use callboard_kit::{EntityRef, GlobalId, Page, PageInfo, Result};
use chrono::{DateTime, Utc};

use super::{catalog, values::EntityStatus};
use crate::{entity::UnprocessedDocument, repository::RefusalKind, service::UnprocessedQuery};

/// Why a document is not in the catalog as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IngestionProblemKind {
    /// Another source has its reference.
    Conflict,
    /// Something is wrong with it.
    Error,
    /// Something is wrong with it now; the entity that it was before is served.
    Stale,
}

impl From<IngestionProblemKind> for RefusalKind {
    fn from(kind: IngestionProblemKind) -> Self {
        match kind {
            IngestionProblemKind::Conflict => Self::Conflict,
            IngestionProblemKind::Error => Self::Error,
            IngestionProblemKind::Stale => Self::Stale,
        }
    }
}

/// Which documents to list.
#[derive(Default, InputObject)]
pub struct UnprocessedFilter {
    /// Those that are listed for this reason.
    kind: Option<IngestionProblemKind>,
    /// Those that the viewer, or a group of theirs, owns.
    owned_by_viewer: Option<bool>,
    /// Those with this in their reference or file.
    text: Option<String>,
}

impl From<UnprocessedFilter> for UnprocessedQuery {
    fn from(filter: UnprocessedFilter) -> Self {
        Self {
            kind: filter.kind.map(RefusalKind::from),
            is_own: filter.owned_by_viewer.unwrap_or(false),
            text: filter.text,
        }
    }
}

/// A document that is not in the catalog as it was read.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct UnprocessedEntity {
    /// The id.
    id: ID,
    /// Where it was read from, `type:target`.
    location: String,
    /// Which document of the file, from 0.
    document: i32,
    /// The reference it claims; null where not even that could be read.
    #[graphql(name = "ref")]
    reference: Option<EntityRef>,
    /// What is wrong with it.
    errors: Vec<EntityStatus>,
    /// The same in a word.
    kind: IngestionProblemKind,
    /// Who owns what it describes, as far as that could be read.
    owner: Option<EntityRef>,
    /// Of a conflict, the source that has its reference, `type:target`.
    winning_location: Option<String>,
    /// When what is told here changed last.
    updated_at: DateTime<Utc>,
}

#[ComplexObject]
impl UnprocessedEntity {
    /// Where it is stale, the entity that it was before, if it may be seen.
    async fn served(&self, ctx: &Context<'_>) -> Result<Option<EntityRef>> {
        let reference = self.reference.as_ref().filter(|_| self.kind == IngestionProblemKind::Stale);
        let Some(reference) = reference else { return Ok(None) };
        let found = catalog(ctx).find(std::slice::from_ref(reference)).await?.pop().flatten();
        Ok(found.map(|entity| entity.reference.clone()))
    }

    /// Of a conflict, the entity that has its reference, if it may be seen.
    async fn winner(&self, ctx: &Context<'_>) -> Result<Option<EntityRef>> {
        let reference = self.reference.as_ref().filter(|_| self.kind == IngestionProblemKind::Conflict);
        let Some(reference) = reference else { return Ok(None) };
        let found = catalog(ctx).find(std::slice::from_ref(reference)).await?.pop().flatten();
        Ok(found.map(|entity| entity.reference.clone()))
    }
}

impl From<&UnprocessedDocument> for UnprocessedEntity {
    fn from(document: &UnprocessedDocument) -> Self {
        let winner = document.winner();
        let kind = match (&document.served, winner) {
            (Some(_), _) => IngestionProblemKind::Stale,
            (None, Some(_)) => IngestionProblemKind::Conflict,
            (None, None) => IngestionProblemKind::Error,
        };
        Self {
            id: ID(GlobalId::new("UnprocessedEntity", document.uid.to_string()).to_string()),
            location: document.location.clone(),
            document: document.document,
            reference: document.claimed.clone(),
            errors: document.errors.iter().map(EntityStatus::from).collect(),
            kind,
            owner: document.owner.clone(),
            winning_location: winner.map(str::to_owned),
            updated_at: document.updated_at,
        }
    }
}

/// A document that is not in the catalog as it was read, in a list.
#[derive(SimpleObject)]
pub struct UnprocessedEntityEdge {
    /// Its place in the list.
    cursor: String,
    /// The document.
    node: UnprocessedEntity,
}

/// A page of documents that are not in the catalog as they were read.
#[derive(SimpleObject)]
pub struct UnprocessedEntityConnection {
    /// The documents of the page, each with its cursor.
    edges: Vec<UnprocessedEntityEdge>,
    /// The documents of the page.
    nodes: Vec<UnprocessedEntity>,
    /// Where the page lies in the list.
    page_info: PageInfo,
    /// How many there are in all.
    total_count: i32,
}

impl From<Page<UnprocessedDocument>> for UnprocessedEntityConnection {
    fn from(page: Page<UnprocessedDocument>) -> Self {
        let edge = |(cursor, document): &(String, UnprocessedDocument)| UnprocessedEntityEdge {
            cursor: cursor.clone(),
            node: document.into(),
        };
        Self {
            edges: page.items.iter().map(edge).collect(),
            nodes: page.items.iter().map(|(_, document)| document.into()).collect(),
            page_info: page.info(),
            total_count: i32::try_from(page.total_count).unwrap_or(i32::MAX),
        }
    }
}
