use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::{AuditChange, changes_between};

/// What a service has to say about the act that it is part of.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub target: Option<String>,
    pub message: Option<String>,
    /// Why the act was denied, whatever its answer says.
    pub denied: Option<String>,
    pub changes: Vec<AuditChange>,
    /// Whether it matters to its actor alone.
    pub is_slight: bool,
}

/// The note of an act, for whoever outlives it.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedNote(Arc<Mutex<Note>>);

tokio::task_local! {
    static NOTE: SharedNote;
}

impl SharedNote {
    /// Runs an act; services note here while it runs.
    pub async fn during<T>(&self, act: impl Future<Output = T>) -> T {
        NOTE.scope(self.clone(), act).await
    }

    /// What was noted.
    pub fn take(&self) -> Note {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn note(write: impl FnOnce(&mut Note)) {
    let _ = NOTE.try_with(|note| write(&mut note.0.lock().unwrap_or_else(PoisonError::into_inner)));
}

/// Notes what the mutation that runs is about: a reference, a name or an id. Outside of mutations nothing happens.
pub fn note_target(target: impl Into<String>) {
    note(|note| note.target = Some(target.into()));
}

/// Notes what the mutation that runs changed, as states before and after without secrets; `Null` is the state of what
/// is not there.
pub fn note_changes(before: &Value, after: &Value) {
    note(|note| note.changes.extend(changes_between(before, after)));
}

/// Notes that the mutation that runs was denied, where its answer may not say so: what may not be seen is told as not
/// found.
pub fn note_denied(reason: impl Into<String>) {
    note(|note| note.denied = Some(reason.into()));
}

/// Notes that the mutation that runs matters to its actor alone: where there are too many, the log leaves them out.
pub fn note_slight() {
    note(|note| note.is_slight = true);
}

/// Notes something else that is worth reading about the mutation that runs.
pub fn note_message(message: impl Into<String>) {
    note(|note| note.message = Some(message.into()));
}
