use async_graphql::{ID, SimpleObject};
use callboard_kit::{EntityRef, GlobalId, PageInfo};

use super::values::EntityStatus;
use crate::entity::UnprocessedDocument;

/// A document that never became an entity.
#[derive(SimpleObject)]
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
    /// Why it is no entity.
    errors: Vec<EntityStatus>,
}

impl From<&UnprocessedDocument> for UnprocessedEntity {
    fn from(document: &UnprocessedDocument) -> Self {
        Self {
            id: ID(GlobalId::new("UnprocessedEntity", document.uid.to_string()).to_string()),
            location: document.location.clone(),
            document: document.document,
            reference: document.claimed.clone(),
            errors: document.errors.iter().map(EntityStatus::from).collect(),
        }
    }
}

/// A document that never became an entity, in a list.
#[derive(SimpleObject)]
pub struct UnprocessedEntityEdge {
    /// Its place in the list.
    pub cursor: String,
    /// The document.
    pub node: UnprocessedEntity,
}

/// A page of documents that never became entities.
#[derive(SimpleObject)]
pub struct UnprocessedEntityConnection {
    /// The documents of the page, each with its cursor.
    pub edges: Vec<UnprocessedEntityEdge>,
    /// The documents of the page.
    pub nodes: Vec<UnprocessedEntity>,
    /// Where the page lies in the list.
    pub page_info: PageInfo,
    /// How many there are in all.
    pub total_count: i32,
}
