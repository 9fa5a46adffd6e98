//! A small graph to transport.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context as TaskContext, Poll},
    time::Duration,
};

use async_graphql::{
    Context, Error, Object, Request, Response, Schema, ServerError, Subscription, Value,
    parser::types::OperationType,
};
use callboard_kit::{
    GraphqlError, GraphqlRequest, GraphqlResponse, GraphqlService, Rejection, RequestContext, ViewerContext,
};
use futures::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};

pub struct Query;

#[Object]
impl Query {
    async fn hello(&self, #[graphql(default_with = "\"world\".to_owned()")] name: String) -> String {
        format!("hello {name}")
    }

    async fn viewer(&self, context: &Context<'_>) -> String {
        context.viewer().to_string()
    }

    async fn text(&self, length: usize) -> String {
        "x".repeat(length)
    }

    /// Its null reaches the root.
    async fn failing(&self) -> Result<Option<i32>, Error> {
        std::future::ready(Err(Error::new("it fails"))).await
    }

    async fn never(&self) -> i32 {
        std::future::pending().await
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

pub struct Subscribed;

#[Subscription]
impl Subscribed {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    async fn ticks(&self) -> impl Stream<Item = i32> {
        stream::iter(1..).then(async |tick| {
            tokio::time::sleep(Duration::from_millis(10)).await;
            tick
        })
    }

    async fn silence(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }
}

/// How many operations run at this moment.
#[derive(Clone, Default)]
pub struct Running(Arc<AtomicUsize>);

impl Running {
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn enter(&self) -> Presence {
        self.0.fetch_add(1, Ordering::SeqCst);
        Presence(self.clone())
    }
}

struct Presence(Running);

impl Drop for Presence {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A stream that is counted until it is dropped.
struct Counted {
    events: BoxStream<'static, GraphqlResponse>,
    _presence: Presence,
}

impl Stream for Counted {
    type Item = GraphqlResponse;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_next_unpin(context)
    }
}

/// The graph as a service.
pub struct Service {
    schema: Schema<Query, Mutation, Subscribed>,
    running: Running,
}

impl Service {
    pub fn new(running: Running) -> Self {
        Self { schema: Schema::new(Query, Mutation, Subscribed), running }
    }
}

impl GraphqlService for Service {
    fn execute(
        &self,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxFuture<'static, GraphqlResponse> {
        let (schema, presence) = (self.schema.clone(), self.running.enter());
        Box::pin(async move {
            let _presence = presence;
            match operation_type(&request) {
                Some(OperationType::Subscription) => refused(Rejection::SubscriptionNotSupported),
                Some(OperationType::Mutation) if request.read_only => refused(Rejection::MethodNotAllowed),
                _ => response_of(schema.execute(request_of(request, context)).await),
            }
        })
    }

    fn subscribe(
        &self,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxStream<'static, GraphqlResponse> {
        let events = self.schema.execute_stream(request_of(request, context)).map(response_of).boxed();
        Counted { events, _presence: self.running.enter() }.boxed()
    }
}

fn operation_type(request: &GraphqlRequest) -> Option<OperationType> {
    let document = async_graphql::parser::parse_query(&request.query).ok()?;
    document.operations.iter().map(|(_, operation)| operation.node.ty).next()
}

fn refused(rejection: Rejection) -> GraphqlResponse {
    let error = GraphqlError { message: format!("refused: {rejection:?}"), ..GraphqlError::default() };
    GraphqlResponse { errors: vec![error], rejection: Some(rejection), ..GraphqlResponse::default() }
}

fn request_of(request: GraphqlRequest, context: RequestContext) -> Request {
    let mut inner = Request::new(&*request.query).variables(request.variables).data(context);
    if let Some(name) = request.operation_name {
        inner = inner.operation_name(name);
    }
    inner
}

fn response_of(response: Response) -> GraphqlResponse {
    let never_began =
        response.data == Value::Null && response.errors.iter().all(|error| error.path.is_empty());
    GraphqlResponse {
        data: (!never_began).then_some(response.data),
        errors: response.errors.into_iter().map(error_of).collect(),
        rejection: never_began.then_some(Rejection::BadRequest),
        ..GraphqlResponse::default()
    }
}

fn error_of(error: ServerError) -> GraphqlError {
    let path = error.path.iter().map(|segment| serde_json::to_value(segment).unwrap()).collect();
    GraphqlError { message: error.message, path, ..GraphqlError::default() }
}
