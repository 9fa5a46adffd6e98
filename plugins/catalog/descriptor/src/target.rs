use std::path::{Path, PathBuf};

use crate::{Fault, FieldPath, LocationSpec, Presence, ReadError, Reader, Reference, Rule};

/// A target of a Location, with what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmittedTarget {
    /// The field that it is written in.
    pub path: FieldPath,
    /// The line that it is written on, from 1.
    pub line: u32,
    /// The column that it is written in, from 1.
    pub column: u32,
    /// `file`, `url` or another type.
    pub kind: String,
    /// What it refers to: an absolute path, folder, glob or URL.
    pub target: String,
    /// Whether it must be there.
    pub presence: Presence,
    /// The files that it stands for, sorted; none for a URL, which is not followed yet.
    pub files: Vec<PathBuf>,
}

/// What one target, written in the Location at `from`, stands for.
pub fn expand_target(
    reader: &dyn Reader,
    from: &Path,
    target: &str,
) -> Result<(Reference, Vec<PathBuf>), ReadError> {
    let reference = reader.resolve(from, target)?;
    let files = match &reference {
        Reference::File(path) => reader.expand(path)?,
        Reference::Remote(_) => Vec::new(),
    };
    Ok((reference, files))
}

/// What all targets of a Location stand for, and which of them stand for nothing.
pub(crate) fn expand_all(
    reader: &dyn Reader,
    from: &Path,
    spec: &LocationSpec,
    faults: &mut Vec<Fault>,
) -> Vec<EmittedTarget> {
    let mut emitted = Vec::with_capacity(spec.targets.len());
    for (path, target) in &spec.targets {
        match expand_target(reader, from, target) {
            Ok((reference, files)) => emitted.push(EmittedTarget {
                path: path.clone(),
                line: 1,
                column: 1,
                kind: match &reference {
                    Reference::File(_) => "file".to_owned(),
                    Reference::Remote(_) => "url".to_owned(),
                },
                target: match reference {
                    Reference::File(path) => path.to_string_lossy().into_owned(),
                    Reference::Remote(url) => url.to_string(),
                },
                presence: spec.presence,
                files,
            }),
            Err(ReadError::NotFound(_)) if spec.presence == Presence::Optional => {}
            Err(error) => {
                let hint = match error {
                    ReadError::NotFound(_) => "; correct it, or write `presence: optional`",
                    _ => "",
                };
                let message = format!("`{path}`: {error}{hint}");
                faults.push(Fault::new(path.clone(), Rule::LocationTarget, message));
            }
        }
    }
    emitted
}
