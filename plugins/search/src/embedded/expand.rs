//! The words of the index that a word of a query stands for.

use tantivy::{SegmentReader, postings::TermInfo, schema::Field};

use super::fuzzy::Fuzzy;
use crate::engine::EngineError;

/// Words that begin alike, of which one field of a segment is searched for so many.
const MAX_PREFIXED: usize = 400;
/// Words that are looked at for those.
const MAX_LOOKED_AT: usize = 20_000;
/// Words that are nearly alike, of which one field of a segment is searched for so many.
const MAX_FUZZY: usize = 60;

/// A word of the index that stands for one of the query.
pub(super) struct Expansion {
    pub term: String,
    pub info: TermInfo,
    /// How much it counts, against the word itself.
    pub factor: f32,
}

/// The words that go on where this one ends; of many, the shortest.
pub(super) fn prefixed(
    segment: &SegmentReader,
    field: Field,
    word: &str,
) -> Result<Vec<Expansion>, EngineError> {
    let index = segment.inverted_index(field)?;
    let mut terms = index.terms().range().gt(word).into_stream()?;
    let mut found: Vec<(usize, String, TermInfo)> = Vec::new();
    let mut looked_at = 0;
    while let Some((term, info)) = terms.next() {
        if !term.starts_with(word.as_bytes()) || looked_at == MAX_LOOKED_AT {
            break;
        }
        looked_at += 1;
        if let Ok(term) = std::str::from_utf8(term) {
            found.push((term.len(), term.to_owned(), info.clone()));
        }
    }
    if found.len() > MAX_PREFIXED {
        found.select_nth_unstable_by_key(MAX_PREFIXED, |(length, ..)| *length);
        found.truncate(MAX_PREFIXED);
    }
    #[expect(clippy::cast_precision_loss, reason = "lengths of words are small")]
    let factor = |length: usize| 0.45 + 0.3 * word.len() as f32 / length as f32;
    Ok(found
        .into_iter()
        .map(|(length, term, info)| Expansion { term, info, factor: factor(length) })
        .collect())
}

/// The words that are nearly this one, the nearest first.
pub(super) fn nearly(
    segment: &SegmentReader,
    field: Field,
    word: &str,
    fuzzy: &Fuzzy,
) -> Result<Vec<Expansion>, EngineError> {
    let index = segment.inverted_index(field)?;
    let mut terms = index.terms().search(fuzzy).into_stream()?;
    let mut found: Vec<(u8, bool, String, TermInfo)> = Vec::new();
    let first = word.chars().next();
    let mut looked_at = 0;
    while let Some((term, info)) = terms.next() {
        looked_at += 1;
        if looked_at == MAX_LOOKED_AT {
            break;
        }
        let Ok(text) = std::str::from_utf8(term) else { continue };
        let (distance, has_other_start) = (fuzzy.distance(term), text.chars().next() != first);
        // Two mistakes and another first letter make another word.
        if distance > 0 && !(distance > 1 && has_other_start) {
            found.push((distance, has_other_start, text.to_owned(), info.clone()));
        }
    }
    found.sort_unstable_by(|one, other| (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2)));
    found.truncate(MAX_FUZZY);
    let expansion = |(distance, has_other_start, term, info)| {
        let factor = if distance == 1 { 0.35 } else { 0.2 } * if has_other_start { 0.7 } else { 1.0 };
        Expansion { term, info, factor }
    };
    Ok(found.into_iter().map(expansion).collect())
}
