use std::time::Duration;

use callboard_api::plugins::registry;
use callboard_kit::Clock;
use callboard_tests::{Browser, Database, IdentityProvider, TestPortal};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::sign_in::{BY_EMAIL, USERS, acme, portal};

const IS_GUEST: &str = "{ viewer { isGuest } }";

async fn at(clock: &Clock, provider: &IdentityProvider, session: Value) -> TestPortal {
    let providers = json!({ "acme": acme(provider, &json!([{ "resolver": BY_EMAIL }])) });
    let auth = json!({ "auth": { "providers": providers, "session": session, "clockSkew": "10m" } });
    let portal =
        TestPortal::start_at(Database::Sqlite, &[("users.yaml", USERS)], auth, registry(), clock.clone())
            .await;
    portal.has_entities(4).await;
    portal
}

fn clock() -> Clock {
    Clock::fixed(Clock::system().now())
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.ask(IS_GUEST).await.data("/viewer/isGuest") == &json!(false)
}

#[tokio::test]
async fn a_session_ends_when_it_is_left_alone_and_however_much_it_is_used() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({ "idleTimeout": "10m", "maxLifetime": "30m" })).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    for _ in 0..3 {
        clock.advance(Duration::from_mins(9));
        assert!(is_signed_in(&browser).await);
    }
    clock.advance(Duration::from_mins(4));
    assert!(!is_signed_in(&browser).await, "it outlived its time");
    assert_eq!(browser.session(), None);
}

#[tokio::test]
async fn a_cookie_is_replaced_in_time_and_the_one_before_is_soon_of_no_use() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({ "rotateEvery": "1h" })).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let first = browser.session().unwrap();
    assert!(is_signed_in(&browser).await);
    assert_eq!(browser.session().as_ref(), Some(&first));
    clock.advance(Duration::from_secs(3601));
    assert!(is_signed_in(&browser).await);
    let second = browser.session().unwrap();
    assert_ne!(first, second);
    let old = portal.browser();
    old.set_cookie("callboard-session", &first);
    assert!(is_signed_in(&old).await, "requests that were under way");
    assert!(is_signed_in(&browser).await);
    clock.advance(Duration::from_secs(30));
    assert!(is_signed_in(&old).await);
    clock.advance(Duration::from_mins(1));
    old.set_cookie("callboard-session", &first);
    assert!(!is_signed_in(&old).await, "the cookie before is still good");
    assert!(is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_lost_answer_signs_nobody_out() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({ "rotateEvery": "1h" })).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let first = browser.session().unwrap();
    clock.advance(Duration::from_secs(3601));
    assert!(is_signed_in(&browser).await);
    // The answer with the new cookie never arrived.
    browser.set_cookie("callboard-session", &first);
    clock.advance(Duration::from_mins(10));
    assert!(is_signed_in(&browser).await);
    assert_ne!(browser.session().unwrap(), first);
}

#[tokio::test]
async fn whoever_leaves_the_catalog_or_the_provider_is_signed_out() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let mut portal = at(&clock, &provider, json!({ "refreshEvery": "5m" })).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    clock.advance(Duration::from_secs(301));
    assert!(is_signed_in(&browser).await);
    provider.behaviour().refuses_refresh = true;
    clock.advance(Duration::from_secs(301));
    assert!(is_signed_in(&browser).await, "the provider is asked beside the request");
    for _ in 0..100 {
        if !is_signed_in(&browser).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!is_signed_in(&browser).await, "the provider refused");

    provider.behaviour().refuses_refresh = false;
    provider.sign_in(&browser, "acme").await;
    assert!(is_signed_in(&browser).await);
    let token = browser.session().unwrap();
    portal.write("catalog/users.yaml", &USERS.replace("name: bob,", "name: rob,"));
    portal.restart(json!({ "catalog": { "orphanStrategy": "delete" } })).await;
    let gone = |answer: &Value| answer["data"]["entity"].is_null() && answer["data"]["heir"]["name"] == "rob";
    portal
        .eventually("{ entity(ref: \"user:bob\") { name } heir: entity(ref: \"user:rob\") { name } }", gone)
        .await;
    let browser = portal.browser();
    browser.set_cookie("callboard-session", &token);
    assert!(is_signed_in(&browser).await, "it is looked from time to time only");
    clock.advance(Duration::from_secs(301));
    assert!(!is_signed_in(&browser).await, "the user has left the catalog");
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_user_and_by_admins() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let (laptop, phone) = (portal.browser(), portal.browser());
    provider.sign_in(&laptop, "acme").await;
    provider.sign_in(&phone, "acme").await;
    let list = "{ viewer { sessions { id subject provider current address } } sessions(first: 1) { nodes { id } pageInfo { hasNextPage } } }";
    let own = laptop.ask(list).await;
    let sessions = own.data("/viewer/sessions").as_array().unwrap().clone();
    assert_eq!(sessions.len(), 2);
    let current: Vec<&Value> = sessions.iter().map(|session| &session["current"]).collect();
    assert_eq!(current, [&json!(false), &json!(true)]);
    assert_eq!(own.data("/sessions"), &Value::Null, "bob is no admin");
    let other = sessions[0]["id"].as_str().unwrap();
    let node = format!("{{ node(id: \"{other}\") {{ id __typename }} }}");
    assert_eq!(laptop.ask(&node).await.data("/node/__typename"), &json!("Session"));
    assert_eq!(portal.nobody().ask(&node).await.data("/node"), &Value::Null);
    let revoke = format!("mutation {{ revokeSession(input: {{ id: \"{other}\" }}) {{ revokedId }} }}");
    assert_eq!(portal.nobody().ask(&revoke).await.codes(), ["NOT_FOUND"], "a guest sees none");
    assert_eq!(laptop.ask(&revoke).await.data("/revokeSession/revokedId"), &json!(other));
    assert!(!is_signed_in(&phone).await && is_signed_in(&laptop).await);
    assert_eq!(laptop.ask(&revoke).await.codes(), ["NOT_FOUND"]);

    let admin = portal.alice();
    let all = admin.ask(list).await;
    assert_eq!(all.data("/sessions/nodes").as_array().unwrap().len(), 1);
    let all_of = r#"mutation { revokeSessionsOf(input: { subject: "user:default/bob" }) { count } }"#;
    assert_eq!(portal.nobody().ask(all_of).await.codes(), ["NOT_FOUND"]);
    assert_eq!(admin.ask(all_of).await.data("/revokeSessionsOf/count"), &json!(1));
    assert!(!is_signed_in(&laptop).await);
}

#[tokio::test]
async fn settings_are_kept_for_each_user_within_limits() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let set = "mutation($key: String!, $value: JSON) { updateViewerSettings(input: { key: $key, value: $value }) { viewer { settings(key: $key) } } }";
    let value = json!({ "cards": ["a", 1, null], "open": true });
    let answer = browser.ask_with(set, json!({ "key": "home.layout", "value": value })).await;
    assert_eq!(answer.data("/updateViewerSettings/viewer/settings"), &value);
    assert_eq!(
        portal.bob().ask("{ viewer { settings(key: \"home.layout\") } }").await.data("/viewer/settings"),
        &value
    );
    assert_eq!(
        portal.alice().ask("{ viewer { settings(key: \"home.layout\") } }").await.data("/viewer/settings"),
        &Value::Null
    );
    let answer = browser.ask_with(set, json!({ "key": "home.layout", "value": null })).await;
    assert_eq!(answer.data("/updateViewerSettings/viewer/settings"), &Value::Null);
    for (key, value) in [("", json!(1)), ("a b", json!(1)), ("big", json!("x".repeat(70_000)))] {
        assert_eq!(
            browser.ask_with(set, json!({ "key": key, "value": value })).await.codes(),
            ["BAD_USER_INPUT"]
        );
    }
    let guest = portal.nobody().ask_with(set, json!({ "key": "a", "value": 1 })).await;
    assert_eq!(guest.codes(), ["FORBIDDEN"]);
    let narrow = portal.with_token("narrow-token").ask_with(set, json!({ "key": "a", "value": 1 })).await;
    assert_eq!(narrow.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn a_socket_outlives_the_cookie_it_was_opened_with_and_not_its_session() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({ "rotateEvery": "1h" })).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let cookie = format!("callboard-session={}", browser.session().unwrap());
    let mut request =
        format!("{}/graphql/ws", portal.address().replace("http:", "ws:")).into_client_request().unwrap();
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    socket.send(Message::text(r#"{"type":"connection_init"}"#)).await.unwrap();
    assert!(socket.next().await.unwrap().unwrap().to_text().unwrap().contains("connection_ack"));
    let mut is_guest = async |id: &str| {
        let ask = json!({ "type": "subscribe", "id": id, "payload": { "query": IS_GUEST } });
        socket.send(Message::text(ask.to_string())).await.unwrap();
        loop {
            let text = socket.next().await.unwrap().unwrap();
            let message: Value = serde_json::from_str(text.to_text().unwrap()).unwrap();
            if message["type"] == "next" && message["id"] == id {
                return message["payload"]["data"]["viewer"]["isGuest"].clone();
            }
        }
    };
    assert_eq!(is_guest("1").await, json!(false));
    clock.advance(Duration::from_mins(61));
    assert!(is_signed_in(&browser).await && is_signed_in(&browser).await);
    clock.advance(Duration::from_mins(5));
    assert_eq!(is_guest("2").await, json!(false));
    let all = r#"mutation { revokeSessionsOf(input: { subject: "user:default/bob" }) { count } }"#;
    assert_eq!(browser.ask(all).await.data("/revokeSessionsOf/count"), &json!(1));
    assert_eq!(is_guest("3").await, json!(true), "the socket outlived its session");
}
