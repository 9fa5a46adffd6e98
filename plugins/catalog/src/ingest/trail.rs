use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use callboard_descriptor::ReadFile;

use super::{Root, plan::FoundFile};

/// What one run met: which files, which location entity named them, and what failed on the way.
#[derive(Debug, Default)]
pub(super) struct Trail {
    met: HashSet<PathBuf>,
    emitters: HashMap<PathBuf, String>,
    watched: HashSet<PathBuf>,
    /// Locations of the config that could not be read whole, as `type:target`: what they led to stays.
    pub failed_roots: HashSet<String>,
    /// Location entities that are refused or have a target that could not be read: what they led to stays.
    pub failed_emitters: HashSet<String>,
}

impl Trail {
    /// Notes a file; `None` where another location of the config led to it before.
    pub fn note(&mut self, root: &Root, file: ReadFile) -> Option<FoundFile> {
        if !self.met.insert(file.path.clone()) {
            return None;
        }
        self.watch(&file.path);
        for document in &file.documents {
            for path in &document.refresh_files {
                self.watch(path);
            }
            let Some(emitter) =
                document.reference.as_ref().filter(|reference| reference.kind() == "location")
            else {
                continue;
            };
            if !document.errors.is_empty() {
                self.failed_emitters.insert(emitter.to_string());
            }
            for target in &document.targets {
                self.watch(Path::new(&target.target));
                for path in &target.files {
                    self.emitters.entry(path.clone()).or_insert_with(|| emitter.to_string());
                }
            }
        }
        let emitted_by = self.emitters.get(&file.path).filter(|_| !file.ancestors.is_empty()).cloned();
        Some(FoundFile {
            location: format!("file:{}", file.path.display()),
            origin: root.location.clone(),
            emitted_by,
            file,
        })
    }

    /// Notes that changes of a file, folder or glob are a reason to read again.
    pub fn watch(&mut self, target: &Path) {
        self.watched.insert(folder_of(target));
    }

    /// Whether a source was met.
    pub fn has_met(&self, location: &str) -> bool {
        location.strip_prefix("file:").is_some_and(|path| self.met.contains(Path::new(path)))
    }

    /// The folders whose changes are a reason to read again.
    pub fn into_watched(self) -> Vec<PathBuf> {
        self.watched.into_iter().collect()
    }
}

/// The folder to watch for a file, folder or glob: the deepest that is there.
fn folder_of(target: &Path) -> PathBuf {
    let is_glob = |part: &Path| part.to_string_lossy().contains(['*', '?', '[', '{']);
    let mut folder = target;
    while (is_glob(folder) || !folder.is_dir())
        && let Some(parent) = folder.parent()
    {
        folder = parent;
    }
    folder.to_path_buf()
}
