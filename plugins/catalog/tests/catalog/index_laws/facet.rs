use std::collections::BTreeMap;

use callboard_catalog::index::FilterContext;
use proptest::prelude::*;

use super::{
    entity::index_of,
    filter::selects,
    generate::{PATHS, entities, filter, viewer},
    paths::Paths,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

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
}
