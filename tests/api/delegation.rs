use callboard_tests::{Actor, Database, TestPortal};
use serde_json::{Value, json};

use crate::roles::{code, done, refused, strict_portal, strict_portal_with, visible};

const POLICIES: [&str; 4] =
    ["policy.entity.read", "policy.entity.create", "policy.entity.update", "policy.entity.delete"];

/// Makes bob, a lead of the crew, the manager of the roles of the crew, and lets him read entities by name.
async fn appoint(alice: &Actor) {
    let own = json!({ "rule": "IS_OWNER", "params": { "owners": ["$ownerRefs"] } });
    done(alice, "createRole", json!({ "name": "leads", "members": ["user:bob"] })).await;
    for permission in POLICIES {
        done(alice, "grantPermission", json!({ "role": "leads", "permission": permission, "when": own }))
            .await;
    }
    done(alice, "grantPermission", json!({ "role": "leads", "permission": "catalog.entity.read" })).await;
}

async fn led_portal(database: Database) -> TestPortal {
    let portal = strict_portal(database).await;
    appoint(&portal.alice()).await;
    let mine = json!({ "name": "mine", "members": ["user:eve"], "owner": "group:default/crew" });
    done(&portal.bob(), "createRole", mine).await;
    portal
}

fn grant(permission: &str, effect: &str) -> Value {
    json!({ "role": "mine", "permission": permission, "effect": effect })
}

#[tokio::test]
async fn who_manages_some_roles_denies_nothing_to_anybody() {
    for database in Database::ALL {
        let portal = led_portal(database).await;
        let (alice, bob) = (portal.alice(), portal.bob());
        for permission in ["policy.entity.update", "catalog.entity.read", "catalog.*"] {
            assert_eq!(code(refused(&bob, "grantPermission", grant(permission, "DENY")).await), "FORBIDDEN");
        }
        let all =
            json!({ "name": "mine", "everyone": true, "grants": [grant_of("catalog.entity.read", "DENY")] });
        assert_eq!(code(refused(&bob, "updateRole", all).await), "FORBIDDEN");
        // What an admin denies in a role, its manager does not spread.
        done(&alice, "grantPermission", grant("catalog.entity.read", "DENY")).await;
        let spread = json!({ "role": "mine", "members": ["user:alice"] });
        assert_eq!(code(refused(&bob, "assignRole", spread).await), "FORBIDDEN");
        let everyone = json!({ "name": "mine", "everyone": true });
        assert_eq!(code(refused(&bob, "updateRole", everyone).await), "FORBIDDEN");
        done(&bob, "updateRole", json!({ "name": "mine", "description": "Stays as it is." })).await;
        assert_eq!(visible(&alice).await.len(), 6);
    }
}

fn grant_of(permission: &str, effect: &str) -> Value {
    json!({ "permission": permission, "effect": effect })
}

#[tokio::test]
async fn who_manages_some_roles_lifts_no_denial_by_a_name_that_beats_it() {
    let portal = led_portal(Database::Sqlite).await;
    let (alice, bob, eve) = (portal.alice(), portal.bob(), portal.with_token("eve-token"));
    done(&alice, "createRole", json!({ "name": "contractors", "members": ["user:eve"] })).await;
    let by_type = json!({ "permission": "catalog-entity", "action": "READ", "effect": "DENY" });
    for denial in [grant_of("catalog.*", "DENY"), by_type] {
        let denied = json!({ "name": "contractors", "grants": [denial] });
        done(&alice, "updateRole", denied).await;
        let (code, told) = refused(&bob, "grantPermission", grant("catalog.entity.read", "ALLOW")).await;
        assert_eq!((code.as_str(), told.contains("which a name beats")), ("FORBIDDEN", true), "{told}");
    }
    // Nor by giving to more people what was granted before.
    done(&alice, "updateRole", json!({ "name": "contractors", "grants": [] })).await;
    done(&bob, "updateRole", json!({ "name": "mine", "members": [] })).await;
    done(&bob, "grantPermission", grant("catalog.entity.read", "ALLOW")).await;
    done(&alice, "updateRole", json!({ "name": "contractors", "grants": [grant_of("catalog.*", "DENY")] }))
        .await;
    let spread = json!({ "role": "mine", "members": ["user:eve"] });
    assert_eq!(code(refused(&bob, "assignRole", spread.clone()).await), "FORBIDDEN");
    assert!(visible(&eve).await.is_empty());
    done(&alice, "assignRole", spread).await;
    assert_eq!(visible(&eve).await.len(), 6);
}

/// An admin's slip locks nobody out whom the config makes an admin.
#[tokio::test]
async fn the_admin_of_the_config_is_the_way_back_in() {
    for database in Database::ALL {
        let portal = strict_portal(database).await;
        let alice = portal.alice();
        done(&alice, "createRole", json!({ "name": "slip", "members": [], "everyone": true })).await;
        let denials: Vec<Value> = POLICIES.iter().map(|name| grant_of(name, "DENY")).collect();
        done(&alice, "updateRole", json!({ "name": "slip", "grants": denials })).await;
        let explained =
            "{ explainAccess(input: { subject: \"user:alice\", permission: \"policy.entity.update\" })
            { decision grants { role verdict } } }";
        let told = alice.ask(explained).await;
        let grants =
            json!([{ "role": "admin", "verdict": "DECIDES" }, { "role": "slip", "verdict": "OVERRIDDEN" }]);
        assert_eq!(told.data("/explainAccess"), &json!({ "decision": "ALLOW", "grants": grants }));
        done(&alice, "deleteRole", json!({ "name": "slip" })).await;
    }
    // Where the config makes nobody one, a token of a service that the operator makes is.
    let mut portal = strict_portal(Database::Sqlite).await;
    let alice = portal.alice();
    done(&alice, "createRole", json!({ "name": "slip", "members": [], "everyone": true })).await;
    done(&alice, "updateRole", json!({ "name": "slip", "grants": [grant_of("policy.*", "DENY")] })).await;
    portal.restart(json!({ "permission": { "roles": [] } })).await;
    assert_eq!(code(refused(&portal.alice(), "deleteRole", json!({ "name": "slip" })).await), "NOT_FOUND");
    done(&portal.with_token("ops-token-1"), "deleteRole", json!({ "name": "slip" })).await;
}

/// A right that was taken does not serve a change that another replica still holds to be allowed.
#[tokio::test]
async fn a_change_is_checked_by_the_roles_that_it_changes() {
    let first = strict_portal(Database::Postgres).await;
    let same = json!({ "database": { "url": first.database_url() } });
    let second = strict_portal_with(Database::Sqlite, same).await;
    let alice = first.alice();
    done(&alice, "createRole", json!({ "name": "admins", "members": ["user:bob"] })).await;
    done(&alice, "grantPermission", json!({ "role": "admins", "permission": "*" })).await;
    let bob = second.bob();
    while bob.ask("{ roles { totalCount } }").await.data("/roles").is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    done(&alice, "createRole", json!({ "name": "empty", "members": [] })).await;
    done(&alice, "unassignRole", json!({ "role": "admins", "members": ["user:bob"] })).await;
    let back = json!({ "role": "admins", "members": ["user:bob"] });
    assert_eq!(code(refused(&bob, "assignRole", back).await), "NOT_FOUND");
    let role = alice.ask("{ role(name: \"admins\") { members } }").await;
    assert_eq!(role.data("/role/members"), &json!([]));
    done(&alice, "assignRole", json!({ "role": "admins", "members": ["user:bob"] })).await;
    while bob.ask("{ roles { totalCount } }").await.data("/roles").is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    done(&alice, "unassignRole", json!({ "role": "admins", "members": ["user:bob"] })).await;
    assert_eq!(code(refused(&bob, "createRole", json!({ "name": "x", "members": [] })).await), "FORBIDDEN");
    let import = json!({ "csv": "g, user:default/bob, role:default/admins" });
    let answer = crate::roles::mutate(&bob, "importRoles", import, "updated").await;
    assert_eq!(answer.codes(), ["FORBIDDEN"]);
}

/// Who changes what somebody else has changed since is told so, and changes nothing.
#[tokio::test]
async fn a_role_that_is_no_longer_what_was_seen_is_not_changed() {
    for database in Database::ALL {
        let portal = strict_portal(database).await;
        let alice = portal.alice();
        done(&alice, "createRole", json!({ "name": "r", "members": ["user:bob"] })).await;
        let revision = async || {
            let role = alice.ask("{ role(name: \"r\") { revision } }").await;
            role.data("/role/revision").clone()
        };
        let seen = revision().await;
        assert_eq!(seen, revision().await, "it stays while nothing changes");
        done(&alice, "updateRole", json!({ "name": "r", "description": "d", "expectedRevision": seen }))
            .await;
        for (name, mut input) in [
            ("updateRole", json!({ "name": "r", "description": "e" })),
            ("assignRole", json!({ "role": "r", "members": ["user:eve"] })),
            ("unassignRole", json!({ "role": "r", "members": ["user:bob"] })),
            ("grantPermission", json!({ "role": "r", "permission": "catalog.*" })),
            ("revokePermission", json!({ "role": "r", "permission": "catalog.*" })),
            ("deleteRole", json!({ "name": "r" })),
        ] {
            input["expectedRevision"] = seen.clone();
            assert_eq!(code(refused(&alice, name, input).await), "CONFLICT", "{name}");
        }
        let update = json!({ "name": "r", "everyone": true, "expectedRevision": seen });
        let query = "query($input: SimulateRolesInput!) { simulateRoles(input: $input) { totalCount } }";
        let answer = alice.ask_with(query, json!({ "input": { "update": [update] } })).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
        done(&alice, "deleteRole", json!({ "name": "r", "expectedRevision": revision().await })).await;
    }
}

#[tokio::test]
async fn a_refusal_names_the_permission_that_is_lacking() {
    let portal = strict_portal(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let create = "mutation { createRole(input: { name: \"x\", members: [] }) { role { name } } }";
    let answer = bob.ask(create).await;
    assert_eq!(answer.body["errors"][0]["extensions"]["permission"], "policy.entity.create");
    let may = "{ viewerCanImportRoles }";
    assert_eq!(bob.ask(may).await.data("/viewerCanImportRoles"), false);
    assert_eq!(alice.ask(may).await.data("/viewerCanImportRoles"), true);
    assert_eq!(portal.with_token("narrow-token").ask(may).await.data("/viewerCanImportRoles"), false);
}
