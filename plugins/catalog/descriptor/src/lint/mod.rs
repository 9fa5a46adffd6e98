//! Checks descriptors on the command line as the server would check them.

mod origins;
mod output;
mod paths;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_kit::EntityRef;
use serde::Serialize;

pub use origins::{Origin, Origins};
pub use output::{Format, write_json_line, write_text};

use crate::{
    DescriptorError, Document, FileReader, Limits, ProcessOptions, Provenance, ReadError, Reader, Reference,
    RemotePlaceholders, Rule, ValidateOptions, parse_documents, process, walk,
};

/// What is checked, and how.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// Files and folders, as named on the command line.
    pub paths: Vec<PathBuf>,
    /// How findings are written.
    pub format: Format,
    /// How strict validation is.
    pub validate: ValidateOptions,
    /// How large things may be.
    pub limits: Limits,
    /// Which kinds may come from where.
    pub origins: Origins,
}

/// What was found of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LintDocument {
    /// The file, as it was named.
    pub file: String,
    /// Its place in the file, from 0, counting empty documents.
    pub document: usize,
    /// The entity's reference.
    #[serde(rename = "ref")]
    pub reference: Option<EntityRef>,
    /// Whether it is an entity; `None` for an empty document.
    pub valid: Option<bool>,
    /// What is wrong with it.
    pub errors: Vec<DescriptorError>,
}

impl LintDocument {
    fn refused(file: &str, error: DescriptorError) -> Self {
        Self { file: file.to_owned(), document: 0, reference: None, valid: Some(false), errors: vec![error] }
    }
}

/// Checks every path and writes what it finds; answers whether all of it is valid.
///
/// A folder stands for the descriptors below it: `catalog-info.yaml`, `catalog-info.yml`, and other YAML files
/// whose `apiVersion` is one of the catalog's. A file that is named is always checked. A path that does not exist
/// is a finding of its own.
pub fn run(arguments: &Arguments, output: &mut dyn Write) -> io::Result<bool> {
    let mut tally = output::Tally::default();
    let mut failure = None;
    lint_paths(arguments, &mut |found| {
        tally.add(&found);
        let written = match arguments.format {
            Format::Json => write_json_line(&found, output),
            Format::Text => write_text(&found, output),
        };
        failure = written.err();
        failure.is_none()
    });
    if let Some(error) = failure {
        return Err(error);
    }
    if arguments.format == Format::Text {
        tally.write(output)?;
    }
    output.flush()?;
    Ok(tally.invalid == 0)
}

/// Checks every path and hands over what it finds, document by document, until told to stop.
pub fn lint_paths(arguments: &Arguments, sink: &mut dyn FnMut(LintDocument) -> bool) {
    let options = ProcessOptions {
        validate: arguments.validate,
        rules: Arc::default(),
        limits: arguments.limits.clone(),
        remote: RemotePlaceholders::AsText,
    };
    for path in &arguments.paths {
        let found = match paths::descriptors(path, &arguments.limits) {
            Ok(found) => found,
            Err(error) => {
                let shown = path.to_string_lossy();
                if !sink(LintDocument::refused(&shown, walk::unreadable(&error))) {
                    return;
                }
                continue;
            }
        };
        for file in found.files {
            for document in lint_file(&file, &found.reader, &arguments.origins, &options) {
                if !sink(document) {
                    return;
                }
            }
        }
    }
}

fn lint_file(
    file: &Path,
    reader: &FileReader,
    origins: &Origins,
    options: &ProcessOptions,
) -> Vec<LintDocument> {
    let name = file.to_string_lossy().into_owned();
    let read = || -> Result<(Reference, Vec<u8>), ReadError> {
        let path =
            std::path::absolute(file).map_err(|error| ReadError::Io(name.clone(), error.to_string()))?;
        let place = Reference::File(crate::reader::normalise(&path));
        let text = reader.read(&place)?;
        Ok((place, text))
    };
    let (place, text) = match read() {
        Ok(read) => read,
        Err(error) => return vec![LintDocument::refused(&name, walk::unreadable(&error))],
    };
    let documents = match parse_documents(&text, &options.limits) {
        Ok(documents) => documents,
        Err(error) => return vec![LintDocument::refused(&name, error)],
    };
    let Origin { target, rules } = origins.of(&place);
    let options = ProcessOptions { rules, ..options.clone() };
    let provenance = Provenance { file: &place, origin_type: "file", origin_target: &target };
    documents
        .into_iter()
        .map(|document| lint_document(&name, document, &provenance, reader, &options))
        .collect()
}

fn lint_document(
    file: &str,
    document: Document<'_>,
    provenance: &Provenance<'_>,
    reader: &FileReader,
    options: &ProcessOptions,
) -> LintDocument {
    let index = document.index;
    let Some(mut processed) = process(document, provenance, reader, options) else {
        return LintDocument {
            file: file.to_owned(),
            document: index,
            reference: None,
            valid: None,
            errors: Vec::new(),
        };
    };
    let is_valid = processed.is_valid();
    if is_valid {
        // Where a Location leads is not part of the document, and need not be on this machine.
        processed.errors.retain(|error| error.rule != Rule::LocationTarget);
    }
    LintDocument {
        file: file.to_owned(),
        document: index,
        reference: processed.reference,
        valid: Some(is_valid),
        errors: processed.errors,
    }
}
