use std::path::{Path, PathBuf};

use callboard_kit::SourceUrl;

use crate::{Limits, format::shown};

/// What a location, a target or a placeholder refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// A file, folder or glob: an absolute path without `.` and `..`.
    File(PathBuf),
    /// Something that others host.
    Remote(SourceUrl),
}

impl Reference {
    /// What a location written as `type:target` refers to; `None` where nothing reads that type.
    pub fn of_location(location: &str) -> Option<Self> {
        match location.split_once(':')? {
            ("file", path) => Some(Self::File(PathBuf::from(path))),
            _ => location.parse().ok().map(Self::Remote),
        }
    }

    /// How it is written as a location: `type:target`.
    pub fn location(&self) -> String {
        format!("{}:{}", self.kind(), self.target())
    }

    /// The type of a location: `file`, `url` or `git`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Remote(source) => source.kind.as_str(),
        }
    }

    /// The target of a location: an absolute path or a URL.
    pub fn target(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Remote(source) => source.url.to_string(),
        }
    }

    /// Refuses what is longer than anyone writes by hand, and than databases find things by.
    pub(crate) fn check_length(&self, limits: &Limits) -> Result<(), String> {
        let limit = limits.reference_bytes;
        let length = match self {
            Self::File(path) => path.as_os_str().len(),
            Self::Remote(source) => source.url.as_str().len(),
        };
        if length <= limit {
            return Ok(());
        }
        Err(format!("{} is longer than {limit} bytes, shorten it", shown(&self.target())))
    }

    /// The path, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Remote(_) => None,
        }
    }
}

impl From<PathBuf> for Reference {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl PartialEq<PathBuf> for Reference {
    fn eq(&self, path: &PathBuf) -> bool {
        self.path() == Some(path)
    }
}
