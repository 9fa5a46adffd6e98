//! What an operation may cost, decided before anything is parsed, validated or planned for it.

mod complexity;
mod scan;
mod shape;

pub(crate) use complexity::Cost;
pub(crate) use scan::check_text;
pub(crate) use shape::{ShapeError, check_shape};

/// The limit that an operation exceeds.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TooComplex {
    #[error("the document has more than {0} tokens")]
    Tokens(usize),
    #[error("the operation is nested deeper than {0} levels")]
    Depth(usize),
    #[error("the operation has more than {0} aliases")]
    Aliases(usize),
    #[error("the operation has more than {0} root fields")]
    RootFields(usize),
    #[error("the operation has more than {0} fields")]
    Fields(usize),
    #[error("the operation has a complexity of {found}, more than {limit}")]
    Complexity { found: u64, limit: u64 },
    #[error("the operation nests lists of the schema too deeply")]
    Introspection,
    #[error("the operation has more than {0} variables in `@skip` and `@include`")]
    Conditions(usize),
}
