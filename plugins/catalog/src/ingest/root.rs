use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_descriptor::{
    DescriptorError, FileReader, LocationTarget, Presence, ProcessOptions, ReadFile, Reference, Rule,
    lint::{Origin, Origins},
    read_location,
};
use callboard_kit::Services;
use tokio::{runtime::Handle, sync::mpsc, task::JoinHandle};

use super::place_reader::{PlaceReader, Recording};
use crate::{
    config::{CatalogConfig, LocationConfig, LocationType},
    repository::{LocationOwner, LocationRow},
};

/// Files that are read and judged before they are asked for.
const FILES_AHEAD: usize = 64;
/// Requests to others that are made at the same time, over all locations.
const REMOTE_THREADS: usize = 16;

/// What locations are read with.
#[derive(Debug)]
pub(super) struct Places {
    config: CatalogConfig,
    base: PathBuf,
    private: Vec<PathBuf>,
    services: Services,
    common: ProcessOptions,
    /// What waits for others does so apart from the threads that compute.
    remote: Arc<rayon::ThreadPool>,
}

/// A location, ready to be read.
#[derive(Debug)]
pub struct Root {
    /// What is stored of it.
    pub row: LocationRow,
    /// What it refers to.
    pub target: Reference,
    reader: Result<Arc<PlaceReader>, DescriptorError>,
    options: ProcessOptions,
    remote: Arc<rayon::ThreadPool>,
}

impl Places {
    pub fn new(
        config: &CatalogConfig,
        base: &Path,
        private: &[PathBuf],
        services: Services,
    ) -> Result<Self, rayon::ThreadPoolBuildError> {
        let remote = rayon::ThreadPoolBuilder::new()
            .num_threads(REMOTE_THREADS)
            .thread_name(|number| format!("catalog-remote-{number}"))
            .build()?;
        Ok(Self {
            config: config.clone(),
            base: base.to_path_buf(),
            private: private.to_vec(),
            services,
            common: config.process_options(base),
            remote: Arc::new(remote),
        })
    }

    /// The locations of the config, as `(type, target)`, each once and in order.
    pub fn configured(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::with_capacity(self.config.locations.len());
        for location in &self.config.locations {
            let one = (location.type_.as_str().to_owned(), self.target_of(location));
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    fn target_of(&self, location: &LocationConfig) -> String {
        match location.type_ {
            LocationType::File => {
                let path = FileReader::resolve_target(&self.base, &location.target);
                path.unwrap_or_else(|| self.base.join(&location.target)).to_string_lossy().into_owned()
            }
            LocationType::Url | LocationType::Git => url::Url::parse(location.target.trim())
                .map_or_else(|_| location.target.clone(), |url| url.to_string()),
        }
    }

    /// A location ready to be read. One that cannot be is there too, with the reason.
    pub fn open(&self, row: LocationRow, runtime: Handle) -> Arc<Root> {
        let own =
            self.config.locations.iter().filter(|_| row.owner == LocationOwner::Config).find(|location| {
                location.type_.as_str() == row.kind && self.target_of(location) == row.target
            });
        let own = own.and_then(|location| location.rules.as_deref());
        let rules = self.common.rules.for_location(own, &self.base).unwrap_or_default();
        let options = ProcessOptions { rules: rules.into(), ..self.common.clone() };
        let target = Reference::of_location(&row.location());
        let reader = self.reader(&row, target.as_ref(), runtime);
        let target = target.unwrap_or_else(|| Reference::File(PathBuf::from(&row.target)));
        Arc::new(Root { row, target, reader, options, remote: Arc::clone(&self.remote) })
    }

    fn reader(
        &self,
        row: &LocationRow,
        target: Option<&Reference>,
        runtime: Handle,
    ) -> Result<Arc<PlaceReader>, DescriptorError> {
        let unreadable = |message: String| DescriptorError::of_file(Rule::Unreadable, message);
        let sources = self.services.sources.get();
        let files = match target {
            // Files of the server are for its config to name, or the providers in it, not for whoever registers a location.
            Some(Reference::File(_))
                if matches!(row.owner, LocationOwner::Config | LocationOwner::Provider(_)) =>
            {
                let limits = self.common.limits.clone();
                let opened = FileReader::for_target(&self.base, &row.target, limits);
                Some(opened.map_err(|error| unreadable(error.to_string()))?.0.without(&self.private))
            }
            Some(Reference::Remote(_)) => None,
            _ => return Err(unreadable(format!("nothing reads `{}`", row.location()))),
        };
        Ok(Arc::new(PlaceReader::new(files, sources, runtime)))
    }
}

/// Which location of a config leads to which file, for checks without a server. A location that cannot be read leads
/// nowhere.
pub fn origins(config: &CatalogConfig, base: &Path) -> Origins {
    let common = config.process_options(base);
    let mut origins = Origins::new(Arc::clone(&common.rules));
    for location in config.locations.iter().filter(|location| location.type_ == LocationType::File) {
        let opened = FileReader::for_target(base, &location.target, common.limits.clone());
        let Ok((reader, target)) = opened else { continue };
        let rules = common.rules.for_location(location.rules.as_deref(), base).unwrap_or_default();
        let options = ProcessOptions { rules: rules.into(), ..common.clone() };
        let origin =
            Origin { target: target.to_string_lossy().into_owned(), rules: Arc::clone(&options.rules) };
        let start = LocationTarget { target: target.into(), presence: Presence::Required };
        read_location(&start, &reader, &options, &mut |file| {
            origins.note(file.place, &origin);
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
                Ok(reader) => Arc::clone(reader),
                Err(error) => return vec![error.clone()],
            };
            let start = LocationTarget { target: root.target.clone(), presence: Presence::Required };
            let read = || {
                read_location(&start, &*reader, &root.options, &mut |file| {
                    // Nobody takes the file any more when the server stops.
                    match send.blocking_send(file) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    }
                })
            };
            let summary = match root.target {
                Reference::File(_) => read(),
                Reference::Remote(_) => root.remote.install(read),
            };
            summary.errors
        });
        Reading { files, errors }
    }

    /// What the last reading looked at.
    pub(super) fn take_recording(&self) -> Option<Recording> {
        self.reader.as_ref().ok().map(|reader| reader.take_recording())
    }

    /// Whether reading would find just what it found when `recording` was made.
    pub(super) async fn is_current(&self, recording: Arc<Recording>) -> bool {
        let Ok(reader) = self.reader.clone() else { return false };
        tokio::task::spawn_blocking(move || recording.is_current(&reader)).await.unwrap_or(false)
    }

    /// The location itself as a file that cannot be read, so that the reason can be seen in the catalog.
    pub(super) fn unreadable(&self, errors: Vec<DescriptorError>) -> ReadFile {
        ReadFile {
            place: self.target.clone(),
            ancestors: Vec::new(),
            hash: None,
            documents: Vec::new(),
            errors,
        }
    }
}
