//! What somebody may not see is not there: neither in pages nor in counts, facets, suggestions or marks.

use std::fmt::Write;

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

use super::world::{components, finds, search, titles_of};
use crate::roles::{done, mutate};

/// Of a thousand, bob's five; the others have a word that they do not have.
async fn thousand(database: Database) -> TestPortal {
    let mut lines = String::new();
    for index in 0..1000 {
        let (owner, word) = if index % 200 == 0 { ("user:bob", "harbour") } else { ("crew", "lighthouse") };
        let _ = writeln!(
            lines,
            "part-{index} | Part {index} | {owner} | Stands by the {word} of number{index}. | t{}",
            index % 10
        );
    }
    let own = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
    let config = json!({ "permission": { "roles": [
        { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
        { "name": "own", "members": ["user:default/bob"], "grants": [{ "permission": "catalog.entity.read", "when": own }] },
    ] } });
    let registry = callboard_api::plugins::registry();
    let portal =
        TestPortal::start_with(database, &[("parts.yaml", &components(&lines))], config, registry).await;
    finds(&portal, "", 1000).await;
    portal
}

#[tokio::test]
async fn who_may_see_five_of_a_thousand_finds_five_and_hears_of_no_more() {
    for database in Database::ALL {
        let portal = thousand(database).await;
        let (alice, bob) = (portal.alice(), portal.bob());
        for text in ["", "part", "stands", "par", "kind:component", "\"stands by\"", "-lighthouse"] {
            let found = search(&bob, text, json!({ "first": 4 })).await;
            assert_eq!(found["totalCount"], 5, "{text}");
            assert_eq!(titles_of(&found).len(), 4, "{text}: the page is full");
            let rest =
                search(&bob, text, json!({ "first": 4, "after": found["pageInfo"]["endCursor"] })).await;
            assert_eq!(
                (titles_of(&rest).len(), &rest["pageInfo"]["hasNextPage"]),
                (1, &json!(false)),
                "{text}"
            );
            assert_eq!(found["facets"][1]["values"], json!([{ "value": "Component", "count": 5 }]), "{text}");
        }
        let tags = search(&bob, "", json!({ "fields": ["tag"] })).await;
        assert_eq!(tags["facets"][0]["values"], json!([{ "value": "t0", "count": 5 }]));
        for text in ["lighthouse", "lighthuose", "owner:crew", "\"lighthouse of\"", "part-1-lighthouse"] {
            let found = search(&bob, text, json!({})).await;
            assert!(!found.to_string().contains("lighthouse"), "{text}: {found}");
            assert!(found["suggestion"].is_null(), "{text}: {found}");
        }
        assert_eq!(search(&alice, "lighthuose", json!({})).await["suggestion"], "lighthouse");
        assert_eq!(search(&bob, "harbuor", json!({})).await["suggestion"], "harbour");
    }
}

#[tokio::test]
async fn how_well_something_fits_tells_nothing_of_what_is_hidden() {
    let portal = thousand(Database::Sqlite).await;
    let bob = portal.bob();
    let before = search(&bob, "number200 part stands", json!({})).await;
    let more = "other | Number200 stands part | crew | number200 number200 part | number200\n";
    portal.write("catalog/other.yaml", &components(more));
    super::world::read_again(&portal).await;
    finds(&portal, "", 1001).await;
    let after = search(&bob, "number200 part stands", json!({})).await;
    assert_eq!(before["nodes"], after["nodes"]);
    assert_eq!(before["totalCount"], after["totalCount"]);
}

#[tokio::test]
async fn what_is_granted_or_revoked_counts_at_once() {
    let portal = thousand(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let total = async || search(&bob, "part", json!({})).await["totalCount"].clone();
    assert_eq!(total().await, 5);
    done(&alice, "createRole", json!({ "name": "all", "members": ["user:default/bob"] })).await;
    done(&alice, "grantPermission", json!({ "role": "all", "permission": "catalog.entity.read" })).await;
    assert_eq!(total().await, 1000);
    done(&alice, "revokePermission", json!({ "role": "all", "permission": "catalog.entity.read" })).await;
    assert_eq!(total().await, 5);
    let nobody = search(&portal.nobody(), "part", json!({})).await;
    assert_eq!(
        (&nobody["totalCount"], &nobody["nodes"], &nobody["suggestion"]),
        (&json!(0), &json!([]), &Value::Null)
    );
}

#[tokio::test]
async fn only_who_may_sees_how_the_index_is_and_has_it_built_anew() {
    let portal = thousand(Database::Sqlite).await;
    let (alice, bob) = (portal.alice(), portal.bob());
    let status = "{ searchIndexStatus { engine documents bytes rebuilding types { name title documents complete error } } }";
    let seen = alice.ask(status).await;
    assert_eq!(seen.data("/searchIndexStatus/documents"), 1000);
    assert_eq!(
        seen.data("/searchIndexStatus/types"),
        &json!([{ "name": "software-catalog", "title": "Catalog", "documents": 1000, "complete": true, "error": null }])
    );
    assert_eq!(bob.ask(status).await.data("/searchIndexStatus"), &Value::Null);
    let refused =
        mutate(&bob, "rebuildSearchIndex", json!({ "reason": "why not" }), "status { engine }").await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert_eq!(refused.body["errors"][0]["extensions"]["permission"], "search.index.rebuild");
    mutate(&alice, "rebuildSearchIndex", json!({ "reason": "after the move" }), "status { engine }").await;
    let log = "{ auditEvents { nodes { action outcome target message } } }";
    let told = portal.eventually(log, |answer| answer.to_string().contains("after the move")).await;
    assert!(told.to_string().contains("search index"), "{told}");
    assert!(
        alice
            .ask("{ searchTypes { name title } }")
            .await
            .data("/searchTypes")
            .to_string()
            .contains("Catalog")
    );
    assert_eq!(portal.nobody().ask("{ searchTypes { name } }").await.data("/searchTypes"), &json!([]));
}
