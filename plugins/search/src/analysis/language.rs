use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use super::{fold, stop::TELLING};

/// Words that are looked at to tell the language of a text.
const LOOKED_AT: usize = 300;
/// Fewer telling words say nothing.
const ENOUGH: usize = 3;

/// A language whose words are brought to their stems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Language {
    English,
    German,
    French,
    Spanish,
    Dutch,
    Italian,
    Portuguese,
}

impl Language {
    /// Those that are told by their words, in the order of [`TELLING`].
    const TOLD: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// The language that a tag such as `de` or `de-AT` names.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Some(match primary.as_str() {
            "en" => Self::English,
            "de" => Self::German,
            "fr" => Self::French,
            "es" => Self::Spanish,
            "nl" => Self::Dutch,
            "it" => Self::Italian,
            "pt" => Self::Portuguese,
            _ => return None,
        })
    }

    const fn algorithm(self) -> Algorithm {
        match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
            Self::French => Algorithm::French,
            Self::Spanish => Algorithm::Spanish,
            Self::Dutch => Algorithm::Dutch,
            Self::Italian => Algorithm::Italian,
            Self::Portuguese => Algorithm::Portuguese,
        }
    }

    /// The stem of a folded word.
    pub fn stem(self, word: &str) -> String {
        // What has digits is a name, not a word.
        if word.len() > 40 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return word.to_owned();
        }
        match Stemmer::new(self.algorithm()).stem(word) {
            Cow::Borrowed(stem) => stem.to_owned(),
            Cow::Owned(stem) => fold(&stem),
        }
    }
}

/// The language of a text: the one that is told, else the one whose frequent words it has, else English.
pub(crate) fn detect(told: Option<&str>, text: &str) -> Language {
    if let Some(language) = told.and_then(Language::of_tag) {
        return language;
    }
    let mut found = [0_usize; TELLING.len()];
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.take(LOOKED_AT) {
        let word = fold(word);
        for (count, telling) in found.iter_mut().zip(TELLING) {
            *count += usize::from(telling.contains(&word.as_str()));
        }
    }
    let most = (0..found.len()).max_by_key(|index| (found[*index], usize::MAX - index)).unwrap_or_default();
    if found[most] >= ENOUGH { Language::TOLD[most] } else { Language::English }
}

/// The stems that a word of a query may have, whatever language the texts are in.
pub(crate) fn stems_of_query(word: &str) -> Vec<String> {
    let languages = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Dutch,
        Language::Italian,
        Language::Portuguese,
    ];
    let mut stems: Vec<String> = languages.iter().map(|language| language.stem(word)).collect();
    stems.sort_unstable();
    stems.dedup();
    // A stem of one or two letters stands for words that have nothing to do with each other.
    stems.retain(|stem| stem.len() > 2 || stem == word);
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language_by_its_words() {
        let german = "Wie man den Dienst startet und was nach dem Start mit der Datenbank zu tun ist";
        assert_eq!(detect(None, german), Language::German);
        assert_eq!(detect(None, "How to start the service and what to do with it"), Language::English);
        assert_eq!(detect(None, "petstore openapi"), Language::English);
        assert_eq!(detect(Some("fr-CA"), german), Language::French);
        assert_eq!(detect(Some("tlh"), german), Language::German);
    }

    #[test]
    fn words_of_one_stem_are_one() {
        for (language, one, other) in [
            (Language::English, "deployments", "deployment"),
            (Language::English, "running", "runs"),
            (Language::German, "rechnungen", "rechnung"),
            (Language::French, "services", "service"),
        ] {
            assert_eq!(language.stem(one), language.stem(other));
            assert!(stems_of_query(one).contains(&language.stem(other)));
        }
        assert_eq!(Language::English.stem("s3"), "s3");
    }
}
