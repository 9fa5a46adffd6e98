use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use callboard_kit::Health;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Ingestion, IngestionReport};

/// How long a read that failed waits before it is tried again, the first time; then twice that, and so on.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Whether the locations could be read, for the plugin's health.
#[derive(Clone, Debug, Default)]
pub struct IngestionHealth(Arc<Mutex<Option<String>>>);

impl IngestionHealth {
    /// How reading goes. What was read before is served all the same, so it is never worse than degraded.
    pub fn get(&self) -> Health {
        let trouble = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone().map_or(Health::Ok, Health::Degraded)
    }

    fn set(&self, trouble: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

/// Reads everything, again and again with growing pauses until that worked; `None` where it was told to stop before.
/// What comes through `changed` ends a pause.
pub async fn read_until_done(
    ingestion: &Ingestion,
    health: &IngestionHealth,
    stop: &CancellationToken,
    mut changed: Option<&mut mpsc::Receiver<()>>,
) -> Option<IngestionReport> {
    let mut pause = FIRST_PAUSE;
    loop {
        match ingestion.run(stop).await {
            Ok(report) => {
                health.set(None);
                return Some(report);
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the locations could not be read, they are tried again in {pause:?}"
                );
                health.set(Some(format!(
                    "the locations could not be read: {error}; what was read before is served, and they are tried \
                     again in {pause:?}"
                )));
            }
        }
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(pause) => {}
            () = change(changed.as_deref_mut()) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn change(changed: Option<&mut mpsc::Receiver<()>>) {
    if let Some(changed) = changed
        && changed.recv().await.is_some()
    {
        return;
    }
    std::future::pending::<()>().await;
}
