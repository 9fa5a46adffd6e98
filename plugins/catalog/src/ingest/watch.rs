use std::{collections::HashSet, path::PathBuf, time::Duration};

use notify::{EventKind, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{error::CatalogError, refresh::Refresher};

/// How long the files must be quiet before they are read: editors write in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Has the locations of the config read again whenever one of their files changes, until it is told to stop.
pub async fn watch(refresher: &Refresher, stop: &CancellationToken) {
    let (events, mut changed) = mpsc::channel::<()>(1);
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // A full channel already says that there is something to read.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = events.try_send(());
        }
    });
    let mut watcher = match watcher {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::warn!(error = %error, "files cannot be watched, they are read every so often");
            return;
        }
    };
    let mut folders: HashSet<PathBuf> = HashSet::new();
    loop {
        let wanted = refresher.ingestion().watched();
        for path in folders.difference(&wanted) {
            let _ = watcher.unwatch(path);
        }
        for path in wanted.difference(&folders) {
            if let Err(error) = watcher.watch(path, RecursiveMode::Recursive) {
                tracing::debug!(error = %error, path = %path.display(), "a folder cannot be watched");
            }
        }
        folders = wanted;
        tokio::select! {
            () = stop.cancelled() => return,
            () = refresher.ingestion().watch_changed() => continue,
            change = changed.recv() => if change.is_none() { return },
        }
        while tokio::time::timeout(QUIET, changed.recv()).await.is_ok_and(|change| change.is_some()) {}
        if let Err(error) = read_again(refresher).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "files changed and could not be read, they are read later");
        }
    }
}

async fn read_again(refresher: &Refresher) -> Result<(), CatalogError> {
    let locations = refresher.ingestion().watched_locations();
    refresher.soon(&locations).await
}
