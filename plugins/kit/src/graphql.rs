use std::sync::Arc;

use async_graphql::{Value, Variables};
use futures::{future::BoxFuture, stream::BoxStream};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::RequestContext;

/// One GraphQL operation as a transport received it.
#[derive(Clone, Debug, Default)]
pub struct GraphqlRequest {
    /// The document; empty when only the hash of a persisted query was sent.
    pub query: Arc<str>,
    /// Which operation of the document to run.
    pub operation_name: Option<String>,
    /// The variables.
    pub variables: Variables,
    /// The request's `extensions`, e.g. `persistedQuery`.
    pub extensions: Map<String, Json>,
    /// Whether the transport allows queries only, as `GET` does.
    pub read_only: bool,
}

/// The answer to one operation, or one event of a subscription.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GraphqlResponse {
    /// The result; `None` when execution never began, `Some(Null)` when a null reached the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// What went wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<GraphqlError>,
    /// The response's `extensions`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extensions: Map<String, Json>,
    /// Why execution never began, for the transport's status.
    #[serde(skip)]
    pub rejection: Option<Rejection>,
}

/// Why an operation was not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The document, the operation name or the variables are wrong.
    BadRequest,
    /// The operation changes something and the transport allows reading only.
    MethodNotAllowed,
    /// It exceeds a limit.
    TooComplex,
    /// The credentials are not valid.
    Unauthenticated,
    /// The operation is a subscription, and the transport gives a single answer.
    SubscriptionNotSupported,
}

/// One error of an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GraphqlError {
    /// The text for the client.
    pub message: String,
    /// Where in the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// Where in the answer, in the client's own response keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Json>,
    /// The code and whatever else is told.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extensions: Map<String, Json>,
}

/// A place in a document, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Something that runs GraphQL operations: the gateway, as transports see it.
pub trait GraphqlService: Send + Sync + 'static {
    /// Runs a query or a mutation. Dropping the future cancels the work.
    fn execute(
        &self,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxFuture<'static, GraphqlResponse>;

    /// Runs any operation as a stream: one answer for a query or mutation, one an event for a subscription.
    fn subscribe(
        &self,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxStream<'static, GraphqlResponse>;
}
