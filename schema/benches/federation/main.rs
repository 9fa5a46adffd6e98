//! What federation costs: one query over three subgraphs beside one merged schema over the same items, interleaved.
//!
//! ```text
//! cargo bench -p callboard-schema [-- ROUNDS]
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::unused_async,
    missing_docs,
    reason = "a program that prints what it measured"
)]

mod measure;
mod remote;
mod shop;

use std::sync::Arc;

use async_graphql::{Request, Variables};
use callboard_kit::{GraphqlRequest, RequestContext, Subgraph};
use callboard_schema::{Gateway, GatewayOptions};

use measure::Contest;
use shop::{Merged, merged};

/// As in the portal's binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const THREE: &str = "query($first: Int!) { products(first: $first) {
    id name price stock { amount warehouse } reviews { stars text author { name } } } }";
const ONE: &str = "query($first: Int!) { products(first: $first) { id name price maker { name country } } }";
const SINGLE: &str = "{ product(id: \"7\") { name stock { amount } } }";

fn gateway(subgraphs: Vec<Subgraph>) -> Arc<Gateway> {
    let options = GatewayOptions { node_lookup: false, ..GatewayOptions::default() };
    Arc::new(Gateway::compose(subgraphs, options).unwrap())
}

fn variables(first: u32) -> Variables {
    Variables::from_json(serde_json::json!({ "first": first }))
}

/// The whole way of a request but for HTTP: text in, JSON bytes out.
async fn ask(gateway: &Arc<Gateway>, query: &str, variables: &Variables) -> Vec<u8> {
    let request =
        GraphqlRequest { query: query.into(), variables: variables.clone(), ..GraphqlRequest::default() };
    let response = Arc::clone(gateway).execute(request, RequestContext::anonymous()).await;
    serde_json::to_vec(&response).unwrap()
}

async fn ask_merged(schema: &Merged, query: &str, variables: &Variables) -> Vec<u8> {
    let response = schema.execute(Request::new(query).variables(variables.clone())).await;
    serde_json::to_vec(&response).unwrap()
}

async fn contest(
    name: &str,
    query: &str,
    first: u32,
    rounds: usize,
    gateway: &Arc<Gateway>,
    schema: &Merged,
) {
    let variables = variables(first);
    let ours = ask(gateway, query, &variables).await;
    assert_eq!(data(&ours), data(&ask_merged(schema, query, &variables).await), "{name}");
    let mut contest = Contest::new(name);
    for round in 0..rounds + rounds / 10 {
        let warm = round >= rounds / 10;
        contest.ours.time(warm, ask(gateway, query, &variables)).await;
        contest.theirs.time(warm, ask_merged(schema, query, &variables)).await;
    }
    contest.print();
}

fn data(answer: &[u8]) -> serde_json::Value {
    let answer: serde_json::Value = serde_json::from_slice(answer).unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].clone()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(3_000);
    let in_process = gateway(shop::subgraphs());
    let schema = merged();
    println!(
        "in process: the gateway beside one merged schema, text to JSON bytes, {rounds} rounds each, us"
    );
    Contest::print_head("gateway", "merged");
    contest("20 items x 3 subgraphs", THREE, 20, rounds, &in_process, &schema).await;
    contest("100 items x 3 subgraphs", THREE, 100, rounds / 3, &in_process, &schema).await;
    contest("20 items x 1 subgraph", ONE, 20, rounds, &in_process, &schema).await;
    contest("1 item x 2 subgraphs", SINGLE, 20, rounds, &in_process, &schema).await;
    remote::run(THREE, &variables(20), rounds / 3, &in_process).await;
}
