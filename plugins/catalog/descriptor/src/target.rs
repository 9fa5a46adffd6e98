use callboard_kit::SourceKind;

use crate::{Fault, FieldPath, Limits, LocationSpec, Presence, ReadError, Reader, Reference, Rule};

/// A target of a Location, with what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmittedTarget {
    /// The field that it is written in.
    pub path: FieldPath,
    /// The line that it is written on, from 1.
    pub line: u32,
    /// The column that it is written in, from 1.
    pub column: u32,
    /// What it refers to: a file, a folder, a glob or a URL.
    pub target: Reference,
    /// Whether it must be there.
    pub presence: Presence,
    /// The files that it stands for, sorted; none where the reader does not read such targets.
    pub files: Vec<Reference>,
}

/// What one target, written in the Location at `from` with the type `kind`, stands for.
pub fn expand_target(
    reader: &dyn Reader,
    from: &Reference,
    kind: Option<&str>,
    target: &str,
) -> Result<(Reference, Vec<Reference>), ReadError> {
    let mut reference = reader.resolve(from, target)?;
    if let (Reference::Remote(source), Some("git")) = (&mut reference, kind) {
        source.kind = SourceKind::Git;
    }
    let files = reader.expand(&reference)?;
    Ok((reference, files))
}

/// What all targets of a Location stand for, and which of them stand for nothing.
pub(crate) fn expand_all(
    reader: &dyn Reader,
    from: &Reference,
    spec: &LocationSpec,
    limits: &Limits,
    faults: &mut Vec<Fault>,
) -> Vec<EmittedTarget> {
    let mut emitted = Vec::with_capacity(spec.targets.len());
    for (path, target) in &spec.targets {
        let resolved = reader.resolve(from, target);
        if let Some(too_long) = resolved.ok().and_then(|found| found.check_length(limits).err()) {
            faults.push(Fault::new(path.clone(), Rule::LocationTarget, format!("`{path}`: {too_long}")));
            continue;
        }
        match expand_target(reader, from, spec.kind.as_deref(), target) {
            Ok((target, files)) => emitted.push(EmittedTarget {
                path: path.clone(),
                line: 1,
                column: 1,
                target,
                presence: spec.presence,
                files,
            }),
            Err(error) if error.is_not_found() && spec.presence == Presence::Optional => {}
            Err(error) => {
                let hint =
                    if error.is_not_found() { "; correct it, or write `presence: optional`" } else { "" };
                let message = format!("`{path}`: {error}{hint}");
                faults.push(Fault::new(path.clone(), Rule::LocationTarget, message));
            }
        }
    }
    emitted
}
