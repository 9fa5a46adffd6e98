use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_descriptor::{
    DescriptorError, FileReader, Limits, ProcessOptions, ProcessedDocument, Provenance, Reader, Reference,
    Rule, Rules, ValidateOptions, parse_documents, process,
};

use crate::config::CatalogConfig;

/// A location of the config, ready to be read.
#[derive(Debug)]
pub struct Root {
    /// `type:target`, with the target as an absolute path, folder or glob.
    pub location: String,
    /// The target alone.
    pub target: PathBuf,
    pub(super) reader: Result<FileReader, String>,
    options: ProcessOptions,
}

/// The locations of a config. One that cannot be read is among them, with the reason.
pub(super) fn roots(config: &CatalogConfig, base: &Path) -> Vec<Arc<Root>> {
    let rules = Rules::new(config.rules.as_deref(), base).unwrap_or_default();
    let validate = ValidateOptions { allow_unknown_kinds: config.allow_unknown_kinds };
    config
        .locations
        .iter()
        .map(|location| {
            let limits = Limits::default();
            let opened = FileReader::for_target(base, &location.target, limits.clone());
            let (reader, target) = match opened {
                Ok((reader, target)) => (Ok(reader), target),
                Err(error) => (Err(error.to_string()), base.join(&location.target)),
            };
            let rules = rules.for_location(location.rules.as_deref(), base).unwrap_or_default();
            let options = ProcessOptions { validate, rules: Arc::new(rules), limits, ..Default::default() };
            Arc::new(Root { location: format!("file:{}", target.display()), target, reader, options })
        })
        .collect()
}

/// A file to read.
#[derive(Clone, Debug)]
pub struct FileTask {
    /// The file.
    pub path: PathBuf,
    /// The location of the config that led to it.
    pub root: Arc<Root>,
    /// The location entity that named it; `None` where the config did.
    pub emitted_by: Option<String>,
    /// How many locations lie between it and the config.
    pub depth: usize,
}

/// A file that was read, or the reason why not.
#[derive(Debug)]
pub struct ReadFile {
    /// What was asked for.
    pub task: FileTask,
    /// Its documents, or why it is refused as a whole.
    pub documents: Result<Vec<ProcessedDocument>, DescriptorError>,
}

impl FileTask {
    /// Reads the file and judges its documents.
    pub fn read(self) -> ReadFile {
        let documents = self.documents();
        ReadFile { task: self, documents }
    }

    fn documents(&self) -> Result<Vec<ProcessedDocument>, DescriptorError> {
        let refused = |message: String| DescriptorError::of_file(Rule::Unreadable, message);
        let reader = self.root.reader.as_ref().map_err(|message| refused(message.clone()))?;
        let bytes =
            reader.read(&Reference::File(self.path.clone())).map_err(|error| refused(error.to_string()))?;
        let options = &self.root.options;
        let target = self.root.target.to_string_lossy();
        let provenance = Provenance { file: &self.path, origin_type: "file", origin_target: &target };
        let documents = parse_documents(&bytes, &options.limits)?;
        Ok(documents
            .into_iter()
            .filter_map(|document| process(document, &provenance, reader, options))
            .collect())
    }

    /// `type:target` of the file.
    pub fn location(&self) -> String {
        format!("file:{}", self.path.display())
    }
}
