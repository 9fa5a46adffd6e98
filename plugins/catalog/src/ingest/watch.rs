use std::{path::PathBuf, time::Duration};

use notify::{EventKind, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Ingestion, IngestionHealth, read_until_done};

/// How long the files must be quiet before they are read: editors write in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Reads the locations, and again whenever one of their files changes, until it is told to stop.
pub async fn watch(ingestion: &Ingestion, health: &IngestionHealth, stop: &CancellationToken) {
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
            tracing::warn!(error = %error, "files cannot be watched, restart to read changes");
            let _ = read_until_done(ingestion, health, stop, None).await;
            return;
        }
    };
    let mut folders: Vec<PathBuf> = Vec::new();
    loop {
        let Some(report) = read_until_done(ingestion, health, stop, Some(&mut changed)).await else { return };
        for path in &folders {
            if !report.watched.contains(path) {
                let _ = watcher.unwatch(path);
            }
        }
        for path in report.watched.iter().filter(|path| !folders.contains(path)) {
            if let Err(error) = watcher.watch(path, RecursiveMode::Recursive) {
                tracing::debug!(error = %error, path = %path.display(), "a folder cannot be watched");
            }
        }
        folders = report.watched;
        tokio::select! {
            () = stop.cancelled() => return,
            change = changed.recv() => if change.is_none() { return },
        }
        while tokio::time::timeout(QUIET, changed.recv()).await.is_ok_and(|change| change.is_some()) {}
    }
}
