use std::collections::BTreeMap;

use callboard_catalog::index::{FilterContext, PageQuery};
use callboard_kit::{EntityOrder, OrderDirection, PageArguments};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    entity::{Entity, index_of},
    filter::selects,
    generate::{PATHS, entities, filter, viewer},
    paths::Paths,
};

fn order() -> impl Strategy<Value = Vec<EntityOrder>> {
    let direction = prop::sample::select(vec![OrderDirection::Asc, OrderDirection::Desc]);
    let key = (prop::sample::select(PATHS[..9].to_vec()), direction)
        .prop_map(|(field, direction)| EntityOrder { field: field.to_owned(), direction });
    prop::collection::vec(key, 1..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn pages_joined_up_are_the_list_forwards_and_backwards(
        entities in entities(), filter in filter(), order in order(), size in 1i32..7, offset in 0i32..9,
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
        let page = |arguments: PageArguments| {
            let bounds = arguments.check().unwrap();
            index.page(&selection, &PageQuery { order: &order, bounds: &bounds, visible: None, list: "" }).unwrap()
        };
        let (skip, take) = (usize::try_from(offset).unwrap(), usize::try_from(size).unwrap());
        let jumped = page(PageArguments { first: Some(size), offset: Some(offset), ..Default::default() });
        let uids: Vec<Uuid> = jumped.items.iter().map(|(_, entity)| entity.uid).collect();
        let expected: Vec<Uuid> = wanted.iter().copied().skip(skip).take(take).collect();
        prop_assert_eq!(&uids, &expected);
        prop_assert_eq!(jumped.has_next_page, skip + take < wanted.len());
        prop_assert_eq!(jumped.has_previous_page, skip > 0 && !expected.is_empty());
        let from_the_end = page(PageArguments { last: Some(size), offset: Some(offset), ..Default::default() });
        let mut uids: Vec<Uuid> = from_the_end.items.iter().map(|(_, entity)| entity.uid).collect();
        uids.reverse();
        let expected: Vec<Uuid> = wanted.iter().rev().copied().skip(skip).take(take).collect();
        prop_assert_eq!(&uids, &expected);
        prop_assert_eq!(from_the_end.has_next_page, skip > 0 && !expected.is_empty());
        if let Some((cursor, _)) = jumped.items.first() {
            let after = page(PageArguments { first: Some(size), after: Some(cursor.clone()), offset: Some(offset), ..Default::default() });
            let uids: Vec<Uuid> = after.items.iter().map(|(_, entity)| entity.uid).collect();
            let expected: Vec<Uuid> = wanted.iter().copied().skip(skip + 1 + skip).take(take).collect();
            prop_assert_eq!(&uids, &expected);
        }
    }
}
