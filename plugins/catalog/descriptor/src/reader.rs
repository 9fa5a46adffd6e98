use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use callboard_kit::{ReadFailure, SourceLinks, SourceUrl};
use url::Url;

use crate::{Limits, Reference, format::shown, glob};

/// Why something cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing there.
    #[error("{0} does not exist")]
    NotFound(String),
    /// The path, or a symbolic link on it, leads out of the folder that may be read.
    #[error("{0} leads out of the folder that may be read")]
    Outside(String),
    /// A folder, a pipe or a device.
    #[error("{0} is not a regular file")]
    NotAFile(String),
    /// The text is no path at all.
    #[error("{0} is not a path or a URL")]
    NotAPath(String),
    /// The file is too large.
    #[error("{0}: {1}")]
    TooLarge(String, String),
    /// A folder or glob leads to more files than may be read.
    #[error("{0} leads to more than {1} files and folders, name a smaller one")]
    TooMany(String, usize),
    /// A pattern that is no glob.
    #[error("{0} is not a glob: {1}")]
    Glob(String, String),
    /// Its host or the config says no.
    #[error("{0}")]
    Remote(ReadFailure),
    /// Nothing reads URLs.
    #[error("{0} is not read: reading URLs is not configured")]
    NotConfigured(String),
    /// The operating system says no.
    #[error("{0} cannot be read: {1}")]
    Io(String, String),
}

/// Reads what descriptors refer to.
pub trait Reader: Send + Sync {
    /// What `target`, written in the file `from`, refers to. Nothing is read.
    fn resolve(&self, from: &Reference, target: &str) -> Result<Reference, ReadError>;

    /// The bytes behind a reference.
    fn read(&self, reference: &Reference) -> Result<Vec<u8>, ReadError>;

    /// The files that a path, folder or glob stands for, sorted; a folder stands for the `catalog-info.yaml` and
    /// `catalog-info.yml` files below it. What this reader does not read at all stands for nothing.
    fn expand(&self, target: &Reference) -> Result<Vec<Reference>, ReadError>;

    /// Where people find a file.
    fn links(&self, _file: &Reference) -> SourceLinks {
        SourceLinks::default()
    }
}

impl ReadError {
    /// Whether there is nothing there.
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound(_) | Self::Remote(ReadFailure::NotFound(_)))
    }
}

/// Reads files below one folder, and nothing else.
#[derive(Clone, Debug)]
pub struct FileReader {
    root: PathBuf,
    real_root: PathBuf,
    /// What is refused although it is there.
    private: Vec<PathBuf>,
    limits: Limits,
}

impl FileReader {
    /// A reader of the files below `root`, which must exist.
    pub fn new(root: &Path, limits: Limits) -> Result<Self, ReadError> {
        let root = std::path::absolute(root).map_err(|error| io_error(root, &error))?;
        let root = normalise(&root);
        let real_root = fs::canonicalize(&root).map_err(|error| io_error(&root, &error))?;
        Ok(Self { root, real_root, private: Vec::new(), limits })
    }

    /// A reader for one location of the config, with the location as an absolute path, folder or glob.
    ///
    /// It may read below the target's own folder, or below the repository that the target is in, known by its `.git`,
    /// unless that holds `base` too: what lies beside the config is not for descriptors to read.
    pub fn for_target(base: &Path, target: &str, limits: Limits) -> Result<(Self, PathBuf), ReadError> {
        let path = Self::resolve_target(base, target).ok_or_else(|| ReadError::NotAPath(shown(target)))?;
        let base = normalise(&std::path::absolute(base).map_err(|error| io_error(base, &error))?);
        let folder = glob::fixed_folder(&path);
        let folder = if folder == path && !path.is_dir() {
            path.parent().map_or_else(|| path.clone(), Path::to_path_buf)
        } else {
            folder
        };
        let repository = folder.ancestors().find(|ancestor| ancestor.join(".git").exists());
        let root = repository.filter(|repository| !base.starts_with(repository)).unwrap_or(&folder);
        Ok((Self::new(root, limits)?, path))
    }

    /// A target of the config as an absolute path, folder or glob; `None` where it is no path.
    pub fn resolve_target(base: &Path, target: &str) -> Option<PathBuf> {
        if target.is_empty() || target.contains('\0') {
            return None;
        }
        Some(normalise(&std::path::absolute(base).ok()?.join(target)))
    }

    /// Refuses these files, and what lies below these folders, wherever they are.
    #[must_use]
    pub fn without(mut self, private: &[PathBuf]) -> Self {
        self.private = private.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        self
    }

    /// The folder that is read.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The limits that it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The path with all symbolic links followed, if it stays inside.
    pub(crate) fn real_path(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let real = fs::canonicalize(path).map_err(|error| self.io_error(path, &error))?;
        let is_private = self.private.iter().any(|private| real.starts_with(private));
        if real.starts_with(&self.real_root) && !is_private {
            Ok(real)
        } else {
            Err(ReadError::Outside(self.show(path)))
        }
    }

    /// A path as people know it: relative to the folder that is read.
    pub(crate) fn show(&self, path: &Path) -> String {
        shown(&path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy())
    }

    fn io_error(&self, path: &Path, error: &io::Error) -> ReadError {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::NotFound(self.show(path)),
            _ => ReadError::Io(self.show(path), error.to_string()),
        }
    }
}

impl Reader for FileReader {
    fn resolve(&self, from: &Reference, target: &str) -> Result<Reference, ReadError> {
        if target.is_empty() || target.contains('\0') {
            return Err(ReadError::NotAPath(shown(target)));
        }
        if target.contains("://") {
            return match Url::parse(target) {
                Ok(url) if matches!(url.scheme(), "http" | "https") => {
                    Ok(Reference::Remote(SourceUrl::url(url)))
                }
                _ => Err(ReadError::NotAPath(shown(target))),
            };
        }
        let Reference::File(from) = from else { return Err(ReadError::Outside(shown(target))) };
        let folder = from.parent().unwrap_or(&self.root);
        let path = normalise(&folder.join(target));
        if path.starts_with(&self.root) {
            Ok(Reference::File(path))
        } else {
            Err(ReadError::Outside(shown(target)))
        }
    }

    fn read(&self, reference: &Reference) -> Result<Vec<u8>, ReadError> {
        let path = match reference {
            Reference::File(path) => path,
            Reference::Remote(source) => return Err(ReadError::NotConfigured(shown(source.url.as_str()))),
        };
        if !normalise(path).starts_with(&self.root) {
            return Err(ReadError::Outside(self.show(path)));
        }
        let real = self.real_path(path)?;
        // Asked of the path before it is opened: opening a pipe waits for its other end.
        let metadata = fs::metadata(&real).map_err(|error| self.io_error(path, &error))?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile(self.show(path)));
        }
        let limit = self.limits.file_bytes;
        if metadata.len() > limit {
            return Err(ReadError::TooLarge(self.show(path), too_large(limit)));
        }
        let file = File::open(&real).map_err(|error| self.io_error(path, &error))?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| self.io_error(path, &error))?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLarge(self.show(path), too_large(limit)));
        }
        Ok(bytes)
    }

    fn expand(&self, target: &Reference) -> Result<Vec<Reference>, ReadError> {
        let Reference::File(path) = target else { return Ok(Vec::new()) };
        if !normalise(path).starts_with(&self.root) {
            return Err(ReadError::Outside(self.show(path)));
        }
        Ok(glob::expand(self, path)?.into_iter().map(Reference::File).collect())
    }
}

pub(crate) fn too_large(limit: u64) -> String {
    format!("the file is larger than {limit} bytes, split it")
}

fn io_error(path: &Path, error: &io::Error) -> ReadError {
    let path = shown(&path.to_string_lossy());
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound(path),
        _ => ReadError::Io(path, error.to_string()),
    }
}

/// The path without `.` and `..`, which are taken as written: symbolic links are judged when they are followed.
pub(crate) fn normalise(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    normal.push(component);
                }
            }
            other => normal.push(other),
        }
    }
    normal
}
