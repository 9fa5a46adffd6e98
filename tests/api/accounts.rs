//! Accounts that users lend to the portal.

use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;
use axum::{Router, extract::Path, routing::get};
use callboard_api::plugins::registry;
use callboard_kit::{Clock, Plugin, PluginContext, PluginHandle};
use callboard_tests::{Browser, Database, Fault, IdentityProvider, TestPortal};
use futures::future::join_all;
use serde_json::{Value, json};

use crate::sign_in::{BY_EMAIL, USERS, acme, portal};

/// A provider whose accounts are lent with the scope `repo`.
fn lent(provider: &IdentityProvider) -> Value {
    let mut settings = acme(provider, &json!([{ "resolver": BY_EMAIL }]));
    settings["connectScopes"] = json!(["repo"]);
    settings
}

/// A portal with a plugin that borrows.
async fn lender(database: Database, acme: &Value, clock: &Clock, more: Value) -> TestPortal {
    let mut config = json!({ "auth": { "providers": { "acme": acme }, "clockSkew": "10m", "session": { "refreshEvery": "30d" } } });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let registry = registry().register::<Borrower>();
    let portal =
        TestPortal::start_at(database, &[("users.yaml", USERS)], config, registry, clock.clone()).await;
    portal.has_entities(4).await;
    portal
}

async fn sign_in_and_lend(browser: &Browser, provider: &IdentityProvider) {
    provider.sign_in(browser, "acme").await;
    let start = browser.connect("acme").await;
    browser.open(&provider.callback(&start, "acme")).await;
}

#[tokio::test]
async fn an_account_is_connected_sealed_and_disconnected() {
    let provider = IdentityProvider::start().await;
    let portal = portal(Database::Sqlite, json!({ "acme": lent(&provider) }), json!({})).await;
    let browser = portal.browser();
    let refused = browser.connect("acme").await;
    assert_eq!((refused.status.as_u16(), refused.location.as_deref()), (401, None), "{refused:?}");
    provider.sign_in(&browser, "acme").await;
    let start = browser.connect("acme").await;
    assert!(start.parameter("scope").unwrap().split(' ').any(|scope| scope == "repo"));
    let done = browser.open(&provider.callback(&start, "acme")).await;
    assert_eq!(done.location.as_deref(), Some("/account"), "{done:?}");
    let accounts = "{ viewer { connectedAccounts { provider title login scopes expiresAt } } }";
    let expected = json!([{
        "provider": "acme", "title": "Acme", "login": "bob", "scopes": ["openid", "profile", "email", "repo"],
        "expiresAt": null,
    }]);
    assert_eq!(browser.ask(accounts).await.data("/viewer/connectedAccounts"), &expected);
    for table in ["auth_accounts", "auth_sessions"] {
        let kept = portal.read(&format!("SELECT secrets FROM {table}")).await;
        assert_eq!(kept.len(), 1, "{table}");
        assert!(kept[0].len() > 50 && !kept[0].contains("token"), "{table}: {}", kept[0]);
        assert!(!kept[0].contains("access-1") && !kept[0].contains("refresh-1"), "{table}: {}", kept[0]);
    }
    let disconnect = r#"mutation { disconnectAccount(input: { provider: "acme" }) { provider } }"#;
    assert_eq!(browser.ask(disconnect).await.data("/disconnectAccount/provider"), &json!("acme"));
    assert_eq!(browser.ask(accounts).await.data("/viewer/connectedAccounts"), &json!([]));
    assert_eq!(browser.ask(disconnect).await.codes(), ["NOT_FOUND"]);
    let guest = portal.browser();
    assert_eq!(guest.ask(disconnect).await.codes(), ["FORBIDDEN"]);
}

/// A plugin that asks for what users have lent, as the scaffolder does.
struct Borrower;

#[async_trait]
impl Plugin for Borrower {
    const ID: &'static str = "borrower";
    const TITLE: &'static str = "Borrower";
    type Config = BTreeMap<String, String>;

    fn sdl() -> String {
        String::new()
    }

    async fn start(_: Self::Config, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let services = context.services;
        let borrow = move |Path((host, scope)): Path<(String, String)>| async move {
            let lender = services.user_credentials.get().unwrap();
            let user = "user:default/bob".parse().unwrap();
            let found = lender.credential(&user, &host, &[scope]).await.unwrap();
            found.map_or_else(|| "none".to_owned(), |lent| format!("{} {}", lent.login, lent.token.expose()))
        };
        let routes = Router::new().route("/borrow/{host}/{scope}", get(borrow));
        Ok(PluginHandle { routes, ..PluginHandle::default() })
    }
}

#[tokio::test]
async fn plugins_borrow_what_a_user_has_lent_and_no_more_and_it_is_renewed() {
    let provider = IdentityProvider::start().await;
    let settings = lent(&provider);
    let clock = Clock::fixed(Clock::system().now());
    let portal = lender(Database::Sqlite, &settings, &clock, json!({})).await;
    let browser = portal.browser();
    let borrow = async |path: &str| browser.open(&format!("/borrow/{path}")).await.body;
    provider.sign_in(&browser, "acme").await;
    assert_eq!(borrow("127.0.0.1/repo").await, "none", "signing in lends nothing");
    let start = browser.connect("acme").await;
    browser.open(&provider.callback(&start, "acme")).await;
    assert_eq!(borrow("127.0.0.1/repo").await, "bob access-1");
    assert_eq!(borrow("127.0.0.1/admin").await, "none", "more than was lent");
    assert_eq!(borrow("github.com/repo").await, "none", "of another host");
    clock.advance(Duration::from_hours(1));
    assert_eq!(borrow("127.0.0.1/repo").await, "bob refreshed-access");
    clock.advance(Duration::from_hours(1));
    provider.behaviour().fault = Fault::Down("token");
    assert_eq!(borrow("127.0.0.1/repo").await, "none");
    provider.mend();
    assert_eq!(borrow("127.0.0.1/repo").await, "bob refreshed-access", "it was only unavailable");
    for answer in [r#"{"error":"invalid_client"}"#, "<html>blocked</html>", ""] {
        clock.advance(Duration::from_hours(1));
        provider.behaviour().refresh_answer = Some((400, answer.to_owned()));
        assert_eq!(borrow("127.0.0.1/repo").await, "none", "{answer}");
        provider.behaviour().refresh_answer = None;
        assert_eq!(borrow("127.0.0.1/repo").await, "bob refreshed-access", "{answer}: it was not about bob");
    }
    clock.advance(Duration::from_hours(1));
    provider.behaviour().refuses_refresh = true;
    assert_eq!(borrow("127.0.0.1/repo").await, "none");
    provider.behaviour().refuses_refresh = false;
    assert_eq!(borrow("127.0.0.1/repo").await, "none", "what was taken back there is forgotten here");
}

#[tokio::test]
async fn an_account_is_refreshed_once_however_many_replicas_need_it() {
    let provider = IdentityProvider::start().await;
    let clock = Clock::fixed(Clock::system().now());
    let mut more = json!({ "backend": { "encryptionKey": "a-key-of-thirty-two-characters-or-more" } });
    let first = lender(Database::Postgres, &lent(&provider), &clock, more.clone()).await;
    more["database"] = json!({ "url": first.database_url() });
    let second = lender(Database::Sqlite, &lent(&provider), &clock, more).await;
    let browser = first.browser();
    sign_in_and_lend(&browser, &provider).await;
    clock.advance(Duration::from_hours(1));
    provider.behaviour().delays.insert("token", Duration::from_millis(500));
    let before = provider.behaviour().asked["token"];
    let borrow = |portal: &TestPortal| {
        let browser = portal.browser();
        async move { browser.open("/borrow/127.0.0.1/repo").await.body }
    };
    let all = (0..6).map(|index| borrow(if index % 2 == 0 { &first } else { &second }));
    assert_eq!(join_all(all).await, ["bob refreshed-access"; 6]);
    assert_eq!(provider.behaviour().asked["token"] - before, 1);
}

#[tokio::test]
async fn what_its_user_does_with_an_account_while_it_is_refreshed_stays_done() {
    let provider = IdentityProvider::start().await;
    let clock = Clock::fixed(Clock::system().now());
    provider.behaviour().clock = Some(clock.clone());
    let portal = lender(Database::Sqlite, &lent(&provider), &clock, json!({})).await;
    let browser = portal.browser();
    let accounts = "{ viewer { connectedAccounts { login } } }";
    let disconnect = r#"mutation { disconnectAccount(input: { provider: "acme" }) { provider } }"#;
    sign_in_and_lend(&browser, &provider).await;
    for refused in [false, true] {
        for reconnects in [false, true] {
            clock.advance(Duration::from_hours(1));
            provider.behaviour().delays.insert("token", Duration::from_millis(700));
            let borrower = portal.browser();
            let found = tokio::spawn(async move { borrower.open("/borrow/127.0.0.1/repo").await.body });
            tokio::time::sleep(Duration::from_millis(200)).await;
            provider.behaviour().delays.clear();
            provider.behaviour().refuses_refresh = refused;
            assert_eq!(browser.ask(disconnect).await.codes(), [""; 0]);
            if reconnects {
                provider.behaviour().user["preferred_username"] = json!("bob-elsewhere");
                let start = browser.connect("acme").await;
                browser.open(&provider.callback(&start, "acme")).await;
            }
            assert_eq!(found.await.unwrap(), "none");
            provider.behaviour().refuses_refresh = false;
            let expected = if reconnects { json!([{ "login": "bob-elsewhere" }]) } else { json!([]) };
            let told = browser.ask(accounts).await;
            assert_eq!(told.data("/viewer/connectedAccounts"), &expected, "{refused} {reconnects}");
            provider.behaviour().user["preferred_username"] = json!("bob");
            let start = browser.connect("acme").await;
            browser.open(&provider.callback(&start, "acme")).await;
            assert_eq!(browser.open("/borrow/127.0.0.1/repo").await.body, "bob access-1");
        }
    }
}

#[tokio::test]
async fn what_github_has_taken_back_is_forgotten() {
    let provider = IdentityProvider::start().await;
    let clock = Clock::fixed(Clock::system().now());
    let github = json!({
        "type": "github", "clientId": "portal", "clientSecret": "portal-secret",
        "enterpriseInstanceUrl": provider.issuer, "connectScopes": ["repo"],
        "signIn": { "resolvers": [{ "resolver": "userIdMatchingUserEntityAnnotation" }] },
    });
    let portal = lender(Database::Sqlite, &github, &clock, json!({})).await;
    let browser = portal.browser();
    let wrong = browser.open("/auth/acme/start").await;
    let state = wrong.parameter("state").unwrap();
    let page = browser.open(&format!("/auth/acme/callback?state={state}&code=made-up")).await;
    assert_eq!(page.parameter("error").as_deref(), Some("provider_refused"), "{page:?}");
    sign_in_and_lend(&browser, &provider).await;
    clock.advance(Duration::from_hours(1));
    let accounts = "{ viewer { connectedAccounts { login } } }";
    for (error, left) in [("incorrect_client_credentials", 1), ("bad_refresh_token", 0)] {
        provider.behaviour().refresh_answer = Some((200, json!({ "error": error }).to_string()));
        assert_eq!(browser.open("/borrow/127.0.0.1/repo").await.body, "none", "{error}");
        let told = browser.ask(accounts).await;
        assert_eq!(told.data("/viewer/connectedAccounts").as_array().unwrap().len(), left, "{error}");
    }
}

#[tokio::test]
async fn whoever_has_left_the_catalog_lends_nothing_any_more() {
    let provider = IdentityProvider::start().await;
    let clock = Clock::fixed(Clock::system().now());
    let more = json!({ "catalog": { "orphanStrategy": "delete" } });
    let mut portal = lender(Database::Sqlite, &lent(&provider), &clock, json!({})).await;
    sign_in_and_lend(&portal.browser(), &provider).await;
    assert_eq!(portal.browser().open("/borrow/127.0.0.1/repo").await.body, "bob access-1");
    portal.write("catalog/users.yaml", &USERS.replace("name: bob,", "name: rob,"));
    portal.restart(more).await;
    let query = "{ entity(ref: \"user:bob\") { name } heir: entity(ref: \"user:rob\") { name } }";
    let gone = |answer: &Value| answer["data"]["entity"].is_null() && answer["data"]["heir"]["name"] == "rob";
    portal.eventually(query, gone).await;
    assert_eq!(portal.browser().open("/borrow/127.0.0.1/repo").await.body, "none");
}
