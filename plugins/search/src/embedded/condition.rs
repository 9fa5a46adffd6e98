use tantivy::{Searcher, SegmentReader};

use super::{
    bits::Bits,
    phrase::with_phrase,
    schema::{FIELDS, pair},
    visible::each_with,
};
use crate::{
    engine::EngineError,
    query::{Filter, SearchQuery},
};

/// Narrows documents to those that are what the query says they must be, whatever words they have.
pub(super) fn narrow(
    searcher: &Searcher,
    segment: &SegmentReader,
    query: &SearchQuery,
    documents: &mut Bits,
) -> Result<(), EngineError> {
    for filter in &query.filters {
        let selected = selected(segment, filter)?;
        let is_negated = filter.is_negated != (filter.exists == Some(false));
        if is_negated { documents.remove_all(&selected) } else { documents.keep(&selected) }
    }
    for phrase in &query.phrases {
        documents.keep(&with_phrase(searcher, segment, phrase)?);
    }
    for phrase in &query.without {
        documents.remove_all(&with_phrase(searcher, segment, phrase)?);
    }
    Ok(())
}

fn selected(segment: &SegmentReader, filter: &Filter) -> Result<Bits, EngineError> {
    let mut selected = Bits::new(segment.max_doc());
    let mut select = |value: &str| {
        each_with(segment, FIELDS.filter, &pair(&filter.field, value), |document| selected.insert(document))
    };
    if filter.exists.is_some() {
        select("")?;
    }
    for value in &filter.values {
        select(value)?;
    }
    Ok(selected)
}
