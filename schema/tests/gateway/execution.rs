//! The rules of execution: what is merged, what is projected, what becomes of nulls and errors.

use std::{sync::Arc, time::Duration};

use crate::support::{Table, ask, ask_with, data, gateway, gateway_with, options, plain, request, respond};
use async_trait::async_trait;
use callboard_kit::{
    HumanDuration, RequestContext, Subgraph, SubgraphRequest, SubgraphResponse, SubgraphService,
};
use callboard_schema::{Gateway, GatewayOptions};
use futures::stream::BoxStream;
use serde_json::{Value as Json, json};
use tokio::sync::Barrier;

fn users() -> Table {
    Table::new(
        "users",
        r#"type Query { users: [User!]! user: User strict: User! } type User @key(fields: "id") { id: ID! name: String friend: User }"#,
    )
    .roots(json!({
        "users": [{"id": "1", "name": "Ada"}, {"id": "2", "name": "Bob"}, {"id": "1", "name": "Ada"}],
        "user": {"id": "2", "name": "Bob", "friend": {"id": "1", "name": "Ada"}},
        "strict": {"id": "2", "name": "Bob"},
    }))
}

fn ages(entities: Json) -> Table {
    Table::new("ages", r#"type User @key(fields: "id") { id: ID! age: Int! nick: String tags: [Tag!] } type Tag { text: String! }"#)
        .entities(entities)
}

fn known_ages() -> Table {
    ages(json!([
        {"__typename": "User", "id": "1", "age": 36, "nick": "a", "tags": [{"text": "x"}]},
        {"__typename": "User", "id": "2", "age": 40, "nick": null, "tags": []},
    ]))
}

fn paths(answer: &Json) -> Vec<String> {
    let mut paths: Vec<String> =
        answer["errors"].as_array().into_iter().flatten().map(|error| error["path"].to_string()).collect();
    paths.sort();
    paths
}

#[tokio::test]
async fn only_what_was_asked_for_is_answered() {
    let gateway = gateway(&[&users(), &known_ages()]);
    assert_eq!(data(&gateway, "{ user { age } }").await, json!({"user": {"age": 40}}));
    let answer = data(&gateway, "{ user { nick n: name name age friend { age } } }").await;
    assert_eq!(
        answer.to_string(),
        r#"{"user":{"nick":null,"n":"Bob","name":"Bob","age":40,"friend":{"age":36}}}"#
    );
}

#[tokio::test]
async fn entities_of_a_batch_are_asked_for_once() {
    let ages = known_ages();
    let requests = ages.requests();
    let gateway = gateway(&[&users(), &ages]);
    assert_eq!(
        data(&gateway, "{ users { age } }").await,
        json!({"users": [{"age": 36}, {"age": 40}, {"age": 36}]})
    );
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].1["representations"],
        json!([{"__typename": "User", "id": "1"}, {"__typename": "User", "id": "2"}])
    );
}

#[tokio::test]
async fn one_value_may_be_read_by_several_selections() {
    let gateway = gateway(&[&users(), &known_ages()]);
    let query = "query { user { friend { name } ...F } user { friend { age } } } fragment F on User { friend { id: nick name } }";
    assert_eq!(
        data(&gateway, query).await,
        json!({"user": {"friend": {"name": "Ada", "id": "a", "age": 36}}})
    );
}

#[tokio::test]
async fn an_alias_may_be_the_name_of_a_key_or_of_the_type_name() {
    let gateway = gateway(&[&users(), &known_ages()]);
    assert_eq!(
        data(&gateway, "{ users { id: name __typename: age kind: __typename name: id } }").await,
        json!({"users": [
            {"id": "Ada", "__typename": 36, "kind": "User", "name": "1"},
            {"id": "Bob", "__typename": 40, "kind": "User", "name": "2"},
            {"id": "Ada", "__typename": 36, "kind": "User", "name": "1"},
        ]})
    );
}

#[tokio::test]
async fn an_error_in_a_batch_is_told_at_every_place_of_its_entity_in_the_clients_keys() {
    let ages = ages(json!([
        {"__typename": "User", "id": "1", "age": 36, "nick": {"$error": "no nick"}, "tags": [{"text": "x"}, {"text": {"$error": "no text"}}]},
        {"__typename": "User", "id": "2", "age": 40, "nick": "b", "tags": []},
    ]));
    let gateway = gateway(&[&users(), &ages]);
    let answer = ask(&gateway, "{ all: users { short: nick labels: tags { t: text } } }").await;
    assert_eq!(
        answer["data"],
        json!({"all": [{"short": null, "labels": null}, {"short": "b", "labels": []}, {"short": null, "labels": null}]})
    );
    assert_eq!(
        paths(&answer),
        [
            r#"["all",0,"labels",1,"t"]"#,
            r#"["all",0,"short"]"#,
            r#"["all",2,"labels",1,"t"]"#,
            r#"["all",2,"short"]"#,
        ]
    );
    assert_eq!(answer["errors"][0]["extensions"]["code"], "TESTED");
}

#[tokio::test]
async fn a_null_goes_up_no_further_than_it_must() {
    let ages = ages(json!([{"__typename": "User", "id": "1", "age": 36, "nick": "a"}]));
    let gateway = gateway(&[&users(), &ages]);
    // Bob has no age: `age: Int!` is null, so is Bob, so is the list of non-null users, so is everything.
    let answer = ask(&gateway, "{ users { age } }").await;
    assert_eq!(answer["data"], Json::Null);
    assert_eq!(paths(&answer), [r#"["users",1,"age"]"#]);
    // A nullable user stops it.
    let answer = ask(&gateway, "{ user { friend { age } } other: user { age } }").await;
    assert_eq!(answer["data"], json!({"user": {"friend": {"age": 36}}, "other": null}));
    assert_eq!(paths(&answer), [r#"["other","age"]"#]);
    // What may be null just is.
    assert_eq!(data(&gateway, "{ strict { nick } }").await, json!({"strict": {"nick": null}}));
}

#[tokio::test]
async fn a_null_that_an_error_explains_gets_no_second_error() {
    let ages = ages(json!([{"__typename": "User", "id": "2", "age": {"$error": "unborn"}, "nick": "b"}]));
    let gateway = gateway(&[&users(), &ages]);
    let answer = ask(&gateway, "{ user { name age } }").await;
    assert_eq!(answer["data"], json!({"user": null}));
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1);
    assert_eq!(answer["errors"][0]["message"], "unborn");
    assert_eq!(answer["errors"][0]["path"], json!(["user", "age"]));
}

#[tokio::test]
async fn skip_and_include_hold_through_nested_fragments_with_defaults() {
    let gateway = gateway(&[&users(), &known_ages()]);
    let query = r"query($yes: Boolean = true, $no: Boolean = false, $given: Boolean!) {
        user {
            ... @include(if: $given) { ...F @skip(if: $no) nick @skip(if: $yes) }
            friend @include(if: $no) { name }
            name @skip(if: true)
        }
    }
    fragment F on User { age id @include(if: $no) }";
    assert_eq!(
        ask_with(&gateway, query, json!({"given": true})).await,
        json!({"data": {"user": {"age": 40}}})
    );
    assert_eq!(ask_with(&gateway, query, json!({"given": false})).await, json!({"data": {"user": {}}}));
    assert_eq!(
        ask_with(&gateway, query, json!({"given": false, "no": true})).await,
        json!({"data": {"user": {"friend": {"name": "Ada"}}}})
    );
    assert_eq!(data(&gateway, "{ user @skip(if: true) { name } }").await, json!({}));
}

#[tokio::test]
async fn a_skipped_fetch_is_not_sent() {
    let ages = known_ages();
    let requests = ages.requests();
    let gateway = gateway(&[&users(), &ages]);
    let query = "query($a: Boolean!) { user { name age @include(if: $a) } }";
    ask_with(&gateway, query, json!({"a": false})).await;
    assert!(requests.lock().unwrap().is_empty());
    ask_with(&gateway, query, json!({"a": true})).await;
    assert_eq!(requests.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn type_conditions_on_the_way_choose_what_is_fetched() {
    let a = Table::new(
        "a",
        r#"type Query { things: [Thing!]! } interface Thing { id: ID! } union Owner = Person | Team
        type Box implements Thing { id: ID! owner: Owner } type Bag implements Thing { id: ID! owner: Person }
        type Person @key(fields: "id") { id: ID! } type Team @key(fields: "id") { id: ID! }"#,
    )
    .roots(json!({"things": [
        {"__typename": "Box", "id": "1", "owner": {"__typename": "Team", "id": "t"}},
        {"__typename": "Bag", "id": "2", "owner": {"id": "p"}},
        {"__typename": "Box", "id": "3", "owner": {"__typename": "Person", "id": "q"}},
    ]}));
    let b = Table::new("b", r#"type Person @key(fields: "id") { id: ID! name: String } type Team @key(fields: "id") { id: ID! name: String }"#)
        .entities(json!([
            {"__typename": "Person", "id": "p", "name": "P"}, {"__typename": "Person", "id": "q", "name": "Q"},
            {"__typename": "Team", "id": "t", "name": "T"},
        ]));
    let requests = b.requests();
    let gateway = gateway(&[&a, &b]);
    assert_eq!(
        data(&gateway, "{ things { ... on Box { owner { ... on Team { name } } } } }").await,
        json!({"things": [{"owner": {"name": "T"}}, {}, {"owner": {}}]})
    );
    assert_eq!(requests.lock().unwrap()[0].1["representations"], json!([{"__typename": "Team", "id": "t"}]));
    assert_eq!(
        data(&gateway, "{ things { ... on Box { owner { ... on Team { name } ... on Person { title: name } } } ... on Bag { owner { name } } } }").await,
        json!({"things": [{"owner": {"name": "T"}}, {"owner": {"name": "P"}}, {"owner": {"title": "Q"}}]})
    );
}

#[tokio::test]
async fn a_slow_subgraph_costs_its_own_fields_only() {
    let slow = known_ages().delayed(Duration::from_mins(1));
    let options = GatewayOptions { subgraph_timeout: HumanDuration::from_millis(50), ..options() };
    let gateway = gateway_with(&[&users(), &slow], options);
    let answer = ask(&gateway, "{ strict { name short: nick labels: tags { text } } user { name } }").await;
    assert_eq!(
        answer["data"],
        json!({"strict": {"name": "Bob", "short": null, "labels": null}, "user": {"name": "Bob"}})
    );
    assert_eq!(paths(&answer), [r#"["strict","labels"]"#, r#"["strict","short"]"#]);
    for error in answer["errors"].as_array().unwrap() {
        assert_eq!(error["extensions"]["code"], "UNAVAILABLE");
        assert_eq!(error["message"], "`ages` did not answer in time");
    }
}

#[tokio::test]
async fn an_operation_ends_when_its_time_is_over() {
    let options = GatewayOptions { operation_timeout: HumanDuration::from_millis(50), ..options() };
    let gateway = gateway_with(&[&users().delayed(Duration::from_mins(1)), &known_ages()], options);
    let answer = ask(&gateway, "{ user { age } }").await;
    assert_eq!(answer["data"], json!({"user": null}));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    assert_eq!(answer["errors"][0]["path"], json!(["user"]));
}

/// A subgraph that does what a test says.
struct Scripted<F>(F);

#[async_trait]
impl<F, R> SubgraphService for Scripted<F>
where
    F: Fn(SubgraphRequest) -> R + Send + Sync + 'static,
    R: Future<Output = SubgraphResponse> + Send,
{
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        (self.0)(request).await
    }

    fn subscribe(&self, _: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        unreachable!()
    }
}

fn scripted<F, R>(id: &str, sdl: &str, script: F) -> Subgraph
where
    F: Fn(SubgraphRequest) -> R + Send + Sync + 'static,
    R: Future<Output = SubgraphResponse> + Send + 'static,
{
    Subgraph { service: Arc::new(Scripted(script)), ..Table::new(id, sdl).subgraph() }
}

#[tokio::test]
async fn fetches_that_do_not_wait_for_each_other_run_at_once() {
    let barrier = Arc::new(Barrier::new(2));
    let meeting = |field: &'static str| {
        let barrier = Arc::clone(&barrier);
        move |_| {
            let barrier = Arc::clone(&barrier);
            async move {
                barrier.wait().await;
                SubgraphResponse { data: async_graphql::value!({ field: 1 }), errors: Vec::new() }
            }
        }
    };
    let a = scripted("a", "type Query { a: Int }", meeting("a"));
    let b = scripted("b", "type Query { b: Int }", meeting("b"));
    let gateway = Arc::new(Gateway::compose(vec![a, b], options()).unwrap());
    let answer = tokio::time::timeout(Duration::from_secs(5), data(&gateway, "{ a b }")).await;
    assert_eq!(answer.unwrap(), json!({"a": 1, "b": 1}));
}

#[tokio::test]
async fn what_the_client_no_longer_waits_for_is_not_done() {
    struct Dropped(tokio::sync::mpsc::UnboundedSender<()>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }
    let (sender, mut dropped) = tokio::sync::mpsc::unbounded_channel();
    let a = scripted("a", "type Query { a: Int }", move |_| {
        let guard = Dropped(sender.clone());
        async move {
            let _guard = guard;
            std::future::pending().await
        }
    });
    let gateway = Arc::new(Gateway::compose(vec![a], options()).unwrap());
    let running = tokio::time::timeout(Duration::from_millis(100), ask(&gateway, "{ a }"));
    assert!(running.await.is_err());
    tokio::time::timeout(Duration::from_secs(1), dropped.recv()).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_subgraph_that_panics_is_an_internal_error_of_its_fields() {
    let a = scripted("a", "type Query { a: Int }", |_| async { panic!("secret") });
    let b = Table::new("b", "type Query { b: Int }").roots(json!({"b": 2})).subgraph();
    let options = GatewayOptions { mask_internal_errors: true, ..options() };
    let gateway = Arc::new(Gateway::compose(vec![a, b], options).unwrap());
    let answer = ask(&gateway, "{ a b }").await;
    assert_eq!(answer["data"], json!({"a": null, "b": 2}));
    assert_eq!(
        answer["errors"],
        json!([{"message": "internal error", "path": ["a"], "extensions": {"code": "INTERNAL"}}])
    );
}

#[tokio::test]
async fn what_went_wrong_inside_is_masked_and_what_is_meant_for_clients_is_not() {
    use async_graphql::{EmptyMutation, EmptySubscription, Object};
    use callboard_kit::{InProcessSubgraph, Problem, subgraph_schema};

    struct Query;
    #[Object]
    impl Query {
        async fn broken(&self) -> callboard_kit::Result<Option<i32>> {
            Err(Problem::internal(std::io::Error::other("password is hunter2")))
        }
        async fn wrong(&self) -> callboard_kit::Result<Option<i32>> {
            Err(Problem::bad_input("input.name", "is too long"))
        }
        async fn coded(&self) -> async_graphql::Result<Option<i32>> {
            use async_graphql::ErrorExtensions;
            Err(async_graphql::Error::new("slow down")
                .extend_with(|_, values| values.set("code", "RATE_LIMITED")))
        }
        async fn plain(&self) -> async_graphql::Result<Option<i32>> {
            Err(async_graphql::Error::new("select * from secrets"))
        }
    }
    let schema = subgraph_schema(Query, EmptyMutation, EmptySubscription).finish();
    let sdl = callboard_kit::federation_sdl(&schema);
    let subgraph = Subgraph::in_process("own", sdl, InProcessSubgraph::new(schema));
    let options = GatewayOptions { mask_internal_errors: true, ..options() };
    let gateway = Arc::new(Gateway::compose(vec![subgraph], options).unwrap());
    let answer = ask(&gateway, "{ broken wrong coded plain }").await;
    let mut errors = answer["errors"].as_array().unwrap().clone();
    errors.sort_by_key(|error| error["path"].to_string());
    assert_eq!(
        Json::Array(errors),
        json!([
            {"message": "internal error", "path": ["broken"], "extensions": {"code": "INTERNAL"}},
            {"message": "slow down", "path": ["coded"], "extensions": {"code": "RATE_LIMITED"}},
            {"message": "internal error", "path": ["plain"], "extensions": {"code": "INTERNAL"}},
            {"message": "is too long", "path": ["wrong"], "extensions": {"code": "BAD_USER_INPUT", "field": "input.name"}},
        ])
    );
}

#[tokio::test]
async fn a_subscription_is_enriched_by_other_subgraphs() {
    use futures::StreamExt;
    let events = Table::new(
        "events",
        r#"type Query { a: Int } type Subscription { changed(only: ID): User } type User @key(fields: "id") { id: ID! }"#,
    )
    .events(json!([{"changed": {"id": "1"}}, {"changed": {"id": "2"}}, {"changed": {"$error": "broken"}}, {"changed": null}]));
    let gateway = gateway(&[&events, &users(), &known_ages()]);
    let query = "subscription($only: ID) { now: changed(only: $only) { age nick } }";
    let stream =
        Arc::clone(&gateway).subscribe(request(query, json!({"only": "1"})), RequestContext::anonymous());
    let answers: Vec<Json> = stream.map(|response| plain(&response)).collect().await;
    assert_eq!(answers[0], json!({"data": {"now": {"age": 36, "nick": "a"}}}));
    assert_eq!(answers[1], json!({"data": {"now": {"age": 40, "nick": null}}}));
    assert_eq!(answers[2]["data"], json!({"now": null}));
    assert_eq!(answers[2]["errors"][0]["path"], json!(["now"]));
    assert_eq!(answers[3], json!({"data": {"now": null}}));
    let single = respond(&gateway, "subscription { changed { id } }", json!({})).await;
    assert_eq!(single.rejection, Some(callboard_kit::Rejection::SubscriptionNotSupported));
    let stream =
        Arc::clone(&gateway).subscribe(request("{ user { name } }", json!({})), RequestContext::anonymous());
    let answers: Vec<Json> = stream.map(|response| plain(&response)).collect().await;
    assert_eq!(answers, [json!({"data": {"user": {"name": "Bob"}}})]);
}
