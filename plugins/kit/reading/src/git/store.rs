use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::{Clock, ReadFailure};
use gix_hash::ObjectId;
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use super::snapshot::Snapshot;

/// Commits that are kept of all repositories.
const MAX_COMMITS: usize = 512;
/// The start of the name of a folder that is being filled.
const UNFINISHED: &str = "new-";
/// How long a folder may be filled; what is older was left by a process that ended meanwhile.
const LEFT_AFTER: Duration = Duration::from_hours(1);

/// What is kept on disk: a folder for each repository, in it one for each commit with its pack.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
    max_bytes: u64,
    clock: Clock,
}

impl Store {
    /// What is kept in a folder, up to a number of bytes.
    pub const fn new(root: PathBuf, max_bytes: u64, clock: Clock) -> Self {
        Self { root, max_bytes, clock }
    }

    /// Where a commit is.
    pub fn folder(&self, repository: &Url, commit: ObjectId) -> PathBuf {
        let hash = Sha256::digest(repository.as_str().as_bytes());
        self.root.join(URL_SAFE_NO_PAD.encode(hash)).join(commit.to_string())
    }

    /// The files of a commit, if they are there; what is not whole is removed.
    pub fn open(&self, repository: &Url, commit: ObjectId) -> Result<Option<Snapshot>, ReadFailure> {
        let folder = self.folder(repository, commit);
        if !folder.exists() {
            return Ok(None);
        }
        let snapshot = Snapshot::open(&folder, commit)?;
        if snapshot.is_some() {
            self.touch(&folder);
        } else {
            tracing::warn!(folder = %folder.display(), "what is kept of a git repository is not whole and is fetched again");
            let _ = fs::remove_dir_all(&folder);
        }
        Ok(snapshot)
    }

    /// A folder to fill with a commit. Nobody sees it until it is put in its place.
    pub fn begin(&self, repository: &Url, commit: ObjectId) -> Result<Unfinished, ReadFailure> {
        let place = self.folder(repository, commit);
        let folder = place.with_file_name(format!("{UNFINISHED}{}", Uuid::new_v4()));
        fs::create_dir_all(&folder).map_err(|error| disk(&error))?;
        Ok(Unfinished { folder, place, is_blocking: false })
    }

    /// Removes what was not used for longest until the rest is within the limits; `kept` stays.
    pub fn evict(&self, kept: &Path) {
        let mut commits = self.commits();
        commits.sort_by_key(|(used, ..)| *used);
        let (mut bytes, mut count) = (commits.iter().map(|(_, bytes, _)| bytes).sum::<u64>(), commits.len());
        for (used, size, folder) in commits {
            let is_left =
                folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED));
            let is_old = self.now().duration_since(used).is_ok_and(|age| age > LEFT_AFTER);
            let is_over = bytes > self.max_bytes || count > MAX_COMMITS;
            let goes = if is_left { is_old } else { is_over && folder != kept };
            if goes && fs::remove_dir_all(&folder).is_ok() {
                bytes -= size;
                count -= 1;
                // Only what is empty goes.
                let _ = folder.parent().map(fs::remove_dir);
            }
        }
    }

    /// When they were used, their bytes, and where they are.
    fn commits(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let folders = |folder: &Path| -> Vec<PathBuf> {
            let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            entries.map(|entry| entry.path()).collect()
        };
        let commits = folders(&self.root).into_iter().flat_map(|repository| folders(&repository));
        let measured = commits.map(|folder| {
            let files = folders(&folder).into_iter().filter_map(|file| file.metadata().ok());
            let bytes = files.map(|file| file.len()).sum();
            let used = folder.join(USED);
            let used = used.metadata().or_else(|_| folder.metadata()).and_then(|file| file.modified());
            (used.unwrap_or(SystemTime::UNIX_EPOCH), bytes, folder)
        });
        measured.collect()
    }

    fn touch(&self, folder: &Path) {
        let touched = fs::File::create(folder.join(USED)).and_then(|file| file.set_modified(self.now()));
        if let Err(error) = touched {
            tracing::debug!(%error, "the use of a git repository cannot be noted");
        }
    }

    fn now(&self) -> SystemTime {
        self.clock.now().into()
    }
}

/// The file that says by its time when a commit was used.
const USED: &str = "used";

/// A folder that is being filled; gone when it is dropped before it is in its place.
#[derive(Debug)]
pub struct Unfinished {
    /// Where to write.
    pub folder: PathBuf,
    place: PathBuf,
    /// Whether it is in the hands of one who may wait for the disk.
    is_blocking: bool,
}

impl Unfinished {
    /// Puts it in its place, where another process may have been faster.
    pub fn finish(&self) -> Result<PathBuf, ReadFailure> {
        match fs::rename(&self.folder, &self.place) {
            Err(error) if !self.place.exists() => Err(disk(&error)),
            _ => Ok(self.place.clone()),
        }
    }

    /// The same, in the hands of one who may wait for the disk.
    pub fn blocking(mut self) -> Self {
        self.is_blocking = true;
        self
    }

    /// Removes it.
    pub async fn discard(self) {
        let removing = tokio::task::spawn_blocking(move || drop(self.blocking()));
        // What is left behind is removed when it is old.
        let _ = removing.await;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let folder = std::mem::take(&mut self.folder);
        let remove = move || drop(fs::remove_dir_all(folder));
        // Who waited for it may be gone in the middle of a runtime, which must not wait for the disk.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if !self.is_blocking => drop(runtime.spawn_blocking(remove)),
            _ => remove(),
        }
    }
}

/// The disk of the cache fails.
pub fn disk(error: &io::Error) -> ReadFailure {
    tracing::error!(%error, "the cache of git repositories cannot be written");
    ReadFailure::Unavailable("the cache of git repositories cannot be written".to_owned())
}
