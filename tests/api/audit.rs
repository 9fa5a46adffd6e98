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
