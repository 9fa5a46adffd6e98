use std::{cmp::Ordering, collections::BinaryHeap};

use tantivy::{DocAddress, Searcher};

use super::{
    bits::Bits,
    schema::{TIE, UPDATED},
};
use crate::engine::{Cursor, EngineError};

/// How much more what changed just now counts than what did long ago.
const RECENT: f32 = 0.12;
/// After so many days it is half of that.
const HALF_LIFE: f32 = 60.0;
const DAY: i64 = 24 * 60 * 60;

/// A place in the list of what was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rank {
    pub score: f32,
    pub updated: i64,
    pub tie: u64,
}

/// Smaller is better.
impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then(other.updated.cmp(&self.updated))
            .then(self.tie.cmp(&other.tie))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Rank {}

impl Rank {
    pub const fn of(cursor: &Cursor) -> Self {
        Self { score: cursor.score, updated: cursor.updated, tie: cursor.tie }
    }
}

/// A document and its place, ordered by that.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Ranked(Rank, DocAddress);

/// A page of what was found: the best `size` after a place, and whether there are more.
pub(super) fn page(
    searcher: &Searcher,
    found: &[Bits],
    score: impl Fn(usize, u32) -> f32,
    size: usize,
    after: Option<Rank>,
    today: i64,
) -> Result<(Vec<(Rank, DocAddress)>, bool), EngineError> {
    let mut best: BinaryHeap<Ranked> = BinaryHeap::with_capacity(size + 2);
    for (ord, (segment, found)) in searcher.segment_readers().iter().zip(found).enumerate() {
        let columns = segment.fast_fields();
        let (updated, ties) = (columns.i64(UPDATED)?, columns.u64(TIE)?);
        for document in found.iter() {
            let changed = updated.first(document).unwrap_or_default();
            let rank = Rank {
                score: score(ord, document) * recent(changed, today),
                updated: changed,
                tie: ties.first(document).unwrap_or_default(),
            };
            if after.is_some_and(|after| rank <= after) {
                continue;
            }
            if best.len() > size && best.peek().is_some_and(|worst| rank >= worst.0) {
                continue;
            }
            let ord = u32::try_from(ord).unwrap_or(u32::MAX);
            best.push(Ranked(rank, DocAddress::new(ord, document)));
            if best.len() > size + 1 {
                best.pop();
            }
        }
    }
    let has_more = best.len() > size;
    let mut best = best.into_sorted_vec();
    best.truncate(size);
    Ok((best.into_iter().map(|Ranked(rank, address)| (rank, address)).collect(), has_more))
}

/// What changed lately counts more, by the day.
fn recent(updated: i64, today: i64) -> f32 {
    if updated == 0 {
        return 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "days are few")]
    let days = (today - updated / DAY).max(0) as f32;
    1.0 + RECENT * (-days / HALF_LIFE).exp2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_better_comes_first_then_what_changed_last() {
        let rank = |score, updated, tie| Rank { score, updated, tie };
        assert!(rank(2.0, 0, 9) < rank(1.0, 5, 1));
        assert!(rank(1.0, 5, 9) < rank(1.0, 4, 1));
        assert!(rank(1.0, 5, 1) < rank(1.0, 5, 2));
    }

    #[test]
    fn what_is_recent_counts_a_little_more() {
        assert!(recent(100 * DAY, 100) > recent(40 * DAY, 100));
        assert!(recent(40 * DAY, 100) > recent(0, 100));
        assert!(
            recent(200 * DAY, 100) <= 1.0 + RECENT,
            "what is of tomorrow is not better than what is of today"
        );
    }
}
