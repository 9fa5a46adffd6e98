use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use tokio::sync::Notify;
use uuid::Uuid;

use super::Ingestion;

/// The folders whose changes are a reason to read locations again.
#[derive(Debug, Default)]
pub(super) struct Watched {
    folders: Mutex<HashMap<Uuid, Vec<PathBuf>>>,
    changed: Notify,
}

impl Watched {
    /// What a reading of a location looked at.
    pub fn set(&self, location: Uuid, mut folders: Vec<PathBuf>) {
        folders.sort_unstable();
        let mut known = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if folders.is_empty() && !known.contains_key(&location) || known.get(&location) == Some(&folders) {
            return;
        }
        known.insert(location, folders);
        drop(known);
        self.changed.notify_one();
    }
}

impl Ingestion {
    /// The folders whose changes are a reason to read again.
    pub(super) fn watched(&self) -> HashSet<PathBuf> {
        let known = self.watched.folders.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().flatten().cloned().collect()
    }

    /// The locations that lead to files.
    pub(super) fn watched_locations(&self) -> Vec<Uuid> {
        let known = self.watched.folders.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter(|(_, folders)| !folders.is_empty()).map(|(location, _)| *location).collect()
    }

    /// Waits until these folders are others.
    pub(super) async fn watch_changed(&self) {
        self.watched.changed.notified().await;
    }
}
