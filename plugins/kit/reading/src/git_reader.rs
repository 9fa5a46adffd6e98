use std::sync::Arc;

use callboard_kit::{ReadFailure, SourceFile, SourceKind, SourceLinks, SourceTree, SourceUrl};
use gix_hash::ObjectId;
use url::Url;

use crate::{
    git::{Effort, Found, GitAddress, Snapshot},
    guard::shown,
    paths::resolve_path,
    reader::{MAX_TREE_BYTES, MAX_TREE_FILES, Reading, short},
    wanted::Wanted,
};

impl Reading {
    pub(crate) async fn read_git(&self, source: &SourceUrl) -> Result<SourceFile, ReadFailure> {
        let address = GitAddress::of(&source.url)?;
        let (path, name) = (address.path.clone(), shown(&source.url));
        let max_bytes = self.http().max_bytes();
        let read = move |snapshot: &Snapshot, effort: &mut Effort| {
            let Some(id) = file_at(snapshot, &path, &name, effort)? else {
                let message = format!("`{name}` is not a file of the repository at {}", snapshot.commit);
                return Err(ReadFailure::NotFound(message));
            };
            let Some(bytes) = snapshot.bytes(&id, max_bytes, effort)? else {
                return Err(ReadFailure::TooLarge(format!("`{name}` is larger than {max_bytes} bytes")));
            };
            Ok(SourceFile { bytes, revision: Some(id.to_string()) })
        };
        self.within(&address, read).await
    }

    pub(crate) async fn expand_git(&self, source: &SourceUrl) -> Result<Vec<SourceUrl>, ReadFailure> {
        let address = GitAddress::of(&source.url)?;
        let Wanted::Files(matcher) = Wanted::at(&address.path, address.is_folder)? else {
            return Ok(vec![source.clone()]);
        };
        let (path, name, max) = (address.path.clone(), shown(&source.url), self.git.max_objects());
        let read = move |snapshot: &Snapshot, effort: &mut Effort| {
            let mut files = snapshot.list(max, effort)?;
            files.retain(|file| matcher.is_match(&file.path));
            if files.is_empty() {
                file_at(snapshot, without_globs(&path), &name, effort)?;
            }
            Ok(files)
        };
        let files = self.within(&address, read).await?;
        Ok(files.into_iter().map(|file| SourceUrl::git(address.url_of(&file.path))).collect())
    }

    pub(crate) async fn read_git_tree(&self, source: &SourceUrl) -> Result<SourceTree, ReadFailure> {
        let address = GitAddress::of(&source.url)?;
        let (path, name, max) = (address.path.clone(), shown(&source.url), self.git.max_objects());
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        let read = move |snapshot: &Snapshot, effort: &mut Effort| {
            let mut files = Vec::new();
            let mut left = MAX_TREE_BYTES as u64;
            for file in snapshot.list(max, effort)? {
                let Some(path) = file.path.strip_prefix(&folder) else { continue };
                let content = snapshot.bytes(&file.id, left, effort)?;
                let Some(content) = content.filter(|_| files.len() < MAX_TREE_FILES) else {
                    let message = format!(
                        "`{name}` has more than {MAX_TREE_FILES} files or more than {MAX_TREE_BYTES} bytes"
                    );
                    return Err(ReadFailure::TooLarge(message));
                };
                left -= content.len() as u64;
                files.push((path.to_owned(), content));
            }
            if files.is_empty() {
                file_at(snapshot, &path, &name, effort)?;
                return Err(ReadFailure::NotFound(format!("`{name}` has no files")));
            }
            Ok(SourceTree { files, revision: Some(snapshot.commit.to_string()) })
        };
        self.within(&address, read).await
    }

    pub(crate) fn links_of_git(&self, source: &SourceUrl) -> SourceLinks {
        let Ok(address) = GitAddress::of(&source.url) else { return SourceLinks::default() };
        let Some((forge, mut spot)) = self.integrations.find(&address.repository) else {
            return SourceLinks { view: Some(address.repository), edit: None, folder: None };
        };
        spot.repository = spot.repository.trim_end_matches(".git").to_owned();
        spot.reference = address.reference;
        spot.path = address.path;
        forge.links(&spot)
    }

    /// What is in the files of a repository; read where blocking does no harm.
    async fn within<T: Send + 'static>(
        &self,
        address: &GitAddress,
        read: impl FnOnce(&Snapshot, &mut Effort) -> Result<T, ReadFailure> + Send + 'static,
    ) -> Result<T, ReadFailure> {
        let snapshot = self.snapshot(address).await?;
        let reading = Arc::clone(&snapshot);
        let (mut effort, interrupt) = self.git.effort();
        let read = tokio::task::spawn_blocking(move || read(&reading, &mut effort)).await;
        drop(interrupt);
        let read = read.unwrap_or_else(|_| Err(crate::git::damaged()));
        if matches!(read, Err(ReadFailure::Unavailable(_))) {
            self.git.forget(address, snapshot.commit).await;
        }
        read
    }

    async fn snapshot(&self, address: &GitAddress) -> Result<Arc<Snapshot>, ReadFailure> {
        let Some((forge, spot)) = self.integrations.find(&address.repository) else {
            return self.git.snapshot(address, None).await;
        };
        let credentials = forge.git_credentials(&self.http, &spot).await?;
        let looked = self.git.snapshot(address, credentials).await;
        if matches!(looked, Err(ReadFailure::Unauthorized(_))) && forge.renew(&spot).await {
            self.git.look_again(address).await;
            let credentials = forge.git_credentials(&self.http, &spot).await?;
            return self.git.snapshot(address, credentials).await;
        }
        looked
    }
}

/// The file at a path; `None` where there is none, and an error that says why where something else stands there that is
/// not followed.
fn file_at(
    snapshot: &Snapshot,
    path: &str,
    name: &str,
    effort: &mut Effort,
) -> Result<Option<ObjectId>, ReadFailure> {
    let what = match snapshot.find(path, effort)? {
        Some(Found::File(id)) => return Ok(Some(id)),
        None => return Ok(None),
        Some(Found::Submodule) => {
            "a submodule, which is not followed: it is another repository, name that one instead"
        }
        Some(Found::Link) => "a symbolic link, which is not followed: name what it leads to instead",
    };
    Err(ReadFailure::NotFound(format!("`{name}` is, or is in, {what}")))
}

/// The folders before the first part that is a glob.
fn without_globs(path: &str) -> &str {
    let Some(glob) = path.find(['*', '?', '[', '{']) else { return path };
    path[..glob].rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What `target` in a file of a git repository refers to.
pub fn resolve_git(base: &SourceUrl, target: &str) -> Result<SourceUrl, ReadFailure> {
    if Url::parse(target).is_ok() && !target.contains('/') {
        return Err(ReadFailure::Invalid(format!("`{}` is not a path or a URL", short(target))));
    }
    let address = GitAddress::of(&base.url)?;
    let path = resolve_path(&address.path, target)
        .ok_or_else(|| ReadFailure::NotAllowed(format!("`{}` leads out of the repository", short(target))))?;
    let mut url = address.url_of(&path);
    if target.ends_with('/') && !path.is_empty() {
        let folder = format!("{}/", url.path());
        url.set_path(&folder);
    }
    Ok(SourceUrl { kind: SourceKind::Git, url })
}
