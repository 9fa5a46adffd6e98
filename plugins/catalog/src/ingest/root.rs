use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_descriptor::{
    DescriptorError, FileReader, LocationTarget, Presence, ProcessOptions, ReadFile, Rule,
    lint::{Origin, Origins},
    read_location,
};
use tokio::{sync::mpsc, task::JoinHandle};

use crate::config::CatalogConfig;

/// Files that are read and judged before they are asked for.
const FILES_AHEAD: usize = 64;

/// A location of the config, ready to be read.
#[derive(Debug)]
pub struct Root {
    /// `type:target`, with the target as an absolute path, folder or glob.
    pub location: String,
    /// The target alone.
    pub target: PathBuf,
    reader: Result<FileReader, DescriptorError>,
    options: ProcessOptions,
}

/// The locations of a config. One that cannot be read is among them, with the reason.
pub(super) fn roots(config: &CatalogConfig, base: &Path, private: &[PathBuf]) -> Vec<Arc<Root>> {
    let common = config.process_options(base);
    let root = |location: &crate::config::LocationConfig| {
        let opened = FileReader::for_target(base, &location.target, common.limits.clone());
        let (reader, target) = match opened {
            Ok((reader, target)) => (Ok(reader.without(private)), target),
            Err(error) => {
                let error = DescriptorError::of_file(Rule::Unreadable, error.to_string());
                (Err(error), base.join(&location.target))
            }
        };
        let rules = common.rules.for_location(location.rules.as_deref(), base).unwrap_or_default();
        let options = ProcessOptions { rules: rules.into(), ..common.clone() };
        Arc::new(Root { location: format!("file:{}", target.display()), target, reader, options })
    };
    config.locations.iter().map(root).collect()
}

/// Which location of a config leads to which file, for checks without a server. A location that cannot be read leads
/// nowhere.
pub fn origins(config: &CatalogConfig, base: &Path) -> Origins {
    let mut origins = Origins::new(config.process_options(base).rules);
    for root in roots(config, base, &[]) {
        let Ok(reader) = &root.reader else { continue };
        let origin = Origin {
            target: root.target.to_string_lossy().into_owned(),
            rules: Arc::clone(&root.options.rules),
        };
        read_location(&root.start(), reader, &root.options, &mut |file| {
            origins.note(file.path, &origin);
            ControlFlow::Continue(())
        });
    }
    origins
}

/// The files of a location, as they are read, and at the end what stopped it.
pub(super) struct Reading {
    pub files: mpsc::Receiver<ReadFile>,
    pub errors: JoinHandle<Vec<DescriptorError>>,
}

impl Root {
    /// Reads it and all that it leads to, off the threads that answer requests.
    pub(super) fn read(self: &Arc<Self>) -> Reading {
        let (send, files) = mpsc::channel(FILES_AHEAD);
        let root = Arc::clone(self);
        let errors = tokio::task::spawn_blocking(move || {
            let reader = match &root.reader {
                Ok(reader) => reader,
                Err(error) => return vec![error.clone()],
            };
            let summary = read_location(&root.start(), reader, &root.options, &mut |file| {
                // Nobody takes the file any more when the server stops.
                match send.blocking_send(file) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            });
            summary.errors
        });
        Reading { files, errors }
    }

    fn start(&self) -> LocationTarget {
        LocationTarget { path: self.target.clone(), presence: Presence::Required }
    }

    /// The location itself as a file that cannot be read, so that the reason can be seen in the catalog.
    pub(super) fn unreadable(&self, errors: Vec<DescriptorError>) -> ReadFile {
        ReadFile {
            path: self.target.clone(),
            ancestors: Vec::new(),
            hash: None,
            documents: Vec::new(),
            errors,
        }
    }
}
