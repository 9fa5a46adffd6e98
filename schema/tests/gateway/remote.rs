//! A subgraph that is not ours, in a process of its own: npm `@apollo/subgraph` on Node, beside subgraphs in process.

use std::{sync::Arc, time::Duration};

use callboard_kit::{HumanDuration, RequestContext};
use callboard_schema::{Gateway, HttpSubgraph, HttpSubgraphOptions};
use futures::StreamExt;
use serde_json::{Value as Json, json};

use crate::support::{NodeSubgraph, Table, ask, ask_with, data, options, request};

/// The subgraph of reviews.
struct Reviews(NodeSubgraph);

impl Reviews {
    /// Nothing where there is no Node.
    async fn start() -> Option<Self> {
        NodeSubgraph::start("apollo-reviews.mjs").await.map(Self)
    }

    async fn gateway(&self) -> Arc<Gateway> {
        let options_of_it = HttpSubgraphOptions {
            timeout: HumanDuration::from_millis(500),
            ..HttpSubgraphOptions::default()
        };
        let remote = HttpSubgraph::new("reviews", &self.0.url, options_of_it).unwrap();
        let sdl = remote.fetch_sdl().await.unwrap();
        let subgraphs = vec![books().subgraph(), remote.into_subgraph(sdl)];
        match Gateway::compose(subgraphs, options()) {
            Ok(gateway) => Arc::new(gateway),
            Err(errors) => panic!("{errors}"),
        }
    }

    async fn entity_fetches(&self) -> usize {
        let address = format!("{}fetches", self.0.url);
        reqwest::get(address).await.unwrap().text().await.unwrap().parse().unwrap()
    }
}

fn books() -> Table {
    let books = json!([
        {"__typename": "Book", "id": "b1", "title": "One"}, {"__typename": "Book", "id": "b2", "title": "Two"},
        {"__typename": "Book", "id": "none", "title": "None"},
    ]);
    Table::new(
        "books",
        r#"type Query { books: [Book!]! } type Book @key(fields: "id") { id: ID! title: String }"#,
    )
    .roots(json!({"books": [books[0], books[1], books[0], books[2]]}))
    .entities(books)
}

#[tokio::test]
async fn fields_of_both_sides_come_in_one_answer() {
    let Some(reviews) = Reviews::start().await else { return };
    let gateway = reviews.gateway().await;
    assert_eq!(
        data(&gateway, "{ latest { text book { title headline } } books { title } }").await,
        json!({
            "latest": [
                {"text": "long", "book": {"title": "One", "headline": "ONE"}},
                {"text": null, "book": {"title": "Two", "headline": "TWO"}},
            ],
            "books": [{"title": "One"}, {"title": "Two"}, {"title": "One"}, {"title": "None"}],
        })
    );
    let variables = json!({"first": 1});
    assert_eq!(
        ask_with(&gateway, "query($first: Int!) { latest(first: $first) { id } }", variables).await,
        json!({"data": {"latest": [{"id": "r1"}]}})
    );
}

#[tokio::test]
async fn a_batch_is_one_request_and_its_errors_are_told_at_their_places() {
    let Some(reviews) = Reviews::start().await else { return };
    let gateway = reviews.gateway().await;
    let answer = ask(&gateway, "{ books { title count: stars } }").await;
    assert_eq!(
        answer["data"]["books"],
        json!([
            {"title": "One", "count": 5}, {"title": "Two", "count": null}, {"title": "One", "count": 5},
            {"title": "None", "count": null},
        ])
    );
    assert_eq!(
        answer["errors"],
        json!([{"message": "nobody counted", "path": ["books", 1, "count"], "extensions": {"code": "UNCOUNTED"}}])
    );
    assert_eq!(reviews.entity_fetches().await, 1);
}

#[tokio::test]
async fn a_remote_that_is_slow_or_gone_costs_its_own_fields_only() {
    let Some(mut reviews) = Reviews::start().await else { return };
    let gateway = reviews.gateway().await;
    let unavailable = |answer: &Json, path: Json| {
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{answer}");
        assert_eq!(error["path"], path, "{answer}");
    };
    let answer = ask(&gateway, "{ slow books { title } }").await;
    assert_eq!(answer["data"]["slow"], Json::Null);
    assert_eq!(answer["data"]["books"][0]["title"], "One");
    unavailable(&answer, json!(["slow"]));

    let running = tokio::spawn({
        let gateway = Arc::clone(&gateway);
        async move { ask(&gateway, "{ slow books { title } }").await }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    reviews.0.process.kill().await.unwrap();
    let answer = running.await.unwrap();
    assert_eq!(answer["data"]["books"][1]["title"], "Two");
    unavailable(&answer, json!(["slow"]));

    let answer = ask(&gateway, "{ books { title stars } }").await;
    assert_eq!(answer["data"]["books"][1], json!({"title": "Two", "stars": null}));
    unavailable(&answer, json!(["books", 0, "stars"]));
}

#[tokio::test]
async fn events_of_a_remote_get_fields_of_others() {
    let Some(reviews) = Reviews::start().await else { return };
    let gateway = reviews.gateway().await;
    let query = "subscription { reviewed { text book { title stars } } }";
    let request = request(query, json!({}));
    let answers: Vec<Json> = gateway
        .subscribe(request, RequestContext::anonymous())
        .map(|response| serde_json::to_value(response).unwrap())
        .collect()
        .await;
    let books: Vec<&Json> = answers.iter().map(|answer| &answer["data"]["reviewed"]["book"]).collect();
    let one = json!({"title": "One", "stars": 5});
    assert_eq!(books, [&one, &json!({"title": "Two", "stars": null}), &one], "{answers:#?}");
    assert_eq!(answers[1]["errors"][0]["path"], json!(["reviewed", "book", "stars"]));
}
