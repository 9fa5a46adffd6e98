use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
};

use callboard_descriptor::{ReadFile, Reference};

use super::found::FoundFile;

/// What one reading met: which location entity named which file, and what failed on the way.
#[derive(Debug, Default)]
pub(super) struct Trail {
    emitters: HashMap<Reference, String>,
    watched: HashSet<PathBuf>,
    /// Places elsewhere, `type:target`: whoever tells of a change there has the location read again.
    pub keys: BTreeSet<String>,
    /// Why the location could not be read whole: what it led to stays.
    pub error: Option<String>,
    /// Location entities that are refused or have a target that could not be read: what they led to stays.
    pub failed_emitters: HashSet<String>,
}

impl Trail {
    /// Notes a file that a location led to.
    pub fn note(&mut self, origin: &str, file: ReadFile) -> FoundFile {
        self.watch(&file.place);
        if file.hash.is_none()
            && file.place.location() == origin
            && let Some(error) = file.errors.first()
        {
            // The location is this file, and nothing else is known of it.
            self.error.get_or_insert_with(|| error.message.clone());
        }
        for document in &file.documents {
            for place in &document.refresh {
                self.watch(place);
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
                self.watch(&target.target);
                for place in &target.files {
                    self.emitters.entry(place.clone()).or_insert_with(|| emitter.to_string());
                }
            }
        }
        let emitted_by = self.emitters.get(&file.place).filter(|_| !file.ancestors.is_empty()).cloned();
        FoundFile::new(file.place.location(), origin, emitted_by, file.hash, file.documents, file.errors)
    }

    /// Notes that changes of a file, a folder, a glob or a URL are a reason to read again.
    pub fn watch(&mut self, target: &Reference) {
        match target.path() {
            Some(path) => drop(self.watched.insert(folder_of(path))),
            None => drop(self.keys.insert(target.location())),
        }
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
