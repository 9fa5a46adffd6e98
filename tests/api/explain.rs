mod simulate;

use callboard_tests::{Actor, Database};
use serde_json::{Value, json};

use crate::roles::{done, strict_portal};

const EXPLAIN: &str = "query($input: ExplainAccessInput!) { explainAccess(input: $input) {
    decision summary grants { role held via verdict condition grant { permission } } remedies { kind viewerCanUpdate description role assign permission } } }";

async fn explain(actor: &Actor, subject: &str, permission: &str, resource: Option<&str>) -> Value {
    let input = json!({ "subject": subject, "permission": permission, "resource": resource });
    let answer = actor.ask_with(EXPLAIN, json!({ "input": input })).await;
    assert!(answer.codes().is_empty(), "{}", answer.body);
    answer.data("/explainAccess").clone()
}

fn verdicts(explanation: &Value) -> Vec<(&str, &str)> {
    let grants = explanation["grants"].as_array().unwrap();
    grants.iter().map(|grant| (grant["role"].as_str().unwrap(), grant["verdict"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_decision_is_explained_grant_by_grant() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let owned = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let tier = json!({ "rule": "HAS_LABEL", "params": { "label": "tier", "value": "1" } });
    let both = json!({ "allOf": [owned, { "not": tier }] });
    done(&alice, "createRole", json!({ "name": "readers", "members": ["group:default/company"] })).await;
    done(
        &alice,
        "grantPermission",
        json!({ "role": "readers", "permission": "catalog.entity.read", "when": owned }),
    )
    .await;
    done(&alice, "createRole", json!({ "name": "wide", "members": ["user:eve"] })).await;
    done(&alice, "grantPermission", json!({ "role": "wide", "permission": "catalog.*" })).await;

    let told = explain(&alice, "user:bob", "catalog.entity.read", None).await;
    assert_eq!(told["decision"], "CONDITIONAL");
    assert_eq!(verdicts(&told), [("readers", "CONTRIBUTES"), ("admin", "NOT_HELD"), ("wide", "NOT_HELD")]);
    assert_eq!(told["grants"][0]["via"], "group:default/company");
    let refs = json!(["user:default/bob", "group:default/company", "group:default/crew"]);
    assert_eq!(
        told["grants"][0]["condition"],
        json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": refs } })
    );

    let told = explain(&alice, "user:bob", "catalog.entity.read", Some("component:cart")).await;
    assert_eq!((&told["decision"], verdicts(&told)[0]), (&json!("ALLOW"), ("readers", "DECIDES")));
    assert_eq!(told["grants"][0]["condition"]["holds"], true);
    assert_eq!(
        told["summary"],
        "`user:default/bob` has `catalog.entity.read` on `component:default/cart`: decided by role `readers`."
    );
    assert_eq!(
        told["remedies"][0]["description"],
        "Revoke the grant of `catalog.entity.read` from role `readers`."
    );

    let told = explain(&alice, "user:bob", "catalog.entity.read", Some("component:safe")).await;
    assert_eq!((&told["decision"], verdicts(&told)[0]), (&json!("DENY"), ("readers", "CONDITION_FAILS")));
    let remedies = told["remedies"].as_array().unwrap();
    assert!(remedies.iter().any(|remedy| remedy["role"] == "wide" && remedy["assign"] == "user:default/bob"));
    // What is told helps.
    done(&alice, "assignRole", json!({ "role": "wide", "members": ["user:bob"] })).await;
    let told = explain(&alice, "user:bob", "catalog.entity.read", Some("component:safe")).await;
    assert_eq!((&told["decision"], verdicts(&told)[0]), (&json!("ALLOW"), ("wide", "DECIDES")));
    let seen = bob.ask("{ entity(ref: \"component:safe\") { name } }").await;
    assert_eq!(seen.data("/entity/name"), "safe");

    let deny =
        json!({ "role": "readers", "permission": "catalog.entity.read", "effect": "DENY", "when": both });
    done(&alice, "grantPermission", deny).await;
    let told = explain(&alice, "user:bob", "catalog.entity.read", Some("component:cart")).await;
    let denial = told["grants"]
        .as_array()
        .unwrap()
        .iter()
        .find(|grant| grant["verdict"] == "CONDITION_FAILS")
        .unwrap();
    let holds = |tree: &Value| tree["holds"].as_bool().unwrap();
    let tree = &denial["condition"];
    assert_eq!(
        (holds(tree), holds(&tree["allOf"][0]), holds(&tree["allOf"][1]), holds(&tree["allOf"][1]["not"])),
        (false, true, false, true)
    );
}

#[tokio::test]
async fn one_may_ask_about_oneself_and_who_sees_roles_about_anyone() {
    let portal = strict_portal(Database::Sqlite).await;
    let bob = portal.bob();
    let own = explain(&bob, "user:bob", "catalog.entity.read", None).await;
    assert_eq!((&own["decision"], &own["grants"]), (&json!("DENY"), &json!([])));
    assert_eq!(explain(&bob, "user:alice", "catalog.entity.read", None).await, Value::Null);
    let input = |permission: &str, resource: Option<&str>| json!({ "input": { "subject": "user:bob", "permission": permission, "resource": resource } });
    let hidden = bob.ask_with(EXPLAIN, input("catalog.entity.read", Some("component:cart"))).await;
    let absent = bob.ask_with(EXPLAIN, input("catalog.entity.read", Some("component:nothing"))).await;
    assert_eq!((hidden.codes(), absent.codes()), (vec!["NOT_FOUND"], vec!["NOT_FOUND"]));
    let alice = portal.alice();
    assert_eq!(alice.ask_with(EXPLAIN, input("catalog.entity.raed", None)).await.codes(), ["BAD_USER_INPUT"]);
    let about_none = alice.ask_with(EXPLAIN, input("audit.event.read", Some("component:cart"))).await;
    assert_eq!(about_none.codes(), ["BAD_USER_INPUT"]);
    let service = explain(&alice, "service:default/ci", "catalog.entity.read", None).await;
    assert_eq!(service["decision"], "ALLOW", "{service}");
    let service = explain(&alice, "service:default/ci", "audit.event.read", None).await;
    assert_eq!(service["decision"], "DENY");
    assert!(service["remedies"][0]["description"].as_str().unwrap().starts_with("Create a token"));
}

/// Who sees some roles is told of no others, however the decision comes about.
#[tokio::test]
async fn an_explanation_names_no_role_that_who_asks_may_not_see() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let own = json!({ "rule": "IS_OWNER", "params": { "owners": ["$ownerRefs"] } });
    done(&alice, "createRole", json!({ "name": "leads", "members": ["user:bob"] })).await;
    let read = json!({ "role": "leads", "permission": "policy.entity.read", "when": own });
    done(&alice, "grantPermission", read).await;
    let team = json!({ "name": "team", "members": ["user:eve"], "owner": "group:default/crew" });
    done(&alice, "createRole", team).await;
    done(&alice, "createRole", json!({ "name": "secret", "members": ["user:eve"] })).await;

    let told = explain(&bob, "user:eve", "catalog.entity.read", None).await;
    assert!(!told.to_string().contains("secret"), "{told}");
    let remedy = &told["remedies"][0];
    assert_eq!((&remedy["kind"], &remedy["role"]), (&json!("GRANT_PERMISSION"), &json!("team")));
    assert_eq!(remedy["viewerCanUpdate"], false);
    let told = explain(&alice, "user:eve", "catalog.entity.read", None).await;
    assert_eq!(told["remedies"].as_array().unwrap().len(), 3, "{told}");
    assert!(told["remedies"][1]["viewerCanUpdate"].as_bool().unwrap());
    assert_eq!(
        (&told["remedies"][0]["kind"], &told["remedies"][0]["viewerCanUpdate"]),
        (&json!("ASSIGN_ROLE"), &json!(false))
    );

    let grant = |role: &str, effect: &str| json!({ "role": role, "permission": "catalog.entity.read", "effect": effect });
    done(&alice, "grantPermission", grant("secret", "ALLOW")).await;
    let told = explain(&bob, "user:eve", "catalog.entity.read", None).await;
    assert_eq!(
        (&told["decision"], &told["grants"], &told["remedies"]),
        (&json!("ALLOW"), &json!([]), &json!([]))
    );
    let summary = told["summary"].as_str().unwrap();
    assert!(summary.ends_with("decided by roles that you may not see."), "{summary}");
    // A grant that is seen says what comes of it, also where that is beaten by one that is not.
    done(&alice, "grantPermission", grant("team", "ALLOW")).await;
    done(&alice, "grantPermission", grant("secret", "DENY")).await;
    let told = explain(&bob, "user:eve", "catalog.entity.read", None).await;
    assert_eq!((&told["decision"], verdicts(&told)), (&json!("DENY"), vec![("team", "OVERRIDDEN")]));
    assert!(!told.to_string().contains("secret"), "{told}");
}

#[tokio::test]
async fn through_a_token_one_is_told_of_no_more_than_it_reaches() {
    let portal = strict_portal(Database::Sqlite).await;
    let narrow = portal.with_token("narrow-token");
    let told = explain(&narrow, "user:alice", "policy.entity.update", None).await;
    assert_eq!((&told["decision"], &told["grants"]), (&json!("DENY"), &json!([])));
    assert!(told["summary"].as_str().unwrap().ends_with("the token in use does not include it."), "{told}");
    let told = explain(&narrow, "user:alice", "catalog.entity.read", None).await;
    assert_eq!((&told["decision"], verdicts(&told)), (&json!("ALLOW"), vec![("admin", "DECIDES")]));
}
