//! What somebody asks for, as they typed it.

mod parse;
mod syntax;

pub(crate) use parse::{Known, parse};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchQuery {
    /// The text as typed.
    pub text: String,
    /// The words to find, in order; those of phrases among them.
    pub words: Vec<Word>,
    /// Words that must follow each other.
    pub phrases: Vec<Vec<String>>,
    /// Words that must not be there, each a phrase.
    pub without: Vec<Vec<String>>,
    /// What documents must be, beside their words.
    pub filters: Vec<Filter>,
}

/// A word to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it is compared.
    pub text: String,
    /// The parts of what is typed like `PaymentService`, which may stand for the whole.
    pub parts: Vec<String>,
    /// Where it is in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it is meant to the letter, as in quotes.
    pub is_exact: bool,
    /// Whether it may go on: nothing was typed behind it.
    pub is_last: bool,
}

/// A condition on a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// The field.
    pub field: String,
    /// One of these, lower-cased; empty where only being there counts.
    pub values: Vec<String>,
    /// Whether the field must be there at all, or must not.
    pub exists: Option<bool>,
    /// Whether the opposite is meant.
    pub is_negated: bool,
}
