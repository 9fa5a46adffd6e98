use callboard_tests::Database;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::roles::{done, mutate, strict_portal};

const EVENTS: &str = "query($filter: AuditFilter, $first: Int, $after: String) {
    auditEvents(filter: $filter, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
      nodes { id action outcome actor access address userAgent requestId target message changes { path before after } } } }";

#[tokio::test]
async fn what_is_done_and_what_is_refused_is_written_down() {
    for database in Database::ALL {
        let portal = strict_portal(database).await;
        let (alice, bob) = (portal.alice(), portal.bob());
        done(&alice, "createRole", json!({ "name": "r", "members": ["user:bob"] })).await;
        done(&alice, "grantPermission", json!({ "role": "r", "permission": "catalog.entity.read" })).await;
        bob.ask("mutation { starEntity(input: { ref: \"component:cart\" }) { entity { name } } }").await;
        mutate(&bob, "deleteRole", json!({ "name": "r" }), "deletedName").await;
        mutate(&alice, "createRole", json!({ "name": "", "members": [] }), "role { name }").await;
        bob.ask("{ roles { totalCount } }").await;

        let answer = alice.ask_with(EVENTS, json!({})).await;
        let events = answer.data("/auditEvents/nodes").as_array().unwrap().clone();
        let told: Vec<[&str; 4]> = events
            .iter()
            .map(|event| {
                ["action", "outcome", "actor", "target"].map(|key| event[key].as_str().unwrap_or("-"))
            })
            .collect();
        assert_eq!(
            told,
            [
                ["access", "DENIED", "user:default/bob", "-"],
                ["createRole", "FAILED", "user:default/alice", "-"],
                ["deleteRole", "DENIED", "user:default/bob", "r"],
                ["starEntity", "SUCCEEDED", "user:default/bob", "component:default/cart"],
                ["grantPermission", "SUCCEEDED", "user:default/alice", "r"],
                ["createRole", "SUCCEEDED", "user:default/alice", "r"],
            ]
        );
        assert_eq!(events[0]["message"], "lacks `policy.entity.read`");
        assert_eq!(events[5]["changes"][0], json!({ "path": "name", "before": null, "after": "r" }));
        assert_eq!(events[4]["changes"][0]["path"], "grants");
        assert_eq!((&events[0]["address"], events[0]["requestId"].is_null()), (&json!("127.0.0.1"), false));

        let find = async |filter: Value| {
            let answer = alice.ask_with(EVENTS, json!({ "filter": filter })).await;
            answer.data("/auditEvents/totalCount").as_i64().unwrap()
        };
        assert_eq!(find(json!({ "actor": ["user:bob"] })).await, 3);
        assert_eq!(find(json!({ "action": ["createRole"], "outcome": ["FAILED"] })).await, 1);
        assert_eq!(find(json!({ "target": "CART" })).await, 1);
        assert_eq!(find(json!({ "target": "%" })).await, 0);
        assert_eq!(find(json!({ "address": "192.0.2.1" })).await, 0);
        assert_eq!(find(json!({ "since": "2100-01-01T00:00:00Z" })).await, 0);
        assert_eq!(find(json!({ "until": "2100-01-01T00:00:00Z" })).await, 6);
        let page = alice.ask_with(EVENTS, json!({ "first": 4 })).await;
        assert_eq!(page.data("/auditEvents/pageInfo/hasNextPage"), true);
        let after = page.data("/auditEvents/pageInfo/endCursor");
        let rest = alice.ask_with(EVENTS, json!({ "first": 4, "after": after })).await;
        assert_eq!(rest.data("/auditEvents/nodes").as_array().unwrap().len(), 2);

        let hidden = bob.ask_with(EVENTS, json!({})).await;
        assert_eq!(hidden.data("/auditEvents"), &Value::Null);
        let actions = alice.ask("{ auditActions }").await;
        assert!(actions.data("/auditActions").as_array().unwrap().contains(&json!("starEntity")));
    }
}

#[tokio::test]
async fn the_log_is_exported_as_json_lines_to_those_who_may_read_it() {
    let portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    for index in 0..3 {
        done(&alice, "createRole", json!({ "name": format!("r{index}"), "members": [] })).await;
    }
    let status =
        async |actor: callboard_tests::Actor, path: &str| actor.get(path).send().await.unwrap().status();
    assert_eq!(status(portal.nobody(), "/audit/events.jsonl").await, StatusCode::FORBIDDEN);
    assert_eq!(status(portal.bob(), "/audit/events.jsonl").await, StatusCode::FORBIDDEN);
    assert_eq!(
        status(portal.with_token("wrong-token"), "/audit/events.jsonl").await,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(status(portal.alice(), "/audit/events.jsonl?since=yesterday").await, StatusCode::BAD_REQUEST);
    let answer = alice.get("/audit/events.jsonl?action=createRole").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/jsonl; charset=utf-8");
    let text = answer.text().await.unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let targets: Vec<&str> = lines.iter().map(|line| line["target"].as_str().unwrap()).collect();
    assert_eq!(targets, ["r2", "r1", "r0"]);
    assert!(!text.contains("alice-token"));
}

#[tokio::test]
async fn targets_are_found_whatever_their_letters_and_their_case() {
    for database in Database::ALL {
        let portal = strict_portal(database).await;
        let alice = portal.alice();
        done(&alice, "createRole", json!({ "name": "Ärzte 100", "members": [] })).await;
        for (target, count) in
            [("Ärzte", 1), ("Ärzte 100", 1), ("RZTE", 1), ("100", 1), ("1_0", 0), ("\\", 0), ("Ärzte%", 0)]
        {
            let filter = json!({ "filter": { "target": target } });
            let answer = alice.ask_with(EVENTS, filter).await;
            assert_eq!(answer.data("/auditEvents/totalCount"), count, "{target}: {database:?}");
        }
    }
}

/// An export and its refusal are found by the id that logs have, which is never what a client makes of it.
#[tokio::test]
async fn an_export_has_the_id_of_its_request() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let path = "/audit/events.jsonl";
    let sane = alice.get(path).header("x-request-id", "my-request.1").send().await.unwrap();
    assert_eq!(sane.headers()["x-request-id"], "my-request.1");
    let strange = alice.get(path).header("x-request-id", "a \" b").send().await.unwrap();
    let given = bob.get(path).send().await.unwrap();
    let query = "{ auditEvents { nodes { action requestId } } }";
    let told = alice.ask(query).await;
    let ids = ["my-request.1", id(&strange), id(&given)];
    let expected = [("access", ids[2]), ("exportAuditEvents", ids[1]), ("exportAuditEvents", ids[0])];
    let expected = expected.map(|(action, id)| json!({ "action": action, "requestId": id }));
    assert_eq!(told.data("/auditEvents/nodes"), &json!(expected));
}

fn id(response: &reqwest::Response) -> &str {
    response.headers()["x-request-id"].to_str().unwrap()
}

/// However many members a role has, one more is told.
#[tokio::test]
async fn who_joins_a_large_role_is_told() {
    let portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    let many: Vec<String> = (0..4_000).map(|index| format!("user:default/somebody-{index}")).collect();
    done(&alice, "createRole", json!({ "name": "r", "members": many })).await;
    done(&alice, "assignRole", json!({ "role": "r", "members": ["user:mallory"] })).await;
    let answer = alice.ask_with(EVENTS, json!({ "first": 1 })).await;
    let changes = json!([{ "path": "members", "before": null, "after": ["user:default/mallory"] }]);
    assert_eq!(answer.data("/auditEvents/nodes/0/changes"), &changes);
}

/// Whoever is refused again and again fills no log, and hides no more than the number of it.
#[tokio::test]
async fn what_is_refused_too_often_is_counted() {
    let mut portal = strict_portal(Database::Sqlite).await;
    let bob = portal.bob();
    for _ in 0..70 {
        bob.ask("{ roles { totalCount } }").await;
    }
    portal.restart(json!({})).await;
    let events =
        portal.alice().ask_with(EVENTS, json!({ "filter": { "outcome": ["DENIED"] }, "first": 100 })).await;
    let nodes = events.data("/auditEvents/nodes").as_array().unwrap();
    let kept = nodes.iter().filter(|event| event["action"] == "access").count();
    assert!((60..70).contains(&kept), "{kept}");
    let told: Vec<&Value> = nodes.iter().filter(|event| event["action"] == "auditEventsOmitted").collect();
    let message = told[0]["message"].as_str().unwrap();
    assert!(message.ends_with("more in a minute were refused, or mattered little"), "{message}");
    assert_eq!(told[0]["actor"], "user:default/bob");
}

#[tokio::test]
async fn old_events_are_forgotten() {
    let mut portal = strict_portal(Database::Sqlite).await;
    done(&portal.alice(), "createRole", json!({ "name": "r", "members": [] })).await;
    portal.execute("UPDATE audit_events SET at = '2020-01-01T00:00:00+00:00'").await;
    portal.restart(json!({})).await;
    portal
        .eventually("{ auditEvents { totalCount } }", |answer| {
            answer.pointer("/data/auditEvents/totalCount") == Some(&json!(0))
        })
        .await;
}
