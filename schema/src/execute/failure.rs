use super::errors::ErrorBody;
use crate::plan::{FetchedFields, FlattenStep};

/// A fetch that brought nothing: every field that is missing on its account gets its error.
#[derive(Debug)]
pub(super) struct Failure<'a> {
    pub(super) paths: Vec<&'a [FlattenStep]>,
    pub(super) fields: &'a FetchedFields,
    pub(super) body: ErrorBody,
}

impl Failure<'_> {
    /// Whether the fetch was to bring `key` of objects at `path`, list indexes left out.
    pub(super) fn covers(&self, path: &[&str], key: &str) -> bool {
        self.paths.iter().any(|steps| {
            let mut rest = path;
            for step in *steps {
                let FlattenStep::Field(name) = step else { continue };
                match rest.split_first() {
                    Some((first, further)) if name == first => rest = further,
                    _ => return false,
                }
            }
            self.fields.covers(rest, key)
        })
    }
}
