/// Words that say nothing of what is looked for, as long as there are others.
const ENGLISH: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have",
    "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or", "our", "that", "the", "their",
    "this", "to", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
];
const GERMAN: &[&str] = &[
    "als", "am", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einen",
    "einer", "es", "fur", "im", "ist", "man", "mit", "nach", "nicht", "sich", "sie", "sind", "und", "von",
    "wie", "wird", "wo", "zu", "zum", "zur",
];
const FRENCH: &[&str] = &[
    "au", "aux", "avec", "ce", "comment", "dans", "des", "du", "est", "et", "la", "le", "les", "ou", "par",
    "pas", "pour", "que", "qui", "sur", "un", "une",
];
const SPANISH: &[&str] =
    &["como", "con", "de", "del", "el", "en", "es", "las", "los", "para", "por", "que", "se", "una", "y"];

/// The most frequent words of each language that is told apart, which it is told by.
pub(super) const TELLING: [&[&str]; 4] = [ENGLISH, GERMAN, FRENCH, SPANISH];

/// Whether a folded word says nothing by itself.
pub(crate) fn is_stop_word(word: &str) -> bool {
    TELLING.iter().any(|words| words.contains(&word))
}
