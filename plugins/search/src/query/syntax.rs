use std::fmt;

use callboard_kit::{Problem, nearest};

/// The longest text that is asked for, in characters.
pub(crate) const MAX_TEXT: usize = 500;
/// The most words, those of phrases included.
pub(super) const MAX_WORDS: usize = 24;
/// The most conditions.
pub(super) const MAX_FILTERS: usize = 30;

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) struct Fault {
    /// The character at which it begins, from 1; `None` where it is about the whole.
    pub position: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(formatter, "{}, at character {position}", self.message),
            None => formatter.write_str(&self.message),
        }
    }
}

impl Fault {
    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self { position: None, message: message.into() }
    }

    pub(super) fn at(text: &str, byte: usize, message: impl Into<String>) -> Self {
        let before = text.get(..byte).unwrap_or_default();
        Self { position: Some(before.chars().count() + 1), message: message.into() }
    }

    pub(super) fn unknown_field(text: &str, byte: usize, field: &str, known: &[String]) -> Self {
        let nearest = nearest(field, known.iter().map(String::as_str));
        let told = match nearest {
            Some(nearest) => format!("there is no `{field}:` to search in, did you mean `{nearest}:`?"),
            None => format!(
                "there is no `{field}:` to search in; known are {}; in quotes it is plain text",
                list(known)
            ),
        };
        Self::at(text, byte, told)
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::bad_input("text", fault.to_string())
    }
}

pub(super) fn list(known: &[String]) -> String {
    known.iter().map(|name| format!("`{name}:`")).collect::<Vec<_>>().join(", ")
}
