//! Walks over relations: what lies around an entity, what depends on it, and how two of them hang together.

use callboard_kit::EntityRef;
use hashbrown::{HashMap, HashSet};
use roaring::RoaringBitmap;

use super::{EntityIndex, IndexedEntity, references::Edge};

/// Both names of each relation. A graph draws it once, under the first.
const PAIRS: [(&str, &str); 7] = [
    ("ownedBy", "ownerOf"),
    ("partOf", "hasPart"),
    ("providesApi", "apiProvidedBy"),
    ("consumesApi", "apiConsumedBy"),
    ("dependsOn", "dependencyOf"),
    ("childOf", "parentOf"),
    ("memberOf", "hasMember"),
];

/// Ways from something to what depends on it: whoever says so, whoever calls its APIs, and the APIs that it provides.
const TO_DEPENDENTS: [&str; 3] = ["dependencyOf", "apiConsumedBy", "providesApi"];

/// What these consist of depends on nothing less than they do.
const WHOLES: [&str; 2] = ["system", "domain"];

/// Relations that one walk looks at before it gives up, so that no walk holds up others.
const MAX_LOOKED_AT: usize = 1_000_000;

/// Which way relations are followed. `dependsOn` goes out from what depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphDirection {
    /// From their source to their target.
    Outgoing,
    /// From their target to their source.
    Incoming,
    /// Both ways.
    Both,
}

/// Which relations are followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Those of these types, under either name, in a direction; all types for `None`.
    Types(Option<Vec<String>>, GraphDirection),
    /// Those that lead to what depends on something.
    Dependents,
}

/// What is walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Which relations.
    pub follow: Follow,
    /// Only through and to these kinds, in lower case; any for `None`.
    pub kinds: Option<Vec<String>>,
    /// How many steps from the roots.
    pub depth: usize,
    /// How many nodes at most.
    pub limit: usize,
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// Nearest first.
    pub nodes: Vec<GraphNode>,
    /// Between the nodes, each once.
    pub edges: Vec<GraphEdge>,
    /// Whether there was more than the limit lets through.
    pub is_truncated: bool,
}

/// Something that a walk came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphNode {
    /// Its address.
    pub reference: EntityRef,
    /// The entity there; `None` where there is none, or none that may be seen.
    pub entity: Option<IndexedEntity>,
    /// How many steps it is from the roots.
    pub depth: usize,
    /// Whether relations lead from it to what is not in the graph.
    pub has_more: bool,
}

/// A relation between two nodes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GraphEdge {
    /// The type, under the first of its names.
    pub relation_type: String,
    /// Whose relation it is.
    pub source: EntityRef,
    /// Where it points.
    pub target: EntityRef,
}

/// What is done about relations of one type.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The type under which they are drawn.
    drawn_as: u16,
    /// Whether they are drawn the other way round.
    is_reversed: bool,
    is_followed: bool,
    /// Followed from systems and domains only.
    from_wholes: bool,
}

/// A relation as it is drawn, by ids.
type Drawn = (u32, u16, u32);

impl Step {
    const fn draw(self, from: u32, to: u32) -> Drawn {
        if self.is_reversed { (to, self.drawn_as, from) } else { (from, self.drawn_as, to) }
    }
}

struct Walker<'a> {
    index: &'a EntityIndex,
    visible: Option<&'a RoaringBitmap>,
    steps: Vec<Step>,
    kinds: Option<&'a [String]>,
    /// Whatever their kind.
    ends: Vec<u32>,
    looked_at: usize,
}

impl EntityIndex {
    /// What is found by walking from `roots` within what is `visible`. Roots that are not there are left out.
    pub fn around(&self, roots: &[EntityRef], walk: &Walk, visible: Option<&RoaringBitmap>) -> Graph {
        let mut walker = Walker::new(self, walk, visible);
        let mut found = Found::default();
        for root in roots {
            if let Some(id) = self.references.find(root).filter(|id| walker.slot(*id).is_some()) {
                found.add(id, 0);
                walker.ends.push(id);
            }
        }
        let mut level = 0..found.nodes.len();
        for depth in 0..=walk.depth {
            for at in level.clone() {
                let id = found.nodes[at].0;
                let Some(slot) = walker.slot(id) else { continue };
                let (known, mut unknown): (Vec<_>, Vec<_>) = walker
                    .steps_from(id, slot)
                    .into_iter()
                    .partition(|(to, _)| found.places.contains_key(to));
                found.edges.extend(known.into_iter().map(|(_, drawn)| drawn));
                if unknown.is_empty() {
                    continue;
                }
                if depth == walk.depth {
                    found.nodes[at].2 = true;
                    continue;
                }
                unknown.sort_unstable_by_key(|(to, drawn)| (self.references.name(*to), drawn.1));
                for (to, drawn) in unknown {
                    if found.places.contains_key(&to) || found.nodes.len() < walk.limit {
                        found.add(to, depth + 1);
                        found.edges.insert(drawn);
                    } else {
                        found.nodes[at].2 = true;
                        found.is_truncated = true;
                    }
                }
            }
            level = level.end..found.nodes.len();
        }
        found.is_truncated |= walker.is_tired();
        walker.graph(found)
    }

    /// One of the shortest ways from one entity to another, the nodes in order; nothing where there is none.
    pub fn path(
        &self,
        from: &EntityRef,
        to: &EntityRef,
        walk: &Walk,
        visible: Option<&RoaringBitmap>,
    ) -> Graph {
        let mut walker = Walker::new(self, walk, visible);
        let (Some(from), Some(to)) = (self.references.find(from), self.references.find(to)) else {
            return Graph::default();
        };
        let Some(way) = walker.way(from, to) else {
            return Graph { is_truncated: walker.is_tired(), ..Graph::default() };
        };
        let mut found = Found::default();
        found.add(from, 0);
        for (depth, (id, drawn)) in (1..).zip(way) {
            found.add(id, depth);
            found.edges.insert(drawn);
        }
        walker.graph(found)
    }
}

impl<'a> Walker<'a> {
    fn new(index: &'a EntityIndex, walk: &'a Walk, visible: Option<&'a RoaringBitmap>) -> Self {
        let step = |(id, name): (u16, &str)| {
            let pair = PAIRS.iter().find(|(first, second)| [*first, *second].contains(&name));
            let first = pair.and_then(|(first, _)| index.references.type_named(first));
            let is_reversed = pair.is_some_and(|(_, second)| *second == name) && first.is_some();
            let from_wholes = walk.follow == Follow::Dependents && name == "hasPart";
            let is_followed = match &walk.follow {
                Follow::Dependents => from_wholes || TO_DEPENDENTS.contains(&name),
                Follow::Types(types, direction) => {
                    let is_wanted = types.as_ref().is_none_or(|types| {
                        let is_named = |of: &str| types.iter().any(|wanted| wanted.eq_ignore_ascii_case(of));
                        pair.map_or_else(
                            || is_named(name),
                            |(first, second)| is_named(first) || is_named(second),
                        )
                    });
                    let leads_there = match direction {
                        GraphDirection::Outgoing => !is_reversed,
                        GraphDirection::Incoming => is_reversed,
                        GraphDirection::Both => true,
                    };
                    is_wanted && leads_there
                }
            };
            Step { drawn_as: first.unwrap_or(id), is_reversed, is_followed, from_wholes }
        };
        let names = index.references.types().iter().map(|name| &**name);
        let steps = (0..).zip(names).map(step).collect();
        Self { index, visible, steps, kinds: walk.kinds.as_deref(), ends: Vec::new(), looked_at: 0 }
    }

    /// The slot of what may be seen at a reference.
    fn slot(&self, id: u32) -> Option<u32> {
        let slot = self.index.references.slot(id)?;
        self.visible.is_none_or(|visible| visible.contains(slot)).then_some(slot)
    }

    const fn is_tired(&self) -> bool {
        self.looked_at >= MAX_LOOKED_AT
    }

    /// Where relations lead from an entity, and how each is drawn.
    fn steps_from(&mut self, id: u32, slot: u32) -> Vec<(u32, Drawn)> {
        if self.is_tired() {
            return Vec::new();
        }
        let edges = self.index.references.edges(id);
        self.looked_at += edges.len();
        let is_whole = WHOLES.contains(&self.index.references.name(id).kind());
        let leads = |edge: &&Edge| {
            let step = self.steps[usize::from(edge.relation_type)];
            step.is_followed
                && (!step.from_wholes || is_whole)
                && self.is_of_kind(edge.target)
                && self.index.discloses(slot, edge.relation_type, edge.target, self.visible)
        };
        let edges = edges.iter().filter(leads);
        edges
            .map(|edge| (edge.target, self.steps[usize::from(edge.relation_type)].draw(id, edge.target)))
            .collect()
    }

    fn is_of_kind(&self, id: u32) -> bool {
        let kind = self.index.references.name(id).kind();
        self.kinds.is_none_or(|kinds| kinds.iter().any(|wanted| wanted == kind) || self.ends.contains(&id))
    }

    /// Searches from both ends at once, always from the side that has fewer to look at. Relations are stored at both
    /// ends, so that either side finds what the other would. What is not there, or hidden, may be one of the ends and is
    /// no way through.
    fn way(&mut self, from: u32, to: u32) -> Option<Vec<(u32, Drawn)>> {
        if from == to {
            return self.slot(from).map(|_| Vec::new());
        }
        self.ends = vec![from, to];
        let mut sides = [Side::at(from), Side::at(to)];
        loop {
            let [start, end] = &sides;
            let at = match (start.open.len(), end.open.len()) {
                (0, 0) => return None,
                (of_start, of_end) => usize::from(of_start == 0 || (of_end > 0 && of_end < of_start)),
            };
            let mut next = Vec::new();
            // The other side may have come to one of these sooner than to the others.
            let mut meeting: Option<(usize, u32)> = None;
            for id in std::mem::take(&mut sides[at].open) {
                let Some(slot) = self.slot(id) else { continue };
                for (neighbour, drawn) in self.steps_from(id, slot) {
                    let leads_on = self.slot(neighbour).is_some() || self.ends.contains(&neighbour);
                    if leads_on && sides[at].reaches(neighbour, id, drawn) {
                        next.push(neighbour);
                        let met = sides[1 - at].reached.get(&neighbour).map(|reached| (reached.0, neighbour));
                        meeting = [meeting, met].into_iter().flatten().min();
                    }
                }
            }
            if let Some((_, middle)) = meeting {
                return Some(Side::joined(&sides, middle));
            }
            sides[at].open = next;
        }
    }

    fn graph(&self, found: Found) -> Graph {
        let references = &self.index.references;
        let mut edges: Vec<GraphEdge> = found
            .edges
            .into_iter()
            .map(|(source, relation_type, target)| GraphEdge {
                relation_type: references.type_name(relation_type).to_owned(),
                source: references.name(source).clone(),
                target: references.name(target).clone(),
            })
            .collect();
        edges.sort_unstable();
        let nodes = found.nodes.into_iter().map(|(id, depth, has_more)| GraphNode {
            reference: references.name(id).clone(),
            entity: self.slot(id).and_then(|slot| self.index.get(slot)),
            depth,
            has_more,
        });
        Graph { nodes: nodes.collect(), edges, is_truncated: found.is_truncated }
    }
}

/// What was found so far, by ids.
#[derive(Default)]
struct Found {
    /// Each with its depth, and whether more lies behind it.
    nodes: Vec<(u32, usize, bool)>,
    places: HashMap<u32, usize>,
    edges: HashSet<Drawn>,
    is_truncated: bool,
}

impl Found {
    fn add(&mut self, id: u32, depth: usize) {
        self.places.entry(id).or_insert_with(|| {
            self.nodes.push((id, depth, false));
            self.nodes.len() - 1
        });
    }
}

/// One end of a search: how far it got, and where it goes on.
struct Side {
    /// The distance of each, and where it was reached from.
    reached: HashMap<u32, (usize, Option<(u32, Drawn)>)>,
    open: Vec<u32>,
}

impl Side {
    fn at(id: u32) -> Self {
        Self { reached: [(id, (0, None))].into(), open: vec![id] }
    }

    /// Notes a step; whether it leads to something new.
    fn reaches(&mut self, id: u32, from: u32, drawn: Drawn) -> bool {
        let distance = self.reached.get(&from).map_or(0, |reached| reached.0) + 1;
        let is_new = !self.reached.contains_key(&id);
        self.reached.entry(id).or_insert((distance, Some((from, drawn))));
        is_new
    }

    /// The way by which this side came to a node, the latest step first.
    fn back_from(&self, mut id: u32) -> Vec<(u32, u32, Drawn)> {
        let mut steps = Vec::new();
        while let Some((_, Some((before, drawn)))) = self.reached.get(&id) {
            steps.push((id, *before, *drawn));
            id = *before;
        }
        steps
    }

    fn joined([start, end]: &[Self; 2], middle: u32) -> Vec<(u32, Drawn)> {
        let there = start.back_from(middle).into_iter().rev().map(|(id, _, drawn)| (id, drawn));
        let on = end.back_from(middle).into_iter().map(|(_, before, drawn)| (before, drawn));
        there.chain(on).collect()
    }
}
