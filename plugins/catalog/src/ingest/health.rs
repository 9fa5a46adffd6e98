use std::sync::{Arc, Mutex, PoisonError};

use callboard_kit::Health;

use crate::error::CatalogError;

/// Whether locations can be read, for the plugin's health.
#[derive(Clone, Debug, Default)]
pub struct IngestionHealth(Arc<Mutex<Option<String>>>);

impl IngestionHealth {
    /// How reading goes. What was read before is served all the same, so it is never worse than degraded.
    pub fn get(&self) -> Health {
        let trouble = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone().map_or(Health::Ok, Health::Degraded)
    }

    /// Notes how the last reading went.
    pub(crate) fn note(&self, error: Option<&CatalogError>) {
        let trouble = match error {
            // Whoever took over reads it, or whoever starts next.
            None | Some(CatalogError::Overtaken | CatalogError::Stopped) => None,
            Some(error) => {
                let cause = error as &dyn std::error::Error;
                tracing::error!(error = cause, "a location could not be read, it is tried again");
                Some(format!(
                    "locations could not be read: {error}; what was read before is served, and they are tried again"
                ))
            }
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}
