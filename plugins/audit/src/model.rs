use callboard_kit::{AuditChange, AuditOutcome, EntityRef};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredEvent {
    /// Grows with time.
    pub id: String,
    pub at: DateTime<Utc>,
    pub action: String,
    #[serde(serialize_with = "outcome")]
    pub outcome: AuditOutcome,
    pub actor: Option<EntityRef>,
    pub access: String,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
    pub target: Option<String>,
    pub message: Option<String>,
    pub changes: Vec<AuditChange>,
}

/// Which events are meant; what is empty is about all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventFilter {
    pub actor: Option<Vec<EntityRef>>,
    pub action: Option<Vec<String>>,
    pub outcome: Option<Vec<AuditOutcome>>,
    pub target: Option<String>,
    pub address: Option<String>,
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// The outcome as it is kept and told.
pub(crate) const fn outcome_name(outcome: AuditOutcome) -> &'static str {
    match outcome {
        AuditOutcome::Succeeded => "SUCCEEDED",
        AuditOutcome::Denied => "DENIED",
        AuditOutcome::Failed => "FAILED",
    }
}

/// Reads what `outcome_name` writes.
pub(crate) fn outcome_named(name: &str) -> Option<AuditOutcome> {
    use AuditOutcome::{Denied, Failed, Succeeded};
    [Succeeded, Denied, Failed].into_iter().find(|outcome| outcome_name(*outcome) == name)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference to the field")]
fn outcome<S: serde::Serializer>(outcome: &AuditOutcome, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(outcome_name(*outcome))
}
