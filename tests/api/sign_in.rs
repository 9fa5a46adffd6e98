use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;
use axum::{Router, extract::Path, routing::get};
use callboard_api::plugins::registry;
use callboard_kit::{Clock, Plugin, PluginContext, PluginHandle};
use callboard_tests::{Database, Fault, IdentityProvider, TestPortal};
use serde_json::{Value, json};

pub(crate) const USERS: &str = "
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob, annotations: { github.com/user-id: '4711', openid.net/subject: Subject-A } }
spec: { profile: { displayName: Bob B., email: bob@example.com }, memberOf: [crew] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: twin }
spec: { profile: { email: twins@example.com }, memberOf: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: other-twin }
spec: { profile: { email: Twins@example.com }, memberOf: [] }
";

pub(crate) const BY_EMAIL: &str = "emailMatchingUserEntityProfileEmail";

/// A provider `acme` whose accounts become users by these resolvers.
pub(crate) fn acme(provider: &IdentityProvider, resolvers: &Value) -> Value {
    json!({
        "type": "oidc", "title": "Acme", "issuer": provider.issuer, "clientId": "portal",
        "clientSecret": "portal-secret", "signIn": { "resolvers": resolvers },
    })
}

pub(crate) async fn portal(database: Database, providers: Value, auth: Value) -> TestPortal {
    let mut auth = auth;
    auth["providers"] = providers;
    let portal =
        TestPortal::start_with(database, &[("users.yaml", USERS)], json!({ "auth": auth }), registry()).await;
    portal.has_entities(4).await;
    portal
}

const VIEWER: &str = "{ viewer { ref displayName isGuest access ownershipRefs } }";

#[tokio::test]
async fn people_sign_in_by_openid_connect_and_out_again_on_both_databases() {
    for database in Database::ALL {
        let provider = IdentityProvider::start().await;
        let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
        let portal = portal(database, providers, json!({})).await;
        let browser = portal.browser();
        let options = browser.ask("{ signInOptions { guest providers { id title icon startUrl } } }").await;
        let expected = json!({ "guest": true, "providers": [
            { "id": "acme", "title": "Acme", "icon": "oidc", "startUrl": "/auth/acme/start" },
        ] });
        assert_eq!(options.data("/signInOptions"), &expected, "{database:?}");

        let page = provider.sign_in(&browser, "acme").await;
        assert_eq!((page.status.as_u16(), page.location.as_deref()), (303, Some("/catalog")), "{page:?}");
        let cookie = page.set_cookies.iter().find(|line| line.starts_with("callboard-session=")).unwrap();
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag) && !cookie.contains("Domain"), "{cookie}");
        }
        assert_eq!(browser.cookie("callboard-sign-in-0"), None);
        let viewer = browser.ask(VIEWER).await;
        let expected = json!({
            "ref": "user:default/bob", "displayName": "Bob B.", "isGuest": false, "access": "SESSION",
            "ownershipRefs": ["user:default/bob", "group:default/crew"],
        });
        assert_eq!(viewer.data("/viewer"), &expected);

        let request =
            browser.request(reqwest::Method::POST, "/auth/sign-out").header("x-callboard-csrf", "1");
        let former = browser.session().unwrap();
        let out = browser.send(request).await;
        let to = out.json()["redirectTo"].as_str().unwrap().to_owned();
        assert!(to.starts_with(&format!("{}/end-session?id_token_hint=", provider.issuer)), "{to}");
        assert!(to.contains("post_logout_redirect_uri=http"), "{to}");
        assert_eq!(browser.session(), None);
        browser.set_cookie("callboard-session", &former);
        let viewer = browser.ask(VIEWER).await;
        assert_eq!(viewer.data("/viewer/isGuest"), &json!(true));
        // The cookie that names nothing any more is forgotten by that.
        assert_eq!(browser.session(), None);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_stops_nobody_else() {
    let (good, down) = (IdentityProvider::start().await, "http://127.0.0.1:1");
    let mut broken = acme(&good, &json!([{ "resolver": BY_EMAIL }]));
    broken["issuer"] = json!(down);
    let providers = json!({ "broken": broken, "acme": acme(&good, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let browser = portal.browser();
    let page = browser.open("/auth/broken/start").await;
    assert_eq!(page.parameter("error").as_deref(), Some("provider_unavailable"), "{page:?}");
    assert_eq!(page.parameter("provider").as_deref(), Some("broken"));
    assert_eq!(good.sign_in(&browser, "acme").await.location.as_deref(), Some("/catalog"));
}

#[tokio::test]
async fn each_resolver_finds_its_user_and_no_other() {
    let provider = IdentityProvider::start().await;
    let by_subject = json!({ "resolver": "userIdMatchingUserEntityAnnotation" });
    let local =
        json!({ "resolver": "emailLocalPartMatchingUserEntityName", "allowedDomains": ["example.com"] });
    let anyone = json!({
        "resolver": "preferredUsernameMatchingUserEntityName",
        "dangerouslyAllowSignInWithoutUserInCatalog": true,
    });
    let verified = |email: &str| json!({ "email": email, "email_verified": true });
    for (resolver, user, expected) in [
        (json!({ "resolver": BY_EMAIL }), verified("BOB@example.com"), Ok("user:default/bob")),
        (json!({ "resolver": BY_EMAIL }), verified("bob@example.org"), Err("no_user")),
        (json!({ "resolver": BY_EMAIL }), verified("twins@example.com"), Err("ambiguous_user")),
        (json!({ "resolver": BY_EMAIL }), json!({ "email": "bob@example.com" }), Err("unverified_email")),
        (
            json!({ "resolver": BY_EMAIL }),
            json!({ "email": "bob@example.com", "email_verified": false }),
            Err("unverified_email"),
        ),
        (
            json!({ "resolver": BY_EMAIL, "allowedDomains": ["example.org"] }),
            verified("bob@example.com"),
            Err("no_user"),
        ),
        (local.clone(), verified("bob@example.com"), Ok("user:default/bob")),
        (local.clone(), verified("bob@evil.example"), Err("no_user")),
        (local.clone(), verified("bob@example.com@evil.example"), Err("no_user")),
        (local, verified("crew/bob@example.com"), Err("no_user")),
        (by_subject.clone(), json!({ "sub": "Subject-A" }), Ok("user:default/bob")),
        (by_subject, json!({ "sub": "subject-a" }), Err("no_user")),
        (anyone.clone(), json!({ "preferred_username": "stranger" }), Ok("user:default/stranger")),
        (anyone.clone(), json!({ "preferred_username": "guest" }), Err("no_user")),
        (anyone, json!({ "preferred_username": "../admin" }), Err("no_user")),
        (json!({ "resolver": BY_EMAIL }), json!({}), Err("no_user")),
    ] {
        let mut claims = json!({ "sub": "subject-1" });
        claims.as_object_mut().unwrap().extend(user.as_object().unwrap().clone());
        provider.behaviour().user = claims.as_object().unwrap().clone();
        let providers = json!({ "acme": acme(&provider, &json!([resolver])) });
        let portal = portal(Database::Sqlite, providers, json!({})).await;
        let browser = portal.browser();
        let page = provider.sign_in(&browser, "acme").await;
        match expected {
            Ok(reference) => {
                assert_eq!(
                    browser.ask(VIEWER).await.data("/viewer/ref"),
                    &json!(reference),
                    "{resolver} {user}"
                );
            }
            Err(code) => {
                assert_eq!(page.parameter("error").as_deref(), Some(code), "{resolver} {user}: {page:?}");
                assert_eq!(browser.session(), None, "{resolver} {user}");
            }
        }
    }
}

#[tokio::test]
async fn github_tells_the_user_by_its_stable_id_and_verified_addresses_only() {
    let provider = IdentityProvider::start().await;
    for (resolver, emails, expected) in [
        ("userIdMatchingUserEntityAnnotation", json!([]), Some("user:default/bob")),
        ("usernameMatchingUserEntityName", json!([]), Some("user:default/bob")),
        (
            BY_EMAIL,
            json!([{ "email": "bob@example.com", "primary": true, "verified": true }]),
            Some("user:default/bob"),
        ),
        (BY_EMAIL, json!([{ "email": "bob@example.com", "primary": true, "verified": false }]), None),
        (BY_EMAIL, json!([{ "email": "bob@example.com", "primary": false, "verified": true }]), None),
        (BY_EMAIL, json!("nonsense"), None),
    ] {
        provider.behaviour().emails = emails.clone();
        let github = json!({
            "clientId": "portal", "clientSecret": "portal-secret", "enterpriseInstanceUrl": provider.issuer,
            "signIn": { "resolvers": [{ "resolver": resolver }] },
        });
        let portal = portal(Database::Sqlite, json!({ "github": github }), json!({})).await;
        let browser = portal.browser();
        let page = provider.sign_in(&browser, "github").await;
        match expected {
            Some(reference) => {
                assert_eq!(
                    browser.ask(VIEWER).await.data("/viewer/ref"),
                    &json!(reference),
                    "{resolver}: {page:?}"
                );
            }
            None => assert_eq!(page.parameter("error").as_deref(), Some("no_user"), "{resolver} {emails}"),
        }
    }
}

#[tokio::test]
async fn a_popup_ends_on_a_page_that_tells_its_opener() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let browser = portal.browser();
    let start = browser.open("/auth/acme/start?flow=popup").await;
    let done = browser.open(&provider.callback(&start, "acme")).await;
    assert_eq!(done.location.as_deref(), Some("/auth/popup"));
    let page = browser.open("/auth/popup").await;
    assert!(page.body.contains("src=\"/auth/popup.js\"") && !page.body.contains("<script>"), "{}", page.body);
    assert!(browser.open("/auth/popup.js").await.body.contains("BroadcastChannel(\"callboard:sign-in\")"));
    let start = browser.open("/auth/acme/start?flow=popup").await;
    let state = start.parameter("state").unwrap();
    let refused = browser.open(&format!("/auth/acme/callback?error=access_denied&state={state}")).await;
    assert!(
        refused.location.as_deref().unwrap().starts_with("/auth/popup?error=provider_refused"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn new_keys_of_a_provider_are_asked_for_when_they_are_met() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    for key in ["first", "second", "third"] {
        provider.rotate_keys(key);
        let browser = portal.browser();
        assert_eq!(provider.sign_in(&browser, "acme").await.location.as_deref(), Some("/catalog"), "{key}");
    }
    assert_eq!(provider.behaviour().asked["keys"], 3);
    assert_eq!(provider.behaviour().asked["discovery"], 1);
}

#[tokio::test]
async fn an_account_is_connected_sealed_and_disconnected() {
    let provider = IdentityProvider::start().await;
    let mut settings = acme(&provider, &json!([{ "resolver": BY_EMAIL }]));
    settings["connectScopes"] = json!(["repo"]);
    let portal = portal(Database::Sqlite, json!({ "acme": settings }), json!({})).await;
    let browser = portal.browser();
    let refused = browser.open("/auth/acme/connect?returnTo=/settings").await;
    assert_eq!(refused.parameter("error").as_deref(), Some("not_signed_in"));
    provider.sign_in(&browser, "acme").await;
    let start = browser.open("/auth/acme/connect?returnTo=/settings").await;
    assert!(start.parameter("scope").unwrap().split(' ').any(|scope| scope == "repo"));
    let done = browser.open(&provider.callback(&start, "acme")).await;
    assert_eq!(done.location.as_deref(), Some("/settings"), "{done:?}");
    let accounts = "{ viewer { connectedAccounts { provider title login scopes expiresAt } } }";
    let expected = json!([{
        "provider": "acme", "title": "Acme", "login": "bob", "scopes": ["openid", "profile", "email", "repo"],
        "expiresAt": null,
    }]);
    assert_eq!(browser.ask(accounts).await.data("/viewer/connectedAccounts"), &expected);
    let disconnect = r#"mutation { disconnectAccount(input: { provider: "acme" }) { provider } }"#;
    assert_eq!(browser.ask(disconnect).await.data("/disconnectAccount/provider"), &json!("acme"));
    assert_eq!(browser.ask(accounts).await.data("/viewer/connectedAccounts"), &json!([]));
    assert_eq!(browser.ask(disconnect).await.codes(), ["NOT_FOUND"]);
    let guest = portal.browser();
    assert_eq!(guest.ask(disconnect).await.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn signing_in_and_out_and_what_is_refused_is_written_down_without_secrets() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let session = browser.session().unwrap();
    let made = browser.ask(r#"mutation { createAccessToken(input: { name: "laptop" }) { secret } }"#).await;
    let secret = made.data("/createAccessToken/secret").as_str().unwrap().to_owned();
    browser
        .send(browser.request(reqwest::Method::POST, "/auth/sign-out").header("x-callboard-csrf", "1"))
        .await;
    provider.behaviour().claims = json!({ "email": "nobody@example.com" }).as_object().unwrap().clone();
    provider.sign_in(&browser, "acme").await;
    portal.with_token("guess").ask("{ __typename }").await;
    let query = "{ auditEvents { nodes { action outcome actor access target message address changes { path before after } } } }";
    let answer = portal.alice().ask(query).await;
    let events = answer.data("/auditEvents/nodes").as_array().unwrap();
    let told: Vec<[&str; 4]> = events
        .iter()
        .map(|event| ["action", "outcome", "actor", "target"].map(|key| event[key].as_str().unwrap_or("-")))
        .collect();
    let expected = [
        ["invalidToken", "DENIED", "-", "-"],
        ["signInRefused", "DENIED", "-", "acme"],
        ["signOut", "SUCCEEDED", "user:default/bob", "acme"],
        ["createAccessToken", "SUCCEEDED", "user:default/bob", "user:default/bob"],
        ["signIn", "SUCCEEDED", "user:default/bob", "acme"],
    ];
    assert_eq!(told, expected);
    assert_eq!(events[1]["message"], "no user of the catalog belongs to this account");
    assert_eq!(events[4]["address"], "127.0.0.1");
    let text = answer.body.to_string();
    for hidden in [session.as_str(), &secret, "portal-secret", "access-1", "refresh-1"] {
        assert!(!text.contains(hidden), "{hidden} is in the audit log");
    }
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
    let mut settings = acme(&provider, &json!([{ "resolver": BY_EMAIL }]));
    settings["connectScopes"] = json!(["repo"]);
    let clock = Clock::fixed(Clock::system().now());
    let auth = json!({ "auth": { "providers": { "acme": settings }, "clockSkew": "10m" } });
    let files = [("users.yaml", USERS)];
    let registry = registry().register::<Borrower>();
    let portal = TestPortal::start_at(Database::Sqlite, &files, auth, registry, clock.clone()).await;
    portal.has_entities(4).await;
    let browser = portal.browser();
    let borrow = async |path: &str| browser.open(&format!("/borrow/{path}")).await.body;
    provider.sign_in(&browser, "acme").await;
    assert_eq!(borrow("127.0.0.1/repo").await, "none", "signing in lends nothing");
    let start = browser.open("/auth/acme/connect").await;
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
    clock.advance(Duration::from_hours(1));
    provider.behaviour().refuses_refresh = true;
    assert_eq!(borrow("127.0.0.1/repo").await, "none");
    provider.behaviour().refuses_refresh = false;
    assert_eq!(borrow("127.0.0.1/repo").await, "none", "what was taken back there is forgotten here");
}
