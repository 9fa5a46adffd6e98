use std::collections::BTreeSet;

use callboard_catalog::index::{EntityIndex, FilterContext, IndexChange};
use callboard_kit::{EntityFilter, EntityRef};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    entity::{Entity, index_of},
    generate::{entities, filter, viewer},
    paths::Paths,
};

pub fn selects(filter: &EntityFilter, entity: &Entity, all: &[Entity], context: FilterContext<'_>) -> bool {
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

fn uids(index: &EntityIndex, selection: &roaring::RoaringBitmap) -> BTreeSet<Uuid> {
    selection.iter().map(|slot| index.get(slot).unwrap().uid).collect()
}

fn expected(filter: &EntityFilter, entities: &[Entity], context: FilterContext<'_>) -> BTreeSet<Uuid> {
    entities.iter().filter(|one| selects(filter, one, entities, context)).map(|one| one.uid).collect()
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
}
