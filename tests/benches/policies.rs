//! What a policy costs a list, in the whole portal short of the socket, over so many invented entities:
//!
//! ```text
//! cargo bench -p callboard-tests --bench policies -- 250000
//! ```

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark speaks to its reader")]

#[path = "../../plugins/catalog/benches/catalog/generate.rs"]
mod generate;

use std::{
    env,
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use callboard_api::{Portal, PortalOptions, config::Config, plugins};
use callboard_kit::{Clock, GraphqlRequest, GraphqlService, RequestContext, Viewer};
use serde_json::{Value, json};

const LIST: &str = r#"{ entities(filter: {kind: ["Component"], type: ["service"]}) {
    totalCount nodes { ref title kind description tags } } }"#;

/// Rounds in which every policy has its turn, so that all of them meet the same machine.
const ROUNDS: usize = 400;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let asked = env::args().skip(1).find_map(|argument| argument.parse::<usize>().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    generate::generate(&folder.path().join("catalog"), asked);
    let portal = start(folder.path(), asked).await;
    let everything = request(&portal, viewer("admin")).await;
    println!("{} entities; list of 20 with count, medians of {ROUNDS}", count(&everything, "all"));
    let subjects = ["admin", "owner", "kinds", "nested", "denied"];
    let mut taken: Vec<Vec<Duration>> = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    let mut totals = vec![0; subjects.len()];
    for round in 0..ROUNDS + 20 {
        for (index, subject) in subjects.iter().enumerate() {
            let started = Instant::now();
            let answer = list(&portal, viewer(subject)).await;
            if round >= 20 {
                taken[index].push(started.elapsed());
            }
            totals[index] = count(&answer, "list");
        }
    }
    let mut medians = taken.iter_mut().map(|times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    let plain = medians.next().unwrap();
    println!("{:<44}{plain:>10.2?}   {} in the list", "no condition", totals[0]);
    for ((median, subject), total) in medians.zip(&subjects[1..]).zip(&totals[1..]) {
        let ratio = median.as_secs_f64() / plain.as_secs_f64();
        let added = median.saturating_sub(plain);
        println!(
            "{:<44}{median:>10.2?}   {total} in the list, +{added:.2?}, {ratio:.2} times",
            told(subject)
        );
    }
    portal.stop().await;
}

fn told(subject: &str) -> &'static str {
    match subject {
        "owner" => "owned by oneself or one's groups",
        "kinds" => "of four kinds",
        "nested" => "owned, or labelled and not of two kinds",
        _ => "everything but what is experimental",
    }
}

fn viewer(name: &str) -> Viewer {
    let groups = (0..5).map(|index| format!("group:default/team-{index}").parse().unwrap());
    Viewer::user(format!("user:default/{name}").parse().unwrap(), groups)
}

async fn start(folder: &Path, entities: usize) -> Portal {
    let owned = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let kinds = |kinds: Value| json!({ "rule": "IS_ENTITY_KIND", "params": { "kinds": kinds } });
    let lifecycle = json!({ "rule": "HAS_SPEC", "params": { "key": "lifecycle", "value": "production" } });
    let nested = json!({ "anyOf": [owned, { "allOf": [lifecycle, { "not": kinds(json!(["System", "Resource"])) }] }] });
    let experimental =
        json!({ "rule": "HAS_SPEC", "params": { "key": "lifecycle", "value": "experimental" } });
    let role = |name: &str, grants: Value| json!({ "name": name, "members": [format!("user:default/{name}")], "grants": grants });
    let read = |when: &Value| json!({ "permission": "catalog.entity.read", "when": when });
    let config = json!({
        "database": { "url": format!("sqlite://{}?mode=rwc", folder.join("bench.db").display()) },
        "backend": { "data": folder.join("data") },
        "catalog": {
            "locations": [{ "type": "file", "target": "./catalog/**/*.yaml" }],
            "rules": [{ "allow": ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location"] }],
        },
        "permission": { "roles": [
            role("admin", json!([{ "permission": "*" }])),
            role("owner", json!([read(&owned)])),
            role("kinds", json!([read(&kinds(json!(["Component", "API", "System", "Group"])))])),
            role("nested", json!([read(&nested)])),
            role("denied", json!([
                { "permission": "catalog.*" },
                { "permission": "catalog.entity.read", "effect": "DENY", "when": experimental },
            ])),
        ] },
    });
    let registry = plugins::registry();
    let config = Config::check(&config, folder.to_path_buf(), &registry).unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], 7007));
    let options = PortalOptions { address, watch: false, clock: Clock::system() };
    let portal = Portal::start(config, &registry, options).await.unwrap();
    while count(&request(&portal, viewer("admin")).await, "all") < entities as u64 {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    portal
}

async fn request(portal: &Portal, viewer: Viewer) -> Value {
    ask(portal, viewer, "{ all: entities(first: 0) { totalCount } }").await
}

async fn list(portal: &Portal, viewer: Viewer) -> Value {
    ask(portal, viewer, &LIST.replace("{ entities", "{ list: entities")).await
}

async fn ask(portal: &Portal, viewer: Viewer, query: &str) -> Value {
    let request = GraphqlRequest { query: query.into(), ..GraphqlRequest::default() };
    let answer = portal.gateway.execute(request, RequestContext::new(viewer, "bench")).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    answer.data.unwrap().into_json().unwrap()
}

fn count(answer: &Value, key: &str) -> u64 {
    answer[key]["totalCount"].as_u64().unwrap()
}
