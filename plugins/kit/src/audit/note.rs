use std::cell::RefCell;

use serde_json::Value;

use super::{AuditChange, changes_between};

/// What a service has to say about the act that it is part of.
#[derive(Default)]
pub(super) struct Note {
    pub target: Option<String>,
    pub message: Option<String>,
    /// Why the act was denied, whatever its answer says.
    pub denied: Option<String>,
    pub changes: Vec<AuditChange>,
}

tokio::task_local! {
    static NOTE: RefCell<Note>;
}

/// Runs an act; what services note while it runs comes out beside what it answers.
pub(super) async fn noting<T>(act: impl Future<Output = T>) -> (T, Note) {
    NOTE.scope(RefCell::default(), async {
        let answer = act.await;
        (answer, NOTE.with(RefCell::take))
    })
    .await
}

/// Notes what the mutation that runs is about: a reference, a name or an id. Outside of mutations nothing happens.
pub fn note_target(target: impl Into<String>) {
    let _ = NOTE.try_with(|note| note.borrow_mut().target = Some(target.into()));
}

/// Notes what the mutation that runs changed, as states before and after without secrets; `Null` is the state of what
/// is not there.
pub fn note_changes(before: &Value, after: &Value) {
    let _ = NOTE.try_with(|note| note.borrow_mut().changes.extend(changes_between(before, after)));
}

/// Notes that the mutation that runs was denied, where its answer may not say so: what may not be seen is told as not
/// found.
pub fn note_denied(reason: impl Into<String>) {
    let _ = NOTE.try_with(|note| note.borrow_mut().denied = Some(reason.into()));
}

/// Notes something else that is worth reading about the mutation that runs.
pub fn note_message(message: impl Into<String>) {
    let _ = NOTE.try_with(|note| note.borrow_mut().message = Some(message.into()));
}
