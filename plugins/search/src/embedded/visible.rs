//! Which documents of a segment a viewer may find.

use std::{fmt, sync::Arc};

use callboard_kit::EntityRef;
use moka::sync::Cache;
use tantivy::{
    DocSet, SegmentReader, TERMINATED, Term,
    index::SegmentId,
    schema::{Field, IndexRecordOption},
};

use super::{
    bits::Bits,
    schema::{ENTITY, FIELDS},
};
use crate::engine::{EngineError, Sight};

/// What is remembered of sights, in bytes.
const SIGHTS: u64 = 64 * 1024 * 1024;
/// What is remembered of the entities of segments, in bytes as far as they can be told.
const ENTITIES: u64 = 256 * 1024 * 1024;
/// About what a reference takes.
const REFERENCE: usize = 96;

/// A segment as it was at one moment: documents are only ever taken out of it.
type SegmentState = (SegmentId, Option<u64>);

/// What viewers may find, remembered for as long as neither the segment nor their sight changes.
pub(super) struct Sights {
    seen: Cache<(SegmentState, u64), Arc<Bits>>,
    entities: Cache<SegmentId, Arc<Vec<EntityRef>>>,
}

impl Default for Sights {
    fn default() -> Self {
        let bytes = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        Self {
            seen: Cache::builder()
                .max_capacity(SIGHTS)
                .weigher(move |_, bits: &Arc<Bits>| bytes(bits.bytes() + 64))
                .build(),
            entities: Cache::builder()
                .max_capacity(ENTITIES)
                .weigher(move |_, entities: &Arc<Vec<EntityRef>>| bytes(entities.len() * REFERENCE + 64))
                .build(),
        }
    }
}

impl Sights {
    /// The documents of a segment that may be found.
    pub fn visible(
        &self,
        segment: &SegmentReader,
        sight: &Sight,
        fingerprint: u64,
    ) -> Result<Arc<Bits>, EngineError> {
        let key = ((segment.segment_id(), segment.delete_opstamp()), fingerprint);
        if let Some(seen) = self.seen.get(&key) {
            return Ok(seen);
        }
        let seen = Arc::new(self.look(segment, sight)?);
        self.seen.insert(key, Arc::clone(&seen));
        Ok(seen)
    }

    fn look(&self, segment: &SegmentReader, sight: &Sight) -> Result<Bits, EngineError> {
        let entities = self.entities(segment)?;
        let readable = sight.reads(&entities);
        let column = segment.fast_fields().str(ENTITY)?;
        let entity = |document: u32| {
            let ord = column.as_ref().and_then(|column| column.ords().first(document))?;
            usize::try_from(ord).ok()
        };
        let mut visible = Bits::new(segment.max_doc());
        for type_ in &sight.types {
            let only = type_.only.as_ref().map(|only| only.has(&entities));
            each_with(segment, FIELDS.type_, &type_.name, |document| {
                let is_visible = match entity(document) {
                    Some(ord) => {
                        let is_in = |set: &Vec<bool>| set.get(ord).copied().unwrap_or(false);
                        is_in(&readable) && only.as_ref().is_none_or(is_in)
                    }
                    None => type_.without_entity,
                };
                if is_visible && !segment.is_deleted(document) {
                    visible.insert(document);
                }
            })?;
        }
        Ok(visible)
    }

    /// The entities that documents of a segment belong to, by their place in its column.
    fn entities(&self, segment: &SegmentReader) -> Result<Arc<Vec<EntityRef>>, EngineError> {
        if let Some(entities) = self.entities.get(&segment.segment_id()) {
            return Ok(entities);
        }
        let mut entities = Vec::new();
        if let Some(column) = segment.fast_fields().str(ENTITY)? {
            entities.reserve(column.dictionary().num_terms());
            let mut terms = column.dictionary().stream()?;
            while let Some((term, ())) = terms.next() {
                let text = std::str::from_utf8(term).unwrap_or_default();
                // Only references were written, and one that is none must not move the others.
                let reference = text.parse().or_else(|_| EntityRef::new("unknown", "unknown", "unknown"));
                entities.push(reference.map_err(|error| EngineError::Unavailable(error.to_string()))?);
            }
        }
        let entities = Arc::new(entities);
        self.entities.insert(segment.segment_id(), Arc::clone(&entities));
        Ok(entities)
    }
}

/// Calls for each document that has a term.
pub(super) fn each_with(
    segment: &SegmentReader,
    field: Field,
    text: &str,
    mut call: impl FnMut(u32),
) -> Result<(), EngineError> {
    let term = Term::from_field_text(field, text);
    let Some(mut postings) = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?
    else {
        return Ok(());
    };
    let mut document = postings.doc();
    while document != TERMINATED {
        call(document);
        document = postings.advance();
    }
    Ok(())
}

impl fmt::Debug for Sights {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sights").finish_non_exhaustive()
    }
}
