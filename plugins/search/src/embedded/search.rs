use std::{
    collections::{HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::Arc,
};

use tantivy::Searcher;

use super::{
    bits::Bits,
    condition::narrow,
    facets::Counted,
    live::{LiveIndex, stored},
    phrase::with_phrase_in,
    rank::{Rank, page},
    schema::FIELDS,
    score::{Scorer, WordScores, found_by},
    suggest::suggestion,
    visible::Sights,
};
use crate::{
    analysis::{is_stop_word, squashed},
    engine::{Ask, Cursor, EngineError, Found, Hit},
    excerpt::Matcher,
    query::SearchQuery,
};

/// What being called exactly what is asked for is worth.
const CALLED: f32 = 12.0;
/// What words that follow each other are worth in a title and in a text, for each of them.
const TOGETHER: [f32; 2] = [0.9, 0.35];

/// What was found, before it is put into pages.
pub(super) struct Matches {
    pub found: Vec<Bits>,
    totals: Vec<Vec<f32>>,
    weights: Vec<f32>,
    ways: Vec<u8>,
    needed: u32,
    pub terms: Vec<HashSet<String>>,
    /// What each word came to, for what may have been meant.
    pub words: Vec<WordScores>,
}

impl Matches {
    /// How many there are.
    pub fn total(&self) -> u64 {
        self.found.iter().map(Bits::len).sum()
    }
}

/// Looks for documents.
pub(super) fn search(live: &LiveIndex, sights: &Sights, ask: &Ask) -> Result<Found, EngineError> {
    let searcher = live.searcher();
    let allowed = allowed(&searcher, sights, ask)?;
    let signature = signature(&ask.query);
    if ask.after.as_ref().is_some_and(|after| !is_of(after, signature, &ask.query)) {
        return Err(EngineError::ForeignCursor);
    }
    let matches = find(&searcher, &allowed, &ask.query, ask.after.as_ref())?;
    let suggestion = if ask.after.is_none() {
        suggestion(&ask.query, &matches, |query| Ok(find(&searcher, &allowed, query, None)?.total()))?
    } else {
        None
    };
    let today = ask.after.as_ref().map_or(ask.today, |after| after.today);
    let score = |ord: usize, document: u32| match matches.totals.get(ord) {
        Some(totals) => totals[document as usize],
        None => 1.0,
    };
    let (ranked, has_next) =
        page(&searcher, &matches.found, score, ask.size, ask.after.as_ref().map(Rank::of), today)?;
    let hit = |(rank, address): (Rank, _)| {
        let cursor = Cursor {
            signature,
            score: rank.score,
            updated: rank.updated,
            tie: rank.tie,
            weights: matches.weights.clone(),
            ways: matches.ways.clone(),
            needed: matches.needed,
            today,
        };
        Ok::<_, EngineError>(Hit { cursor, score: rank.score, document: stored(&searcher.doc(address)?)? })
    };
    let hits = ranked.into_iter().map(hit).collect::<Result<_, _>>()?;
    Ok(Found {
        hits,
        total: matches.total(),
        has_next,
        is_later_page: ask.after.is_some(),
        suggestion,
        matcher: Arc::new(Matcher::new(&ask.query, &matches.terms)),
        facets: Arc::new(Counted { found: Arc::new(matches.found), searcher }),
    })
}

/// What may be found at all: nothing else is ever counted, weighed or read.
fn allowed(searcher: &Searcher, sights: &Sights, ask: &Ask) -> Result<Vec<Bits>, EngineError> {
    let fingerprint = ask.sight.fingerprint();
    let segments = searcher.segment_readers().iter();
    segments
        .map(|segment| {
            let mut allowed = Bits::clone(&*sights.visible(segment, &ask.sight, fingerprint)?);
            narrow(searcher, segment, &ask.query, &mut allowed)?;
            Ok(allowed)
        })
        .collect()
}

fn find(
    searcher: &Searcher,
    allowed: &[Bits],
    query: &SearchQuery,
    after: Option<&Cursor>,
) -> Result<Matches, EngineError> {
    let mut matches = Matches {
        found: Vec::new(),
        totals: Vec::new(),
        weights: Vec::new(),
        ways: Vec::new(),
        needed: 0,
        terms: Vec::new(),
        words: Vec::new(),
    };
    if query.words.is_empty() {
        // A text without any word asks for nothing; conditions alone ask for all that are so.
        let asks = query.text.trim().is_empty() || !query.filters.is_empty() || !query.without.is_empty();
        matches.found = if asks { allowed.to_vec() } else { empty(searcher) };
        return Ok(matches);
    }
    let population: u64 = allowed.iter().map(Bits::len).sum();
    let scorer = Scorer { searcher, allowed };
    let says = |index: usize| query.words[index].is_exact || !is_stop_word(&query.words[index].text);
    let has_strong = (0..query.words.len()).any(says);
    let mut masks: Vec<Vec<u32>> = Vec::new();
    for segment in searcher.segment_readers() {
        matches.totals.push(vec![0.0; segment.max_doc() as usize]);
        masks.push(vec![0; segment.max_doc() as usize]);
    }
    let mut strong = 0;
    for (index, word) in query.words.iter().enumerate() {
        let is_weak = has_strong && !says(index);
        let wide = after.and_then(|after| after.ways.get(index)).map(|way| *way == 1);
        let given = scorer.word(word, wide, is_weak)?;
        let weight = after.and_then(|after| after.weights.get(index)).copied();
        let weight = weight.unwrap_or_else(|| weight_of(given.count, population, is_weak));
        let bit = if is_weak { 0 } else { 1_u32 << strong };
        strong += u32::from(!is_weak);
        for ((totals, masks), scores) in matches.totals.iter_mut().zip(&mut masks).zip(&given.segments) {
            for document in &scores.touched {
                totals[*document as usize] += weight * scores.get(*document);
                masks[*document as usize] |= bit;
            }
        }
        matches.weights.push(weight);
        matches.ways.push(u8::from(given.is_wide));
        matches.terms.push(found_by(&given));
        matches.words.push(given);
    }
    together(&scorer, query, &mut matches)?;
    called(&scorer, query, &mut matches, &mut masks, u32::MAX >> (32 - strong))?;
    let most = masks.iter().flatten().map(|mask| mask.count_ones()).max().unwrap_or_default();
    matches.needed = after.map_or_else(|| needed(strong, most), |after| after.needed.max(1));
    for masks in &masks {
        let mut found = Bits::new(u32::try_from(masks.len()).unwrap_or(u32::MAX));
        for (document, _) in (0..).zip(masks).filter(|(_, mask)| mask.count_ones() >= matches.needed) {
            found.insert(document);
        }
        matches.found.push(found);
    }
    Ok(matches)
}

fn empty(searcher: &Searcher) -> Vec<Bits> {
    searcher.segment_readers().iter().map(|segment| Bits::new(segment.max_doc())).collect()
}

/// How many of the words must be there: all of a few, most of many; where nothing has so many, what has the most.
fn needed(strong: u32, most: u32) -> u32 {
    let wanted = if strong <= 3 { strong } else { (3 * strong).div_ceil(4) };
    wanted.min(most).max(1)
}

/// What is rare says more.
#[expect(clippy::cast_precision_loss, reason = "what counts of many documents is that they are many")]
fn weight_of(count: u64, population: u64, is_weak: bool) -> f32 {
    let (count, population) = (count as f32, population as f32);
    let weight = (1.0 + (population - count + 0.5).max(0.5) / (count + 0.5)).ln().max(0.2);
    if is_weak { 0.1 * weight } else { weight }
}

/// Words that follow each other as they were typed.
fn together(scorer: &Scorer<'_>, query: &SearchQuery, matches: &mut Matches) -> Result<(), EngineError> {
    if query.words.len() < 2 {
        return Ok(());
    }
    let words: Vec<String> = query.words.iter().map(|word| word.text.clone()).collect();
    let worth: f32 = matches.weights.iter().sum();
    for (fields, each) in [(&[FIELDS.title, FIELDS.name][..], TOGETHER[0]), (&[FIELDS.body][..], TOGETHER[1])]
    {
        for field in fields {
            let segments = scorer.searcher.segment_readers().iter().zip(scorer.allowed);
            for ((segment, allowed), totals) in segments.zip(&mut matches.totals) {
                let found = with_phrase_in(scorer.searcher, segment, *field, &words)?;
                for document in found.iter().filter(|document| allowed.contains(*document)) {
                    totals[document as usize] += worth * each;
                }
            }
        }
    }
    Ok(())
}

/// What is called exactly so is meant, whatever else its words are in.
fn called(
    scorer: &Scorer<'_>,
    query: &SearchQuery,
    matches: &mut Matches,
    masks: &mut [Vec<u32>],
    all: u32,
) -> Result<(), EngineError> {
    let words: String = query.words.iter().map(|word| word.text.as_str()).collect();
    let mut names = vec![squashed(&words), query.text.trim().to_lowercase()];
    names.dedup();
    for name in names {
        for (index, called) in scorer.called(&name)?.iter().enumerate() {
            for document in called.iter() {
                matches.totals[index][document as usize] += CALLED;
                masks[index][document as usize] |= all;
            }
        }
    }
    Ok(())
}

fn signature(query: &SearchQuery) -> u64 {
    let mut hasher = DefaultHasher::new();
    query.text.hash(&mut hasher);
    for filter in &query.filters {
        (&filter.field, &filter.values, filter.exists, filter.is_negated).hash(&mut hasher);
    }
    hasher.finish()
}

fn is_of(cursor: &Cursor, signature: u64, query: &SearchQuery) -> bool {
    cursor.signature == signature
        && cursor.weights.len() == query.words.len()
        && cursor.ways.len() == query.words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_few_words_are_needed_and_most_of_many() {
        for (strong, most, expected) in
            [(1, 1, 1), (2, 2, 2), (3, 3, 3), (3, 2, 2), (4, 4, 3), (8, 8, 6), (8, 2, 2), (2, 0, 1)]
        {
            assert_eq!(needed(strong, most), expected);
        }
    }

    #[test]
    fn rare_words_say_more() {
        assert!(weight_of(1, 1000, false) > weight_of(100, 1000, false));
        assert!(weight_of(1000, 1000, false) > 0.0);
        assert!(weight_of(10, 1000, true) < weight_of(10, 1000, false));
    }
}
