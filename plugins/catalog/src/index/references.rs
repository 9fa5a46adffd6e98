use std::{collections::HashMap, hash::BuildHasher};

use callboard_kit::EntityRef;
use hashbrown::{DefaultHashBuilder, HashTable};
use roaring::RoaringBitmap;

use super::document::Relation;

/// No slot: the reference is a target only.
const NOWHERE: u32 = u32::MAX;

/// A relation as its source bears it. Several entities may declare the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub relation_type: u16,
    pub target: u32,
    declared: u16,
}

/// A relation as some entity declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Declaration {
    pub source: u32,
    pub relation_type: u16,
    pub target: u32,
}

/// A relation that appeared or disappeared.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgeChange {
    pub source: u32,
    pub relation_type: u16,
    pub target: u32,
    pub appeared: bool,
}

/// Interned references, which of them exist, and the relations between them.
#[derive(Debug, Default)]
pub(super) struct References {
    names: Vec<EntityRef>,
    slots: Vec<u32>,
    edges: Vec<Vec<Edge>>,
    free: Vec<u32>,
    ids: HashTable<u32>,
    hasher: DefaultHashBuilder,
    types: Vec<Box<str>>,
    type_ids: HashMap<Box<str>, u16>,
}

impl References {
    pub fn find(&self, reference: &EntityRef) -> Option<u32> {
        let hash = self.hasher.hash_one(reference.as_str());
        self.ids.find(hash, |id| self.names[*id as usize] == *reference).copied()
    }

    /// The slot of the entity with this reference.
    pub fn slot_of(&self, reference: &EntityRef) -> Option<u32> {
        self.slot(self.find(reference)?)
    }

    pub fn slot(&self, id: u32) -> Option<u32> {
        Some(self.slots[id as usize]).filter(|slot| *slot != NOWHERE)
    }

    pub fn name(&self, id: u32) -> &EntityRef {
        &self.names[id as usize]
    }

    pub fn place(&mut self, id: u32, slot: Option<u32>) {
        self.slots[id as usize] = slot.unwrap_or(NOWHERE);
    }

    pub fn intern(&mut self, reference: &EntityRef) -> u32 {
        let Self { names, slots, edges, free, ids, hasher, .. } = self;
        let hash = hasher.hash_one(reference.as_str());
        if let Some(id) = ids.find(hash, |id| names[*id as usize] == *reference) {
            return *id;
        }
        let id = if let Some(id) = free.pop() {
            names[id as usize] = reference.clone();
            id
        } else {
            names.push(reference.clone());
            slots.push(NOWHERE);
            edges.push(Vec::new());
            u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
        };
        ids.insert_unique(hash, id, |id| hasher.hash_one(names[*id as usize].as_str()));
        id
    }

    /// How many references there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Forgets all references but these, which no entity and no relation bears any more.
    pub fn keep(&mut self, borne: &RoaringBitmap) {
        let Self { names, slots, edges, free, ids, .. } = self;
        ids.retain(|id| borne.contains(*id));
        let Some(other) = borne.min().map(|id| names[id as usize].clone()) else {
            (*names, *slots, *edges, *free) = Default::default();
            return;
        };
        free.clear();
        for (id, name) in (0..).zip(names) {
            if !borne.contains(id) {
                // The place stays, to be taken again, and holds no text of its own until then.
                *name = other.clone();
                slots[id as usize] = NOWHERE;
                edges[id as usize] = Vec::new();
                free.push(id);
            }
        }
    }

    /// The relation types there are, in the order of their ids.
    pub fn types(&self) -> &[Box<str>] {
        &self.types
    }

    pub fn type_name(&self, id: u16) -> &str {
        &self.types[usize::from(id)]
    }

    /// The type of that name, which compares without regard to case.
    pub fn type_named(&self, name: &str) -> Option<u16> {
        self.type_ids.get(name.to_lowercase().as_str()).copied()
    }

    fn intern_type(&mut self, name: &str) -> Option<u16> {
        let folded = name.to_lowercase();
        if let Some(id) = self.type_ids.get(folded.as_str()) {
            return Some(*id);
        }
        let id = u16::try_from(self.types.len()).ok()?;
        self.types.push(name.into());
        self.type_ids.insert(folded.into(), id);
        Some(id)
    }

    /// Interns what an entity declares. Relations beyond 65,536 types are dropped: no real catalog has them.
    pub fn declarations(&mut self, relations: &[Relation]) -> Box<[Declaration]> {
        let mut declared: Vec<Declaration> = relations
            .iter()
            .filter_map(|relation| {
                Some(Declaration {
                    source: self.intern(&relation.source),
                    relation_type: self.intern_type(&relation.relation_type)?,
                    target: self.intern(&relation.target),
                })
            })
            .collect();
        declared.sort_unstable();
        declared.dedup();
        declared.into()
    }

    /// The relations of a reference, ordered by type and target.
    pub fn edges(&self, id: u32) -> &[Edge] {
        &self.edges[id as usize]
    }

    /// Counts declarations that come (`+1`) and go (`-1`), and tells which relations appeared or disappeared by it.
    pub fn change(&mut self, mut deltas: Vec<(Declaration, i32)>) -> Vec<EdgeChange> {
        deltas.sort_unstable_by_key(|(declaration, _)| *declaration);
        let mut changes = Vec::new();
        for group in deltas.chunk_by(|left, right| left.0.source == right.0.source) {
            let source = group[0].0.source;
            let before = std::mem::take(&mut self.edges[source as usize]);
            self.edges[source as usize] = merge(source, before, group, &mut changes);
        }
        changes
    }
}

fn merge(
    source: u32,
    before: Vec<Edge>,
    deltas: &[(Declaration, i32)],
    changes: &mut Vec<EdgeChange>,
) -> Vec<Edge> {
    let mut after = Vec::with_capacity(before.len() + deltas.len());
    let mut before = before.into_iter().peekable();
    for same in deltas.chunk_by(|left, right| left.0 == right.0) {
        let Declaration { relation_type, target, .. } = same[0].0;
        let key = (relation_type, target);
        while let Some(edge) = before.next_if(|edge| (edge.relation_type, edge.target) < key) {
            after.push(edge);
        }
        let old = before.next_if(|edge| (edge.relation_type, edge.target) == key);
        let old = old.map_or(0, |edge| i32::from(edge.declared));
        let new = (old + same.iter().map(|(_, delta)| delta).sum::<i32>()).max(0);
        if new > 0 {
            let declared = u16::try_from(new).unwrap_or(u16::MAX);
            after.push(Edge { relation_type, target, declared });
        }
        if (old > 0) != (new > 0) {
            changes.push(EdgeChange { source, relation_type, target, appeared: new > 0 });
        }
    }
    after.extend(before);
    after.shrink_to_fit();
    after
}
