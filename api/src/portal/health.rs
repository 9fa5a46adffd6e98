use std::{
    fmt,
    sync::{PoisonError, RwLock},
};

use callboard_kit::{Health, HealthCheck};

/// What is known about one plugin while the portal runs.
#[derive(Clone)]
pub(crate) struct PluginState {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) remote: bool,
    /// What is wrong with a remote plugin since it was last asked.
    pub(crate) fault: Option<String>,
    check: Option<HealthCheck>,
}

impl PluginState {
    pub(crate) fn in_process(id: &str, title: &str, check: Option<HealthCheck>) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), remote: false, fault: None, check }
    }

    pub(crate) fn remote(id: &str, title: &str) -> Self {
        Self { remote: true, ..Self::in_process(id, title, None) }
    }

    /// How it is now.
    pub(crate) async fn health(&self) -> Health {
        match (&self.fault, &self.check) {
            (Some(fault), _) => Health::Unavailable(fault.clone()),
            (None, Some(check)) => check().await,
            (None, None) => Health::Ok,
        }
    }
}

impl fmt::Debug for PluginState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PluginState")
            .field("id", &self.id)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// The plugins of a running portal, in order.
#[derive(Debug, Default)]
pub(crate) struct PluginStates(RwLock<Vec<PluginState>>);

impl PluginStates {
    pub(crate) fn add(&self, state: PluginState) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(state);
    }

    pub(crate) fn all(&self) -> Vec<PluginState> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes what is wrong with a remote plugin, or that nothing is; says whether that is news.
    pub(crate) fn set_fault(&self, id: &str, fault: Option<String>) -> bool {
        let mut states = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match states.iter_mut().find(|state| state.remote && state.id == id) {
            Some(state) if state.fault != fault => {
                state.fault = fault;
                true
            }
            _ => false,
        }
    }
}
