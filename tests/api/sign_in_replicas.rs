//! Two replicas on one database, and many requests at once.

use std::time::Duration;

use callboard_api::plugins::registry;
use callboard_kit::Clock;
use callboard_tests::{Browser, Database, IdentityProvider, TestPortal};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::sign_in::{BY_EMAIL, USERS, acme};

struct Replicas {
    first: TestPortal,
    second: TestPortal,
    provider: IdentityProvider,
    clock: Clock,
}

impl Replicas {
    async fn start() -> Self {
        let (clock, provider) = (Clock::fixed(Clock::system().now()), IdentityProvider::start().await);
        provider.behaviour().clock = Some(clock.clone());
        let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
        let session = json!({ "rotateEvery": "1h", "refreshEvery": "5m" });
        let auth = json!({ "providers": providers, "session": session, "clockSkew": "10m" });
        // Both seal with the same key, as replicas do.
        let key = "a-key-of-thirty-two-characters-or-more";
        let config = json!({ "auth": auth, "backend": { "encryptionKey": key } });
        let start = async |database: Database, more: Value| {
            let mut config = config.clone();
            config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let files = [("users.yaml", USERS)];
            let portal = TestPortal::start_at(database, &files, config, registry(), clock.clone()).await;
            portal.has_entities(4).await;
            portal
        };
        let first = start(Database::Postgres, json!({})).await;
        let second = start(Database::Sqlite, json!({ "database": { "url": first.database_url() } })).await;
        Self { first, second, provider, clock }
    }

    /// Browsers that hold this session's token, at one replica and the other in turn.
    fn holding(&self, token: &str, many: usize) -> Vec<Browser> {
        let hold = |index| {
            let portal = if index % 2 == 0 { &self.first } else { &self.second };
            let browser = portal.browser();
            browser.set_cookie("callboard-session", token);
            browser
        };
        (0..many).map(hold).collect()
    }
}

async fn are_signed_in(browsers: &[Browser]) -> Vec<bool> {
    let ask = async |browser: &Browser| {
        let request = browser.request(Method::POST, "/graphql").header("x-callboard-csrf", "1");
        let request = request.json(&json!({ "query": "{ viewer { isGuest } }" }));
        browser.send(request).await.json()["data"]["viewer"]["isGuest"] == json!(false)
    };
    join_all(browsers.iter().map(ask)).await
}

#[tokio::test]
async fn one_of_many_requests_at_once_gets_a_new_cookie_and_asks_the_provider() {
    let replicas = Replicas::start().await;
    let browser = replicas.first.browser();
    replicas.provider.sign_in(&browser, "acme").await;
    let token = browser.session().unwrap();
    let before = replicas.provider.behaviour().asked["token"];
    let browsers = replicas.holding(&token, 12);
    // By this there are connections for all of them.
    assert_eq!(are_signed_in(&browsers).await, [true; 12]);
    replicas.clock.advance(Duration::from_secs(3601));
    assert_eq!(are_signed_in(&browsers).await, [true; 12]);
    let new: Vec<String> =
        browsers.iter().filter_map(Browser::session).filter(|held| *held != token).collect();
    assert_eq!(new.len(), 1, "the cookie was replaced more than once");
    for _ in 0..100 {
        if replicas.provider.behaviour().asked["token"] > before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(replicas.provider.behaviour().asked["token"] - before, 1, "each of them asked the provider");
    assert_eq!(are_signed_in(&replicas.holding(&new[0], 2)).await, [true; 2]);
}

#[tokio::test]
async fn an_answer_of_a_provider_is_used_once_at_whichever_replica_it_arrives() {
    let replicas = Replicas::start().await;
    let browser = replicas.first.browser();
    let start = browser.open("/auth/acme/start").await;
    let callback = replicas.provider.callback(&start, "acme");
    let kept: Vec<(String, String)> = (0..8)
        .map(|slot| format!("callboard-sign-in-{slot}"))
        .filter_map(|name| browser.cookie(&name).map(|value| (name, value)))
        .collect();
    let browsers = replicas.holding("", 8);
    let arrive = async |browser: &Browser| {
        for (name, value) in &kept {
            browser.set_cookie(name, value);
        }
        let request = browser.request(Method::GET, &callback);
        browser.send(request).await.parameter("error")
    };
    let told = join_all(browsers.iter().map(arrive)).await;
    let refused = told.iter().flatten().filter(|code| *code == "invalid_state").count();
    assert_eq!((told.len(), refused), (8, 7), "{told:?}");
}

#[tokio::test]
async fn what_ends_a_session_at_one_replica_ends_it_at_all() {
    let replicas = Replicas::start().await;
    let browser = replicas.first.browser();
    replicas.provider.sign_in(&browser, "acme").await;
    let both = replicas.holding(&browser.session().unwrap(), 2);
    assert_eq!(are_signed_in(&both).await, [true; 2]);
    let all = r#"mutation { revokeSessionsOf(input: { subject: "user:default/bob" }) { count } }"#;
    assert_eq!(replicas.second.alice().ask(all).await.data("/revokeSessionsOf/count"), &json!(1));
    assert_eq!(are_signed_in(&both).await, [false; 2]);
}
