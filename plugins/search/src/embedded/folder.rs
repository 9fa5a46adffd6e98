use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tantivy::{
    Directory,
    directory::{INDEX_WRITER_LOCK, MmapDirectory, error::LockError},
};
use uuid::Uuid;

use super::{live::LiveIndex, schema::VERSION};
use crate::engine::EngineError;

/// Says which folder has the index that answers.
const POINTER: &str = "current.json";

/// Where indexes are: each in a folder of its own, one of which answers.
#[derive(Debug)]
pub(super) struct IndexFolder {
    root: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Pointer {
    version: u32,
    folder: String,
}

impl IndexFolder {
    /// The indexes below a folder, which is made where it is missing.
    pub fn new(root: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&root)?;
        Ok(Self { root })
    }

    /// The index that answers; a new, empty one where there is none, or none that can be used.
    pub fn open(&self) -> Result<LiveIndex, EngineError> {
        let opened = match self.pointer() {
            Ok(Some(pointer)) if pointer.version == VERSION => {
                let folder = self.root.join(&pointer.folder);
                LiveIndex::open(&folder).map(Some).map_err(|error| match error {
                    EngineError::Index(tantivy::TantivyError::LockFailure(LockError::LockBusy, _)) => {
                        tracing::warn!(
                            folder = %folder.display(),
                            "another process uses this search index, so this one builds its own"
                        );
                        None
                    }
                    error => Some(error),
                })
            }
            Ok(Some(_)) => {
                tracing::info!("the search index is of another version and is built anew");
                Ok(None)
            }
            Ok(None) => Ok(None),
            Err(error) => Err(Some(error)),
        };
        let is_shared = matches!(opened, Err(None));
        let live = match opened {
            Ok(Some(live)) => live,
            Ok(None) | Err(None) => self.create()?,
            Err(Some(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the search index cannot be read and is built anew");
                self.create()?
            }
        };
        if !is_shared {
            self.point_to(&live)?;
            self.clean(live.folder());
        }
        Ok(live)
    }

    /// A new, empty index that does not answer yet.
    pub fn create(&self) -> Result<LiveIndex, EngineError> {
        let folder = self.root.join(Uuid::now_v7().simple().to_string());
        fs::create_dir(&folder)?;
        LiveIndex::create(&folder)
    }

    /// Has an index answer from now on, after a restart, too.
    pub fn point_to(&self, live: &LiveIndex) -> Result<(), EngineError> {
        let folder = live.folder().file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = serde_json::to_vec(&Pointer { version: VERSION, folder })?;
        let beside = self.root.join(format!("{POINTER}.{}", Uuid::now_v7().simple()));
        let mut file = fs::File::create(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&beside, self.root.join(POINTER))?;
        Ok(())
    }

    fn pointer(&self) -> Result<Option<Pointer>, EngineError> {
        match fs::read(self.root.join(POINTER)) {
            Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes what other runs left behind, unless a process still uses it.
    fn clean(&self, kept: &Path) {
        let Ok(entries) = fs::read_dir(&self.root) else { return };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let is_pointer = path.file_name().is_some_and(|name| name == POINTER);
            if path == kept || is_pointer {
                continue;
            }
            let removed = if path.is_dir() { remove_unused(&path) } else { fs::remove_file(&path) };
            if let Err(error) = removed {
                tracing::warn!(%error, path = %path.display(), "a left-over search index cannot be removed");
            }
        }
    }
}

/// Removes the folder of an index that nobody writes to.
pub(super) fn remove_unused(folder: &Path) -> io::Result<()> {
    let directory = MmapDirectory::open(folder).map_err(io::Error::other)?;
    match directory.acquire_lock(&INDEX_WRITER_LOCK) {
        Ok(_lock) => fs::remove_dir_all(folder),
        Err(LockError::LockBusy) => Ok(()),
        Err(LockError::IoError(error)) => Err(io::Error::other(error)),
    }
}
