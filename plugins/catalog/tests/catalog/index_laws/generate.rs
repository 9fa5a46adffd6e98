use std::collections::BTreeSet;

use callboard_kit::{EntityFilter, EntityRef, FieldFilter, OwnerRef};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::entity::Entity;

const NAMES: [&str; 6] = ["a", "b", "C", "d.e", "f", "g"];
pub const PATHS: [&str; 16] = [
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
pub fn entities() -> impl Strategy<Value = Vec<Entity>> {
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

pub fn filter() -> impl Strategy<Value = EntityFilter> {
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

pub fn viewer() -> (Vec<EntityRef>, Vec<EntityRef>) {
    let refs = |refs: &[&str]| refs.iter().map(|one| one.parse().unwrap()).collect();
    (refs(&["group:default/a"]), refs(&["component:default/a", "thing:default/b"]))
}
