//! The same subgraphs over HTTP on the loopback: the gateway's whole time beside that of its bare round trips.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_graphql::Variables;
use axum::{Router, body::Bytes, extract::State, routing::post};
use callboard_kit::{RequestContext, Subgraph, SubgraphRequest};
use callboard_schema::{Gateway, HttpSubgraph, HttpSubgraphOptions};
use futures::future::join_all;
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;

use crate::{
    ask, data, gateway,
    measure::{Contest, Series},
    shop,
};

/// The last fetch that each server got.
type LastFetches = Arc<Mutex<HashMap<String, Bytes>>>;

#[derive(Clone)]
struct Server {
    subgraph: Subgraph,
    last: LastFetches,
}

#[derive(Deserialize)]
struct Fetch {
    query: String,
    #[serde(default)]
    variables: Variables,
}

async fn answer(State(server): State<Server>, body: Bytes) -> Vec<u8> {
    let fetch: Fetch = serde_json::from_slice(&body).unwrap();
    server.last.lock().unwrap().insert(server.subgraph.id.clone(), body);
    let request = SubgraphRequest {
        query: fetch.query.into(),
        document: None,
        operation_name: None,
        variables: fetch.variables,
        context: RequestContext::anonymous(),
    };
    let response = server.subgraph.service.execute(request).await;
    serde_json::to_vec(&json!({ "data": response.data })).unwrap()
}

/// Serves a subgraph from a thread of its own.
fn serve(subgraph: Subgraph, last: LastFetches) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/graphql", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            listener.set_nonblocking(true).unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let app = Router::new().route("/graphql", post(answer)).with_state(Server { subgraph, last });
            axum::serve(listener, app).await.unwrap();
        });
    });
    url
}

async fn round_trip(client: &Client, url: &str, body: Bytes) -> Bytes {
    let request = client.post(url).header("content-type", "application/json").body(body);
    request.send().await.unwrap().bytes().await.unwrap()
}

pub async fn run(query: &str, variables: &Variables, rounds: usize, in_process: &Arc<Gateway>) {
    let last = LastFetches::default();
    let mut urls = HashMap::new();
    let mut remote = Vec::new();
    for subgraph in shop::subgraphs() {
        let (id, sdl) = (subgraph.id.clone(), subgraph.sdl.clone());
        let url = serve(subgraph, Arc::clone(&last));
        let options = HttpSubgraphOptions::default();
        remote.push(HttpSubgraph::new(&id, &url, options).unwrap().into_subgraph(sdl));
        urls.insert(id, url);
    }
    let remote = gateway(remote);
    let first = ask(&remote, query, variables).await;
    assert_eq!(data(&first), data(&ask(in_process, query, variables).await));

    let client = Client::new();
    let bodies = last.lock().unwrap().clone();
    let bare = async || {
        round_trip(&client, &urls["goods"], bodies["goods"].clone()).await;
        let further = ["stocks", "opinions"].map(|id| round_trip(&client, &urls[id], bodies[id].clone()));
        join_all(further).await;
    };
    let mut contest = Contest::new("20 items x 3 subgraphs");
    let mut inside = Series::default();
    for round in 0..rounds + rounds / 10 {
        let warm = round >= rounds / 10;
        contest.ours.time(warm, ask(&remote, query, variables)).await;
        contest.theirs.time(warm, bare()).await;
        inside.time(warm, ask(in_process, query, variables)).await;
    }
    let (whole, network) = (contest.ours.quantile(0.5), contest.theirs.quantile(0.5));
    println!(
        "\nover HTTP on the loopback: the gateway beside its bare round trips (two in a row), {rounds} rounds each, us"
    );
    Contest::print_head("gateway", "bare");
    contest.print();
    println!(
        "of {whole:.0} us at p50 the servers and the network take {network:.0} and the gateway {:.0}; the same in process takes {:.0} in all",
        whole - network,
        inside.quantile(0.5)
    );
}
