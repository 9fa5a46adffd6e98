//! Runs plans: fetches from subgraphs, merges what they bring, and completes it into the client's answer.

mod errors;
mod failure;
mod fetch;
mod flatten;
mod merge;
mod path;
mod project;
mod representations;
mod rewrite;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use async_graphql::{Name, Value, Variables};
use callboard_kit::{GraphqlError, RequestContext, Subgraph};
use futures::{
    FutureExt, StreamExt,
    future::{BoxFuture, join_all},
    stream::BoxStream,
};

pub(crate) use errors::ErrorBody;
use failure::Failure;
use path::Step;
use project::Projection;

use crate::{
    options::GatewayOptions,
    plan::{Node, Plan, Planner, RootFetch},
};

/// What a gateway runs plans with.
pub(crate) struct Executor {
    pub(crate) subgraphs: Arc<[Subgraph]>,
    pub(crate) planner: Arc<Planner>,
    pub(crate) options: GatewayOptions,
}

/// One execution of a plan.
struct Run<'a> {
    executor: &'a Executor,
    plan: &'a Plan,
    variables: &'a Variables,
    context: &'a RequestContext,
    deadline: Instant,
    state: Mutex<State<'a>>,
}

/// What came so far. Errors carry paths in keys as fetched.
struct State<'a> {
    data: Value,
    errors: Vec<(ErrorBody, Vec<Step>)>,
    failures: Vec<Failure<'a>>,
}

impl Executor {
    /// Runs a query or mutation. `data` holds what is known beforehand: the answers to introspection.
    pub(crate) async fn run(
        &self,
        plan: &Plan,
        variables: &Variables,
        context: &RequestContext,
        data: Value,
    ) -> (Value, Vec<GraphqlError>) {
        let run = self.start(plan, variables, context, data);
        if let Some(node) = &plan.node {
            run.node(node).await;
        }
        run.finish()
    }

    /// Runs a subscription: one answer an event of the source.
    pub(crate) fn subscribe(
        self: Arc<Self>,
        plan: Arc<Plan>,
        variables: Arc<Variables>,
        context: RequestContext,
    ) -> BoxStream<'static, (Value, Vec<GraphqlError>)> {
        let Some(source) = plan.node.as_ref().and_then(source_of) else {
            return futures::stream::empty().boxed();
        };
        let request = fetch::request(&source.operation, &variables, &context, Vec::new());
        let events = self.subgraphs[source.operation.subgraph].service.subscribe(request);
        events
            .then(move |event| {
                let (executor, plan) = (Arc::clone(&self), Arc::clone(&plan));
                let (variables, context) = (Arc::clone(&variables), context.clone());
                async move {
                    let run =
                        executor.start(&plan, &variables, &context, Value::Object([].into_iter().collect()));
                    if let Some(node) = &plan.node {
                        if let Some(source) = source_of(node) {
                            run.receive_root(source, event);
                        }
                        run.node(node).await;
                    }
                    run.finish()
                }
            })
            .boxed()
    }

    fn start<'a>(
        &'a self,
        plan: &'a Plan,
        variables: &'a Variables,
        context: &'a RequestContext,
        data: Value,
    ) -> Run<'a> {
        Run {
            executor: self,
            plan,
            variables,
            context,
            deadline: Instant::now() + self.options.operation_timeout.0,
            state: Mutex::new(State { data, errors: Vec::new(), failures: Vec::new() }),
        }
    }
}

/// The fetch whose events drive a subscription.
fn source_of(node: &Node) -> Option<&RootFetch> {
    match node {
        Node::Subscription(source) => Some(source),
        Node::Sequence(nodes) => nodes.iter().find_map(source_of),
        _ => None,
    }
}

impl<'a> Run<'a> {
    fn state(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn node<'r>(&'r self, node: &'a Node) -> BoxFuture<'r, ()> {
        match node {
            Node::Root(fetch) => self.fetch_root(fetch).boxed(),
            Node::Entities(fetch) => self.fetch_entities(fetch).boxed(),
            Node::Sequence(nodes) => async move {
                for node in nodes {
                    self.node(node).await;
                }
            }
            .boxed(),
            Node::Parallel(nodes) => join_all(nodes.iter().map(|node| self.node(node))).map(|_| ()).boxed(),
            Node::Condition { variable, included, skipped } => {
                let branch = if self.is_true(variable) { included } else { skipped };
                match branch {
                    Some(node) => self.node(node),
                    None => futures::future::ready(()).boxed(),
                }
            }
            // Its event is there before the rest of the plan runs.
            Node::Subscription(_) => futures::future::ready(()).boxed(),
        }
    }

    fn is_true(&self, variable: &Name) -> bool {
        matches!(self.variables.get(variable), Some(Value::Boolean(true)))
    }

    fn finish(self) -> (Value, Vec<GraphqlError>) {
        let State { data, errors, failures } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        Projection::new(self.executor.planner.supergraph(), &failures).run(data, &self.plan.selection, errors)
    }
}
