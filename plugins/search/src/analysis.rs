//! Text taken apart into what is looked for: words, parts of identifiers, stems.

mod fold;
mod language;
mod split;
mod stop;

pub(crate) use fold::fold;
pub(crate) use language::{Language, detect, stems_of_query};
pub(crate) use split::{joined, pieces, squashed};
pub(crate) use stop::is_stop_word;
