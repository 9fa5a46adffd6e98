//! Walks over relations against the same written without a thought of speed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use callboard_catalog::index::{
    EntityIndex, Follow, Graph, GraphDirection, IndexChange, IndexDocument, Relation, Walk,
};
use callboard_kit::EntityRef;
use proptest::prelude::*;
use roaring::RoaringBitmap;
use serde_json::json;
use uuid::Uuid;

const NAMES: [&str; 9] = [
    "component:default/a",
    "component:default/b",
    "component:default/c",
    "component:default/d",
    "api:default/a",
    "api:default/b",
    "system:default/s",
    "domain:default/d",
    "group:default/g",
];

const TYPES: [(&str, &str); 5] = [
    ("dependsOn", "dependencyOf"),
    ("providesApi", "apiProvidedBy"),
    ("consumesApi", "apiConsumedBy"),
    ("partOf", "hasPart"),
    ("ownedBy", "ownerOf"),
];

/// A relation as it is drawn, and whether its target declares it instead of its source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Declared {
    source: usize,
    of: usize,
    target: usize,
    by_target: bool,
}

#[derive(Clone, Debug)]
struct World {
    declared: BTreeSet<Declared>,
    /// Those that are there, and those of them that may be seen.
    there: BTreeSet<usize>,
    visible: BTreeSet<usize>,
}

type Drawn = (String, String, String);

fn reference(name: usize) -> EntityRef {
    NAMES[name].parse().unwrap()
}

fn world() -> impl Strategy<Value = World> {
    let relation = (0..NAMES.len(), 0..TYPES.len(), 0..NAMES.len(), any::<bool>())
        .prop_map(|(source, of, target, by_target)| Declared { source, of, target, by_target });
    let declared = prop::collection::vec(relation, 0..16);
    let those = |weight: f64| prop::collection::vec(prop::bool::weighted(weight), NAMES.len());
    (declared, those(0.85), those(0.8)).prop_map(|(declared, there, seen)| {
        let those =
            |chosen: &[bool]| (0..NAMES.len()).filter(|name| chosen[*name]).collect::<BTreeSet<usize>>();
        let there = those(&there);
        let visible = there.intersection(&those(&seen)).copied().collect();
        World { declared: declared.into_iter().collect(), there, visible }
    })
}

impl World {
    fn index(&self) -> (EntityIndex, RoaringBitmap) {
        let mut index = EntityIndex::default();
        let document = |name: &usize| {
            let own = reference(*name);
            let mut relations = Vec::new();
            for relation in &self.declared {
                let by = if relation.by_target { relation.target } else { relation.source };
                if by == *name {
                    let (source, target) = (reference(relation.source), reference(relation.target));
                    let (there, back) = TYPES[relation.of];
                    relations.push(Relation {
                        source: source.clone(),
                        relation_type: there.into(),
                        target: target.clone(),
                    });
                    relations.push(Relation { source: target, relation_type: back.into(), target: source });
                }
            }
            let body = json!({ "kind": own.kind(), "metadata": { "name": own.name() } });
            let uid = Uuid::from_u128(*name as u128 + 1);
            IndexChange::Put(Box::new(IndexDocument::new(uid, own, 1, false, &body, relations)))
        };
        index.apply(self.there.iter().map(document).collect());
        let visible = self.visible.iter().map(|name| index.slot_of(&reference(*name)).unwrap()).collect();
        (index, visible)
    }

    /// What may be told: of what is hidden or missing only what the visible end says of it.
    fn is_told(&self, relation: &Declared) -> bool {
        let by = if relation.by_target { relation.target } else { relation.source };
        let both = self.visible.contains(&relation.source) && self.visible.contains(&relation.target);
        (both && self.there.contains(&by)) || self.visible.contains(&by)
    }

    /// Where relations lead from what is visible, and how they are drawn.
    fn steps(&self, from: usize, walk: &Walk, ends: &[usize]) -> BTreeSet<(usize, Drawn)> {
        let mut steps = BTreeSet::new();
        if !self.visible.contains(&from) {
            return steps;
        }
        for relation in self.declared.iter().filter(|relation| self.is_told(relation)) {
            let (there, back) = TYPES[relation.of];
            let drawn = (there.to_owned(), NAMES[relation.source].into(), NAMES[relation.target].into());
            let ways = [
                (relation.source, relation.target, there, GraphDirection::Outgoing),
                (relation.target, relation.source, back, GraphDirection::Incoming),
            ];
            for (_, to, name, way) in ways.into_iter().filter(|(source, ..)| *source == from) {
                let is_followed = match &walk.follow {
                    Follow::Types(types, direction) => {
                        let is_wanted = types.as_ref().is_none_or(|types| {
                            types.iter().any(|one| [there, back].contains(&one.as_str()))
                        });
                        is_wanted && [GraphDirection::Both, way].contains(direction)
                    }
                    Follow::Dependents => {
                        let from_whole = ["system", "domain"].contains(&reference(from).kind());
                        ["dependencyOf", "apiConsumedBy", "providesApi"].contains(&name)
                            || (name == "hasPart" && from_whole)
                    }
                };
                let is_of_kind = walk
                    .kinds
                    .as_ref()
                    .is_none_or(|kinds| kinds.iter().any(|kind| kind == reference(to).kind()));
                if is_followed && (is_of_kind || ends.contains(&to)) {
                    steps.insert((to, drawn.clone()));
                }
            }
        }
        steps
    }

    fn distances(&self, roots: &[usize], walk: &Walk, ends: &[usize]) -> BTreeMap<usize, usize> {
        let mut distances: BTreeMap<usize, usize> = roots.iter().map(|root| (*root, 0)).collect();
        let mut open: VecDeque<usize> = roots.iter().copied().collect();
        while let Some(from) = open.pop_front() {
            let distance = distances[&from];
            if distance == walk.depth {
                continue;
            }
            for (to, _) in self.steps(from, walk, ends) {
                distances.entry(to).or_insert_with(|| {
                    open.push_back(to);
                    distance + 1
                });
            }
        }
        distances
    }
}

fn walk() -> impl Strategy<Value = Walk> {
    let types = prop::sample::subsequence(vec!["dependsOn", "apiProvidedBy", "hasPart", "ownedBy"], 1..4);
    let types = types.prop_map(|types| types.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let direction =
        prop::sample::select(vec![GraphDirection::Outgoing, GraphDirection::Incoming, GraphDirection::Both]);
    let follow = prop_oneof![
        3 => (prop::option::of(types), direction).prop_map(|(types, way)| Follow::Types(types, way)),
        1 => Just(Follow::Dependents),
    ];
    let kinds = prop::sample::subsequence(vec!["component", "api", "system"], 1..4);
    let kinds = kinds.prop_map(|kinds| kinds.into_iter().map(str::to_owned).collect::<Vec<_>>());
    (follow, prop::option::weighted(0.3, kinds), 0usize..5, prop_oneof![Just(2000usize), 1usize..6])
        .prop_map(|(follow, kinds, depth, limit)| Walk { follow, kinds, depth, limit })
}

fn edges(graph: &Graph) -> BTreeSet<Drawn> {
    let edge = |edge: &callboard_catalog::index::GraphEdge| {
        (edge.relation_type.clone(), edge.source.to_string(), edge.target.to_string())
    };
    graph.edges.iter().map(edge).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_walk_finds_what_looking_at_each_relation_finds(
        world in world(),
        walk in walk(),
        roots in prop::collection::btree_set(0..NAMES.len(), 1..3),
    ) {
        let (index, visible) = world.index();
        let asked: Vec<EntityRef> = roots.iter().map(|root| reference(*root)).collect();
        let graph = index.around(&asked, &walk, Some(&visible));
        let roots: Vec<usize> = roots.intersection(&world.visible).copied().collect();
        let distances = world.distances(&roots, &walk, &roots);
        let found: BTreeMap<String, usize> =
            graph.nodes.iter().map(|node| (node.reference.to_string(), node.depth)).collect();
        prop_assert_eq!(found.len(), graph.nodes.len(), "each once");
        prop_assert!(graph.nodes.is_sorted_by_key(|node| node.depth));
        let expected: BTreeMap<String, usize> =
            distances.iter().map(|(name, distance)| (NAMES[*name].to_owned(), *distance)).collect();
        let room = walk.limit.max(roots.len());
        prop_assert_eq!(found.len(), expected.len().min(room));
        prop_assert_eq!(graph.is_truncated, expected.len() > room);
        prop_assert!(found.iter().all(|(name, depth)| expected.get(name) == Some(depth)), "{found:?} {expected:?}");
        let farthest = found.values().max().copied().unwrap_or(0);
        let nearer = expected.iter().filter(|(_, depth)| **depth < farthest);
        prop_assert!(nearer.into_iter().all(|(name, _)| found.contains_key(name)), "the nearest are kept");
        let (mut between, mut leading_on) = (BTreeSet::new(), BTreeSet::new());
        for name in (0..NAMES.len()).filter(|name| found.contains_key(NAMES[*name])) {
            for (to, drawn) in world.steps(name, &walk, &roots) {
                if found.contains_key(NAMES[to]) {
                    between.insert(drawn);
                } else {
                    leading_on.insert(NAMES[name].to_owned());
                }
            }
        }
        prop_assert_eq!(edges(&graph), between);
        for node in &graph.nodes {
            let name = node.reference.to_string();
            prop_assert_eq!(node.has_more, leading_on.contains(&name), "{}", name);
            let place = NAMES.iter().position(|one| *one == name).unwrap();
            prop_assert_eq!(node.entity.is_some(), world.visible.contains(&place));
        }
    }

    #[test]
    fn a_path_is_as_short_as_any(
        world in world(),
        walk in walk(),
        from in 0..NAMES.len(),
        to in 0..NAMES.len(),
    ) {
        let Follow::Types(types, _) = walk.follow else { return Ok(()) };
        let walk = Walk { follow: Follow::Types(types, GraphDirection::Both), depth: usize::MAX, ..walk };
        let (index, visible) = world.index();
        let graph = index.path(&reference(from), &reference(to), &walk, Some(&visible));
        // Either end may be what is not there: then the other one says so.
        let mut ways: BTreeMap<usize, BTreeSet<(usize, Drawn)>> = BTreeMap::new();
        for name in 0..NAMES.len() {
            for (there, drawn) in world.steps(name, &walk, &[from, to]) {
                ways.entry(name).or_default().insert((there, drawn.clone()));
                let is_of_kind = walk.kinds.as_ref().is_none_or(|kinds| {
                    kinds.iter().any(|kind| kind == reference(name).kind())
                });
                if is_of_kind || [from, to].contains(&name) {
                    ways.entry(there).or_default().insert((name, drawn));
                }
            }
        }
        let mut distances = BTreeMap::from([(from, 0)]);
        let mut open = VecDeque::from([from]);
        while let Some(name) = open.pop_front() {
            if name != from && !world.visible.contains(&name) {
                continue;
            }
            for (there, _) in ways.get(&name).into_iter().flatten() {
                let next = distances[&name] + 1;
                distances.entry(*there).or_insert_with(|| {
                    open.push_back(*there);
                    next
                });
            }
        }
        let is_anywhere = world.visible.contains(&from) || world.visible.contains(&to);
        let expected = match distances.get(&to).filter(|_| is_anywhere) {
            Some(0) => usize::from(world.visible.contains(&from)),
            Some(steps) => steps + 1,
            None => 0,
        };
        prop_assert_eq!(graph.nodes.len(), expected, "{:?}", graph);
        if expected > 0 {
            prop_assert_eq!(&graph.nodes[0].reference, &reference(from));
            prop_assert_eq!(&graph.nodes[expected - 1].reference, &reference(to));
            prop_assert_eq!(graph.edges.len(), expected - 1);
        }
        let drawn = edges(&graph);
        for pair in graph.nodes.windows(2) {
            let [left, right] = [pair[0].reference.to_string(), pair[1].reference.to_string()];
            let is_joined = |edge: &&Drawn| (edge.1 == left && edge.2 == right) || (edge.1 == right && edge.2 == left);
            let edge = drawn.iter().find(is_joined);
            prop_assert!(edge.is_some(), "{left} {right} {drawn:?}");
            prop_assert!(ways.values().flatten().any(|(_, told)| Some(told) == edge));
        }
    }
}
