use callboard_api::plugins::registry;
use callboard_tests::{Browser, Database, IdentityProvider, TestPortal};
use serde_json::{Value, json};

pub(crate) const USERS: &str = "
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob, annotations: { github.com/user-id: '4711', openid.net/subject: Subject-A, graph.microsoft.com/user-id: object-1 } }
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

/// How many sign-ins a browser has begun and not ended.
pub(crate) fn begun(browser: &Browser) -> usize {
    (0..8).filter(|slot| browser.cookie(&format!("callboard-sign-in-{slot}")).is_some()).count()
}

pub(crate) const VIEWER: &str = "{ viewer { ref displayName isGuest access ownershipRefs } }";

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

        let start = browser.open("/auth/acme/start?returnTo=/catalog").await;
        assert_eq!(begun(&browser), 1);
        let page = browser.open(&provider.callback(&start, "acme")).await;
        assert_eq!((page.status.as_u16(), page.location.as_deref()), (303, Some("/catalog")), "{page:?}");
        let cookie = page.set_cookies.iter().find(|line| line.starts_with("callboard-session=")).unwrap();
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag) && !cookie.contains("Domain"), "{cookie}");
        }
        assert_eq!(begun(&browser), 0, "what is done is still remembered");
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
        // The cookie that names nothing any more is forgotten, and the page is told.
        for told in [Some("ended"), None] {
            let request = browser.request(reqwest::Method::POST, "/graphql").header("x-callboard-csrf", "1");
            let answer = browser.send(request.json(&json!({ "query": VIEWER }))).await;
            assert_eq!(answer.json()["data"]["viewer"]["isGuest"], json!(true));
            let header = answer.headers.get("x-callboard-session").map(|value| value.to_str().unwrap());
            assert_eq!((header, browser.session()), (told, None));
        }
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

#[tokio::test]
async fn as_many_sign_ins_as_there_is_room_for_are_begun_at_once_and_each_is_done() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let browser = portal.browser();
    let mut callbacks = Vec::new();
    for tab in 1..=8 {
        let start = browser.open(&format!("/auth/acme/start?returnTo=/catalog/{tab}")).await;
        callbacks.push(provider.callback(&start, "acme"));
        assert_eq!(begun(&browser), tab);
    }
    for (tab, callback) in callbacks.iter().enumerate() {
        let page = browser.open(callback).await;
        assert_eq!(page.location, Some(format!("/catalog/{}", tab + 1)));
    }
    assert_eq!(begun(&browser), 0);
}

#[tokio::test]
async fn nobody_signs_in_as_the_guest_even_where_the_catalog_has_one() {
    let provider = IdentityProvider::start().await;
    let guest = USERS.replace("name: twin }", "name: guest }");
    let by_name = json!([{ "resolver": "preferredUsernameMatchingUserEntityName" }]);
    let auth = json!({ "auth": { "providers": { "acme": acme(&provider, &by_name) } } });
    let portal = TestPortal::start_with(Database::Sqlite, &[("users.yaml", &guest)], auth, registry()).await;
    portal.has_entities(4).await;
    for (name, expected) in [("guest", Some("no_user")), ("other-twin", None)] {
        provider.behaviour().user["preferred_username"] = json!(name);
        let page = provider.sign_in(&portal.browser(), "acme").await;
        assert_eq!(page.parameter("error").as_deref(), expected, "{name}: {page:?}");
    }
}

#[tokio::test]
async fn a_name_that_the_id_token_lacks_is_asked_for_where_one_is_needed() {
    let provider = IdentityProvider::start().await;
    provider.behaviour().claims = json!({ "preferred_username": null }).as_object().unwrap().clone();
    for (resolver, asked) in [(BY_EMAIL, None), ("preferredUsernameMatchingUserEntityName", Some(1))] {
        let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": resolver }])) });
        let portal = portal(Database::Sqlite, providers, json!({})).await;
        let browser = portal.browser();
        provider.sign_in(&browser, "acme").await;
        let viewer = browser.ask(VIEWER).await;
        assert_eq!(viewer.data("/viewer/ref"), &json!("user:default/bob"), "{resolver}");
        assert_eq!(provider.behaviour().asked.get("userinfo").copied(), asked, "{resolver}");
    }
}
