//! The entity index: every filter, count, facet, order and relation of the catalog is answered from here, in memory;
//! only the bodies of a page come from the database.

mod apply;
mod disclosure;
mod document;
mod facets;
mod filter;
mod graph;
mod limits;
mod order;
mod page;
mod posting;
mod references;
mod sweep;
mod terms;
mod walk;
mod words;

use callboard_kit::EntityRef;
use hashbrown::HashMap;
use roaring::RoaringBitmap;
use uuid::Uuid;

pub use apply::{Applied, IndexChange};
pub use document::{IndexDocument, ORIGIN, Relation, origin_key};
pub use filter::FilterContext;
pub use graph::{Follow, Graph, GraphDirection, GraphEdge, GraphNode, Walk};
pub use limits::{check_filter, check_order, check_path, check_text};
pub use page::{IndexPage, PageQuery};

use references::{Declaration, Edge, References};
use sweep::Sweeping;
use terms::{Occurrence, Terms};
use words::Words;

/// Kinds, values, words and relations of every entity. It is plain data: who shares it decides on the lock.
#[derive(Debug, Default)]
pub struct EntityIndex {
    slots: Vec<Option<Slot>>,
    free: Vec<u32>,
    uids: HashMap<Uuid, u32>,
    live: RoaringBitmap,
    orphans: RoaringBitmap,
    terms: Terms,
    words: Words,
    references: References,
    /// The field of each type of relation, as far as it was looked up.
    relation_fields: Vec<Option<u32>>,
    sweeping: Sweeping,
    version: u64,
}

/// One entity in the index.
#[derive(Debug)]
struct Slot {
    uid: Uuid,
    reference: u32,
    revision: u64,
    occurrences: Box<[Occurrence]>,
    presence: Box<[u32]>,
    /// Sorted, and so they stay when words are forgotten: those that are left keep their order.
    words: Box<[u32]>,
    declared: Box<[Declaration]>,
}

/// An entity as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedEntity {
    /// Its place in the index, good for as long as the index stays at this version.
    pub slot: u32,
    /// Its uid.
    pub uid: Uuid,
    /// Its address.
    pub reference: EntityRef,
    /// Changes whenever the stored body or status does.
    pub revision: u64,
}

/// A relation of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedRelation {
    /// Its type, e.g. `ownedBy`.
    pub relation_type: String,
    /// Where it points.
    pub target: EntityRef,
    /// The slot of the target; `None` where it dangles.
    pub target_slot: Option<u32>,
}

impl EntityIndex {
    /// Grows with every batch of changes; what was computed at one version holds for that version alone.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Numbers the versions of a new index after those of the one it replaces.
    pub const fn start_after(&mut self, version: u64) {
        self.version = version + 1;
    }

    /// Every entity.
    pub const fn all(&self) -> &RoaringBitmap {
        &self.live
    }

    /// The entity in a slot.
    pub fn get(&self, slot: u32) -> Option<IndexedEntity> {
        let entity = self.slots.get(slot as usize)?.as_ref()?;
        Some(IndexedEntity {
            slot,
            uid: entity.uid,
            reference: self.references.name(entity.reference).clone(),
            revision: entity.revision,
        })
    }

    /// The slot of the entity with this uid.
    pub fn slot_of_uid(&self, uid: Uuid) -> Option<u32> {
        self.uids.get(&uid).copied()
    }

    /// The slot of the entity with this reference.
    pub fn slot_of(&self, reference: &EntityRef) -> Option<u32> {
        self.references.slot_of(reference)
    }

    /// The uids of all orphans.
    pub fn orphans(&self) -> Vec<Uuid> {
        let entities = self.orphans.iter().filter_map(|slot| self.slots.get(slot as usize)?.as_ref());
        entities.map(|entity| entity.uid).collect()
    }

    /// Whether the entity in a slot is an orphan.
    pub fn is_orphan(&self, slot: u32) -> bool {
        self.orphans.contains(slot)
    }

    /// The relations of the entity in a slot, of one type or of all, ordered by type and target, as far as they may be
    /// told to someone who sees only what is `visible`.
    pub fn relations(
        &self,
        slot: u32,
        relation_type: Option<&str>,
        visible: Option<&RoaringBitmap>,
    ) -> Vec<IndexedRelation> {
        let mut relations: Vec<IndexedRelation> = self
            .edges(slot, relation_type)
            .iter()
            .filter(|edge| self.discloses(slot, edge.relation_type, edge.target, visible))
            .map(|edge| IndexedRelation {
                relation_type: self.references.type_name(edge.relation_type).to_owned(),
                target: self.references.name(edge.target).clone(),
                target_slot: self.references.slot(edge.target),
            })
            .collect();
        relations.sort_unstable_by(|left, right| {
            (&left.relation_type, &left.target).cmp(&(&right.relation_type, &right.target))
        });
        relations
    }

    /// The existing targets of an entity's relations of one type.
    pub fn related(&self, slot: u32, relation_type: &str) -> RoaringBitmap {
        let edges = self.edges(slot, Some(relation_type));
        edges.iter().filter_map(|edge| self.references.slot(edge.target)).collect()
    }

    fn edges(&self, slot: u32, relation_type: Option<&str>) -> &[Edge] {
        let Some(Some(entity)) = self.slots.get(slot as usize) else { return &[] };
        let edges = self.references.edges(entity.reference);
        let Some(name) = relation_type else { return edges };
        let Some(wanted) = self.references.type_named(name) else { return &[] };
        let from = edges.partition_point(|edge| edge.relation_type < wanted);
        let to = edges.partition_point(|edge| edge.relation_type <= wanted);
        &edges[from..to]
    }

    /// The kinds there are among the selected, as written, each with its count, by name.
    pub fn kinds(&self, selection: &RoaringBitmap) -> Vec<(String, u64)> {
        let Some(field) = self.terms.field_id("kind") else { return Vec::new() };
        let mut kinds: Vec<(String, u64)> = self
            .terms
            .of_field(field)
            .map(|term| (term.shown().to_owned(), term.count(selection)))
            .filter(|(_, count)| *count > 0)
            .collect();
        kinds.sort_unstable();
        kinds
    }

    /// The entities in which every word of `text` is part of some word; `None` where the text asks for nothing.
    pub fn search(&self, text: &str) -> Option<RoaringBitmap> {
        self.words.search(text)
    }
}
