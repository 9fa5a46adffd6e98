use std::collections::{BTreeMap, BTreeSet};

use callboard_catalog::index::{EntityIndex, FilterContext, IndexChange, IndexDocument, PageQuery, Relation};
use callboard_kit::{
    EntityFilter, EntityOrder, EntityRef, FieldFilter, OrderDirection, OwnerRef, PageArguments,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// An entity as the law sees it: a document with its relations, searched one by one.
#[derive(Clone, Debug)]
struct Entity {
    uid: Uuid,
    body: Value,
    orphan: bool,
}

impl Entity {
    fn reference(&self) -> EntityRef {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let namespace = self.body["metadata"].get("namespace").map_or("default".to_owned(), text);
        EntityRef::new(&text(&self.body["kind"]), &namespace, &text(&self.body["metadata"]["name"])).unwrap()
    }

    fn declared(&self) -> Vec<Relation> {
        let own = self.reference();
        let mut relations = Vec::new();
        for (key, there, back) in
            [("owner", "ownedBy", "ownerOf"), ("dependsOn", "dependsOn", "dependencyOf")]
        {
            for target in flat(&self.body["spec"][key]) {
                let target: EntityRef = target.parse().unwrap();
                relations.push(Relation {
                    source: own.clone(),
                    relation_type: there.into(),
                    target: target.clone(),
                });
                relations.push(Relation { source: target, relation_type: back.into(), target: own.clone() });
            }
        }
        relations
    }

    fn document(&self) -> Box<IndexDocument> {
        Box::new(IndexDocument::new(self.uid, self.reference(), 1, self.orphan, &self.body, self.declared()))
    }
}

fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        _ => Vec::new(),
    }
}

/// All paths of an entity with their values; written without a thought of speed.
#[derive(Debug, Default)]
struct Paths {
    present: BTreeSet<String>,
    values: BTreeSet<(String, String)>,
}

impl Paths {
    fn of(entity: &Entity, all: &[Entity]) -> Self {
        let mut document = entity.body.clone();
        let metadata = document["metadata"].as_object_mut().unwrap();
        metadata.entry("namespace").or_insert(json!("default"));
        metadata.insert("uid".into(), json!(entity.uid.to_string()));
        let mut relations = Map::new();
        let own = entity.reference();
        for relation in all.iter().flat_map(Entity::declared).filter(|relation| relation.source == own) {
            let list = relations.entry(relation.relation_type).or_insert(json!([]));
            list.as_array_mut().unwrap().push(json!(relation.target.to_string()));
        }
        if !relations.is_empty() {
            document["relations"] = Value::Object(relations);
        }
        let mut paths = Self::default();
        for (key, value) in document.as_object().unwrap() {
            paths.add(&key.to_lowercase(), value);
        }
        paths
    }

    fn add(&mut self, path: &str, value: &Value) {
        self.present.insert(path.to_owned());
        match value {
            Value::Null => {}
            Value::Object(entries) => {
                entries
                    .iter()
                    .for_each(|(key, value)| self.add(&format!("{path}.{}", key.to_lowercase()), value));
            }
            Value::Array(items) => {
                for item in items {
                    self.add(path, item);
                    if let Some(text) = scalar(item) {
                        let path = format!("{path}.{text}");
                        self.present.insert(path.clone());
                        self.values.insert((path, "true".into()));
                    }
                }
            }
            _ => {
                if let Some(text) = scalar(value) {
                    self.values.insert((path.to_owned(), text));
                }
            }
        }
    }

    fn has(&self, path: &str, value: &str) -> bool {
        self.values.contains(&(path.to_lowercase(), value.to_lowercase()))
    }

    fn smallest(&self, path: &str) -> Option<&str> {
        let path = path.to_lowercase();
        self.values.iter().filter(|(found, _)| *found == path).map(|(_, value)| value.as_str()).min()
    }
}

fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (text.len() <= 200).then(|| text.to_lowercase())
}

fn selects(filter: &EntityFilter, entity: &Entity, all: &[Entity], context: FilterContext<'_>) -> bool {
    let paths = Paths::of(entity, all);
    let any = |values: &Option<Vec<String>>, path: &str| {
        values.as_ref().is_none_or(|values| values.iter().any(|value| paths.has(path, value)))
    };
    let owned = |owner: &EntityRef| paths.has("relations.ownedBy", owner.as_str());
    let own = entity.reference();
    any(&filter.kind, "kind")
        && any(&filter.namespace, "metadata.namespace")
        && any(&filter.name, "metadata.name")
        && any(&filter.type_, "spec.type")
        && any(&filter.lifecycle, "spec.lifecycle")
        && any(&filter.tags, "metadata.tags")
        && filter.owner.as_ref().is_none_or(|owners| owners.iter().any(|owner| owned(&owner.0)))
        && filter.owned_by_viewer.is_none_or(|wanted| context.ownership.iter().any(owned) == wanted)
        && filter.starred_by_viewer.is_none_or(|wanted| context.starred.contains(&own) == wanted)
        && filter.orphan.is_none_or(|wanted| entity.orphan == wanted)
        && filter.reference.as_ref().is_none_or(|references| references.contains(&own))
        && filter.fields.iter().flatten().all(|field| {
            any(&field.values, &field.field)
                && field
                    .exists
                    .is_none_or(|wanted| paths.present.contains(&field.field.to_lowercase()) == wanted)
        })
        && filter.all_of.as_ref().is_none_or(|all_of| {
            !all_of.is_empty() && all_of.iter().all(|filter| selects(filter, entity, all, context))
        })
        && filter
            .any_of
            .as_ref()
            .is_none_or(|any_of| any_of.iter().any(|filter| selects(filter, entity, all, context)))
        && filter.not.as_ref().is_none_or(|not| !selects(not, entity, all, context))
}

const NAMES: [&str; 6] = ["a", "b", "C", "d.e", "f", "g"];
const PATHS: [&str; 16] = [
    "kind",
    "metadata.name",
    "spec.type",
    "spec",
    "spec.dependsOn",
    "relations.dependsOn",
    "relations.ownedby",
    "relations",
    "metadata.tags",
    "metadata.tags.java",
    "Metadata.Tags.x.y",
    "metadata.annotations.foo.io/a.b",
    "metadata.extra.deep.list.value",
    "relations.dependencyOf.component:default/a",
    "metadata.uid",
    "nothing.here",
];
const VALUES: [&str; 12] = [
    "Component",
    "group",
    "a",
    "c",
    "service",
    "SERVICE",
    "java",
    "true",
    "x.y",
    "component:default/a",
    "7",
    "group:default/a",
];

fn entity() -> impl Strategy<Value = Entity> {
    let reference = prop::sample::select(vec![
        "component:default/a",
        "component:default/b",
        "component:other/c",
        "group:default/a",
        "group:default/gone",
    ]);
    let tags = prop::collection::vec(prop::sample::select(vec!["java", "Go", "x.y"]), 0..3);
    (
        prop::sample::select(vec!["Component", "component", "Group", "Thing"]),
        prop::sample::select(NAMES.to_vec()),
        prop::option::of(prop::sample::select(vec!["other", "default", "Default"])),
        prop::option::of(prop::sample::select(vec!["service", "Service", "website"])),
        prop::option::of(tags),
        prop::option::of(reference.clone()),
        prop::collection::vec(reference, 0..3),
        0u8..6,
        any::<bool>(),
    )
        .prop_map(|(kind, name, namespace, type_, tags, owner, depends_on, extra, orphan)| {
            let mut metadata = json!({ "name": name });
            let mut spec = json!({});
            if let Some(namespace) = namespace {
                metadata["namespace"] = json!(namespace);
            }
            if let Some(tags) = tags {
                metadata["tags"] = json!(tags);
            }
            if let Some(type_) = type_ {
                spec["type"] = json!(type_);
            }
            if let Some(owner) = owner {
                spec["owner"] = json!(owner);
            }
            if !depends_on.is_empty() {
                spec["dependsOn"] = json!(depends_on);
            }
            match extra {
                0 => metadata["annotations"] = json!({ "foo.io/a.b": "x.y", "other": "C" }),
                1 => {
                    metadata["extra"] =
                        json!({ "deep": { "list": [{ "value": 7 }, { "value": true }, "a"] } });
                }
                2 => metadata["extra"] = json!({ "deep": { "list": { "value": ["a", ["b"]] } } }),
                3 => spec["type"] = json!("long ".repeat(60)),
                4 => metadata["tags"] = json!("java"),
                _ => spec["lifecycle"] = Value::Null,
            }
            Entity {
                uid: Uuid::nil(),
                body: json!({ "kind": kind, "metadata": metadata, "spec": spec }),
                orphan,
            }
        })
}

/// Entities, each reference once.
fn entities() -> impl Strategy<Value = Vec<Entity>> {
    prop::collection::vec(entity(), 0..24).prop_map(|mut entities| {
        let mut seen = BTreeSet::new();
        entities.retain(|entity| seen.insert(entity.reference()));
        for (number, entity) in entities.iter_mut().enumerate() {
            // Not in the order of the references.
            entity.uid = Uuid::from_u128(((number as u128 * 7919) % 101) << 64 | number as u128);
        }
        entities
    })
}

fn values() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(VALUES.to_vec()).prop_map(str::to_owned), 0..3)
}

fn filter() -> impl Strategy<Value = EntityFilter> {
    let reference =
        || prop::sample::select(vec!["group:default/a", "component:default/a", "component:other/c"]);
    let field =
        (prop::sample::select(PATHS.to_vec()), prop::option::of(values()), prop::option::of(any::<bool>()))
            .prop_map(|(field, values, exists)| FieldFilter { field: field.to_owned(), values, exists });
    let leaf = (
        prop::option::weighted(0.3, values()),
        prop::option::weighted(0.2, values()),
        prop::option::weighted(0.2, values()),
        prop::option::weighted(0.2, prop::collection::vec(reference(), 0..3)),
        prop::option::weighted(0.1, any::<bool>()),
        prop::option::weighted(0.1, any::<bool>()),
        prop::option::weighted(0.1, any::<bool>()),
        prop::option::weighted(0.2, prop::collection::vec(reference(), 0..3)),
        prop::option::weighted(0.5, prop::collection::vec(field, 0..3)),
    )
        .prop_map(|(kind, type_, tags, owner, owned, starred, orphan, reference, fields)| EntityFilter {
            kind,
            type_,
            tags,
            owner: owner.map(|owner| owner.into_iter().map(|one| OwnerRef(one.parse().unwrap())).collect()),
            owned_by_viewer: owned,
            starred_by_viewer: starred,
            orphan,
            reference: reference.map(|refs| refs.into_iter().map(|one| one.parse().unwrap()).collect()),
            fields,
            ..EntityFilter::default()
        });
    leaf.prop_recursive(3, 12, 3, |inner| {
        let several = || prop::option::weighted(0.5, prop::collection::vec(inner.clone(), 0..3));
        (inner.clone(), several(), several(), prop::option::weighted(0.3, inner.clone())).prop_map(
            |(own, all_of, any_of, not)| EntityFilter { all_of, any_of, not: not.map(Box::new), ..own },
        )
    })
}

fn viewer() -> (Vec<EntityRef>, Vec<EntityRef>) {
    let refs = |refs: &[&str]| refs.iter().map(|one| one.parse().unwrap()).collect();
    (refs(&["group:default/a"]), refs(&["component:default/a", "thing:default/b"]))
}

fn index_of(entities: &[Entity]) -> EntityIndex {
    let mut index = EntityIndex::default();
    index.apply(entities.iter().map(|entity| IndexChange::Put(entity.document())).collect());
    index
}

fn uids(index: &EntityIndex, selection: &roaring::RoaringBitmap) -> BTreeSet<Uuid> {
    selection.iter().map(|slot| index.get(slot).unwrap().uid).collect()
}

fn expected(filter: &EntityFilter, entities: &[Entity], context: FilterContext<'_>) -> BTreeSet<Uuid> {
    entities.iter().filter(|one| selects(filter, one, entities, context)).map(|one| one.uid).collect()
}

fn order() -> impl Strategy<Value = Vec<EntityOrder>> {
    let direction = prop::sample::select(vec![OrderDirection::Asc, OrderDirection::Desc]);
    let key = (prop::sample::select(PATHS[..9].to_vec()), direction)
        .prop_map(|(field, direction)| EntityOrder { field: field.to_owned(), direction });
    prop::collection::vec(key, 1..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_filter_answers_what_looking_at_each_entity_answers(entities in entities(), filter in filter()) {
        let index = index_of(&entities);
        let (ownership, starred) = viewer();
        let context = FilterContext { ownership: &ownership, starred: &starred, visible: None };
        prop_assert_eq!(uids(&index, &index.select(&filter, context)), expected(&filter, &entities, context));
    }

    #[test]
    fn an_index_that_was_changed_is_like_one_made_anew(
        before in entities(), after in entities(), filter in filter(), batch in 1usize..30, sweeps in any::<bool>(),
    ) {
        let mut index = index_of(&before);
        let kept: BTreeSet<Uuid> = after.iter().map(|entity| entity.uid).collect();
        let gone = before.iter().filter(|entity| !kept.contains(&entity.uid)).map(|entity| IndexChange::Remove(entity.uid));
        let mut changes: Vec<IndexChange> = gone.collect();
        changes.extend(after.iter().map(|entity| IndexChange::Put(entity.document())));
        while !changes.is_empty() {
            let rest = changes.split_off(batch.min(changes.len()));
            index.apply(std::mem::replace(&mut changes, rest));
            if sweeps {
                index.sweep();
            }
        }
        let (ownership, starred) = viewer();
        let context = FilterContext { ownership: &ownership, starred: &starred, visible: None };
        prop_assert_eq!(uids(&index, &index.select(&filter, context)), expected(&filter, &after, context));
        let fresh = index_of(&after);
        for entity in &after {
            let relations = |index: &EntityIndex| {
                let slot = index.slot_of_uid(entity.uid).unwrap();
                index.relations(slot, None, None).into_iter()
                    .map(|one| (one.relation_type, one.target, one.target_slot.is_some())).collect::<Vec<_>>()
            };
            prop_assert_eq!(relations(&index), relations(&fresh));
        }
        for text in ["a", "component", "e", "group default"] {
            prop_assert_eq!(
                index.search(text).map(|found| uids(&index, &found)),
                fresh.search(text).map(|found| uids(&fresh, &found))
            );
        }
    }

    #[test]
    fn facets_count_what_the_filter_selects(entities in entities(), filter in filter(), path in prop::sample::select(PATHS.to_vec())) {
        prop_assume!(path != "metadata.uid");
        let index = index_of(&entities);
        let (ownership, starred) = viewer();
        let context = FilterContext { ownership: &ownership, starred: &starred, visible: None };
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for entity in entities.iter().filter(|one| selects(&filter, one, &entities, context)) {
            for (found, value) in Paths::of(entity, &entities).values {
                if found == path.to_lowercase() {
                    *counts.entry(value).or_default() += 1;
                }
            }
        }
        let facet = index.facet(&index.select(&filter, context), path, None);
        let told: BTreeMap<String, u32> = facet.values.iter().map(|value| (value.value.to_lowercase(), value.count)).collect();
        prop_assert_eq!(told, counts);
        prop_assert!(facet.values.windows(2).all(|pair| pair[0].count >= pair[1].count));
    }

    #[test]
    fn pages_joined_up_are_the_list_forwards_and_backwards(
        entities in entities(), filter in filter(), order in order(), size in 1i32..7,
    ) {
        let index = index_of(&entities);
        let (ownership, starred) = viewer();
        let context = FilterContext { ownership: &ownership, starred: &starred, visible: None };
        let selection = index.select(&filter, context);
        let mut list: Vec<&Entity> = entities.iter().filter(|one| selects(&filter, one, &entities, context)).collect();
        let keys: BTreeMap<Uuid, Vec<Option<String>>> = list.iter().map(|one| {
            let paths = Paths::of(one, &entities);
            (one.uid, order.iter().map(|key| paths.smallest(&key.field).map(str::to_owned)).collect())
        }).collect();
        list.sort_by(|left, right| {
            for (position, key) in order.iter().enumerate() {
                let (left, right) = (&keys[&left.uid][position], &keys[&right.uid][position]);
                let ordering = match (left, right) {
                    (Some(left), Some(right)) if key.direction == OrderDirection::Desc => right.cmp(left),
                    (Some(left), Some(right)) => left.cmp(right),
                    (None, None) => continue,
                    (left, right) => left.is_none().cmp(&right.is_none()),
                };
                if ordering.is_ne() {
                    return ordering;
                }
            }
            left.uid.cmp(&right.uid)
        });
        let wanted: Vec<Uuid> = list.iter().map(|entity| entity.uid).collect();
        let mut forwards = Vec::new();
        let mut after = None;
        loop {
            let bounds = PageArguments { first: Some(size), after: after.clone(), ..Default::default() }.check().unwrap();
            let page = index.page(&selection, &PageQuery { order: &order, bounds: &bounds, visible: None, list: "" }).unwrap();
            prop_assert_eq!(page.has_previous_page, !forwards.is_empty());
            forwards.extend(page.items.iter().map(|(_, entity)| entity.uid));
            prop_assert_eq!(page.has_next_page, forwards.len() < wanted.len());
            match page.items.last() {
                Some((cursor, _)) if page.has_next_page => after = Some(cursor.clone()),
                _ => break,
            }
        }
        prop_assert_eq!(&forwards, &wanted);
        let mut backwards = Vec::new();
        let mut before = None;
        loop {
            let bounds = PageArguments { last: Some(size), before: before.clone(), ..Default::default() }.check().unwrap();
            let page = index.page(&selection, &PageQuery { order: &order, bounds: &bounds, visible: None, list: "" }).unwrap();
            prop_assert_eq!(page.has_next_page, !backwards.is_empty());
            backwards.extend(page.items.iter().rev().map(|(_, entity)| entity.uid));
            match page.items.first() {
                Some((cursor, _)) if page.has_previous_page => before = Some(cursor.clone()),
                _ => break,
            }
        }
        backwards.reverse();
        prop_assert_eq!(&backwards, &wanted);
    }
}
