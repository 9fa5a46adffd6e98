//! How well documents fit: word by word, each in all the ways in which it may be there.

use std::collections::{HashMap, HashSet};

use tantivy::{
    DocSet, Searcher, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::{Postings, TermInfo},
    schema::{Field, IndexRecordOption},
};

use super::{
    bits::Bits,
    expand::{Expansion, nearly, prefixed},
    fuzzy::Fuzzy,
    phrase::with_phrase_in,
    schema::FIELDS,
    write::{GRAM, grams_of},
};
use crate::{analysis::stems_of_query, engine::EngineError, query::Word};

/// Words with fewer documents are looked for in other ways, too.
const FEW: u64 = 3;
/// Words with mistakes that may go on have so many letters at least: of fewer, nearly everything is nearly the beginning.
const SHORTEST_BEGINNING: usize = 5;
/// How much a field that a word is in, too, adds to the best one.
const BESIDE: f32 = 0.15;

/// How a field counts.
#[derive(Clone, Copy)]
struct Weighing {
    field: Field,
    boost: f32,
    /// How fast more of the same word stops to count.
    saturation: f32,
    /// How much longer texts count less.
    length: f32,
    /// How long a text usually is.
    usual: f32,
    /// Whether the word must have this many letters for words that begin with it to count.
    shortest_prefix: usize,
}

fn weighings() -> [Weighing; 4] {
    let of = |field, boost, saturation, length, usual, shortest_prefix| Weighing {
        field,
        boost,
        saturation,
        length,
        usual,
        shortest_prefix,
    };
    [
        of(FIELDS.name, 3.2, 0.4, 0.45, 3.0, 1),
        of(FIELDS.title, 3.0, 0.4, 0.45, 4.0, 1),
        of(FIELDS.extra, 1.3, 0.0, 0.0, 1.0, 2),
        of(FIELDS.body, 1.0, 1.2, 0.6, 120.0, 3),
    ]
}

fn stem_weighings() -> [Weighing; 2] {
    let [_, title, _, body] = weighings();
    [
        Weighing { field: FIELDS.title_stem, boost: title.boost * 0.85, usual: 6.0, ..title },
        Weighing { field: FIELDS.body_stem, boost: body.boost * 0.85, ..body },
    ]
}

/// What a word gives the documents of all segments.
pub(super) struct WordScores {
    pub segments: Vec<Scores>,
    /// How many documents have it.
    pub count: u64,
    /// Whether it was looked for in other ways.
    pub is_wide: bool,
    /// The words that it was found by, beside itself, with how many documents have each.
    pub terms: HashMap<String, u64>,
    /// Whether it was found as it is written, or as the beginning of a word.
    pub is_known: bool,
}

/// Scores of the documents of a segment; nothing for most of them.
#[derive(Default)]
pub(super) struct Scores {
    values: Vec<f32>,
    pub touched: Vec<u32>,
}

impl Scores {
    fn new(length: u32) -> Self {
        Self { values: vec![0.0; length as usize], touched: Vec::new() }
    }

    pub fn get(&self, document: u32) -> f32 {
        self.values[document as usize]
    }

    fn raise(&mut self, document: u32, value: f32) {
        let slot = &mut self.values[document as usize];
        if *slot == 0.0 {
            self.touched.push(document);
        }
        *slot = slot.max(value);
    }

    /// Takes what another gives where that is more, and empties that.
    fn raise_all(&mut self, other: &mut Self) {
        for document in other.touched.drain(..) {
            let value = std::mem::take(&mut other.values[document as usize]);
            self.raise(document, value);
        }
    }

    /// Adds what another field gives, and empties that.
    fn fold(&mut self, other: &mut Self) {
        for document in other.touched.drain(..) {
            let value = std::mem::take(&mut other.values[document as usize]);
            let slot = &mut self.values[document as usize];
            if *slot == 0.0 {
                self.touched.push(document);
            }
            *slot = slot.max(value) + BESIDE * slot.min(value);
        }
    }
}

/// The documents in which words are looked for.
pub(super) struct Scorer<'a> {
    pub searcher: &'a Searcher,
    /// What may be found of each segment.
    pub allowed: &'a [Bits],
}

impl Scorer<'_> {
    /// Looks for a word. `wide` says whether in other ways, too; `None` leaves that to how much is found.
    pub fn word(&self, word: &Word, wide: Option<bool>, is_weak: bool) -> Result<WordScores, EngineError> {
        let mut scores = WordScores {
            segments: Vec::new(),
            count: 0,
            is_wide: false,
            terms: HashMap::new(),
            is_known: false,
        };
        for (segment, allowed) in self.segments() {
            let found = self.plain(segment, allowed, word, is_weak)?;
            scores.count += found.touched.len() as u64;
            scores.segments.push(found);
        }
        scores.is_known = scores.count > 0;
        scores.is_wide = !word.is_exact && !is_weak && wide.unwrap_or(scores.count < FEW);
        if scores.is_wide {
            scores.count = 0;
            let mut segments = std::mem::take(&mut scores.segments);
            for ((segment, allowed), found) in self.segments().zip(&mut segments) {
                self.wide(segment, allowed, word, found, &mut scores)?;
                scores.count += found.touched.len() as u64;
            }
            scores.segments = segments;
        }
        Ok(scores)
    }

    fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &Bits)> {
        self.searcher.segment_readers().iter().zip(self.allowed)
    }

    /// As it is written, as the beginning of a word, by its stem, by its parts.
    fn plain(
        &self,
        segment: &SegmentReader,
        allowed: &Bits,
        word: &Word,
        is_weak: bool,
    ) -> Result<Scores, EngineError> {
        let mut found = Scores::new(segment.max_doc());
        let mut field = Scores::new(segment.max_doc());
        let length = word.text.chars().count();
        for weighing in weighings() {
            let postings = Reading::of(segment, allowed, weighing)?;
            postings.term(&word.text, 1.0, &mut field)?;
            let shortest =
                if word.is_last { weighing.shortest_prefix } else { weighing.shortest_prefix.max(3) };
            if !word.is_exact && !is_weak && length >= shortest {
                for expansion in prefixed(segment, weighing.field, &word.text)? {
                    postings.expansion(&expansion, 1.0, &mut field)?;
                }
            }
            if !word.parts.is_empty() && weighing.field != FIELDS.extra {
                let parts = with_phrase_in(self.searcher, segment, weighing.field, &word.parts)?;
                parts.iter().filter(|document| allowed.contains(*document)).for_each(|document| {
                    field.raise(document, 0.8 * weighing.boost);
                });
            }
            found.fold(&mut field);
        }
        if !word.is_exact && !is_weak {
            for weighing in stem_weighings() {
                let postings = Reading::of(segment, allowed, weighing)?;
                for stem in stems_of_query(&word.text) {
                    postings.term(&stem, 1.0, &mut field)?;
                }
                // A stem is of a text that was looked at already, so it does not count beside it.
                found.raise_all(&mut field);
            }
        }
        Ok(found)
    }

    /// Within names, and with mistakes.
    fn wide(
        &self,
        segment: &SegmentReader,
        allowed: &Bits,
        word: &Word,
        found: &mut Scores,
        scores: &mut WordScores,
    ) -> Result<(), EngineError> {
        let grams = grams_of(&word.text);
        if word.text.chars().count() >= GRAM {
            let within = match &*grams {
                [only] => {
                    let mut within = Bits::new(segment.max_doc());
                    super::visible::each_with(segment, FIELDS.grams, only, |document| {
                        within.insert(document);
                    })?;
                    within
                }
                _ => with_phrase_in(self.searcher, segment, FIELDS.grams, &grams)?,
            };
            within.iter().filter(|document| allowed.contains(*document)).for_each(|document| {
                found.raise(document, 1.2);
            });
        }
        // What is there as it is written is hardly a mistake.
        if scores.is_known {
            return Ok(());
        }
        let goes_on = word.is_last && word.text.chars().count() >= SHORTEST_BEGINNING;
        let fuzzy: Vec<(Fuzzy, f32)> = [Fuzzy::new(&word.text, false).map(|fuzzy| (fuzzy, 1.0))]
            .into_iter()
            .chain([Fuzzy::new(&word.text, true).filter(|_| goes_on).map(|fuzzy| (fuzzy, 0.7))])
            .flatten()
            .collect();
        for (fuzzy, factor) in &fuzzy {
            let mut field = Scores::new(segment.max_doc());
            for weighing in weighings() {
                let postings = Reading::of(segment, allowed, weighing)?;
                for expansion in nearly(segment, weighing.field, &word.text, fuzzy)? {
                    let count = postings.expansion(&expansion, *factor, &mut field)?;
                    if count > 0 {
                        *scores.terms.entry(expansion.term).or_default() += count;
                    }
                }
                found.raise_all(&mut field);
            }
        }
        Ok(())
    }

    /// Documents that are called exactly this.
    pub fn called(&self, whole: &str) -> Result<Vec<Bits>, EngineError> {
        self.segments()
            .map(|(segment, allowed)| {
                let mut called = Bits::new(segment.max_doc());
                super::visible::each_with(segment, FIELDS.whole, whole, |document| {
                    if allowed.contains(document) {
                        called.insert(document);
                    }
                })?;
                Ok(called)
            })
            .collect()
    }
}

/// Reads the postings of one field of a segment.
struct Reading<'a> {
    segment: &'a SegmentReader,
    allowed: &'a Bits,
    weighing: Weighing,
    norms: Option<FieldNormReader>,
}

impl<'a> Reading<'a> {
    fn of(segment: &'a SegmentReader, allowed: &'a Bits, weighing: Weighing) -> Result<Self, EngineError> {
        let norms =
            if weighing.length > 0.0 { Some(segment.get_fieldnorms_reader(weighing.field)?) } else { None };
        Ok(Self { segment, allowed, weighing, norms })
    }

    fn term(&self, text: &str, factor: f32, scores: &mut Scores) -> Result<u64, EngineError> {
        let index = self.segment.inverted_index(self.weighing.field)?;
        let term = Term::from_field_text(self.weighing.field, text);
        match index.get_term_info(&term)? {
            Some(info) => self.postings(&info, factor, scores),
            None => Ok(0),
        }
    }

    fn expansion(&self, expansion: &Expansion, factor: f32, scores: &mut Scores) -> Result<u64, EngineError> {
        self.postings(&expansion.info, factor * expansion.factor, scores)
    }

    /// Raises the scores of the documents of a term, and says how many it has.
    fn postings(&self, info: &TermInfo, factor: f32, scores: &mut Scores) -> Result<u64, EngineError> {
        let index = self.segment.inverted_index(self.weighing.field)?;
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        let Weighing { boost, saturation, length, usual, .. } = self.weighing;
        let boost = boost * factor;
        let mut count = 0;
        let mut document = postings.doc();
        while document != TERMINATED {
            if self.allowed.contains(document) {
                count += 1;
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "what counts of many words is that they are many"
                )]
                let often = postings.term_freq() as f32;
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "what counts of a long text is that it is long"
                )]
                let long = self.norms.as_ref().map_or(usual, |norms| norms.fieldnorm(document) as f32);
                let damping = saturation * (1.0 - length + length * long / usual);
                scores.raise(document, boost * often * (1.0 + saturation) / (often + damping));
            }
            document = postings.advance();
        }
        Ok(count)
    }
}

/// The other words that a word was found by.
pub(super) fn found_by(scores: &WordScores) -> HashSet<String> {
    scores.terms.keys().cloned().collect()
}
