//! What was done, by whom: events that are written once and never changed.

mod changes;
mod mutations;
mod note;

use async_trait::async_trait;

pub use changes::{AuditChange, changes_between};
pub(crate) use mutations::AuditedMutations;
pub use note::{note_changes, note_denied, note_message, note_slight, note_target};

use crate::{Access, Client, Code, EntityRef, Viewer};

/// Something that was done, or tried.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    /// What: the name of the mutation, or of the act where there is none, e.g. `createRole`, `signIn`.
    pub action: String,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// Who; `None` for nobody known.
    pub actor: Option<EntityRef>,
    /// How the actor came in, e.g. `session`, `token ci deploys`; never a secret.
    pub access: String,
    /// Whether the actor has shown credentials; the guest has not.
    pub has_credentials: bool,
    /// From where.
    pub client: Client,
    /// The id of the request, as logs have it; empty outside of requests.
    pub request_id: String,
    /// What it was done to: a reference, a name or an id.
    pub target: Option<String>,
    /// Why it was refused or failed, or what else is worth reading.
    pub message: Option<String>,
    /// What is different now; secrets never.
    pub changes: Vec<AuditChange>,
    /// What may be left out where there is too much.
    pub weight: AuditWeight,
}

/// Which events a log may leave out where one client makes too many of them, so that nobody fills it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AuditWeight {
    /// None: something may have been done, however it ended.
    Kept,
    /// Those that ended without anything done.
    #[default]
    Ordinary,
    /// Any: what was done matters to its actor alone.
    Slight,
}

/// How an act ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditOutcome {
    /// It was done.
    Succeeded,
    /// The actor may not.
    Denied,
    /// It went wrong.
    Failed,
}

impl AuditOutcome {
    /// The outcome of an act that ended in a problem with this code.
    pub const fn of(code: Code) -> Self {
        match code {
            Code::Unauthenticated | Code::Forbidden | Code::RateLimited => Self::Denied,
            _ => Self::Failed,
        }
    }
}

impl AuditEvent {
    /// An act of a viewer that was done.
    pub fn new(action: impl Into<String>, viewer: &Viewer) -> Self {
        Self {
            action: action.into(),
            outcome: AuditOutcome::Succeeded,
            actor: viewer.reference().cloned(),
            access: viewer.access().to_string(),
            has_credentials: viewer.is_authenticated() && *viewer.access() != Access::None,
            client: Client::default(),
            request_id: String::new(),
            target: None,
            message: None,
            changes: Vec::new(),
            weight: AuditWeight::default(),
        }
    }

    /// The same, ended otherwise.
    #[must_use]
    pub fn ended(self, outcome: AuditOutcome, message: impl Into<String>) -> Self {
        Self { outcome, message: Some(message.into()), ..self }
    }

    /// The same, done to `target`.
    #[must_use]
    pub fn on(self, target: impl Into<String>) -> Self {
        Self { target: Some(target.into()), ..self }
    }

    /// The same, to be left out in these cases.
    #[must_use]
    pub fn weighing(self, weight: AuditWeight) -> Self {
        Self { weight, ..self }
    }

    /// The same, from this client.
    #[must_use]
    pub fn from_client(self, client: &Client) -> Self {
        Self { client: client.clone(), ..self }
    }
}

/// Keeps audit events. Offered by one plugin; without it they are only logged.
#[async_trait]
pub trait AuditLog: Send + Sync + 'static {
    /// Writes an event down. Returns once it is kept; a failure is logged and not told.
    async fn record(&self, event: AuditEvent);
}
