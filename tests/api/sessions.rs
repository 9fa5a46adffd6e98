use std::time::Duration;

use callboard_api::plugins::registry;
use callboard_kit::Clock;
use callboard_tests::{Browser, Database, IdentityProvider, TestPortal};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::sign_in::{BY_EMAIL, USERS, acme, portal};

const IS_GUEST: &str = "{ viewer { isGuest } }";

async fn at(clock: &Clock, provider: &IdentityProvider, session: Value) -> TestPortal {
    on(Database::Sqlite, clock, provider, session).await
}

async fn on(database: Database, clock: &Clock, provider: &IdentityProvider, session: Value) -> TestPortal {
    provider.behaviour().clock = Some(clock.clone());
    let providers = json!({ "acme": acme(provider, &json!([{ "resolver": BY_EMAIL }])) });
    let auth = json!({ "auth": { "providers": providers, "session": session, "clockSkew": "10m" } });
    let portal =
        TestPortal::start_at(database, &[("users.yaml", USERS)], auth, registry(), clock.clone()).await;
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

    for (minutes, expected) in [(9, true), (11, false)] {
        let alone = portal.browser();
        provider.sign_in(&alone, "acme").await;
        clock.advance(Duration::from_mins(minutes));
        assert_eq!(is_signed_in(&alone).await, expected, "it was left alone for {minutes} of 10 minutes");
    }

    let brief = at(&clock, &provider, json!({ "idleTimeout": "40s" })).await;
    let browser = brief.browser();
    provider.sign_in(&browser, "acme").await;
    for _ in 0..6 {
        clock.advance(Duration::from_secs(15));
        assert!(is_signed_in(&browser).await, "it ended while it was in use");
    }
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
    assert!(is_signed_in(&browser).await);
    old.set_cookie("callboard-session", &first);
    assert!(!is_signed_in(&old).await, "the cookie before is still good");
    assert!(!is_signed_in(&browser).await, "nobody can tell which of the two is the thief");
    let events =
        portal.alice().ask("{ auditEvents(first: 1) { nodes { action outcome actor target } } }").await;
    let expected = json!([{
        "action": "sessionReused", "outcome": "DENIED", "actor": "user:default/bob", "target": "acme",
    }]);
    assert_eq!(events.data("/auditEvents/nodes"), &expected);
}

#[tokio::test]
async fn a_lost_answer_signs_nobody_out_on_both_databases() {
    for database in Database::ALL {
        let (clock, provider) = (clock(), IdentityProvider::start().await);
        let portal = on(database, &clock, &provider, json!({ "rotateEvery": "1h" })).await;
        let browser = portal.browser();
        provider.sign_in(&browser, "acme").await;
        let first = browser.session().unwrap();
        clock.advance(Duration::from_secs(3601));
        assert!(is_signed_in(&browser).await);
        // The answer with the new cookie never arrived.
        browser.set_cookie("callboard-session", &first);
        clock.advance(Duration::from_mins(10));
        assert!(is_signed_in(&browser).await);
        let second = browser.session().unwrap();
        assert_ne!(second, first);
        // Now it does, and the one before is over in time.
        assert!(is_signed_in(&browser).await);
        clock.advance(Duration::from_mins(2));
        assert!(is_signed_in(&browser).await, "{database:?}");
        browser.set_cookie("callboard-session", &first);
        assert!(!is_signed_in(&browser).await, "{database:?}");
    }
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

/// Waits until the provider was asked for tokens once more.
async fn asked_again(provider: &IdentityProvider, before: usize) {
    let asked = || provider.behaviour().asked.get("token").copied().unwrap_or_default();
    for _ in 0..200 {
        if asked() > before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(asked() > before, "the provider was not asked");
    // What comes of it is done beside.
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn a_provider_that_says_nothing_of_the_person_signs_nobody_out() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({ "refreshEvery": "5m" })).await;
    provider.behaviour().tells_who_on_refresh = true;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let look = async |what: &str| {
        let before = provider.behaviour().asked["token"];
        clock.advance(Duration::from_secs(301));
        assert!(is_signed_in(&browser).await, "{what}: before it was asked");
        asked_again(&provider, before).await;
        is_signed_in(&browser).await
    };
    for (status, answer) in [
        (400, r#"{"error":"invalid_client"}"#),
        (401, r#"{"error":"invalid_client"}"#),
        (400, r#"{"error":"temporarily_unavailable"}"#),
        (403, "<html>blocked</html>"),
        (400, ""),
        (200, "nonsense"),
        (503, ""),
    ] {
        provider.behaviour().refresh_answer = Some((status, answer.to_owned()));
        assert!(look(answer).await, "{status} {answer}: signed out");
    }
    provider.behaviour().refresh_answer = None;
    // Each refresh token is good for once: those that come are kept.
    for round in 0..3 {
        assert!(look("mended").await, "round {round}");
    }
    provider.behaviour().user["sub"] = json!("somebody-else");
    assert!(!look("somebody else").await, "the provider means somebody else by now");
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

/// A WebSocket that asks one thing after the other.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub(crate) async fn open(portal: &TestPortal, headers: &[(&'static str, &str)]) -> Self {
        let address = format!("{}/graphql/ws", portal.address().replace("http:", "ws:"));
        let mut request = address.into_client_request().unwrap();
        for (name, value) in
            headers.iter().copied().chain([("sec-websocket-protocol", "graphql-transport-ws")])
        {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        let (mut socket, _) = connect_async(request).await.unwrap();
        socket.send(Message::text(r#"{"type":"connection_init"}"#)).await.unwrap();
        assert!(socket.next().await.unwrap().unwrap().to_text().unwrap().contains("connection_ack"));
        Self(socket)
    }

    /// Watches the catalog until the portal hangs up; the code with which it does.
    async fn watch_until_closed(&mut self) -> u16 {
        loop {
            if let Message::Close(Some(frame)) = self.0.next().await.unwrap().unwrap() {
                return frame.code.into();
            }
        }
    }

    pub(crate) async fn is_guest(&mut self, id: &str) -> bool {
        let ask = json!({ "type": "subscribe", "id": id, "payload": { "query": IS_GUEST } });
        self.0.send(Message::text(ask.to_string())).await.unwrap();
        loop {
            let text = self.0.next().await.unwrap().unwrap();
            let message: Value = serde_json::from_str(text.to_text().unwrap()).unwrap();
            if message["type"] == "next" && message["id"] == id {
                return message["payload"]["data"]["viewer"]["isGuest"] == json!(true);
            }
        }
    }
}

#[tokio::test]
async fn a_socket_outlives_the_cookie_it_was_opened_with_and_not_its_session() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({ "rotateEvery": "1h" })).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let cookie = format!("callboard-session={}", browser.session().unwrap());
    let mut socket = Socket::open(&portal, &[("cookie", &cookie)]).await;
    assert!(!socket.is_guest("1").await);
    clock.advance(Duration::from_mins(61));
    assert!(is_signed_in(&browser).await && is_signed_in(&browser).await);
    clock.advance(Duration::from_mins(5));
    assert!(!socket.is_guest("2").await);
    let all = r#"mutation { revokeSessionsOf(input: { subject: "user:default/bob" }) { count } }"#;
    assert_eq!(browser.ask(all).await.data("/revokeSessionsOf/count"), &json!(1));
    assert!(socket.is_guest("3").await, "the socket outlived its session");
}

#[tokio::test]
async fn what_is_watched_in_a_session_is_watched_no_longer_than_that_lasts() {
    let (clock, provider) = (clock(), IdentityProvider::start().await);
    let portal = at(&clock, &provider, json!({})).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let cookie = format!("callboard-session={}", browser.session().unwrap());
    let mut socket = Socket::open(&portal, &[("cookie", &cookie)]).await;
    let watch = json!({ "type": "subscribe", "id": "1", "payload": { "query": "subscription { entityChanged { ref } }" } });
    socket.0.send(Message::text(watch.to_string())).await.unwrap();
    assert!(!socket.is_guest("2").await);
    let all = r#"mutation { revokeSessionsOf(input: { subject: "user:default/bob" }) { count } }"#;
    assert_eq!(browser.ask(all).await.data("/revokeSessionsOf/count"), &json!(1));
    assert_eq!(socket.watch_until_closed().await, 4403);
}
