use std::sync::{Arc, OnceLock};

/// What an authenticator remembers of one connection, whose requests it sees again and again: a WebSocket keeps the
/// cookie that it was opened with, which may be replaced long before it closes. The server puts one into the extensions
/// of every request.
#[derive(Clone, Debug, Default)]
pub struct ConnectionMemory(Arc<OnceLock<Arc<str>>>);

impl ConnectionMemory {
    /// What was remembered first, if anything was.
    pub fn recall(&self) -> Option<Arc<str>> {
        self.0.get().cloned()
    }

    /// Remembers a text, e.g. the id of a session; what was remembered before stays.
    pub fn remember(&self, text: impl Into<Arc<str>>) {
        let _ = self.0.set(text.into());
    }
}
