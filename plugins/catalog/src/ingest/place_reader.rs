use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use callboard_descriptor::{FileReader, ReadError, Reader, Reference};
use callboard_kit::{ReadFailure, SourceLinks, SourceReader};
use tokio::runtime::Handle;

/// A file that was written this recently may change again without it showing.
const RACY: Duration = Duration::from_secs(2);

/// Reads what the locations of one owner may read: files below a folder, or what others host.
#[derive(Debug)]
pub(super) struct PlaceReader {
    pub files: Option<FileReader>,
    pub sources: Option<Arc<dyn SourceReader>>,
    pub runtime: Handle,
    recording: Mutex<Recording>,
}

/// What one reading looked at, by which the next one knows that nothing changed. Only of files: what others host is
/// asked for conditionally anyhow.
#[derive(Debug, Default)]
pub(super) struct Recording {
    files: HashMap<PathBuf, Version>,
    targets: HashMap<PathBuf, Vec<Reference>>,
    is_partial: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl PlaceReader {
    pub fn new(files: Option<FileReader>, sources: Option<Arc<dyn SourceReader>>, runtime: Handle) -> Self {
        Self { files, sources, runtime, recording: Mutex::default() }
    }

    /// What was looked at since the last time this was called.
    pub fn take_recording(&self) -> Recording {
        std::mem::take(&mut *self.recording.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, note: impl FnOnce(&mut Recording)) {
        note(&mut self.recording.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn remote<T>(
        &self,
        what: &str,
        ask: impl AsyncFnOnce(&dyn SourceReader) -> Result<T, ReadFailure>,
    ) -> Result<T, ReadError> {
        self.note(|recording| recording.is_partial = true);
        let Some(sources) = &self.sources else { return Err(ReadError::NotConfigured(what.to_owned())) };
        self.runtime.block_on(ask(&**sources)).map_err(ReadError::Remote)
    }
}

impl Reader for PlaceReader {
    fn resolve(&self, from: &Reference, target: &str) -> Result<Reference, ReadError> {
        match (from, &self.files, &self.sources) {
            (Reference::Remote(base), _, Some(sources)) => {
                sources.resolve(base, target).map(Reference::Remote).map_err(ReadError::Remote)
            }
            (Reference::File(_), Some(files), _) => files.resolve(from, target),
            _ => Err(ReadError::NotConfigured(target.chars().take(200).collect())),
        }
    }

    fn read(&self, reference: &Reference) -> Result<Vec<u8>, ReadError> {
        match (reference, &self.files) {
            (Reference::File(path), Some(files)) => {
                let before = version(path);
                let read = files.read(reference);
                self.note(|recording| match before.filter(|version| !version.is_racy() && read.is_ok()) {
                    Some(version) => drop(recording.files.insert(path.clone(), version)),
                    None => recording.is_partial = true,
                });
                read
            }
            (Reference::File(path), None) => Err(ReadError::Outside(path.to_string_lossy().into_owned())),
            (Reference::Remote(source), _) => {
                let file = self.remote(source.url.as_str(), async |sources| sources.read(source).await)?;
                Ok(file.bytes.into())
            }
        }
    }

    fn expand(&self, target: &Reference) -> Result<Vec<Reference>, ReadError> {
        match (target, &self.files) {
            (Reference::File(path), Some(files)) => {
                let found = files.expand(target);
                self.note(|recording| match &found {
                    Ok(found) => drop(recording.targets.insert(path.clone(), found.clone())),
                    Err(_) => recording.is_partial = true,
                });
                found
            }
            (Reference::File(path), None) => Err(ReadError::Outside(path.to_string_lossy().into_owned())),
            (Reference::Remote(source), _) => {
                let found = self.remote(source.url.as_str(), async |sources| sources.expand(source).await)?;
                if found.len() == 1 && found[0] == *source || is_glob(source.url.path()) {
                    return Ok(found.into_iter().map(Reference::Remote).collect());
                }
                // A folder stands for the descriptors in it.
                let found = found.into_iter().filter(|found| is_descriptor(found.url.path()));
                let found: Vec<Reference> = found.map(Reference::Remote).collect();
                if found.is_empty() {
                    return Err(ReadError::NotFound(format!("a `catalog-info.yaml` below {}", source.url)));
                }
                Ok(found)
            }
        }
    }

    fn links(&self, file: &Reference) -> SourceLinks {
        match (file, &self.sources) {
            (Reference::Remote(source), Some(sources)) => sources.links(source),
            _ => SourceLinks::default(),
        }
    }
}

impl Recording {
    /// Whether reading would find just the same.
    pub fn is_current(&self, reader: &PlaceReader) -> bool {
        let Some(files) = reader.files.as_ref().filter(|_| !self.is_partial) else { return false };
        let same = |(target, found): (&PathBuf, &Vec<Reference>)| {
            files.expand(&Reference::File(target.clone())).is_ok_and(|now| now == *found)
        };
        self.files.iter().all(|(path, then)| version(path) == Some(*then)) && self.targets.iter().all(same)
    }
}

impl Version {
    fn is_racy(self) -> bool {
        let age = self.modified.and_then(|modified| modified.elapsed().ok());
        age.is_none_or(|age| age < RACY)
    }
}

fn version(path: &Path) -> Option<Version> {
    let metadata = fs::metadata(path).ok()?;
    Some(Version { bytes: metadata.len(), modified: metadata.modified().ok() })
}

fn is_glob(path: &str) -> bool {
    path.contains(['*', '?', '[', '{']) || path.contains("%7B")
}

fn is_descriptor(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("catalog-info.yaml" | "catalog-info.yml"))
}
