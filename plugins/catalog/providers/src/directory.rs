use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceReader};
use walkdir::WalkDir;

use crate::{
    config::DirectoryProviderConfig,
    provider::{EntityProvider, FoundLocation, ProviderMutation},
};

/// How many folders deep clones are looked for unless the config tells.
const DEPTH: usize = 4;
/// Folders that are looked into.
const MOST_FOLDERS: usize = 200_000;

/// Finds clones below a folder of the server.
#[derive(Debug)]
pub struct DirectoryProvider {
    id: String,
    root: PathBuf,
    config: DirectoryProviderConfig,
}

impl DirectoryProvider {
    /// Looks below a folder that is relative to `base`.
    pub fn new(name: &str, config: &DirectoryProviderConfig, base: &Path) -> Self {
        let root = base.join(config.path.trim());
        Self { id: format!("directory:{name}"), root, config: config.clone() }
    }

    /// The files of clones that are there. What cannot be read may be there, so that it fails the look.
    fn find(&self) -> Result<Vec<FoundLocation>, ReadFailure> {
        let root = std::fs::canonicalize(&self.root).map_err(|error| {
            let message = format!("the folder `{}` cannot be read: {error}", self.root.display());
            ReadFailure::NotFound(message)
        })?;
        let is_empty = std::fs::read_dir(&root).is_ok_and(|mut entries| entries.next().is_none());
        if is_empty {
            // As is what a volume is to be mounted on. Taken for what is there, it would empty the catalog.
            let message = format!("the folder `{}` is empty: is what belongs there mounted?", root.display());
            return Err(ReadFailure::Unavailable(message));
        }
        let name = self.config.entity_filename.as_deref().unwrap_or("catalog-info.yaml");
        let is_glob = name.contains(['*', '?', '[', '{']);
        let mut found = Vec::new();
        let mut folders = 0;
        // A link may lead anywhere: it is not followed.
        let depth = self.config.depth.unwrap_or(DEPTH);
        let mut entries =
            WalkDir::new(&root).max_depth(depth).follow_links(false).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|error| {
                ReadFailure::Unavailable(format!("`{}` cannot be read: {error}", root.display()))
            })?;
            if !entry.file_type().is_dir() {
                continue;
            }
            folders += 1;
            if folders > MOST_FOLDERS {
                let message = format!(
                    "`{}` has more than {MOST_FOLDERS} folders: name one that holds clones",
                    root.display()
                );
                return Err(ReadFailure::TooLarge(message));
            }
            // A work tree's is a file, a submodule's too.
            if !entry.path().join(".git").exists() {
                continue;
            }
            entries.skip_current_dir();
            let file = entry.path().join(name);
            if is_glob || is_there(&file) {
                let target = file.to_str().ok_or_else(|| {
                    let message = format!("the name of the folder `{}` is not UTF-8", entry.path().display());
                    ReadFailure::Invalid(message)
                })?;
                found.push(FoundLocation { kind: "file".to_owned(), target: target.to_owned() });
            }
        }
        Ok(found)
    }
}

/// Whether a file is there. One that cannot be looked at is taken to be: its location tells why it cannot be read, and
/// no clone keeps others from being found.
fn is_there(file: &Path) -> bool {
    match std::fs::metadata(file) {
        Ok(metadata) => metadata.is_file(),
        Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}

#[async_trait]
impl EntityProvider for DirectoryProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> &'static str {
        "directory"
    }

    fn target(&self) -> String {
        self.root.display().to_string()
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    async fn look(&self, _: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let looker = Self { id: self.id.clone(), root: self.root.clone(), config: self.config.clone() };
        let found = tokio::task::spawn_blocking(move || looker.find()).await;
        let found =
            found.map_err(|error| ReadFailure::Unavailable(format!("the look broke off: {error}")))??;
        Ok(ProviderMutation::locations(found))
    }
}
