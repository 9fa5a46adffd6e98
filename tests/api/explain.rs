use callboard_tests::{Actor, Database};
use serde_json::{Value, json};

use crate::roles::{done, mutate, strict_portal};

const EXPLAIN: &str = "query($input: ExplainAccessInput!) { explainAccess(input: $input) {
    decision summary grants { role held via verdict condition grant { permission } } remedies { description role assign permission } } }";

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

const CSV: &str = "# from Backstage
p, role:default/team, catalog-entity, read, allow
p, role:default/team, catalog.entity.reed, read, allow
g, user:default/bob, role:default/team
g, group:default/crew, role:ops/team
p, role:ops/team, catalog.entity.read, read, deny
p, role:default/admin, catalog-entity, read, allow
nonsense
";

const CONDITIONS: &str = "---
result: CONDITIONAL
roleEntityRef: role:default/leads
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [read]
conditions:
  anyOf:
    - rule: IS_ENTITY_OWNER
      resourceType: catalog-entity
      params: { claims: [$ownerRefs] }
    - rule: IS_ENTITY_KIND
      resourceType: catalog-entity
      params: { kinds: [Group] }
---
result: CONDITIONAL
roleEntityRef: role:default/leads
pluginId: catalog
resourceType: catalog-entity
permissionMapping: [read]
conditions: { rule: NO_SUCH_RULE, resourceType: catalog-entity }
";

#[tokio::test]
async fn the_files_of_backstage_come_in_and_go_out() {
    let portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    let import = async |dry_run: bool| {
        let input = json!({ "csv": CSV, "conditions": CONDITIONS, "dryRun": dry_run });
        let answer =
            mutate(&alice, "importRoles", input, "created updated problems { source line message }").await;
        assert!(answer.codes().is_empty(), "{}", answer.body);
        answer.data("/importRoles").clone()
    };
    let dry = import(true).await;
    let names = |answer: &Value| answer.data_names();
    let count = alice.ask("{ roles { totalCount } }").await;
    assert_eq!(count.data("/roles/totalCount"), 1, "nothing was stored");
    let real = import(false).await;
    assert_eq!(names(&dry), names(&real));
    assert_eq!(real["created"], json!(["team", "ops/team", "leads"]));
    let problems: Vec<(&str, i64)> = real["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["source"].as_str().unwrap(), problem["line"].as_i64().unwrap()))
        .collect();
    assert_eq!(problems, [("CSV", 3), ("CSV", 7), ("CSV", 8), ("CONDITIONS", 16)]);
    assert_eq!(import(false).await["updated"], json!([]), "twice is once");
    assert_eq!(
        portal.bob().ask("{ entities { totalCount } }").await.data("/entities/totalCount"),
        0,
        "deny by name"
    );

    let exported = alice.ask("{ exportRoles { csv conditions } }").await;
    let csv = exported.data("/exportRoles/csv").as_str().unwrap();
    for line in ["p,role:default/team,catalog-entity,read,allow", "g,user:default/bob,role:default/team"] {
        assert!(csv.lines().any(|found| found == line), "{csv}");
    }
    let conditions = exported.data("/exportRoles/conditions").as_str().unwrap().to_owned();
    assert!(conditions.contains("roleEntityRef: role:default/leads"), "{conditions}");
    // Somewhere else the files make the same of it.
    let other = strict_portal(Database::Sqlite).await;
    let input = json!({ "csv": csv, "conditions": conditions });
    let answer = mutate(&other.alice(), "importRoles", input, "created problems { line message }").await;
    assert_eq!(answer.data("/importRoles/created").as_array().unwrap().len(), 3, "{}", answer.body);
    let again = other.alice().ask("{ exportRoles { csv conditions } }").await;
    assert_eq!(again.data("/exportRoles"), exported.data("/exportRoles"));
}

trait Names {
    fn data_names(&self) -> Vec<Value>;
}

impl Names for Value {
    fn data_names(&self) -> Vec<Value> {
        vec![self["created"].clone(), self["updated"].clone(), self["problems"].clone()]
    }
}
