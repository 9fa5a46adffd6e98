use callboard_tests::Database;
use serde_json::{Value, json};

use crate::roles::{done, strict_portal};

const SIMULATE: &str =
    "query($input: SimulateRolesInput!) { simulateRoles(input: $input) { totalCount complete
    changes { subject everyone permission before after gained lost } } }";

#[tokio::test]
async fn a_change_is_seen_before_it_is_made() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let owned = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let simulate = async |input: Value| {
        let answer = alice.ask_with(SIMULATE, json!({ "input": input })).await;
        assert!(answer.codes().is_empty(), "{}", answer.body);
        answer.data("/simulateRoles").clone()
    };
    let create = json!({ "create": [{ "name": "r", "members": ["group:default/crew"],
        "grants": [{ "permission": "catalog.entity.read", "when": owned }] }] });
    let told = simulate(create).await;
    assert_eq!(
        told["changes"],
        json!([{ "subject": "user:default/bob", "everyone": false,
        "permission": "catalog.entity.read", "before": "DENY", "after": "CONDITIONAL", "gained": 1, "lost": 0 }])
    );
    assert!(
        bob.ask("{ entities { totalCount } }").await.data("/entities/totalCount") == 0,
        "nothing was stored"
    );

    done(&alice, "createRole", json!({ "name": "r", "members": ["group:default/crew"] })).await;
    done(&alice, "grantPermission", json!({ "role": "r", "permission": "catalog.entity.read" })).await;
    let narrowed = json!({ "update": [{ "name": "r", "grants": [{ "permission": "catalog.entity.read", "when": owned }] }] });
    let told = simulate(narrowed.clone()).await;
    let change = &told["changes"][0];
    assert_eq!(
        (&change["before"], &change["gained"], &change["lost"]),
        (&json!("ALLOW"), &json!(0), &json!(5))
    );
    // What was foreseen comes true.
    let update = narrowed["update"][0].clone();
    done(&alice, "updateRole", update).await;
    assert_eq!(bob.ask("{ entities { totalCount } }").await.data("/entities/totalCount"), 1);
    let everyone = simulate(json!({ "update": [{ "name": "r", "everyone": true }] })).await;
    assert_eq!(everyone["changes"][0]["everyone"], true);
    let gone = simulate(json!({ "delete": ["r"] })).await;
    assert_eq!((&gone["changes"][0]["after"], &gone["changes"][0]["lost"]), (&json!("DENY"), &json!(1)));
    let refused = bob.ask_with(SIMULATE, json!({ "input": {} })).await;
    assert_eq!(refused.data("/simulateRoles"), &Value::Null);
}

fn denial(permission: &str) -> Value {
    json!({ "permission": permission, "effect": "DENY" })
}

/// A change of everyone's role is looked at for those, too, who have roles through groups.
#[tokio::test]
async fn what_everyone_is_to_lose_is_told_of_all_who_have_it() {
    let portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    done(&alice, "createRole", json!({ "name": "readers", "members": ["group:default/crew"] })).await;
    done(&alice, "grantPermission", json!({ "role": "readers", "permission": "catalog.*" })).await;
    done(&alice, "createRole", json!({ "name": "guests", "members": ["user:default/guest"] })).await;
    done(&alice, "grantPermission", json!({ "role": "guests", "permission": "catalog.*" })).await;
    let create = json!({ "create": [
        { "name": "r", "members": [], "everyone": true, "grants": [denial("catalog.entity.read")] }] });
    let answer = alice.ask_with(SIMULATE, json!({ "input": create })).await;
    let told = answer.data("/simulateRoles");
    let losing: Vec<&str> = told["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["subject"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(losing, ["user:default/alice", "user:default/bob", "user:default/guest"]);
    assert!(told["changes"].as_array().unwrap().iter().all(|change| change["lost"] == 6), "{told}");
    assert_eq!(told["complete"], true);
}

/// What roles would show to others tells who asks nothing that they may not see.
#[tokio::test]
async fn who_sees_no_entities_learns_none_from_what_roles_would_show() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    done(&alice, "createRole", json!({ "name": "auditors", "members": ["user:bob"] })).await;
    done(&alice, "grantPermission", json!({ "role": "auditors", "permission": "policy.entity.read" })).await;
    let named = |name: &str| json!({ "rule": "HAS_METADATA", "params": { "key": "name", "value": name } });
    let about = |name: &str| {
        json!({ "input": { "create": [{ "name": "r", "members": ["group:default/company", "user:default/nobody"],
            "grants": [{ "permission": "catalog.entity.read", "when": named(name) }] }] } })
    };
    let hidden = bob.ask_with(SIMULATE, about("safe")).await.data("/simulateRoles").clone();
    assert_eq!(hidden, *bob.ask_with(SIMULATE, about("nothing")).await.data("/simulateRoles"));
    let change = json!({ "subject": "user:default/nobody", "everyone": false, "permission": "catalog.entity.read",
        "before": "DENY", "after": "CONDITIONAL", "gained": null, "lost": null });
    assert_eq!(hidden, json!({ "totalCount": 1, "complete": false, "changes": [change] }));
    // Who sees some is told of those.
    let sees = json!({ "role": "auditors", "permission": "catalog.entity.read", "when": named("cart") });
    done(&alice, "grantPermission", sees).await;
    for (name, count) in [("safe", 0), ("cart", 1)] {
        let told = bob.ask_with(SIMULATE, about(name)).await;
        assert_eq!(told.data("/simulateRoles/changes/0/gained"), count, "{name}");
    }
}

#[tokio::test]
async fn what_could_not_be_done_cannot_be_looked_at_and_who_may_not_look_is_written_down() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    done(&alice, "createRole", json!({ "name": "a", "members": ["user:bob"] })).await;
    let role = json!({ "name": "b", "members": [], "grants": [] });
    for input in [
        json!({ "create": [role, role] }),
        json!({ "create": [role], "update": [{ "name": "a", "newName": "b" }] }),
        json!({ "update": [{ "name": "a", "newName": "admin" }] }),
    ] {
        let answer = alice.ask_with(SIMULATE, json!({ "input": input })).await;
        assert_eq!(answer.codes(), ["CONFLICT"], "{input}");
    }
    let own = json!({ "rule": "IS_OWNER", "params": { "owners": ["$ownerRefs"] } });
    let read = json!({ "role": "a", "permission": "policy.entity.read", "when": own });
    done(&alice, "grantPermission", read).await;
    assert_eq!(bob.ask_with(SIMULATE, json!({ "input": {} })).await.codes(), ["FORBIDDEN"]);
    let events = alice.ask("{ auditEvents(first: 1) { nodes { action actor outcome message } } }").await;
    let denied = json!({ "action": "access", "actor": "user:default/bob", "outcome": "DENIED",
        "message": "lacks `policy.entity.read`" });
    assert_eq!(events.data("/auditEvents/nodes/0"), &denied);
}
