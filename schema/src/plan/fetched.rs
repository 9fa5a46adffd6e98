use hive_router_query_planner::ast::{
    fragment::FragmentDefinition, selection_item::SelectionItem, selection_set::SelectionSet,
};

use super::{FetchedFields, Rewrite};

/// The keys that a fetch answers with, after its rewrites.
pub(super) fn fetched_fields(
    set: &SelectionSet,
    fragments: &[FragmentDefinition],
    rewrites: &[Rewrite],
) -> FetchedFields {
    let mut fields = FetchedFields::default();
    collect_fetched(set, fragments, rewrites, &mut fields);
    fields
}

fn collect_fetched(
    set: &SelectionSet,
    fragments: &[FragmentDefinition],
    rewrites: &[Rewrite],
    fields: &mut FetchedFields,
) {
    for item in &set.items {
        match item {
            SelectionItem::Field(field) => {
                let key = field.selection_identifier();
                let renamed = rewrites.iter().filter_map(Rewrite::renamed).find(|(from, _)| *from == key);
                let key = renamed.map_or(key, |(_, to)| to.as_str());
                let below = fields.0.entry(key.to_owned()).or_default();
                collect_fetched(&field.selections, fragments, rewrites, below);
            }
            SelectionItem::InlineFragment(inline) => {
                collect_fetched(&inline.selections, fragments, rewrites, fields);
            }
            SelectionItem::FragmentSpread(name) => {
                for fragment in fragments.iter().filter(|fragment| fragment.name == *name) {
                    collect_fetched(&fragment.selection_set, fragments, rewrites, fields);
                }
            }
        }
    }
}
