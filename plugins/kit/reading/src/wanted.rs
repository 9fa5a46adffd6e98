use callboard_kit::ReadFailure;
use globset::{GlobBuilder, GlobMatcher};
use url::Url;

use crate::{
    forge::{Spot, decoded},
    reader::short,
};

/// What a target stands for.
pub enum Wanted {
    /// The file that it names.
    Itself,
    /// The files that match.
    Files(GlobMatcher),
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
        let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
        let glob = glob.map_err(|error| {
            ReadFailure::Invalid(format!("`{}` is not a glob: {}", short(&pattern), error.kind()))
        })?;
        Ok(Self::Files(glob.compile_matcher()))
    }
}
