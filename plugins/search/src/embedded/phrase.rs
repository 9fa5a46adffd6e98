use tantivy::{
    Searcher, SegmentReader, Term,
    query::{EnableScoring, PhraseQuery, Query},
    schema::Field,
};

use super::{bits::Bits, schema::FIELDS, visible::each_with};
use crate::engine::EngineError;

/// The documents in which these words follow each other, in one of the texts.
pub(super) fn with_phrase(
    searcher: &Searcher,
    segment: &SegmentReader,
    words: &[String],
) -> Result<Bits, EngineError> {
    let mut found = Bits::new(segment.max_doc());
    if let [word] = words {
        for field in [FIELDS.title, FIELDS.name, FIELDS.body, FIELDS.extra] {
            each_with(segment, field, word, |document| found.insert(document))?;
        }
        return Ok(found);
    }
    for field in [FIELDS.title, FIELDS.name, FIELDS.body] {
        found.add_all(&with_phrase_in(searcher, segment, field, words)?);
    }
    Ok(found)
}

/// The same for one text.
pub(super) fn with_phrase_in(
    searcher: &Searcher,
    segment: &SegmentReader,
    field: Field,
    words: &[String],
) -> Result<Bits, EngineError> {
    let mut found = Bits::new(segment.max_doc());
    let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    let weight = PhraseQuery::new(terms).weight(EnableScoring::disabled_from_searcher(searcher))?;
    weight.for_each_no_score(segment, &mut |documents| {
        for document in documents {
            found.insert(*document);
        }
    })?;
    Ok(found)
}
