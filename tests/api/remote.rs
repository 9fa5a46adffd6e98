use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use callboard_api::plugins::registry;
use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const CART: &str = "
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart }
spec: { type: service, lifecycle: production, owner: crew }
";

const SDL: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])
type Query { incidentsOpen: Int }
type Mutation { acknowledge(id: ID!): Boolean }
"Anything in the catalog."
type Entity @interfaceObject @key(fields: "id") {
  id: ID!
  "How many incidents are open on it."
  openIncidents: Int
}"#;

const BROKEN_SDL: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
type Query { viewer: Int }"#;

/// A subgraph in another process's clothes: plain HTTP on a port of its own.
struct Incidents {
    url: String,
    up: Arc<AtomicBool>,
    broken: Arc<AtomicBool>,
}

impl Incidents {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/graphql", listener.local_addr().unwrap());
        let (up, broken) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(false)));
        let state = (Arc::clone(&up), Arc::clone(&broken));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if state.0.load(Ordering::SeqCst) {
                    tokio::spawn(answer(stream, state.1.load(Ordering::SeqCst)));
                }
            }
        });
        Self { url, up, broken }
    }

    fn config(&self) -> Value {
        json!({ "plugins": {
            "remote": [{ "id": "incidents", "url": self.url, "timeout": "2s" }],
            "refreshEvery": "1s",
        } })
    }
}

async fn answer(mut stream: TcpStream, broken: bool) {
    let mut request = Vec::new();
    let body = loop {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await.unwrap_or(0);
        if read == 0 {
            return;
        }
        request.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&request);
        let Some((_, body)) = text.split_once("\r\n\r\n") else { continue };
        if let Ok(body) = serde_json::from_str::<Value>(body) {
            break body;
        }
    };
    let query = body["query"].as_str().unwrap_or_default();
    if body.to_string().contains("never") {
        return std::future::pending().await;
    }
    let mut errors = None;
    let data = if query.contains("_service") {
        json!({ "_service": { "sdl": if broken { BROKEN_SDL } else { SDL } } })
    } else if query.contains("_entities") {
        let representations = body["variables"]
            .as_object()
            .and_then(|variables| variables.values().next()?.as_array().cloned());
        let entities: Vec<Value> = representations
            .unwrap_or_default()
            .iter()
            .map(|entity| json!({ "__typename": "Entity", "id": entity["id"], "openIncidents": 3 }))
            .collect();
        json!({ "_entities": entities })
    } else if query.contains("acknowledge") {
        // It is far too long if it is asked to talk.
        let talks = body.to_string().contains("talk");
        errors = talks.then(|| json!([{ "message": "x".repeat(5000), "path": ["acknowledge"] }]));
        json!({ "acknowledge": if talks { Value::Null } else { json!(true) } })
    } else {
        json!({ "incidentsOpen": 7 })
    };
    let mut answer = json!({ "data": data });
    if let Some(errors) = errors {
        answer["errors"] = errors;
    }
    let text = answer.to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ";
    let _ = stream.write_all(format!("{head}{}\r\n\r\n{text}", text.len()).as_bytes()).await;
}

const QUERY: &str = r#"{ entity(ref: "component:cart") { name openIncidents } }"#;

#[tokio::test]
async fn a_remote_plugin_adds_fields_and_costs_only_its_own_when_it_is_down() {
    let incidents = Incidents::start().await;
    let mut portal =
        TestPortal::start_with(Database::Sqlite, &[("cart.yaml", CART)], incidents.config(), registry())
            .await;
    portal.has_entities(1).await;
    let answer = portal.alice().ask(QUERY).await;
    assert_eq!(
        answer.body["data"],
        json!({ "entity": { "name": "cart", "openIncidents": 3 } }),
        "{}",
        answer.body
    );

    incidents.up.store(false, Ordering::SeqCst);
    let answer = portal.alice().ask(QUERY).await;
    assert_eq!(answer.body["data"], json!({ "entity": { "name": "cart", "openIncidents": null } }));
    assert_eq!(answer.codes(), ["UNAVAILABLE"]);
    assert_eq!(answer.body["errors"][0]["path"], json!(["entity", "openIncidents"]));

    // Down at boot, it is composed from what it said last.
    portal.restart(json!({})).await;
    portal.has_entities(1).await;
    let answer = portal.alice().ask(QUERY).await;
    assert_eq!(answer.body["data"], json!({ "entity": { "name": "cart", "openIncidents": null } }));
    let health = portal.alice().ask("{ plugins { id location health } }").await;
    let down = json!({ "id": "incidents", "location": "REMOTE", "health": "UNAVAILABLE" });
    assert!(health.data("/plugins").as_array().unwrap().contains(&down), "{}", health.body);

    incidents.up.store(true, Ordering::SeqCst);
    portal.eventually(QUERY, |answer| answer.pointer("/data/entity/openIncidents") == Some(&json!(3))).await;
}

#[tokio::test]
async fn a_remote_plugin_that_was_never_heard_of_joins_when_it_comes_up() {
    let incidents = Incidents::start().await;
    incidents.up.store(false, Ordering::SeqCst);
    let portal =
        TestPortal::start_with(Database::Sqlite, &[("cart.yaml", CART)], incidents.config(), registry())
            .await;
    portal.has_entities(1).await;
    assert_eq!(portal.alice().ask(QUERY).await.codes(), ["GRAPHQL_VALIDATION_FAILED"]);
    incidents.up.store(true, Ordering::SeqCst);
    portal.eventually(QUERY, |answer| answer.pointer("/data/entity/openIncidents") == Some(&json!(3))).await;
}

#[tokio::test]
async fn a_remote_plugin_whose_schema_no_longer_composes_keeps_the_one_that_did() {
    let incidents = Incidents::start().await;
    let portal =
        TestPortal::start_with(Database::Sqlite, &[("cart.yaml", CART)], incidents.config(), registry())
            .await;
    portal.has_entities(1).await;
    incidents.broken.store(true, Ordering::SeqCst);
    let query = "{ plugins { id health healthMessage } }";
    let told = |answer: &Value| answer.to_string().contains("does not compose");
    portal.eventually(query, told).await;
    // It is looked at again meanwhile.
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert!(told(&portal.alice().ask(query).await.body));
    let answer = portal.alice().ask(QUERY).await;
    assert_eq!(answer.data("/entity/openIncidents"), &json!(3), "{}", answer.body);
}

#[tokio::test]
async fn a_mutation_of_a_remote_plugin_is_written_down_like_any_other() {
    let incidents = Incidents::start().await;
    let portal = TestPortal::start_with(Database::Sqlite, &[], incidents.config(), registry()).await;
    let alice = portal.alice();
    let answer = alice.ask("mutation { acknowledge(id: 1) }").await;
    assert_eq!(answer.data("/acknowledge"), true, "{}", answer.body);
    // Nobody knows what became of it when the client has left.
    let leaving = alice.ask("mutation { acknowledge(id: \"never\") }");
    assert!(tokio::time::timeout(Duration::from_millis(300), leaving).await.is_err());
    let left = "{ auditEvents(filter: { outcome: [FAILED] }) { nodes { action message } } }";
    let message = "the client left before it ended";
    let event = json!([{ "action": "acknowledge", "message": message }]);
    portal.eventually(left, |answer| answer.pointer("/data/auditEvents/nodes") == Some(&event)).await;
    incidents.up.store(false, Ordering::SeqCst);
    assert_eq!(alice.ask("mutation { acknowledge(id: 1) }").await.codes(), ["UNAVAILABLE"]);
    let query = "{ auditEvents(filter: { action: [\"acknowledge\"] }) { nodes { actor outcome } } }";
    let events = alice.ask(query).await;
    assert_eq!(
        events.data("/auditEvents/nodes"),
        &json!([{ "actor": "user:default/alice", "outcome": "FAILED" },
            { "actor": "user:default/alice", "outcome": "FAILED" }, { "actor": "user:default/alice", "outcome": "SUCCEEDED" }])
    );
}

#[tokio::test]
async fn no_more_of_what_a_remote_plugin_says_of_an_error_is_kept_than_is_read() {
    let incidents = Incidents::start().await;
    let portal = TestPortal::start_with(Database::Sqlite, &[], incidents.config(), registry()).await;
    portal.alice().ask("mutation { acknowledge(id: \"talk\") }").await;
    let kept = portal.alice().ask("{ auditEvents(first: 1) { nodes { action outcome message } } }").await;
    let expected = json!([{ "action": "acknowledge", "outcome": "FAILED", "message": "x".repeat(200) }]);
    assert_eq!(kept.data("/auditEvents/nodes"), &expected);
}

#[tokio::test]
async fn replicas_that_meet_a_new_schema_at_once_all_start() {
    let incidents = Incidents::start().await;
    let first = TestPortal::start(Database::Postgres, &[]).await;
    let mut same = incidents.config();
    same["database"] = json!({ "url": first.database_url() });
    let start = || TestPortal::start_with(Database::Sqlite, &[], same.clone(), registry());
    // Nobody writes before all have read that there is none.
    let hold = "BEGIN; LOCK TABLE gateway_remote_sdl IN EXCLUSIVE MODE; SELECT pg_sleep(5); COMMIT";
    let (portals, ()) = tokio::join!(futures::future::join_all((0..3).map(|_| start())), first.execute(hold));
    for portal in &portals {
        assert_eq!(portal.alice().ask("{ incidentsOpen }").await.data("/incidentsOpen"), &json!(7));
    }
}
