use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use callboard_kit::Facet;
use tantivy::{Searcher, SegmentReader, columnar::TermOrdHit};

use super::{
    bits::Bits,
    schema::{FACET, FIELDS, SEPARATOR, pair},
};
use crate::engine::{EngineError, FacetCounter, merged};

/// What was found, to count in.
#[derive(Clone)]
pub(super) struct Counted {
    pub searcher: Searcher,
    pub found: std::sync::Arc<Vec<Bits>>,
}

#[async_trait]
impl FacetCounter for Counted {
    async fn count(&self, fields: &[String], limit: usize) -> Result<Vec<Facet>, EngineError> {
        let (counted, fields) = (self.clone(), fields.to_vec());
        tokio::task::spawn_blocking(move || {
            fields.into_iter().map(|field| counted.facet(field, limit)).collect()
        })
        .await?
    }
}

impl Counted {
    fn facet(&self, field: String, limit: usize) -> Result<Facet, EngineError> {
        let mut counts = HashMap::new();
        for (segment, found) in self.searcher.segment_readers().iter().zip(&*self.found) {
            count(segment, found, &field, &mut counts)?;
        }
        Ok(Facet { field, values: merged(counts, limit) })
    }
}

fn count(
    segment: &SegmentReader,
    found: &Bits,
    field: &str,
    counts: &mut HashMap<String, u32>,
) -> Result<(), EngineError> {
    let Some(column) = segment.fast_fields().str(FACET)? else { return Ok(()) };
    let dictionary = column.dictionary();
    let ord_at = |text: &str| {
        let hit = dictionary.term_ord_or_next(text)?;
        Ok::<_, EngineError>(match hit {
            TermOrdHit::Exact(ord) | TermOrdHit::Next(ord) => ord,
        })
    };
    let start = ord_at(&pair(field, ""))?;
    let end =
        ord_at(&format!("{field}{}", char::from(SEPARATOR as u8 + 1)))?.min(dictionary.num_terms() as u64);
    let Some(width) = end.checked_sub(start).and_then(|width| usize::try_from(width).ok()) else {
        return Ok(());
    };
    let mut by_ord = vec![0_u32; width];
    for document in found.iter() {
        for ord in column.term_ords(document) {
            if let Some(slot) =
                ord.checked_sub(start).and_then(|at| by_ord.get_mut(usize::try_from(at).ok()?))
            {
                *slot += 1;
            }
        }
    }
    let mut text = String::new();
    for (ord, count) in (start..).zip(by_ord).filter(|(_, count)| *count > 0) {
        text.clear();
        if column.ord_to_str(ord, &mut text)?
            && let Some((_, value)) = text.split_once(SEPARATOR)
        {
            *counts.entry(value.to_owned()).or_default() += count;
        }
    }
    Ok(())
}

/// The fields that documents have, each looked up by passing over all values of the one before.
pub(super) fn fields(searcher: &Searcher) -> Result<Vec<String>, EngineError> {
    let mut fields = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(FIELDS.filter)?;
        let mut from = String::new();
        loop {
            let mut terms = index.terms().range().ge(&from).into_stream()?;
            let Some((term, _)) = terms.next() else { break };
            let term = String::from_utf8_lossy(term).into_owned();
            let field = term.split(SEPARATOR).next().unwrap_or_default().to_owned();
            from = format!("{field}{}", char::from(SEPARATOR as u8 + 1));
            fields.insert(field);
        }
    }
    Ok(fields.into_iter().collect())
}
