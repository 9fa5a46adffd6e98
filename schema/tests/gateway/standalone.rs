//! The gateway alone, as its example serves it: over subgraphs of `@apollo/subgraph`, nothing of the portal in it.

use std::{path::PathBuf, process::Stdio};

use serde_json::{Value as Json, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::support::NodeSubgraph;

/// The example's process, with the subgraphs it serves.
struct Standalone {
    _process: Child,
    _subgraphs: [NodeSubgraph; 2],
    url: String,
}

/// Cargo builds the examples beside the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).unwrap();
    profile.join("examples").join(format!("gateway{}", std::env::consts::EXE_SUFFIX))
}

impl Standalone {
    async fn start() -> Option<Self> {
        let reviews = NodeSubgraph::start("apollo-reviews.mjs").await?;
        let books = NodeSubgraph::start("apollo-books.mjs").await?;
        let mut process = Command::new(example())
            .args(["--listen", "127.0.0.1:0"])
            .args([format!("reviews={}", reviews.url), format!("books={}", books.url)])
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let url = loop {
            let line = lines.next_line().await.unwrap().expect("the example serves");
            if let Some((_, url)) = line.split_once("serving ") {
                break url.to_owned();
            }
        };
        Some(Self { _process: process, _subgraphs: [reviews, books], url })
    }

    async fn post(&self, accept: &str, query: &str) -> String {
        let response = reqwest::Client::new()
            .post(&self.url)
            .header("accept", accept)
            .json(&json!({"query": query}))
            .send()
            .await
            .unwrap();
        response.text().await.unwrap()
    }

    async fn ask(&self, query: &str) -> Json {
        serde_json::from_str(&self.post("application/json", query).await).unwrap()
    }
}

#[tokio::test]
async fn the_example_serves_any_subgraphs_by_their_addresses() {
    let Some(gateway) = Standalone::start().await else { return };
    assert_eq!(
        gateway.ask("{ latest { text book { title headline stars } } }").await["data"],
        json!({"latest": [
            {"text": "long", "book": {"title": "One", "headline": "ONE", "stars": 5}},
            {"text": null, "book": {"title": "Two", "headline": "TWO", "stars": null}},
        ]})
    );
    // A mutation of one subgraph, then what it changed with fields of the other.
    let query = r#"mutation {
        first: rename(id: "b1", title: "Uno") { title headline }
        second: rename(id: "b1", title: "Eins") { title reviews { text } headline }
    }"#;
    assert_eq!(
        gateway.ask(query).await,
        json!({"data": {
            "first": {"title": "Uno", "headline": "UNO"},
            "second": {"title": "Eins", "reviews": [{"text": "long"}, {"text": "short"}], "headline": "EINS"},
        }})
    );
    let answer = gateway.ask("{ books { title pages } }").await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("pages"), "{answer}");
}

#[tokio::test]
async fn the_example_passes_on_subscriptions_with_fields_of_other_subgraphs() {
    let Some(gateway) = Standalone::start().await else { return };
    let text = gateway.post("text/event-stream", "subscription { reviewed { id book { title } } }").await;
    let events: Vec<Json> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data:"))
        .filter_map(|data| serde_json::from_str(data).ok())
        .collect();
    let expected = [("r1", "One"), ("r2", "Two"), ("r3", "One")]
        .map(|(id, title)| json!({"data": {"reviewed": {"id": id, "book": {"title": title}}}}));
    assert_eq!(events, expected, "{text}");
}
