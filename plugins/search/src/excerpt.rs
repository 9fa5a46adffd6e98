//! What is shown of a document: the part of its text where the words are, and where in it they are.

use std::{collections::HashSet, ops::Range};

use crate::{
    analysis::{Language, detect, is_stop_word, pieces, stems_of_query},
    query::SearchQuery,
};

/// How much of a text is shown, in characters.
const LENGTH: usize = 240;
/// How much of it comes before the first word, in characters.
const BEFORE: usize = 60;
/// How much of a text is looked through for the words, in bytes.
const LOOKED_THROUGH: usize = 64 * 1024;

/// Finds the words of a query in texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    words: Vec<WordMatcher>,
}

#[derive(Clone, Debug, Default)]
struct WordMatcher {
    text: String,
    goes_on: bool,
    is_weak: bool,
    stems: HashSet<String>,
    terms: HashSet<String>,
}

/// A part of a text, with where the words are in it, in UTF-16 units as browsers count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The part.
    pub text: String,
    /// Where the words are.
    pub ranges: Vec<Range<usize>>,
}

impl Matcher {
    /// Finds the words of a query; `terms` are the other words that each was found by.
    pub fn new(query: &SearchQuery, terms: &[HashSet<String>]) -> Self {
        let words = query.words.iter().enumerate().map(|(index, word)| WordMatcher {
            text: word.text.clone(),
            goes_on: !word.is_exact && word.text.chars().count() > 1,
            is_weak: !word.is_exact && is_stop_word(&word.text),
            stems: if word.is_exact {
                HashSet::new()
            } else {
                stems_of_query(&word.text).into_iter().collect()
            },
            terms: terms
                .get(index)
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .chain(word.parts.clone())
                .collect(),
        });
        let mut words: Vec<WordMatcher> = words.collect();
        if words.iter().any(|word| !word.is_weak) {
            words.retain(|word| !word.is_weak);
        }
        Self { words }
    }

    /// The words that a text has, in bytes, in order, with which word of the query each is.
    fn find(&self, text: &str, language: Language) -> Vec<(Range<usize>, usize)> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        if self.words.is_empty() {
            return found;
        }
        for piece in pieces(text) {
            let stem = language.stem(&piece.text);
            let matched = self.words.iter().position(|word| {
                word.text == piece.text
                    || (word.goes_on && piece.text.starts_with(&word.text))
                    || word.stems.contains(&stem)
                    || word.terms.contains(&piece.text)
            });
            let Some(word) = matched else { continue };
            match found.last_mut() {
                // A word and its parts are marked once.
                Some((last, _)) if last.end > piece.start => last.end = last.end.max(piece.end),
                _ => found.push((piece.start..piece.end, word)),
            }
        }
        found
    }

    /// A whole text with its words marked.
    pub fn mark(&self, text: &str, language: Option<&str>) -> Excerpt {
        let ranges = self.find(text, detect(language, text)).into_iter().map(|(range, _)| range);
        Excerpt { ranges: ranges.map(|range| utf16(text, &range)).collect(), text: text.to_owned() }
    }

    /// The part of a text that has most of the words, on one line.
    pub fn excerpt(&self, text: &str, language: Option<&str>) -> Excerpt {
        let text = cut(text, LOOKED_THROUGH);
        let found = self.find(text, detect(language, text));
        let start = self.best(text, &found).map_or(0, |at| back(text, at, BEFORE));
        let end = forward(text, start, LENGTH);
        let mut shown = String::with_capacity(end - start + 8);
        if start > 0 {
            shown.push('…');
        }
        let mut moved: Vec<Range<usize>> = Vec::new();
        let mut inside = found
            .into_iter()
            .map(|(range, _)| range)
            .filter(|range| range.start >= start && range.end <= end)
            .peekable();
        let mut open: Option<usize> = None;
        let mut is_space = true;
        for (offset, character) in text[start..end].char_indices() {
            let at = start + offset;
            if inside.peek().is_some_and(|range| range.start == at) {
                open = Some(shown.len());
            }
            if character.is_whitespace() {
                if !is_space {
                    shown.push(' ');
                }
                is_space = true;
            } else {
                shown.push(character);
                is_space = false;
            }
            if let Some(from) = open
                && inside.peek().is_some_and(|range| range.end == at + character.len_utf8())
            {
                moved.push(from..shown.len());
                open = None;
                inside.next();
            }
        }
        let kept = shown.trim_end().len();
        shown.truncate(kept);
        let ranges = moved.iter().map(|range| utf16(&shown, range)).collect();
        if end < text.trim_end().len() {
            shown.push('…');
        }
        Excerpt { text: shown, ranges }
    }

    /// Where the part begins that has the most different words.
    fn best(&self, text: &str, found: &[(Range<usize>, usize)]) -> Option<usize> {
        let window = LENGTH - BEFORE;
        let mut best: Option<(usize, usize)> = None;
        for (index, (range, _)) in found.iter().enumerate() {
            let end = forward(text, range.start, window);
            let mut seen = vec![false; self.words.len()];
            found[index..]
                .iter()
                .take_while(|(other, _)| other.end <= end)
                .for_each(|(_, word)| seen[*word] = true);
            let count = seen.iter().filter(|seen| **seen).count();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, range.start));
            }
            if count == self.words.len() || index > 500 {
                break;
            }
        }
        best.map(|(_, at)| at)
    }
}

fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// A place so many characters before another, where a word begins.
fn back(text: &str, at: usize, characters: usize) -> usize {
    let start =
        text[..at].char_indices().rev().nth(characters.saturating_sub(1)).map_or(0, |(start, _)| start);
    if start == 0 {
        return 0;
    }
    text[start..at].find(char::is_whitespace).map_or(start, |space| {
        let space = start + space;
        space + text[space..].chars().next().map_or(0, char::len_utf8)
    })
}

/// A place so many characters after another, where a word ends.
fn forward(text: &str, at: usize, characters: usize) -> usize {
    let Some((end, _)) = text[at..].char_indices().nth(characters) else { return text.len() };
    let end = at + end;
    text[at..end]
        .rfind(char::is_whitespace)
        .filter(|space| *space > characters / 2)
        .map_or(end, |space| at + space)
}

fn utf16(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].encode_utf16().count();
    start..start + text[range.clone()].encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{Known, parse};

    fn matcher(text: &str) -> Matcher {
        Matcher::new(&parse(text, Known { fields: &[], types: &[] }).unwrap(), &[])
    }

    fn marked(excerpt: &Excerpt) -> Vec<String> {
        let units: Vec<u16> = excerpt.text.encode_utf16().collect();
        excerpt.ranges.iter().map(|range| String::from_utf16(&units[range.clone()]).unwrap()).collect()
    }

    #[test]
    fn words_are_marked_by_stem_by_beginning_and_within_names() {
        let marks = |query: &str, text: &str| marked(&matcher(query).mark(text, None));
        assert_eq!(
            marks("deploy service", "Deploying the PaymentService 😀 deploy"),
            ["Deploying", "Service", "deploy"]
        );
        assert_eq!(marks("pay", "Über Payments, payer und repay"), ["Payments", "payer"]);
        assert_eq!(marks("the cart", "the cart"), ["cart"], "what says nothing is not marked");
        assert_eq!(marks("uberweisung", "Die Überweisungen"), ["Überweisungen"]);
    }

    #[test]
    fn the_part_with_most_words_is_shown_on_one_line() {
        let text = format!(
            "{} cart {} the cart\nis   emptied  by night {}",
            "a ".repeat(400),
            "b ".repeat(400),
            "c ".repeat(400)
        );
        let excerpt = matcher("cart night").excerpt(&text, None);
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'), "{}", excerpt.text);
        assert!(excerpt.text.contains("the cart is emptied by night"), "{}", excerpt.text);
        assert_eq!(marked(&excerpt), ["cart", "night"]);
        assert_eq!(
            matcher("x").excerpt("Short.\n", None),
            Excerpt { text: "Short.".to_owned(), ranges: Vec::new() }
        );
    }

    proptest! {
        #[test]
        fn marks_lie_within_the_text(query in "[a-zA-Zäß ]{0,20}", text in "\\PC{0,400}") {
            let matcher = matcher(&query);
            for excerpt in [matcher.mark(&text, None), matcher.excerpt(&text, None)] {
                marked(&excerpt);
            }
        }
    }
}
