//! A hostile provider, a hostile page and a hostile neighbour: what each tries, and that nobody is signed in by it.

use callboard_tests::{Browser, Database, Fault, IdentityProvider, Page, TestPortal};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::sign_in::{BY_EMAIL, acme, portal};

const ROOMY: u32 = 10_000;

/// A portal with two providers, whose limits do not stop a test.
async fn start(first: &IdentityProvider, second: &IdentityProvider) -> TestPortal {
    let resolvers = json!([{ "resolver": BY_EMAIL }]);
    let providers = json!({ "acme": acme(first, &resolvers), "other": acme(second, &resolvers) });
    let limits = json!({ "signInsPerMinute": ROOMY, "failuresPerMinute": ROOMY, "refusalsPerMinute": ROOMY });
    portal(Database::Sqlite, providers, json!({ "limits": limits, "providerTimeout": "500ms" })).await
}

fn assert_refused(attack: &str, browser: &Browser, page: &Page, code: &str, reason: &str) {
    assert_eq!(browser.session(), None, "{attack}: somebody is signed in");
    let location = page.location.as_deref().unwrap_or_default();
    assert!(location.starts_with("/sign-in?error="), "{attack}: {page:?}");
    assert_eq!(page.parameter("error").as_deref(), Some(code), "{attack}: {page:?}");
    let told = page.parameter("reason").unwrap_or_default();
    assert!(told.contains(reason), "{attack}: `{told}` does not say `{reason}`");
}

fn now() -> i64 {
    callboard_kit::Clock::system().now().timestamp()
}

#[tokio::test]
async fn no_id_token_that_is_not_exactly_right_signs_anybody_in() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    let portal = start(&provider, &other).await;
    let rows: Vec<(&str, Fault, Value, &str, &str)> = vec![
        ("algorithm none", Fault::Unsigned, json!({}), "invalid_answer", ""),
        (
            "the public key as a shared secret",
            Fault::PublicKeyAsSecret,
            json!({}),
            "invalid_answer",
            "Disallowed",
        ),
        ("a key nobody knows", Fault::OtherKey("unknown".into()), json!({}), "invalid_answer", "unknown key"),
        (
            "a forged signature under a known id",
            Fault::OtherKey("first".into()),
            json!({}),
            "invalid_answer",
            "key",
        ),
        ("another nonce", Fault::None, json!({ "nonce": "chosen" }), "invalid_answer", "nonce"),
        ("no nonce", Fault::None, json!({ "nonce": null }), "invalid_answer", "nonce"),
        ("another audience", Fault::None, json!({ "aud": "elsewhere" }), "invalid_answer", "udience"),
        (
            "an audience that begins alike",
            Fault::None,
            json!({ "aud": "portal2" }),
            "invalid_answer",
            "udience",
        ),
        ("no audience", Fault::None, json!({ "aud": [] }), "invalid_answer", "udience"),
        ("another party", Fault::None, json!({ "azp": "elsewhere" }), "invalid_answer", "party"),
        (
            "several audiences and no party",
            Fault::None,
            json!({ "aud": ["portal", "x"] }),
            "invalid_answer",
            "party",
        ),
        (
            "several audiences and another party",
            Fault::None,
            json!({ "aud": ["portal", "x"], "azp": "x" }),
            "invalid_answer",
            "party",
        ),
        ("another issuer", Fault::None, json!({ "iss": other.issuer }), "invalid_answer", "ssuer"),
        ("expired", Fault::None, json!({ "exp": now() - 120 }), "invalid_answer", "xpired"),
        ("issued in the future", Fault::None, json!({ "iat": now() + 600 }), "invalid_answer", "future"),
        ("not valid yet", Fault::None, json!({ "nbf": now() + 600 }), "invalid_answer", "not valid yet"),
        ("never ends", Fault::None, json!({ "exp": null }), "invalid_answer", ""),
        (
            "another access token",
            Fault::None,
            json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
            "invalid_answer",
            "access token",
        ),
        ("no ID token", Fault::NoIdToken, json!({}), "invalid_answer", "no ID token"),
        (
            "an unverified address",
            Fault::None,
            json!({ "email_verified": false }),
            "unverified_email",
            "not verified",
        ),
        (
            "two users",
            Fault::None,
            json!({ "email": "twins@example.com" }),
            "ambiguous_user",
            "several users",
        ),
        ("nobody", Fault::None, json!({ "email": "nobody@example.com" }), "no_user", "no user"),
    ];
    for (attack, fault, claims, code, reason) in rows {
        provider.behaviour().fault = fault;
        provider.behaviour().claims = claims.as_object().unwrap().clone();
        let browser = portal.browser();
        let page = provider.sign_in(&browser, "acme").await;
        assert_refused(attack, &browser, &page, code, reason);
        provider.mend();
    }
    // Within the tolerance for clocks it is taken, and with a party that is the portal.
    for claims in [
        json!({ "exp": now() - 30 }),
        json!({ "iat": now() + 30 }),
        json!({ "aud": ["portal", "x"], "azp": "portal" }),
    ] {
        provider.behaviour().claims = claims.as_object().unwrap().clone();
        let page = provider.sign_in(&portal.browser(), "acme").await;
        assert_eq!(page.location.as_deref(), Some("/catalog"), "{claims}: {page:?}");
    }
}

#[tokio::test]
async fn endpoints_that_stall_flood_or_lead_elsewhere_sign_nobody_in() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    for (endpoint, fault, code) in [
        ("discovery", Fault::Oversize("discovery"), "provider_unavailable"),
        ("discovery", Fault::Slow("discovery"), "provider_unavailable"),
        ("discovery", Fault::Redirect("discovery"), "provider_unavailable"),
        ("discovery", Fault::OtherIssuer, "invalid_answer"),
        ("discovery", Fault::UnsafeEndpoint, "invalid_answer"),
        ("keys", Fault::Oversize("keys"), "provider_unavailable"),
        ("keys", Fault::Slow("keys"), "provider_unavailable"),
        ("keys", Fault::Redirect("keys"), "provider_unavailable"),
        ("token", Fault::Oversize("token"), "provider_unavailable"),
        ("token", Fault::Slow("token"), "provider_unavailable"),
        ("token", Fault::Redirect("token"), "provider_unavailable"),
        ("token", Fault::Down("token"), "provider_unavailable"),
    ] {
        provider.mend();
        let portal = start(&provider, &other).await;
        let browser = portal.browser();
        provider.behaviour().fault = fault.clone();
        let start = browser.open("/auth/acme/start").await;
        let page = if endpoint == "discovery" {
            start
        } else {
            let callback = provider.callback(&start, "acme");
            browser.open(&callback).await
        };
        assert_refused(&format!("{fault:?}"), &browser, &page, code, "");
    }
    // What user info says of somebody else is not taken.
    provider.mend();
    let portal = start(&provider, &other).await;
    provider.behaviour().claims = json!({ "email": null }).as_object().unwrap().clone();
    provider.behaviour().user_info =
        Some(json!({ "sub": "else", "email": "bob@example.com", "email_verified": true }));
    let browser = portal.browser();
    let page = provider.sign_in(&browser, "acme").await;
    assert_refused("user info of another", &browser, &page, "invalid_answer", "somebody else");
}

#[tokio::test]
async fn an_answer_is_taken_once_in_the_browser_that_asked_and_from_the_provider_that_was_asked() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    let portal = start(&provider, &other).await;
    let begun = |browser: Browser| async move { (browser.open("/auth/acme/start").await, browser) };

    let (start, browser) = begun(portal.browser()).await;
    let callback = provider.callback(&start, "acme");
    let victim = portal.browser();
    let page = victim.open(&callback).await;
    assert_refused(
        "the link of an attacker's sign-in",
        &victim,
        &page,
        "invalid_state",
        "not begun in this browser",
    );
    let (_, victim) = begun(victim).await;
    let page = victim.open(&callback).await;
    assert_refused("the state of another browser", &victim, &page, "invalid_state", "");
    let page = victim.open("/auth/acme/callback?code=code-1").await;
    assert_refused("no state", &victim, &page, "invalid_state", "");
    let page = victim.open("/auth/acme/callback?code=code-1&state=made-up").await;
    assert_refused("a made-up state", &victim, &page, "invalid_state", "");

    let kept: Vec<(String, String)> = (0..8)
        .map(|slot| format!("callboard-sign-in-{slot}"))
        .filter_map(|name| browser.cookie(&name).map(|value| (name, value)))
        .collect();
    let page = browser.open(&callback).await;
    assert_eq!(page.location.as_deref(), Some("/"));
    let replayed = portal.browser();
    for (name, value) in &kept {
        replayed.set_cookie(name, value);
    }
    let page = replayed.open(&callback).await;
    assert_refused("a state that was used", &replayed, &page, "invalid_state", "used already");
    let tampered = portal.browser();
    for (name, value) in &kept {
        tampered.set_cookie(name, &format!("{}A", &value[..value.len() - 1]));
    }
    let page = tampered.open(&callback).await;
    assert_refused("a cookie that was changed", &tampered, &page, "invalid_state", "");

    let (start, browser) = begun(portal.browser()).await;
    let elsewhere = provider.callback(&start, "acme").replace("/auth/acme/", "/auth/other/");
    let page = browser.open(&elsewhere).await;
    assert_refused("the callback of another provider", &browser, &page, "invalid_state", "");
    let asked = other.behaviour().asked.get("token").copied();
    assert_eq!(asked, None, "the code went to another provider");

    let (start, browser) = begun(portal.browser()).await;
    let mixed = format!("{}&iss={}", provider.callback(&start, "acme"), other.issuer);
    let before = provider.behaviour().asked.get("token").copied();
    let page = browser.open(&mixed).await;
    assert_refused("an answer of another issuer", &browser, &page, "invalid_answer", "another issuer");
    assert_eq!(provider.behaviour().asked.get("token").copied(), before, "the code was sent on");

    let (start, browser) = begun(portal.browser()).await;
    let state = start.parameter("state").unwrap();
    let foreign = other.approve(start.location.as_deref().unwrap());
    let before = provider.behaviour().asked["token"];
    let page = browser.open(&format!("/auth/acme/callback?state={state}&code={foreign}")).await;
    assert_refused("a code of another provider", &browser, &page, "provider_refused", "");
    assert_eq!(provider.behaviour().asked["token"], before + 1);
    let asked = other.behaviour().asked.get("token").copied();
    assert_eq!(asked, None, "the code went to the provider that it is of");

    let (start, browser) = begun(portal.browser()).await;
    let stolen = portal.browser();
    let other_start = stolen.open("/auth/acme/start").await;
    let code = provider.approve(start.location.as_deref().unwrap());
    let state = other_start.parameter("state").unwrap();
    let page = stolen.open(&format!("/auth/acme/callback?state={state}&code={code}")).await;
    assert_refused("a code that was stolen (PKCE)", &stolen, &page, "provider_refused", "");
    drop(browser);

    let (start, browser) = begun(portal.browser()).await;
    let state = start.parameter("state").unwrap();
    let page = browser.open(&format!("/auth/acme/callback?state={state}&error=%3Cscript%3E&error_description=%0d%0aSet-Cookie:x=y%3Cb%3E")).await;
    assert_refused("hostile error texts", &browser, &page, "provider_refused", "");
    assert!(!page.location.as_deref().unwrap().contains('<'), "{page:?}");
    assert!(page.set_cookies.iter().all(|line| line.starts_with("callboard-sign-in-")), "{page:?}");
}

#[tokio::test]
async fn an_issuer_that_promises_to_name_itself_must() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    provider.behaviour().promises_issuer = true;
    let portal = start(&provider, &other).await;
    let browser = portal.browser();
    let page = provider.sign_in(&browser, "acme").await;
    assert_refused("no issuer where one is promised", &browser, &page, "invalid_answer", "which issuer");
    let start = browser.open("/auth/acme/start").await;
    let callback = format!("{}&iss={}", provider.callback(&start, "acme"), provider.issuer);
    assert_eq!(browser.open(&callback).await.location.as_deref(), Some("/"));
}

#[tokio::test]
async fn no_link_leads_out_of_the_portal_after_signing_in() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    let portal = start(&provider, &other).await;
    for path in [
        "//evil.example",
        "/%5Cevil.example",
        "https://evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "%2F%2Fevil.example",
        "/auth/acme/start",
        "/%0d%0aLocation:%20https://evil.example",
        "\\\\evil.example",
    ] {
        let browser = portal.browser();
        let start = browser.open(&format!("/auth/acme/start?returnTo={path}")).await;
        let page = browser.open(&provider.callback(&start, "acme")).await;
        assert_eq!(page.location.as_deref(), Some("/"), "{path}");
    }
}

#[tokio::test]
async fn a_session_that_was_planted_before_does_not_survive_signing_in() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    let portal = start(&provider, &other).await;
    let attacker = portal.browser();
    provider.sign_in(&attacker, "acme").await;
    let planted = attacker.session().unwrap();
    let victim = portal.browser();
    victim.set_cookie("callboard-session", &planted);
    provider.sign_in(&victim, "acme").await;
    assert_ne!(victim.session().unwrap(), planted);
    let answer = attacker.ask("{ viewer { isGuest } }").await;
    assert_eq!(answer.data("/viewer/isGuest"), &json!(true), "the planted session is still good");
    let made_up = portal.browser();
    made_up.set_cookie("callboard-session", "made-up");
    provider.sign_in(&made_up, "acme").await;
    assert_ne!(made_up.session().as_deref(), Some("made-up"));
}

#[tokio::test]
async fn what_other_sites_make_a_browser_send_is_refused() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    let portal = start(&provider, &other).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let query = json!({ "query": "{ viewer { ref } }" });
    let plain = browser.send(browser.request(Method::POST, "/graphql").json(&query)).await;
    assert_eq!(plain.status.as_u16(), 401);
    assert!(plain.body.contains("x-callboard-csrf"), "{}", plain.body);
    let by_get = browser.open("/graphql?query=%7Bviewer%7Bref%7D%7D").await;
    assert_eq!(by_get.status.as_u16(), 401, "{}", by_get.body);
    let connect = browser.send(browser.request(Method::POST, "/auth/acme/connect")).await;
    assert_eq!((connect.status.as_u16(), connect.set_cookies.len()), (401, 0), "{connect:?}");
    let connect = browser.open("/auth/acme/connect").await;
    assert_eq!((connect.status.as_u16(), connect.set_cookies.len()), (405, 0), "{connect:?}");
    let out = browser.send(browser.request(Method::POST, "/auth/sign-out")).await;
    assert_eq!(out.status.as_u16(), 401);
    assert!(browser.session().is_some());
    assert_eq!(browser.open("/auth/sign-out").await.status.as_u16(), 405);
    let preflight = browser.request(Method::OPTIONS, "/graphql").header("origin", "https://evil.example");
    let answer = browser.send(preflight.header("access-control-request-headers", "x-callboard-csrf")).await;
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{answer:?}");
    let socket = browser
        .request(Method::GET, "/graphql/ws")
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("sec-websocket-protocol", "graphql-transport-ws")
        .header("origin", "https://evil.example");
    assert_eq!(browser.send(socket).await.status.as_u16(), 403);
}

#[tokio::test]
async fn only_the_provider_ends_sessions_from_afar_and_only_once() {
    let (provider, other) = (IdentityProvider::start().await, IdentityProvider::start().await);
    let portal = start(&provider, &other).await;
    let browser = portal.browser();
    provider.sign_in(&browser, "acme").await;
    let is_signed_in =
        || async { browser.ask("{ viewer { isGuest } }").await.data("/viewer/isGuest") == &json!(false) };
    let event = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    let claims = |changes: Value| {
        let usual = json!({
            "iss": provider.issuer, "aud": "portal", "iat": now(), "exp": now() + 120, "jti": "one", "events": event,
            "sid": "session-1", "sub": "subject-1",
        });
        let mut claims: Map<String, Value> = usual.as_object().unwrap().clone();
        for (name, value) in changes.as_object().unwrap() {
            if value.is_null() {
                claims.remove(name)
            } else {
                claims.insert(name.clone(), value.clone())
            };
        }
        Value::Object(claims)
    };
    let post = |id: &'static str, token: String| {
        let request = browser.request(Method::POST, &format!("/auth/{id}/back-channel-logout"));
        let body =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &token).finish();
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        async { browser.send(request).await.status.as_u16() }
    };
    for (attack, changes) in [
        ("another issuer", json!({ "iss": other.issuer })),
        ("another audience", json!({ "aud": "elsewhere" })),
        ("no event", json!({ "events": null })),
        ("another event", json!({ "events": { "x": {} } })),
        ("an ID token", json!({ "nonce": "n" })),
        ("no id", json!({ "jti": null })),
        ("nobody", json!({ "sub": null, "sid": null })),
        ("no time", json!({ "iat": null })),
        ("old", json!({ "iat": now() - 3600 })),
        ("expired", json!({ "exp": now() - 120 })),
        ("of the future", json!({ "iat": now() + 3600 })),
    ] {
        assert_eq!(post("acme", provider.sign(&claims(changes))).await, 400, "{attack}");
        assert!(is_signed_in().await, "{attack}");
    }
    assert_eq!(post("acme", other.sign(&claims(json!({})))).await, 400, "signed by another provider");
    assert_eq!(post("other", provider.sign(&claims(json!({})))).await, 400, "sent to another provider");
    assert_eq!(post("none", provider.sign(&claims(json!({})))).await, 400, "sent to no provider");
    assert_eq!(post("acme", "nonsense".to_owned()).await, 400);
    assert_eq!(post("acme", provider.sign(&claims(json!({ "sid": "else", "jti": "else" })))).await, 200);
    assert!(is_signed_in().await, "another session was meant");

    let token = provider.sign(&claims(json!({})));
    portal.execute("ALTER TABLE auth_sessions RENAME TO lost").await;
    assert_eq!(post("acme", token.clone()).await, 503, "nothing could be ended");
    portal.execute("ALTER TABLE lost RENAME TO auth_sessions").await;
    assert!(is_signed_in().await);
    assert_eq!(post("acme", token.clone()).await, 200, "the provider tries again");
    assert!(!is_signed_in().await);
    provider.sign_in(&browser, "acme").await;
    assert_eq!(post("acme", token).await, 400, "a token was used twice");
    assert!(is_signed_in().await);
    assert_eq!(post("acme", provider.sign(&claims(json!({ "sid": null, "jti": "two" })))).await, 200);
    assert!(!is_signed_in().await, "all sessions of the account were meant");
}

#[tokio::test]
async fn whoever_begins_too_many_sign_ins_waits() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({ "limits": { "signInsPerMinute": 3 } })).await;
    for _ in 0..3 {
        assert_eq!(portal.browser().open("/auth/acme/start").await.status.as_u16(), 303);
    }
    let page = portal.browser().open("/auth/acme/start").await;
    assert_eq!(page.status.as_u16(), 429);
    assert!(page.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn an_account_that_is_refused_again_and_again_waits_and_no_other() {
    let provider = IdentityProvider::start().await;
    let providers = json!({ "acme": acme(&provider, &json!([{ "resolver": BY_EMAIL }])) });
    let portal = portal(Database::Sqlite, providers, json!({ "limits": { "refusalsPerMinute": 3 } })).await;
    let try_as = async |subject: &str, email: &str| {
        provider.behaviour().claims = json!({ "sub": subject, "email": email }).as_object().unwrap().clone();
        let browser = portal.browser();
        let page = provider.sign_in(&browser, "acme").await;
        (page.parameter("error"), browser.session().is_some())
    };
    for _ in 0..3 {
        assert_eq!(try_as("eve", "eve@example.com").await, (Some("no_user".to_owned()), false));
    }
    // Not even what would be right is looked at.
    assert_eq!(try_as("eve", "bob@example.com").await, (Some("rate_limited".to_owned()), false));
    assert_eq!(try_as("subject-1", "bob@example.com").await, (None, true));
}
