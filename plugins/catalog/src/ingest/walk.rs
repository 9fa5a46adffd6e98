use std::{
    collections::{HashMap, HashSet, VecDeque},
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_descriptor::{DescriptorError, Limits, Reader, Rule};
use rayon::prelude::*;

use super::files::{FileTask, ReadFile, Root};

/// The way through the locations: from the config to files, from the locations in them to further files, each once.
#[derive(Debug)]
pub struct Walk {
    open: VecDeque<FileTask>,
    /// Every file met, with the file that led to it.
    met: HashMap<PathBuf, Option<PathBuf>>,
    watched: HashSet<PathBuf>,
    /// Locations of the config that could not be looked into, as `type:target`: what they led to stays.
    pub failed_roots: HashSet<String>,
    /// Location entities with a target that could not be read: what they led to stays.
    pub failed_emitters: HashSet<String>,
    limits: Limits,
}

impl Walk {
    /// A walk that starts at the locations of the config.
    pub fn new(roots: &[Arc<Root>]) -> Self {
        let mut walk = Self {
            open: VecDeque::new(),
            met: HashMap::new(),
            watched: HashSet::new(),
            failed_roots: HashSet::new(),
            failed_emitters: HashSet::new(),
            limits: Limits::default(),
        };
        for root in roots {
            walk.watched.insert(folder_of(&root.target));
            let files = match &root.reader {
                Ok(reader) => reader.expand(&root.target).map_err(|error| error.to_string()),
                Err(message) => Err(message.clone()),
            };
            match files {
                Ok(files) => {
                    for path in files {
                        let task = FileTask { path, root: Arc::clone(root), emitted_by: None, depth: 0 };
                        walk.enter(task, None);
                    }
                }
                Err(message) => {
                    tracing::warn!(location = root.location, message, "a location of the config cannot be read");
                    walk.failed_roots.insert(root.location.clone());
                    // Read as a file it fails again, with an error that can be seen in the catalog.
                    let path = root.target.clone();
                    walk.enter(FileTask { path, root: Arc::clone(root), emitted_by: None, depth: 0 }, None);
                }
            }
        }
        walk
    }

    fn enter(&mut self, task: FileTask, from: Option<&Path>) -> bool {
        if self.met.len() >= self.limits.files || self.met.contains_key(&task.path) {
            return false;
        }
        self.met.insert(task.path.clone(), from.map(Path::to_path_buf));
        self.watched.insert(folder_of(&task.path));
        self.open.push_back(task);
        true
    }

    /// The next files, read and judged in parallel.
    pub async fn read(&mut self, count: usize) -> Vec<ReadFile> {
        let tasks: Vec<FileTask> = self.open.drain(..count.min(self.open.len())).collect();
        if tasks.is_empty() {
            return Vec::new();
        }
        let read = tokio::task::spawn_blocking(|| tasks.into_par_iter().map(FileTask::read).collect());
        read.await.unwrap_or_else(|error| {
            tracing::error!(error = %error, "a batch of files could not be read");
            Vec::new()
        })
    }

    /// Goes on to where the locations in these files lead. What leads back to itself, or too far, is told on the
    /// location that does.
    pub fn follow(&mut self, files: &mut [ReadFile]) {
        for file in files {
            let Ok(documents) = &mut file.documents else { continue };
            for document in documents {
                self.watched.extend(document.refresh_files.iter().cloned());
                let Some(emitter) = document.reference.as_ref().map(ToString::to_string) else { continue };
                if !document.errors.is_empty() {
                    self.failed_emitters.insert(emitter.clone());
                }
                for target in &document.targets {
                    self.watched.insert(folder_of(Path::new(&target.target)));
                    for path in &target.files {
                        if let Some(message) = self.refuse(&file.task, path) {
                            document.errors.push(DescriptorError {
                                line: document.line,
                                path: target.path.to_string(),
                                ..DescriptorError::of_file(Rule::LocationCycle, message)
                            });
                            continue;
                        }
                        let task = FileTask {
                            path: path.clone(),
                            root: Arc::clone(&file.task.root),
                            emitted_by: Some(emitter.clone()),
                            depth: file.task.depth + 1,
                        };
                        self.enter(task, Some(&file.task.path));
                    }
                }
            }
        }
    }

    /// Why a target is not followed.
    fn refuse(&self, from: &FileTask, target: &Path) -> Option<String> {
        if from.depth >= self.limits.location_depth {
            return Some(format!("locations lead more than {} files deep", self.limits.location_depth));
        }
        let mut current = Some(from.path.as_path());
        while let Some(path) = current {
            if path == target {
                let name = target.file_name().unwrap_or(target.as_os_str()).to_string_lossy();
                return Some(format!("the target `{name}` leads back to this location"));
            }
            current = self.met.get(path).and_then(Option::as_deref);
        }
        None
    }

    /// Whether a file was met.
    pub fn has_met(&self, location: &str) -> bool {
        location.strip_prefix("file:").is_some_and(|path| self.met.contains_key(Path::new(path)))
    }

    /// The files and folders whose changes are a reason to walk again.
    pub fn into_watched(self) -> Vec<PathBuf> {
        self.watched.into_iter().collect()
    }
}

/// The folder to watch for a file, folder or glob: the deepest that is there.
fn folder_of(target: &Path) -> PathBuf {
    let is_glob = |part: &Path| part.to_string_lossy().contains(['*', '?', '[', '{']);
    let mut folder = target;
    while (is_glob(folder) || !folder.is_dir()) && let Some(parent) = folder.parent() {
        folder = parent;
    }
    folder.to_path_buf()
}
