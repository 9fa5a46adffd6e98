//! The engine Meilisearch: against a live server where `MEILI_URL` names one (`MEILI_KEY` its key), else against a server
//! that answers as the published API says. That one finds words by their beginnings alone.

mod condition;
mod host;

use callboard_tests::{Database, TestPortal};
use serde_json::{Value, json};

use self::host::Host;
use super::world::{components, finds, read_again, search, titles, titles_of};
use crate::roles::{done, mutate};

const SHOP: &str = "
    payment-service | Payment Service | team-a   | Takes money for orders. | java money
    payment         | Payment         | team-b   | The library of all that pays. | java
    PaymentGateway  | Gateway         | user:bob | Talks to banks. | go
    order.history   | Order history   | team-a   | What was bought, by whom. | java
";

/// A server, and the config that names an index of its own there.
struct Server {
    host: Option<Host>,
    config: Value,
}

impl Server {
    async fn start(name: &str) -> Self {
        let unique = callboard_kit::Clock::system().now().timestamp_micros();
        let index = format!("test-{name}-{unique}");
        if let Ok(url) = std::env::var("MEILI_URL") {
            let key = std::env::var("MEILI_KEY").ok();
            let config = json!({ "engine": "meilisearch", "meilisearch": { "url": url, "apiKey": key, "index": index } });
            return Self { host: None, config };
        }
        let host = Host::start().await;
        let config = json!({
            "engine": "meilisearch", "meilisearch": { "url": host.url(), "apiKey": host::KEY, "index": index },
        });
        Self { host: Some(host), config }
    }

    async fn portal(&self, database: Database) -> TestPortal {
        let own = json!({ "rule": "IS_ENTITY_OWNER", "params": { "claims": ["$ownerRefs"] } });
        let config = json!({ "search": self.config, "permission": { "roles": [
            { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
            { "name": "own", "members": ["user:default/bob"], "grants": [{ "permission": "catalog.entity.read", "when": own }] },
        ] } });
        let registry = callboard_api::plugins::registry();
        TestPortal::start_with(database, &[("shop.yaml", &components(SHOP))], config, registry).await
    }
}

#[tokio::test]
async fn meilisearch_finds_what_one_may_see_and_nothing_else() {
    for database in Database::ALL {
        let server = Server::start("sight").await;
        let portal = server.portal(database).await;
        finds(&portal, "", 4).await;
        let (alice, bob) = (portal.alice(), portal.bob());
        let found = search(&alice, "payment", json!({ "first": 2 })).await;
        assert_eq!((&found["totalCount"], titles_of(&found).len()), (&json!(3), 2));
        let rest =
            search(&alice, "payment", json!({ "first": 2, "after": found["pageInfo"]["endCursor"] })).await;
        assert_eq!((titles_of(&rest).len(), &rest["pageInfo"]["hasNextPage"]), (1, &json!(false)));
        assert_eq!(
            search(&alice, "gateway", json!({})).await["nodes"][0]["entity"]["ref"],
            "component:default/paymentgateway"
        );
        assert_eq!(titles(&alice, "owner:team-a tag:money").await, ["Payment Service"]);
        assert_eq!(titles(&alice, "payment -money -owner:user:bob").await, ["Payment"]);
        assert_eq!(titles(&alice, "\"money for orders\"").await, ["Payment Service"]);
        let tags = search(&alice, "", json!({ "fields": ["tag", "kind"] })).await["facets"].clone();
        assert_eq!(tags[0]["values"][0], json!({ "value": "java", "count": 3 }));
        for text in ["", "payment", "pay"] {
            let found = search(&bob, text, json!({ "fields": ["tag"] })).await;
            assert_eq!(
                (&found["totalCount"], titles_of(&found)),
                (&json!(1), vec!["Gateway".to_owned()]),
                "{text}"
            );
            assert_eq!(found["facets"][0]["values"], json!([{ "value": "go", "count": 1 }]));
        }
        done(&alice, "createRole", json!({ "name": "all", "members": ["user:default/bob"] })).await;
        done(&alice, "grantPermission", json!({ "role": "all", "permission": "catalog.entity.read" })).await;
        assert_eq!(search(&bob, "payment", json!({})).await["totalCount"], 3);
        assert_eq!(search(&portal.nobody(), "payment", json!({})).await["totalCount"], 0);
    }
}

#[tokio::test]
async fn changes_and_rebuilds_reach_meilisearch() {
    let server = Server::start("changes").await;
    let portal = server.portal(Database::Sqlite).await;
    finds(&portal, "", 4).await;
    portal.write("catalog/shop.yaml", &components("payment | Wallet | crew | Woven from willow. |\n"));
    read_again(&portal).await;
    finds(&portal, "willow", 1).await;
    mutate(&portal.alice(), "rebuildSearchIndex", json!({}), "status { rebuilding }").await;
    let status = "{ searchIndexStatus { engine documents rebuilding rebuiltAt error types { complete } } }";
    let seen = portal
        .eventually(status, |answer| {
            let status = &answer["data"]["searchIndexStatus"];
            status["rebuilding"] == false && !status["rebuiltAt"].is_null()
        })
        .await;
    assert_eq!(seen["data"]["searchIndexStatus"]["engine"], "meilisearch");
    finds(&portal, "willow", 1).await;
}

#[tokio::test]
async fn what_meilisearch_could_not_be_told_is_told_when_it_is_back() {
    let server = Server::start("outage").await;
    let Some(host) = &server.host else {
        eprintln!("skipped: a live server is not taken away");
        return;
    };
    let portal = server.portal(Database::Sqlite).await;
    finds(&portal, "", 4).await;
    host.is_away(true);
    portal.write("catalog/till.yaml", &components("till | Till | crew | Woven from willow. |\n"));
    read_again(&portal).await;
    portal.has_entities(5).await;
    let answer = super::world::ask(&portal.alice(), "willow", json!({})).await;
    assert_eq!(answer.codes(), ["UNAVAILABLE"], "{}", answer.body);
    portal
        .eventually("{ plugins { id healthMessage } }", |answer| {
            answer.to_string().contains("software-catalog: ")
        })
        .await;
    host.is_away(false);
    finds(&portal, "willow", 1).await;
    portal
        .eventually("{ plugins { id healthMessage } }", |answer| {
            !answer.to_string().contains("software-catalog: ")
        })
        .await;
    assert_eq!(host.refused_keys(), 0, "every request had the key");
}
