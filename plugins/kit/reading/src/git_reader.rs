use std::sync::Arc;

use callboard_kit::{ReadFailure, SourceFile, SourceKind, SourceLinks, SourceTree, SourceUrl};
use url::Url;

use crate::{
    git::{GitAddress, Snapshot},
    guard::shown,
    reader::{MAX_TREE_BYTES, MAX_TREE_FILES, Reading, resolve_path, short},
    wanted::Wanted,
};

impl Reading {
    pub(crate) async fn read_git(&self, source: &SourceUrl) -> Result<SourceFile, ReadFailure> {
        let address = GitAddress::of(&source.url)?;
        let (path, name) = (address.path.clone(), shown(&source.url));
        let max_bytes = self.http().max_bytes();
        let read = move |snapshot: &Snapshot| {
            let Some(id) = snapshot.find(&path)? else {
                let message = format!(
                    "`{name}` is not a file of the repository at {}; symbolic links and submodules are not followed",
                    snapshot.commit
                );
                return Err(ReadFailure::NotFound(message));
            };
            let bytes = snapshot.bytes(&id)?;
            if bytes.len() as u64 > max_bytes {
                return Err(ReadFailure::TooLarge(format!("`{name}` is larger than {max_bytes} bytes")));
            }
            Ok(SourceFile { bytes, revision: Some(id.to_string()) })
        };
        self.within(&address, read).await
    }

    pub(crate) async fn expand_git(&self, source: &SourceUrl) -> Result<Vec<SourceUrl>, ReadFailure> {
        let address = GitAddress::of(&source.url)?;
        let Wanted::Files(matcher) = Wanted::at(&address.path, address.is_folder)? else {
            return Ok(vec![source.clone()]);
        };
        let max = self.git.max_objects();
        let files = self.within(&address, move |snapshot| snapshot.list(max)).await?;
        let matching = files.into_iter().filter(|file| matcher.is_match(&file.path));
        Ok(matching.map(|file| SourceUrl::git(address.url_of(&file.path))).collect())
    }

    pub(crate) async fn read_git_tree(&self, source: &SourceUrl) -> Result<SourceTree, ReadFailure> {
        let address = GitAddress::of(&source.url)?;
        let (path, name, max) = (address.path.clone(), shown(&source.url), self.git.max_objects());
        let folder = if path.is_empty() { path } else { format!("{path}/") };
        let read = move |snapshot: &Snapshot| {
            let mut files = Vec::new();
            let mut bytes = 0;
            for file in snapshot.list(max)? {
                let Some(path) = file.path.strip_prefix(&folder) else { continue };
                let content = snapshot.bytes(&file.id)?;
                bytes += content.len();
                if bytes > MAX_TREE_BYTES || files.len() >= MAX_TREE_FILES {
                    let message = format!(
                        "`{name}` has more than {MAX_TREE_FILES} files or more than {MAX_TREE_BYTES} bytes"
                    );
                    return Err(ReadFailure::TooLarge(message));
                }
                files.push((path.to_owned(), content));
            }
            if files.is_empty() {
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
        read: impl Fn(&Snapshot) -> Result<T, ReadFailure> + Send + 'static,
    ) -> Result<T, ReadFailure> {
        let credentials = self.git_credentials(&address.repository).await;
        let snapshot = self.git.snapshot(address, credentials).await?;
        let reading = Arc::clone(&snapshot);
        let read = tokio::task::spawn_blocking(move || read(&reading)).await;
        let read = read.unwrap_or_else(|_| Err(crate::git::damaged()));
        if matches!(read, Err(ReadFailure::Unavailable(_))) {
            self.git.forget(address, snapshot.commit).await;
        }
        read
    }
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
