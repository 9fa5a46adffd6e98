//! What a text means: words, names, mistakes, fields, phrases.

use std::fmt::Write;

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

use super::world::{ask, components, finds, search, titles, titles_of};

const SHOP: &str = "
    payment-service | Payment Service | team-a | Takes money for orders and deploys nightly. | java money
    payment         | Payment         | team-b | The library of all that pays. | java
    repayment       | Loans           | team-b | Pays back what was lent. |
    PaymentGateway  | Gateway         | team-a | Talks to banks. | go
    order.history   | Order history   | team-a | What was bought, by whom. | java
    kubernetes-ops  | Cluster         | team-c | Keeps machines running; deployment of everything. | infra
    ueberweisung    | Überweisungen   | team-c | Wie man Überweisungen ausführt und was nach dem Buchen der Überweisung mit der Bank zu tun ist. |
";

async fn shop(database: Database) -> TestPortal {
    let portal = TestPortal::start(database, &[("shop.yaml", &components(SHOP))]).await;
    finds(&portal, "", 7).await;
    portal
}

#[tokio::test]
async fn what_is_exact_comes_before_what_begins_so_and_that_before_mistakes() {
    let portal = shop(Database::Sqlite).await;
    let bob = portal.bob();
    let found = titles(&bob, "payment").await;
    assert_eq!(&found[..2], ["Payment", "Payment Service"], "{found:?}");
    assert!(found.contains(&"Gateway".to_owned()), "by a part of its name: {found:?}");
    assert_eq!(titles(&bob, "paym").await[0], "Payment");
    assert_eq!(titles(&bob, "paymnet servce").await[0], "Payment Service", "with two mistakes");
    assert_eq!(titles(&bob, "kubernets").await, ["Cluster"]);
    assert_eq!(titles(&bob, "bernet").await, ["Cluster"], "from the middle of a name");
}

#[tokio::test]
async fn names_are_found_however_they_are_written() {
    let portal = shop(Database::Sqlite).await;
    let bob = portal.bob();
    for text in ["PaymentGateway", "payment-gateway", "paymentgateway", "payment gateway", "PAYMENT_GATEWAY"]
    {
        assert_eq!(titles(&bob, text).await[0], "Gateway", "{text}");
    }
    for text in ["order.history", "orderHistory", "history order", "component:default/order.history"] {
        assert_eq!(titles(&bob, text).await[0], "Order history", "{text}");
    }
}

#[tokio::test]
async fn words_are_found_by_their_stems_in_the_language_of_the_text() {
    let portal = shop(Database::Sqlite).await;
    let bob = portal.bob();
    let mut found = titles(&bob, "deploying").await;
    found.sort();
    assert_eq!(found, ["Cluster", "Payment Service"]);
    assert_eq!(titles(&bob, "uberweisung").await, ["Überweisungen"]);
    assert_eq!(titles(&bob, "what takes the money").await[0], "Payment Service");
}

#[tokio::test]
async fn fields_phrases_and_exclusions_narrow_what_is_found() {
    for database in Database::ALL {
        let portal = shop(database).await;
        let bob = portal.bob();
        let mut found = titles(&bob, "owner:team-a tag:java").await;
        found.sort();
        assert_eq!(found, ["Order history", "Payment Service"]);
        assert_eq!(titles(&bob, "owner:group:default/team-a tag:go").await, ["Gateway"]);
        assert_eq!(titles(&bob, "\"money for orders\"").await, ["Payment Service"]);
        assert!(titles(&bob, "\"orders for money\"").await.is_empty());
        assert_eq!(titles(&bob, "payment -gateway -\"library of all\" -tag:money").await, ["Loans"]);
        assert_eq!(titles(&bob, "kind:api payment").await, [""; 0]);
        assert_eq!(titles(&bob, "type:service -owner:team-a,team-b").await.len(), 2);
        let none = search(&bob, "", json!({ "filters": [{ "field": "tag", "exists": false }] })).await;
        assert_eq!(none["totalCount"], 2);
        let some =
            search(&bob, "pay", json!({ "filters": [{ "field": "Tag", "in": ["GO", "infra"] }] })).await;
        assert_eq!(titles_of(&some), ["Gateway"]);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_query_is_told_with_its_place() {
    let portal = shop(Database::Sqlite).await;
    let bob = portal.bob();
    for (text, more, field, told) in [
        ("pay onwer:x", json!({}), "text", "did you mean `owner:`?, at character 5"),
        ("pay colour:x", json!({}), "text", "known are `type:`, `kind:`"),
        ("type:", json!({}), "text", "`type:` needs a value; there are software-catalog"),
        (&"a".repeat(501), json!({}), "text", "500 characters at most"),
        (&"ab ".repeat(25), json!({}), "text", "24 words at most"),
        ("", json!({ "types": ["nothing"] }), "types", "there are software-catalog"),
        (
            "",
            json!({ "filters": [{ "field": "knid", "in": ["x"] }] }),
            "filters.0.field",
            "did you mean `kind`?",
        ),
        ("", json!({ "first": 101 }), "first", "from 0 to 100"),
        ("", json!({ "after": "x" }), "after", "not a cursor of this search"),
        ("", json!({ "fields": ["x"] }), "fields", "no field `x`"),
    ] {
        let answer = ask(&bob, text, more).await;
        let error = &answer.body["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{text}: {}", answer.body);
        assert_eq!(error["extensions"]["field"], field, "{text}");
        assert!(error["message"].as_str().unwrap().contains(told), "{text}: {error}");
    }
}

#[tokio::test]
async fn words_are_marked_in_title_and_text() {
    let portal = shop(Database::Sqlite).await;
    let found = search(&portal.bob(), "pay nightly", json!({})).await;
    let first = &found["nodes"][0];
    assert_eq!(first["title"], "Payment Service");
    assert_eq!(first["location"], "/catalog/default/component/payment-service");
    let marked: Vec<String> = first["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mark| {
            let text = first[mark["field"].as_str().unwrap().to_lowercase()].as_str().unwrap();
            let at = |key: &str| usize::try_from(mark[key].as_i64().unwrap()).unwrap();
            text[at("start")..at("end")].to_owned()
        })
        .collect();
    assert_eq!(marked, ["Payment", "nightly"]);
}

#[tokio::test]
async fn other_words_are_suggested_where_nothing_has_these() {
    let portal = shop(Database::Sqlite).await;
    let bob = portal.bob();
    let suggested = search(&bob, "tag:java paymnet", json!({})).await["suggestion"].clone();
    assert_eq!(suggested, "tag:java payment");
    assert_eq!(search(&bob, "payment", json!({})).await["suggestion"], Value::Null);
    assert_eq!(search(&bob, "xyzzyplugh", json!({})).await["suggestion"], Value::Null);
}

#[tokio::test]
async fn pages_hold_everything_once_while_documents_come_and_go() {
    let mut lines = String::new();
    for index in 0..53 {
        let _ = writeln!(lines, "part-{index} | Part {index} | crew | A part of the whole {} |", index % 7);
    }
    let portal = TestPortal::start(Database::Sqlite, &[("parts.yaml", &components(&lines))]).await;
    finds(&portal, "part", 53).await;
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = search(&portal.bob(), "part whole", json!({ "first": 10, "after": after })).await;
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
        seen.extend(titles_of(&page));
        if seen.len() == 20 {
            // New ones with the same words change how rare these are.
            let more = "whole-part | Whole part | crew | whole part whole |\n".to_owned();
            portal.write("catalog/more.yaml", &components(&more));
            super::world::read_again(&portal).await;
            finds(&portal, "part", 54).await;
        }
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let mut once: Vec<&String> = seen.iter().filter(|title| *title != "Whole part").collect();
    once.sort_unstable();
    once.dedup();
    assert_eq!((once.len(), seen.len() - once.len()), (53, 0), "{seen:?}");
}
