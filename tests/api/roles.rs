mod files;

use callboard_tests::{Actor, Answer, Database, TestPortal};
use serde_json::{Value, json};

const COMPANY: &str = "
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: company }
spec: { type: organization, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, parent: company, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob }
spec: { memberOf: [crew] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: eve }
spec: { memberOf: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart, labels: { tier: '1' } }
spec: { type: service, lifecycle: production, owner: crew }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: safe }
spec: { type: service, lifecycle: production, owner: vault }
";

/// A portal in which alice may do everything, and nobody else anything.
pub async fn strict_portal(database: Database) -> TestPortal {
    strict_portal_with(database, json!({})).await
}

pub async fn strict_portal_with(database: Database, more: Value) -> TestPortal {
    let admin =
        json!({ "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] });
    let mut config = json!({
        "permission": { "roles": [admin] },
        "auth": { "tokens": [
            { "token": "alice-token", "subject": "user:default/alice" },
            { "token": "bob-token", "subject": "user:default/bob" },
            { "token": "eve-token", "subject": "user:default/eve" },
            { "token": "ci-token-1", "subject": "service:default/ci", "permissions": ["catalog.*"] },
            { "token": "ops-token-1", "subject": "service:default/ops", "permissions": ["policy.*", "audit.*"] },
            { "token": "narrow-token", "subject": "user:default/alice", "permissions": ["catalog.*"] },
        ] },
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        config[key] = value.clone();
    }
    let registry = callboard_api::plugins::registry();
    let portal = TestPortal::start_with(database, &[("company.yaml", COMPANY)], config, registry).await;
    portal.has_entities(6).await;
    portal
}

pub async fn mutate(actor: &Actor, name: &str, input: Value, selection: &str) -> Answer {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase()).unwrap();
    let input_type = format!("{first}{}Input", letters.as_str());
    let query = format!("mutation($input: {input_type}!) {{ {name}(input: $input) {{ {selection} }} }}");
    actor.ask_with(&query, json!({ "input": input })).await
}

pub async fn done(actor: &Actor, name: &str, input: Value) -> Value {
    let selection = if name == "deleteRole" {
        "deletedName"
    } else {
        "role { name description owner everyone members grants { id permission action effect when permissions } }"
    };
    let answer = mutate(actor, name, input, selection).await;
    assert!(answer.codes().is_empty(), "{name}: {}", answer.body);
    answer.data(&format!("/{name}")).clone()
}

pub async fn refused(actor: &Actor, name: &str, input: Value) -> (String, String) {
    let selection = if name == "deleteRole" { "deletedName" } else { "role { name }" };
    let answer = mutate(actor, name, input, selection).await;
    let error = &answer.body["errors"][0];
    let told = if error["extensions"]["field"].is_null() {
        error["message"].as_str()
    } else {
        error["extensions"]["field"].as_str()
    };
    (error["extensions"]["code"].as_str().unwrap_or_default().to_owned(), told.unwrap_or_default().to_owned())
}

pub fn code(refused: (String, String)) -> String {
    refused.0
}

pub async fn visible(actor: &Actor) -> Vec<String> {
    let answer = actor.ask("{ entities { nodes { name } } }").await;
    let nodes = answer.data("/entities/nodes").as_array().unwrap().clone();
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

fn owned() -> Value {
    json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } })
}

#[tokio::test]
async fn a_role_decides_from_the_moment_it_is_stored() {
    for database in Database::ALL {
        let mut portal = strict_portal(database).await;
        let (alice, bob) = (portal.alice(), portal.bob());
        assert!(visible(&bob).await.is_empty());
        let role =
            done(&alice, "createRole", json!({ "name": "reader", "members": ["group:default/company"] }))
                .await;
        assert_eq!(role["role"]["members"], json!(["group:default/company"]));
        assert!(visible(&bob).await.is_empty(), "nothing granted means nothing allowed");
        let grant = json!({ "role": "reader", "permission": "catalog.entity.read", "when": owned() });
        let role = done(&alice, "grantPermission", grant).await;
        assert_eq!(role["role"]["grants"][0]["permissions"], json!(["catalog.entity.read"]));
        // Through the group above that of bob.
        assert_eq!(visible(&bob).await, ["cart"]);
        assert!(visible(&portal.with_token("eve-token")).await.is_empty());
        done(&alice, "assignRole", json!({ "role": "reader", "members": ["user:eve"] })).await;
        let every = json!({ "role": "reader", "permission": "catalog-entity", "action": "READ" });
        let role = done(&alice, "grantPermission", every).await;
        assert_eq!(visible(&portal.with_token("eve-token")).await.len(), 6);
        // It is there when the portal comes back.
        portal.restart(json!({})).await;
        let (alice, eve) = (portal.alice(), portal.with_token("eve-token"));
        assert_eq!(visible(&eve).await.len(), 6);
        let id = role["role"]["grants"][1]["id"].as_str().unwrap();
        done(&alice, "revokePermission", json!({ "role": "reader", "grant": id })).await;
        assert!(visible(&eve).await.is_empty());
        done(&alice, "unassignRole", json!({ "role": "reader", "members": ["group:default/company"] })).await;
        assert!(visible(&portal.bob()).await.is_empty());
        let change = json!({ "name": "reader", "newName": "looker", "everyone": true, "description": "Looks.",
            "grants": [{ "permission": "catalog.*" }] });
        let role = done(&alice, "updateRole", change).await;
        assert_eq!((&role["role"]["name"], &role["role"]["everyone"]), (&json!("looker"), &json!(true)));
        assert_eq!(visible(&portal.nobody()).await.len(), 6, "everyone means the guest, too");
        assert_eq!(done(&alice, "deleteRole", json!({ "name": "looker" })).await["deletedName"], "looker");
        assert!(visible(&portal.nobody()).await.is_empty());
    }
}

#[tokio::test]
async fn wrong_input_is_refused_with_its_place_and_nothing_is_stored() {
    let portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    done(&alice, "createRole", json!({ "name": "a", "members": [] })).await;
    let bad = |field: &str| ("BAD_USER_INPUT".to_owned(), field.to_owned());
    let role = |members: Value| json!({ "name": "b", "members": members });
    assert_eq!(refused(&alice, "createRole", json!({ "name": " ", "members": [] })).await, bad("input.name"));
    assert_eq!(refused(&alice, "createRole", role(json!(["component:cart"]))).await, bad("input.members.0"));
    assert_eq!(
        refused(&alice, "createRole", role(json!(["service:default/ci"]))).await,
        bad("input.members.0")
    );
    let grant =
        |permission: &str, when: Value| json!({ "role": "a", "permission": permission, "when": when });
    for (permission, when, field) in [
        ("catalog.entity.raed", Value::Null, "input.permission"),
        ("x*\np, role:default/a, policy.entity.update, update, allow\n#", Value::Null, "input.permission"),
        ("catalog.entity.read", json!({ "rule": "IS_OWNER", "params": { "owners": [] } }), "input.when.rule"),
        (
            "catalog.entity.read",
            json!({ "anyOf": [owned(), { "not": { "rule": "HAS_LABEL" } }] }),
            "input.when.anyOf.1.not.params",
        ),
        (
            "catalog.entity.read",
            json!({ "rule": "HAS_LABEL", "params": { "label": 1 } }),
            "input.when.params.label",
        ),
        ("catalog.entity.read", json!({ "anyof": [] }), "input.when"),
        ("catalog.entity.read", json!({ "anyOf": [] }), "input.when"),
        ("catalog.entity.read", json!("x"), "input.when"),
        ("audit.event.read", owned(), "input.when"),
    ] {
        assert_eq!(
            refused(&alice, "grantPermission", grant(permission, when.clone())).await,
            bad(field),
            "{when}"
        );
    }
    let by_type = json!({ "role": "a", "permission": "catalog-entiti", "action": "READ" });
    assert_eq!(refused(&alice, "grantPermission", by_type).await, bad("input.permission"));
    assert_eq!(refused(&alice, "revokePermission", json!({ "role": "a" })).await, bad("input.grant"));
    for (name, input, expected) in [
        ("createRole", json!({ "name": "a", "members": [] }), "CONFLICT"),
        ("updateRole", json!({ "name": "a", "newName": "admin" }), "CONFLICT"),
        ("updateRole", json!({ "name": "admin", "description": "mine" }), "CONFLICT"),
        ("deleteRole", json!({ "name": "admin" }), "CONFLICT"),
        ("updateRole", json!({ "name": "nothing" }), "NOT_FOUND"),
        ("revokePermission", json!({ "role": "a", "permission": "catalog.*" }), "NOT_FOUND"),
        ("deleteRole", json!({ "name": "nothing" }), "NOT_FOUND"),
    ] {
        assert_eq!(code(refused(&alice, name, input.clone()).await), expected, "{name} {input}");
    }
    let roles = alice
        .ask("{ roles { totalCount nodes { name source grants { id } viewerCanUpdate viewerCanDelete } } }")
        .await;
    assert_eq!(roles.data("/roles/totalCount"), &json!(2));
    let of = |source: &str, can: bool, grants: usize, name: &str| {
        let ids =
            roles.data("/roles/nodes").as_array().unwrap().iter().find(|role| role["name"] == name).unwrap();
        assert_eq!((&ids["source"], &ids["viewerCanUpdate"]), (&json!(source), &json!(can)));
        assert_eq!(ids["grants"].as_array().unwrap().len(), grants);
    };
    of("DATABASE", true, 0, "a");
    of("CONFIG", false, 1, "admin");
}

#[tokio::test]
async fn a_name_beats_a_pattern_and_a_type_and_a_denial_beats_an_allowance() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let grants = async |grants: Value| {
        done(&alice, "updateRole", json!({ "name": "r", "grants": grants })).await;
        visible(&bob).await.len()
    };
    done(&alice, "createRole", json!({ "name": "r", "members": ["user:bob"] })).await;
    let by_name = |effect: &str| json!({ "permission": "catalog.entity.read", "effect": effect });
    let pattern = |effect: &str| json!({ "permission": "catalog.*", "effect": effect });
    let by_type =
        |effect: &str| json!({ "permission": "catalog-entity", "action": "READ", "effect": effect });
    assert_eq!(grants(json!([by_name("ALLOW"), by_name("DENY")])).await, 0);
    assert_eq!(grants(json!([pattern("ALLOW"), pattern("DENY")])).await, 0);
    assert_eq!(grants(json!([pattern("ALLOW"), by_type("DENY")])).await, 0);
    assert_eq!(grants(json!([by_name("ALLOW"), pattern("DENY"), by_type("DENY")])).await, 6);
    assert_eq!(grants(json!([by_name("DENY"), pattern("ALLOW"), by_type("ALLOW")])).await, 0);
    let tier = json!({ "rule": "HAS_LABEL", "params": { "label": "tier" } });
    let denial = json!({ "permission": "catalog.entity.read", "effect": "DENY", "when": tier });
    assert_eq!(grants(json!([by_type("ALLOW"), denial])).await, 5);
}

/// Who leads a team manages the team's roles, and gives away no more than they have.
#[tokio::test]
async fn the_owner_of_a_role_manages_it_and_gives_away_no_more_than_they_have() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let own = json!({ "rule": "IS_OWNER", "params": { "owners": ["$ownerRefs"] } });
    done(&alice, "createRole", json!({ "name": "leads", "members": ["user:bob"] })).await;
    for permission in
        ["policy.entity.read", "policy.entity.create", "policy.entity.update", "policy.entity.delete"]
    {
        done(&alice, "grantPermission", json!({ "role": "leads", "permission": permission, "when": own }))
            .await;
    }
    done(&alice, "grantPermission", json!({ "role": "leads", "permission": "catalog.entity.read" })).await;
    done(&alice, "createRole", json!({ "name": "other", "members": [], "owner": "group:default/other" }))
        .await;

    let create = |name: &str, owner: Value| json!({ "name": name, "members": ["user:eve"], "owner": owner });
    assert_eq!(code(refused(&bob, "createRole", create("mine", Value::Null)).await), "FORBIDDEN");
    assert_eq!(
        code(refused(&bob, "createRole", create("mine", json!("group:default/other"))).await),
        "FORBIDDEN"
    );
    done(&bob, "createRole", create("mine", json!("group:default/crew"))).await;
    let names = bob.ask("{ roles { totalCount nodes { name } } role(name: \"other\") { name } }").await;
    assert_eq!(
        names.data(""),
        &json!({ "roles": { "totalCount": 1, "nodes": [{ "name": "mine" }] }, "role": null })
    );

    let grant = |permission: &str, effect: &str| json!({ "role": "mine", "permission": permission, "effect": effect });
    done(&bob, "grantPermission", grant("catalog.entity.read", "ALLOW")).await;
    for beyond in ["*", "catalog.*", "policy.entity.update", "audit.event.read"] {
        assert_eq!(
            code(refused(&bob, "grantPermission", grant(beyond, "ALLOW")).await),
            "FORBIDDEN",
            "{beyond}"
        );
    }
    let replaced = json!({ "name": "mine", "grants": [{ "permission": "*" }] });
    assert_eq!(code(refused(&bob, "updateRole", replaced).await), "FORBIDDEN");
    // What belongs to others looks as if it were not there.
    for name in ["other", "leads", "admin", "nothing"] {
        let input = json!({ "role": name, "members": ["user:eve"] });
        let (code, message) = refused(&bob, "assignRole", input).await;
        assert_eq!((code.as_str(), message), ("NOT_FOUND", format!("there is no role `{name}`")));
    }
    // A role is not given away to keep a hold of what one may not do.
    assert_eq!(
        code(refused(&bob, "updateRole", json!({ "name": "mine", "owner": null })).await),
        "FORBIDDEN"
    );
    // Nor is somebody freed of what is denied to them.
    done(&alice, "grantPermission", grant("audit.event.read", "DENY")).await;
    for (name, input) in [
        ("revokePermission", json!({ "role": "mine", "permission": "audit.event.read" })),
        ("unassignRole", json!({ "role": "mine", "members": ["user:eve"] })),
        ("deleteRole", json!({ "name": "mine" })),
    ] {
        assert_eq!(code(refused(&bob, name, input).await), "FORBIDDEN", "{name}");
    }
    done(&alice, "revokePermission", grant("audit.event.read", "DENY")).await;
    done(&bob, "deleteRole", json!({ "name": "mine" })).await;
}

/// Whoever starts a portal is its first admin by the config, makes another one, and is needed no more.
#[tokio::test]
async fn the_first_admin_comes_from_the_config_and_hands_over() {
    for database in Database::ALL {
        let mut portal = strict_portal(database).await;
        let alice = portal.alice();
        done(&alice, "createRole", json!({ "name": "admins", "members": ["group:default/crew"] })).await;
        done(&alice, "grantPermission", json!({ "role": "admins", "permission": "*" })).await;
        portal.restart(json!({ "permission": { "roles": [] } })).await;
        assert_eq!(
            code(refused(&portal.alice(), "deleteRole", json!({ "name": "admins" })).await),
            "NOT_FOUND"
        );
        let roles = portal.bob().ask("{ roles { nodes { name viewerCanDelete } } }").await;
        assert_eq!(roles.data("/roles/nodes"), &json!([{ "name": "admins", "viewerCanDelete": true }]));
        done(&portal.bob(), "createRole", json!({ "name": "next", "members": ["user:eve"] })).await;
    }
}

#[tokio::test]
async fn two_who_change_roles_at_once_lose_nothing() {
    for database in Database::ALL {
        let portal = strict_portal(database).await;
        let alice = portal.alice();
        done(&alice, "createRole", json!({ "name": "r", "members": [] })).await;
        let changes = (0..12).map(|index| {
            let alice = alice.clone();
            tokio::spawn(async move {
                let member = format!("user:default/u{index}");
                done(&alice, "assignRole", json!({ "role": "r", "members": [member] })).await;
            })
        });
        for change in changes.collect::<Vec<_>>() {
            change.await.unwrap();
        }
        let role = alice.ask("{ role(name: \"r\") { members } }").await;
        assert_eq!(role.data("/role/members").as_array().unwrap().len(), 12);
    }
}

#[tokio::test]
async fn what_one_replica_changes_the_others_decide_by_within_moments() {
    let first = strict_portal(Database::Postgres).await;
    let same = json!({ "database": { "url": first.database_url() } });
    let second = strict_portal_with(Database::Sqlite, same).await;
    done(&first.alice(), "createRole", json!({ "name": "r", "members": ["user:bob"] })).await;
    done(&first.alice(), "grantPermission", json!({ "role": "r", "permission": "catalog.entity.read" }))
        .await;
    let bob = second.bob();
    for _ in 0..100 {
        if visible(&bob).await.len() == 6 {
            // And the other way, on top of what was changed there.
            done(&second.alice(), "assignRole", json!({ "role": "r", "members": ["user:eve"] })).await;
            done(&first.alice(), "assignRole", json!({ "role": "r", "members": ["user:dan"] })).await;
            let role = first.alice().ask("{ role(name: \"r\") { members } }").await;
            assert_eq!(role.data("/role/members").as_array().unwrap().len(), 3, "no change is lost");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the second replica never heard of the role");
}
