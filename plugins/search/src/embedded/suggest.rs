use super::{fuzzy::Fuzzy, search::Matches};
use crate::{
    engine::EngineError,
    query::{SearchQuery, Word},
};

/// What may have been meant: the text with the words that nothing has replaced by the nearest that something has. All of
/// it is about what the viewer may find, and there is something to be found by it.
pub(super) fn suggestion(
    query: &SearchQuery,
    matches: &Matches,
    count: impl Fn(&SearchQuery) -> Result<u64, EngineError>,
) -> Result<Option<String>, EngineError> {
    let mut text = query.text.clone();
    let mut words = query.words.clone();
    let mut is_other = false;
    // From the end, so that places stay right.
    for (index, scores) in
        matches.words.iter().enumerate().rev().filter(|(_, scores)| scores.is_wide && !scores.is_known)
    {
        let Some(nearest) = nearest(&query.words[index], scores.terms.iter()) else { return Ok(None) };
        let word = &query.words[index];
        text.replace_range(word.start..word.end, &nearest);
        words[index] = Word { text: nearest, parts: Vec::new(), ..word.clone() };
        is_other = true;
    }
    if !is_other {
        return Ok(None);
    }
    let meant = SearchQuery { text: text.clone(), words, ..query.clone() };
    Ok((count(&meant)? > 0).then_some(text))
}

/// The word that is nearest; of several, the one that most documents have.
fn nearest<'a>(word: &Word, terms: impl Iterator<Item = (&'a String, &'a u64)>) -> Option<String> {
    let fuzzy = Fuzzy::new(&word.text, false)?;
    let nearest = terms
        .min_by_key(|(term, count)| (fuzzy.distance(term.as_bytes()), u64::MAX - **count, (*term).clone()))?;
    Some(nearest.0.clone())
}
