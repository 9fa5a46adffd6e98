use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

/// Shorter words have too many that are nearly them.
const SHORTEST: usize = 4;
/// Words from this length on may have two mistakes.
const LONG: usize = 8;

static ONE: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// The words that are nearly a word.
pub(super) struct Fuzzy(DFA);

impl Fuzzy {
    /// Those of a word, or beginning with nearly it; `None` where the word is too short.
    pub fn new(word: &str, goes_on: bool) -> Option<Self> {
        let length = word.chars().count();
        if length < SHORTEST || word.chars().all(char::is_numeric) {
            return None;
        }
        let builder = if length < LONG { &*ONE } else { &*TWO };
        Some(Self(if goes_on { builder.build_prefix_dfa(word) } else { builder.build_dfa(word) }))
    }

    /// How many mistakes make this word of that one.
    pub fn distance(&self, word: &[u8]) -> u8 {
        self.0.eval(word).to_u8()
    }
}

impl Automaton for Fuzzy {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_words_may_have_more_mistakes() {
        let distance =
            |word: &str, other: &str| Fuzzy::new(word, false).map(|fuzzy| fuzzy.distance(other.as_bytes()));
        assert_eq!(
            distance("paymnet", "payment"),
            Some(1),
            "two letters that changed places are one mistake"
        );
        assert_eq!(distance("kubrenetse", "kubernetes"), Some(2));
        assert_eq!(distance("abc", "abd"), None);
        assert_eq!(distance("2026", "2025"), None);
        assert!(Fuzzy::new("paymn", true).unwrap().distance(b"payment") <= 1);
    }
}
