use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use callboard_kit::{
    AuditEvent, AuditLog, Clock, Cursor, Decision, Page, PageArguments, PermissionAction,
    PermissionDefinition, Problem, RequestContext, Result, Services,
};
use chrono::{DateTime, Utc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::{
    budget::Budget,
    fit::fit,
    model::{EventFilter, StoredEvent},
    repository::EventRepository,
};

/// Seeing what others did.
pub(crate) const READ: &str = "audit.event.read";

/// The permissions that this plugin checks.
pub(crate) const PERMISSIONS: &[PermissionDefinition] = &[PermissionDefinition {
    name: READ,
    description: "See what everyone did: the audit log, with addresses.",
    action: PermissionAction::Read,
    resource_type: None,
}];

/// Events of one page of an export.
const EXPORT_STEP: u64 = 500;
/// What is kept of a text, in characters.
const MAX_TEXT: usize = 2000;
/// What was left out of the log is told this often.
const TELLING: Duration = Duration::from_mins(1);

/// The audit log of this process.
#[derive(Debug)]
pub(crate) struct AuditService {
    repository: EventRepository,
    services: Services,
    clock: Clock,
    retention: Duration,
    budget: Budget,
    /// What is still to be done when the portal stops.
    tasks: TaskTracker,
}

impl AuditService {
    pub fn new(repository: EventRepository, services: Services, clock: Clock, retention: Duration) -> Self {
        let (budget, tasks) = (Budget::default(), TaskTracker::new());
        Self { repository, services, clock, retention, budget, tasks }
    }

    /// The same, for whose writing `tasks` waits.
    pub fn tracked(self, tasks: TaskTracker) -> Self {
        Self { tasks, ..self }
    }

    /// Whether who asks may look; an attempt without is an event itself.
    pub async fn may_look(&self, context: &RequestContext) -> bool {
        let decision = self.services.authorizer().decide(&context.viewer, READ).await;
        let allowed = matches!(decision, Decision::Allow);
        if !allowed && context.viewer.is_authenticated() {
            context.record_denied(READ, None).await;
        }
        allowed
    }

    /// A page of events, the newest first.
    pub async fn events(&self, filter: &EventFilter, page: PageArguments) -> Result<Page<StoredEvent>> {
        let bounds = page.check()?;
        let after = bounds.after.as_ref().map(id_of).transpose()?;
        let total = self.repository.count(filter).await?;
        let limit = u64::try_from(bounds.size).unwrap_or(u64::MAX);
        let mut events = match bounds.size {
            0 => Vec::new(),
            _ => self.repository.list(filter, after.as_deref(), limit + 1).await?,
        };
        let has_next_page = if bounds.size == 0 { total > 0 } else { events.len() > bounds.size };
        events.truncate(bounds.size);
        Ok(Page {
            items: events.into_iter().map(|event| (cursor_of(&event.id), event)).collect(),
            has_next_page,
            has_previous_page: after.is_some(),
            total_count: usize::try_from(total).unwrap_or(usize::MAX),
        })
    }

    /// The next events of an export, after the one with this id.
    pub async fn export_step(&self, filter: &EventFilter, after: Option<&str>) -> Result<Vec<StoredEvent>> {
        Ok(self.repository.list(filter, after, EXPORT_STEP).await?)
    }

    /// The actions that occur, by name.
    pub async fn actions(&self) -> Result<Vec<String>> {
        Ok(self.repository.actions().await?)
    }

    /// Who may do what, and who asks.
    pub const fn services(&self) -> &Services {
        &self.services
    }

    /// Forgets old events, and says how many.
    pub async fn forget_old(&self) -> Result<u64> {
        let limit = chrono::Duration::from_std(self.retention)
            .ok()
            .and_then(|retention| self.clock.now().checked_sub_signed(retention));
        match limit {
            Some(limit) => Ok(self.repository.forget_before(limit).await?),
            None => Ok(0),
        }
    }

    /// Writes down from time to time what was left out, until told to stop, and then for the last time.
    pub async fn tell_omitted(&self, stop: &CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(TELLING) => {}
            }
            self.write_omitted(self.clock.now()).await;
        }
        // The minute that has begun is over for this process.
        self.write_omitted(self.clock.now() + chrono::Duration::minutes(1)).await;
    }

    async fn write_omitted(&self, now: DateTime<Utc>) {
        for event in self.budget.omitted(now) {
            self.record(event).await;
        }
    }

    fn stored(&self, event: AuditEvent) -> StoredEvent {
        StoredEvent {
            id: Uuid::now_v7().to_string(),
            at: self.clock.now(),
            action: cut(&event.action),
            outcome: event.outcome,
            actor: event.actor,
            access: cut(&event.access),
            address: event.client.address.map(|address| address.to_string()),
            user_agent: event.client.user_agent.as_deref().map(cut),
            request_id: Some(event.request_id).filter(|id| !id.is_empty()),
            target: event.target.as_deref().filter(|target| !target.is_empty()).map(cut),
            message: event.message.as_deref().map(cut),
            changes: fit(event.changes),
        }
    }
}

fn cut(text: &str) -> String {
    // PostgreSQL keeps no zero characters.
    text.chars().filter(|character| *character != '\0').take(MAX_TEXT).collect()
}

fn cursor_of(id: &str) -> String {
    Cursor(vec![Some(id.to_owned())]).encode()
}

fn id_of(cursor: &Cursor) -> Result<String> {
    match cursor.0.as_slice() {
        [Some(id)] => Ok(id.clone()),
        _ => Err(Problem::bad_input("after", "`after` is not a cursor of this list")),
    }
}

#[async_trait]
impl AuditLog for AuditService {
    async fn record(&self, event: AuditEvent) {
        if !self.budget.allows(&event, self.clock.now()) {
            return;
        }
        let event = self.stored(event);
        // Whoever stops the portal waits for what is being written.
        if let Err(error) = self.tasks.track_future(self.repository.insert(&event)).await {
            // The log of the process is the second place to look for it.
            let event = serde_json::to_string(&event).unwrap_or_default();
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, event, "an audit event could not be kept");
        }
    }
}

/// The service as requests need it.
pub(crate) type SharedAudit = Arc<AuditService>;
