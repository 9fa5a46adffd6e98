use std::{fmt, sync::Arc, time::Duration};

use async_graphql::{
    Context, ObjectType, PathSegment, Request, SubscriptionType, Value, Variables,
    parser::types::ExecutableDocument,
};
use async_trait::async_trait;
use futures::stream::{BoxStream, StreamExt};
use tracing::Instrument;

use crate::{
    AuditEvent, AuditLog, AuditOutcome, AuditWeight, Client, Problem, SubgraphSchema, Viewer,
    entity_batch::number_representations,
};

/// What travels with a request into every subgraph.
#[derive(Clone)]
pub struct RequestContext {
    /// Who asks.
    pub viewer: Arc<Viewer>,
    /// The id that logs and error pages quote.
    pub request_id: Arc<str>,
    /// From where.
    pub client: Client,
    audit: Option<Arc<dyn AuditLog>>,
}

impl fmt::Debug for RequestContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestContext")
            .field("viewer", &self.viewer)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl RequestContext {
    /// A context of a request.
    pub fn new(viewer: Viewer, request_id: impl Into<Arc<str>>) -> Self {
        Self {
            viewer: Arc::new(viewer),
            request_id: request_id.into(),
            client: Client::default(),
            audit: None,
        }
    }

    /// The same context, of a request from `client`, whose acts are written to `audit`.
    #[must_use]
    pub fn audited(self, client: Client, audit: Option<Arc<dyn AuditLog>>) -> Self {
        Self { client, audit, ..self }
    }

    /// An event of this request, done by its viewer.
    pub fn audit_event(&self, action: impl Into<String>) -> AuditEvent {
        AuditEvent { request_id: self.request_id.to_string(), ..AuditEvent::new(action, &self.viewer) }
            .from_client(&self.client)
    }

    /// Writes an event down, where a plugin keeps them; also where the client leaves while that takes its time.
    pub async fn record(&self, event: AuditEvent) {
        let Some(audit) = self.audit.clone() else { return };
        let written = tokio::spawn(async move { audit.record(event).await }.in_current_span());
        if let Err(error) = written.await {
            tracing::error!(%error, "an audit event could not be written");
        }
    }

    /// Writes down an act whose client left before it ended: what was done until then is done.
    pub fn record_left(&self, event: AuditEvent) {
        let event = event.ended(AuditOutcome::Failed, "the client left before it ended");
        let (context, event) = (self.clone(), event.weighing(AuditWeight::Kept));
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { context.record(event).await });
        }
    }

    /// Writes down that the viewer asked for something without having the permission.
    pub async fn record_denied(&self, permission: &str, target: Option<String>) {
        let message = format!("lacks `{permission}`");
        let event = AuditEvent { target, ..self.audit_event("access") };
        self.record(event.ended(AuditOutcome::Denied, message)).await;
    }

    /// A context in which nobody asks.
    pub fn anonymous() -> Self {
        Self::new(Viewer::anonymous(), "-")
    }
}

/// One fetch that the gateway sends to a subgraph.
#[derive(Clone, Debug)]
pub struct SubgraphRequest {
    /// The document's text.
    pub query: Arc<str>,
    /// The document parsed, once for each plan.
    pub document: Option<Arc<ExecutableDocument>>,
    /// Which operation of the document.
    pub operation_name: Option<Arc<str>>,
    /// The variables, `representations` included.
    pub variables: Variables,
    /// Who asks.
    pub context: RequestContext,
}

/// What a subgraph answers.
#[derive(Debug, Default)]
pub struct SubgraphResponse {
    /// The result, null where nothing came.
    pub data: Value,
    /// What went wrong, with paths in the fetch's own terms.
    pub errors: Vec<async_graphql::ServerError>,
}

impl From<async_graphql::Response> for SubgraphResponse {
    /// async-graphql leaves fields that failed out of their object, and makes an object null when nothing is left of it.
    /// Whether the object may stay, or its place must be null, is for the gateway to say: it gets an empty one.
    fn from(response: async_graphql::Response) -> Self {
        let async_graphql::Response { mut data, errors, .. } = response;
        for error in &errors {
            if let Some((_, parent)) = error.path.split_last()
                && let Some(emptied) = value_at(&mut data, parent)
                && matches!(emptied, Value::Null)
            {
                *emptied = Value::Object(async_graphql::indexmap::IndexMap::default());
            }
        }
        Self { data, errors }
    }
}

fn value_at<'v>(value: &'v mut Value, path: &[PathSegment]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, segment| match (value, segment) {
        (Value::Object(fields), PathSegment::Field(key)) => fields.get_mut(key.as_str()),
        (Value::List(items), PathSegment::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Runs fetches of one subgraph.
#[async_trait]
pub trait SubgraphService: Send + Sync + 'static {
    /// Answers one fetch. Dropping the future cancels the work.
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse;

    /// The events of a subscription field.
    fn subscribe(&self, request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse>;

    /// Whether documents should be parsed ahead and handed over as `document`.
    fn wants_parsed_documents(&self) -> bool {
        false
    }
}

/// A part of the graph: its id, its SDL and who answers for it.
#[derive(Clone)]
pub struct Subgraph {
    /// Unique, lower case, e.g. `catalog`.
    pub id: String,
    /// Its Federation v2 SDL.
    pub sdl: String,
    /// Where it is reached over HTTP; `None` in process.
    pub url: Option<String>,
    /// How long one fetch may take; `None` for the gateway's own limit.
    pub timeout: Option<Duration>,
    /// Who answers.
    pub service: Arc<dyn SubgraphService>,
}

impl fmt::Debug for Subgraph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Subgraph")
            .field("id", &self.id)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Subgraph {
    /// A subgraph in this process.
    pub fn in_process<Q, M, S>(
        id: impl Into<String>,
        sdl: impl Into<String>,
        schema: InProcessSubgraph<Q, M, S>,
    ) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        Self { id: id.into(), sdl: sdl.into(), url: None, timeout: None, service: Arc::new(schema) }
    }
}

type RequestData = dyn Fn(&RequestContext, Request) -> Request + Send + Sync;

/// An async-graphql schema as a subgraph.
pub struct InProcessSubgraph<Q, M, S> {
    schema: SubgraphSchema<Q, M, S>,
    request_data: Option<Arc<RequestData>>,
}

impl<Q, M, S> InProcessSubgraph<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// Wraps a schema.
    pub fn new(schema: SubgraphSchema<Q, M, S>) -> Self {
        Self { schema, request_data: None }
    }

    /// Adds to every fetch what its resolvers need of their own, e.g. data loaders.
    pub fn with_request_data(
        mut self,
        add: impl Fn(&RequestContext, Request) -> Request + Send + Sync + 'static,
    ) -> Self {
        self.request_data = Some(Arc::new(add));
        self
    }

    fn request(&self, request: SubgraphRequest) -> Request {
        let mut variables = request.variables;
        if let Some(document) = &request.document {
            number_representations(document, &mut variables);
        }
        let mut inner = Request::new(&*request.query).variables(variables);
        if let Some(document) = request.document {
            inner.set_parsed_query(ExecutableDocument::clone(&document));
        }
        if let Some(name) = request.operation_name {
            inner = inner.operation_name(&*name);
        }
        if let Some(add) = &self.request_data {
            inner = add(&request.context, inner);
        }
        inner.data(request.context)
    }
}

#[async_trait]
impl<Q, M, S> SubgraphService for InProcessSubgraph<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        self.schema.execute(self.request(request)).await.into()
    }

    fn subscribe(&self, request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        let request = self.request(request);
        self.schema.execute_stream(request).map(SubgraphResponse::from).boxed()
    }

    fn wants_parsed_documents(&self) -> bool {
        true
    }
}

/// The viewer, from a resolver's context.
pub trait ViewerContext {
    /// Who asks.
    fn viewer(&self) -> &Viewer;
    /// The request, a nobody's where there is none.
    fn request(&self) -> &RequestContext;
    /// A problem that costs one entity of a batch and not the batch: the field stays null and the error is told.
    fn report(&self, problem: Problem);
}

impl ViewerContext for Context<'_> {
    fn viewer(&self) -> &Viewer {
        &self.request().viewer
    }

    fn request(&self) -> &RequestContext {
        static NOBODY: std::sync::LazyLock<RequestContext> =
            std::sync::LazyLock::new(RequestContext::anonymous);
        self.data_opt::<RequestContext>().unwrap_or(&NOBODY)
    }

    fn report(&self, problem: Problem) {
        let error: async_graphql::Error = problem.into();
        self.add_error(self.set_error_path(error.into_server_error(self.item.pos)));
    }
}
