use callboard_kit::ReadFailure;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use url::Url;

use crate::{
    forge::{Spot, decoded},
    reader::short,
};

/// The longest glob, in bytes.
const MAX_PATTERN: usize = 1_000;

/// What a target stands for.
pub enum Wanted {
    /// The file that it names.
    Itself,
    /// The files that match.
    Files(GlobSet),
}

impl Wanted {
    /// What the page of a forge stands for.
    pub fn of(url: &Url, spot: &Spot) -> Result<Self, ReadFailure> {
        Self::at(&spot.path, url.path().ends_with('/') || decoded(url.path()).contains("/tree/"))
    }

    /// What a path in a repository stands for.
    pub fn at(path: &str, is_folder: bool) -> Result<Self, ReadFailure> {
        let pattern = match path {
            "" => "**".to_owned(),
            path if path.contains(['*', '?', '[', '{']) => path.to_owned(),
            path if is_folder => format!("{path}/**"),
            _ => return Ok(Self::Itself),
        };
        if pattern.len() > MAX_PATTERN {
            let message = format!("`{}` is longer than {MAX_PATTERN} bytes", short(&pattern));
            return Err(ReadFailure::Invalid(message));
        }
        // A set says that a glob is too much for it, where a single one would panic.
        let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
        let set = glob.and_then(|glob| GlobSetBuilder::new().add(glob).build());
        let set = set.map_err(|error| {
            let reason = short(&error.kind().to_string());
            ReadFailure::Invalid(format!("`{}` is not a glob: {reason}", short(&pattern)))
        })?;
        Ok(Self::Files(set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_that_is_too_much_is_an_error_and_not_the_end_of_who_asked() {
        let nested = format!("{}a{}", "{".repeat(400), "}".repeat(400));
        let many = "[!a]{b,c}".repeat(100);
        for pattern in [nested.as_str(), "[a", "{a", &"**/".repeat(400)] {
            assert!(matches!(Wanted::at(pattern, false), Err(ReadFailure::Invalid(_))), "{pattern}");
        }
        assert!(Wanted::at(&many, false).is_ok());
        let Ok(Wanted::Files(globs)) = Wanted::at("**/catalog-{info,more}.yaml", false) else {
            panic!("it is a glob")
        };
        assert!(globs.is_match("a/b/catalog-info.yaml") && !globs.is_match("a/b/catalog.yaml"));
    }
}
