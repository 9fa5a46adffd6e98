//! The part of the graph that is about what was done.

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Enum, ID, InputObject, Json, Object, SimpleObject,
};
use callboard_kit::{
    EntityRef, InProcessSubgraph, Page, PageArguments, PageInfo, Problem, Result, Subgraph, SubgraphSchema,
    ViewerContext, federation_sdl, subgraph_schema,
};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    model::{EventFilter, StoredEvent},
    service::SharedAudit,
};

type AuditSchema = SubgraphSchema<Query, EmptyMutation, EmptySubscription>;

/// The SDL of the subgraph.
pub(crate) fn sdl() -> String {
    federation_sdl(&(subgraph_schema(Query, EmptyMutation, EmptySubscription).finish() as AuditSchema))
}

/// The subgraph over the log.
pub(crate) fn subgraph(service: SharedAudit) -> Subgraph {
    let schema: AuditSchema = subgraph_schema(Query, EmptyMutation, EmptySubscription).data(service).finish();
    Subgraph::in_process("audit", federation_sdl(&schema), InProcessSubgraph::new(schema))
}

/// What can be asked about the log.
pub(crate) struct Query;

#[Object]
impl Query {
    /// What was done, the newest first; null without `audit.event.read`.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these.")] filter: Option<AuditFilter>,
        #[graphql(desc = "How many, from 0 to 500; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Option<AuditEventConnection>> {
        let service = service(ctx)?;
        if !service.may_look(ctx.request()).await {
            return Ok(None);
        }
        let filter = filter.map(EventFilter::from).unwrap_or_default();
        let page = service.events(&filter, PageArguments::forward(first, after)).await?;
        Ok(Some(page.into()))
    }

    /// The actions that occur in the log, by name; null without `audit.event.read`.
    async fn audit_actions(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        let service = service(ctx)?;
        if !service.may_look(ctx.request()).await {
            return Ok(None);
        }
        service.actions().await.map(Some)
    }
}

fn service<'a>(ctx: &Context<'a>) -> Result<&'a SharedAudit> {
    ctx.data_opt::<SharedAudit>().ok_or_else(|| Problem::internal("the audit log is missing"))
}

/// Which events are meant. The members must all hold; the values of one list are alternatives.
#[derive(InputObject)]
pub(crate) struct AuditFilter {
    /// Done by one of these.
    actor: Option<Vec<EntityRef>>,
    /// One of these actions, e.g. `createRole`.
    action: Option<Vec<String>>,
    /// Ended like one of these.
    outcome: Option<Vec<AuditOutcome>>,
    /// The target contains this; the case of the letters from a to z does not matter.
    target: Option<String>,
    /// From this address.
    address: Option<String>,
    /// At this time or later.
    since: Option<DateTime<Utc>>,
    /// Before this time.
    until: Option<DateTime<Utc>>,
}

impl From<AuditFilter> for EventFilter {
    fn from(filter: AuditFilter) -> Self {
        Self {
            actor: filter.actor,
            action: filter.action,
            outcome: filter.outcome.map(|outcomes| outcomes.into_iter().map(Into::into).collect()),
            target: filter.target.filter(|target| !target.is_empty()),
            address: filter.address,
            since: filter.since,
            until: filter.until,
        }
    }
}

/// How an act ended.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "callboard_kit::AuditOutcome")]
pub(crate) enum AuditOutcome {
    /// It was done.
    Succeeded,
    /// The actor may not.
    Denied,
    /// It went wrong.
    Failed,
}

/// Something that was done, or tried.
#[derive(SimpleObject)]
pub(crate) struct AuditEvent {
    /// Its id.
    id: ID,
    /// When.
    at: DateTime<Utc>,
    /// What: the name of the mutation, or of the act where there is none, e.g. `createRole`, `signIn`.
    action: String,
    /// How it ended.
    outcome: AuditOutcome,
    /// Who; null for nobody known.
    actor: Option<EntityRef>,
    /// How the actor came in, e.g. `session`, `token ci deploys`.
    access: String,
    /// From which address.
    address: Option<String>,
    /// By which program, as it names itself.
    user_agent: Option<String>,
    /// The id of the request, as logs have it.
    request_id: Option<String>,
    /// What it was done to: a reference, a name or an id.
    target: Option<String>,
    /// Why it was refused or failed, or what else is worth reading.
    message: Option<String>,
    /// What was different afterwards.
    changes: Vec<AuditChange>,
}

/// One place that was different after an act.
#[derive(SimpleObject)]
pub(crate) struct AuditChange {
    /// The place, dotted, e.g. `members`; empty for the whole. Of a list the items that went and those that came.
    path: String,
    /// What was there; null for nothing.
    before: Option<Json<Value>>,
    /// What was there afterwards; null for nothing.
    after: Option<Json<Value>>,
}

impl From<StoredEvent> for AuditEvent {
    fn from(event: StoredEvent) -> Self {
        let change = |change: callboard_kit::AuditChange| AuditChange {
            path: change.path,
            before: change.before.map(Json),
            after: change.after.map(Json),
        };
        Self {
            id: ID(event.id),
            at: event.at,
            action: event.action,
            outcome: event.outcome.into(),
            actor: event.actor,
            access: event.access,
            address: event.address,
            user_agent: event.user_agent,
            request_id: event.request_id,
            target: event.target,
            message: event.message,
            changes: event.changes.into_iter().map(change).collect(),
        }
    }
}

/// A page of events, the newest first.
#[derive(SimpleObject)]
pub(crate) struct AuditEventConnection {
    /// The events of the page, each with its cursor.
    edges: Vec<AuditEventEdge>,
    /// Where the page lies in the list.
    page_info: PageInfo,
    /// How many there are in all.
    total_count: i32,
    /// The events of the page.
    nodes: Vec<AuditEvent>,
}

/// An event in a list.
#[derive(SimpleObject)]
pub(crate) struct AuditEventEdge {
    /// Its place in the list.
    cursor: String,
    /// The event.
    node: AuditEvent,
}

impl From<Page<StoredEvent>> for AuditEventConnection {
    fn from(page: Page<StoredEvent>) -> Self {
        Self {
            page_info: page.info(),
            total_count: i32::try_from(page.total_count).unwrap_or(i32::MAX),
            nodes: page.items.iter().map(|(_, event)| event.clone().into()).collect(),
            edges: page
                .items
                .into_iter()
                .map(|(cursor, event)| AuditEventEdge { cursor, node: event.into() })
                .collect(),
        }
    }
}
