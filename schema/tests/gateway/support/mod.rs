//! Fixtures, and how a gateway over them is asked.

mod node;
mod table;

use std::sync::Arc;

use async_graphql::Variables;
use callboard_kit::{GraphqlRequest, GraphqlResponse, RequestContext};
use callboard_schema::{Gateway, GatewayOptions};
use serde_json::{Value as Json, json};

pub use node::{NodeSubgraph, without_node};
pub use table::{Call, Table};

/// Options under which tests read what went wrong.
pub fn options() -> GatewayOptions {
    GatewayOptions { node_lookup: false, mask_internal_errors: false, ..GatewayOptions::default() }
}

pub fn gateway(tables: &[&Table]) -> Arc<Gateway> {
    gateway_with(tables, options())
}

pub fn gateway_with(tables: &[&Table], options: GatewayOptions) -> Arc<Gateway> {
    let subgraphs = tables.iter().map(|table| table.subgraph()).collect();
    match Gateway::compose(subgraphs, options) {
        Ok(gateway) => Arc::new(gateway),
        Err(errors) => panic!("{errors}"),
    }
}

pub fn request(query: &str, variables: Json) -> GraphqlRequest {
    GraphqlRequest {
        query: query.into(),
        variables: Variables::from_json(variables),
        ..GraphqlRequest::default()
    }
}

pub async fn respond(gateway: &Arc<Gateway>, query: &str, variables: Json) -> GraphqlResponse {
    Arc::clone(gateway).execute(request(query, variables), RequestContext::anonymous()).await
}

/// The answer as clients get it, without the places in the document.
pub async fn ask(gateway: &Arc<Gateway>, query: &str) -> Json {
    ask_with(gateway, query, json!({})).await
}

pub async fn ask_with(gateway: &Arc<Gateway>, query: &str, variables: Json) -> Json {
    plain(&respond(gateway, query, variables).await)
}

pub fn plain(response: &GraphqlResponse) -> Json {
    let mut answer = serde_json::to_value(response).unwrap();
    if let Some(errors) = answer.get_mut("errors").and_then(Json::as_array_mut) {
        for error in errors {
            error.as_object_mut().unwrap().remove("locations");
        }
    }
    answer
}

/// The data of an answer without errors.
pub async fn data(gateway: &Arc<Gateway>, query: &str) -> Json {
    let mut answer = ask(gateway, query).await;
    assert_eq!(answer.get("errors"), None, "{query}\n{answer:#}");
    answer["data"].take()
}
