use std::collections::HashMap;

use callboard_kit::{Facet, FacetValue};
use roaring::RoaringBitmap;

use super::EntityIndex;

/// The most values of one field that are told.
pub const MAX_FACET_VALUES: usize = 1000;

impl EntityIndex {
    /// How often each value of a field occurs among the selected, most frequent first, then by value.
    /// Relations to what is not `visible` count only where they may be told.
    pub fn facet(&self, selection: &RoaringBitmap, path: &str, visible: Option<&RoaringBitmap>) -> Facet {
        let folded = path.to_lowercase();
        let mut counts: HashMap<&str, u64> = HashMap::new();
        if let Some(field) = self.terms.field_id(&folded) {
            for term in self.terms.of_field(field) {
                let count = if visible.is_some() && folded.starts_with("relations.") {
                    let mut having = Vec::new();
                    term.selected(selection, &mut having);
                    let having = having.into_iter().collect();
                    self.disclosed_value(&folded, term.shown(), having, visible).len()
                } else {
                    term.count(selection)
                };
                if count > 0 {
                    counts.insert(term.shown(), count);
                }
            }
        }
        let listed = self.with_item(&folded, visible).intersection_len(selection);
        if listed > 0 {
            *counts.entry("true").or_default() += listed;
        }
        let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
        let by_frequency =
            |left: &(&str, u64), right: &(&str, u64)| right.1.cmp(&left.1).then_with(|| left.0.cmp(right.0));
        if counts.len() > MAX_FACET_VALUES {
            counts.select_nth_unstable_by(MAX_FACET_VALUES, by_frequency);
            counts.truncate(MAX_FACET_VALUES);
        }
        counts.sort_unstable_by(by_frequency);
        let values = counts
            .into_iter()
            .map(|(value, count)| FacetValue {
                value: value.to_owned(),
                count: u32::try_from(count).unwrap_or(u32::MAX),
            })
            .collect();
        Facet { field: path.to_owned(), values }
    }
}
