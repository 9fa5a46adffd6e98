use std::time::Duration;

use callboard_api::plugins::registry;
use callboard_kit::Clock;
use callboard_tests::{Browser, Database, IdentityProvider, TestKey, TestPortal};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    sessions::Socket,
    sign_in::{BY_EMAIL, USERS, acme, portal},
};

fn now() -> i64 {
    callboard_kit::Clock::system().now().timestamp()
}

async fn proxied(id: &str, mut settings: Value) -> TestPortal {
    settings["signIn"] = json!({ "resolvers": [{ "resolver": BY_EMAIL }] });
    let limits = json!({ "limits": { "signInsPerMinute": 10_000 } });
    portal(Database::Sqlite, json!({ id: settings }), limits).await
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.ask("{ viewer { ref isGuest } }").await.data("/viewer")
        == &json!({ "ref": "user:default/bob", "isGuest": false })
}

const SECRET: &str = "a-secret-of-the-proxy";

#[tokio::test]
async fn headers_of_a_proxy_are_believed_from_the_proxy_alone() {
    let named = |browser: &Browser| {
        browser.set_header("x-forwarded-user", "bob-at-idp");
        browser.set_header("x-forwarded-email", "bob@example.com");
    };
    for (settings, believed) in [
        (json!({ "trustedProxies": ["127.0.0.1/32"] }), true),
        (json!({ "trustedProxies": ["10.0.0.0/8"] }), false),
        (json!({ "secretHeader": { "name": "x-proxy-secret", "value": SECRET } }), false),
        (
            json!({ "trustedProxies": ["10.0.0.0/8"], "secretHeader": { "name": "x-proxy-secret", "value": SECRET } }),
            false,
        ),
    ] {
        let portal = proxied("oauth2Proxy", settings.clone()).await;
        let browser = portal.browser();
        named(&browser);
        // Whoever writes that header is not believed to be there.
        browser.set_header("x-forwarded-for", "10.0.0.1");
        let page = browser.open("/auth/oauth2Proxy/start?returnTo=/catalog").await;
        assert_eq!(page.location.as_deref() == Some("/catalog"), believed, "{settings}: {page:?}");
        assert_eq!(is_signed_in(&browser).await, believed, "{settings}");
    }
    let both = json!({
        "trustedProxies": ["10.0.0.0/8"], "secretHeader": { "name": "x-proxy-secret", "value": SECRET },
    });
    let portal = proxied("oauth2Proxy", both).await;
    let browser = portal.browser();
    named(&browser);
    browser.set_header("x-proxy-secret", SECRET);
    let page = browser.open("/auth/oauth2Proxy/start").await;
    assert_eq!(page.parameter("error").as_deref(), Some("invalid_answer"), "the secret alone: {page:?}");
    let portal =
        proxied("oauth2Proxy", json!({ "secretHeader": { "name": "x-proxy-secret", "value": SECRET } }))
            .await;
    let browser = portal.browser();
    named(&browser);
    for wrong in ["", "a-secret", "another-secret-of-none"] {
        browser.set_header("x-proxy-secret", wrong);
        let page = browser.open("/auth/oauth2Proxy/start").await;
        assert_eq!(page.parameter("error").as_deref(), Some("invalid_answer"), "{wrong}");
    }
    browser.set_header("x-proxy-secret", SECRET);
    browser.open("/auth/oauth2Proxy/start").await;
    assert!(is_signed_in(&browser).await);
    browser.set_header("x-forwarded-user", "eve-at-idp");
    assert!(!is_signed_in(&browser).await, "the proxy names somebody else by now");
    named(&browser);
    browser.open("/auth/oauth2Proxy/start").await;
    browser.remove_header("x-proxy-secret");
    assert!(!is_signed_in(&browser).await, "a session of the proxy was used past the proxy");
}

#[tokio::test]
async fn whom_the_proxy_does_not_name_any_more_connects_no_account() {
    let provider = IdentityProvider::start().await;
    let proxy = json!({
        "secretHeader": { "name": "x-proxy-secret", "value": SECRET },
        "signIn": { "resolvers": [{ "resolver": BY_EMAIL }] },
    });
    let providers = json!({ "oauth2Proxy": proxy, "acme": acme(&provider, &json!([])) });
    let portal = portal(Database::Sqlite, providers, json!({})).await;
    let browser = portal.browser();
    browser.set_header("x-proxy-secret", SECRET);
    browser.set_header("x-forwarded-user", "bob-at-idp");
    browser.set_header("x-forwarded-email", "bob@example.com");
    browser.open("/auth/oauth2Proxy/start").await;
    let session = browser.session().unwrap();
    let begun = browser.connect("acme").await;
    assert!(begun.location.is_some(), "{begun:?}");

    // The same browser, somebody else at the proxy.
    browser.set_header("x-forwarded-user", "eve-at-idp");
    let back = browser.open(&provider.callback(&begun, "acme")).await;
    assert_eq!(back.parameter("error").as_deref(), Some("not_signed_in"), "{back:?}");
    assert_eq!(browser.connect("acme").await.status.as_u16(), 401, "eve lends bob her account");
    browser.set_header("x-forwarded-user", "bob-at-idp");
    browser.remove_header("x-proxy-secret");
    browser.set_cookie("callboard-session", &session);
    assert_eq!(browser.connect("acme").await.status.as_u16(), 401, "the cookie was used past the proxy");
    assert_eq!(portal.read("SELECT login FROM auth_accounts").await, [""; 0]);
}

#[tokio::test]
async fn assertions_of_googles_proxy_are_taken_for_this_portal_alone() {
    let provider = IdentityProvider::start().await;
    let audience = "/projects/1/global/backendServices/2";
    let settings = json!({ "audience": audience, "keysUrl": format!("{}/jwks", provider.issuer) });
    let portal = proxied("gcpIap", settings).await;
    let claims = |changes: Value| {
        let mut claims = json!({
            "iss": "https://cloud.google.com/iap", "aud": audience, "sub": "accounts.google.com:1",
            "email": "bob@example.com", "iat": now(), "exp": now() + 300,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    };
    for (attack, token) in [
        ("another key", TestKey::new("other").sign(&claims(json!({})))),
        ("another key under a known id", TestKey::new("other").sign_as("first", &claims(json!({})))),
        (
            "another customer",
            provider.sign(&claims(json!({ "aud": "/projects/9/global/backendServices/9" }))),
        ),
        ("another issuer", provider.sign(&claims(json!({ "iss": "https://accounts.google.com" })))),
        ("expired", provider.sign(&claims(json!({ "exp": now() - 120 })))),
        ("nobody", provider.sign(&claims(json!({ "sub": "" })))),
        ("nonsense", "nonsense".to_owned()),
    ] {
        let browser = portal.browser();
        browser.set_header("x-goog-iap-jwt-assertion", &token);
        let page = browser.open("/auth/gcpIap/start").await;
        assert_eq!(page.parameter("error").as_deref(), Some("invalid_answer"), "{attack}: {page:?}");
        assert_eq!(browser.session(), None, "{attack}");
    }
    let browser = portal.browser();
    assert!(browser.open("/auth/gcpIap/start").await.parameter("error").is_some(), "without a header");
    browser.set_header("x-goog-iap-jwt-assertion", &provider.sign(&claims(json!({}))));
    browser.open("/auth/gcpIap/start").await;
    assert!(is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_socket_behind_a_proxy_lasts_longer_than_the_assertion_it_was_opened_with() {
    let provider = IdentityProvider::start().await;
    let clock = Clock::fixed(Clock::system().now());
    let audience = "/projects/1/global/backendServices/2";
    let settings = json!({
        "audience": audience, "keysUrl": format!("{}/jwks", provider.issuer), "hostedDomain": "example.com",
        "signIn": { "resolvers": [{ "resolver": BY_EMAIL }] },
    });
    let auth = json!({ "auth": { "providers": { "gcpIap": settings } } });
    let files = [("users.yaml", USERS)];
    let portal = TestPortal::start_at(Database::Sqlite, &files, auth, registry(), clock.clone()).await;
    portal.has_entities(4).await;
    let assertion = |domain: &str| {
        let now = clock.now().timestamp();
        provider.sign(&json!({
            "iss": "https://cloud.google.com/iap", "aud": audience, "sub": "accounts.google.com:1", "hd": domain,
            "email": "bob@example.com", "iat": now, "exp": now + 300,
        }))
    };
    let browser = portal.browser();
    browser.set_header("x-goog-iap-jwt-assertion", &assertion("example.org"));
    let page = browser.open("/auth/gcpIap/start").await;
    assert_eq!(page.parameter("error").as_deref(), Some("not_allowed"), "another domain: {page:?}");
    let first = assertion("example.com");
    browser.set_header("x-goog-iap-jwt-assertion", &first);
    browser.open("/auth/gcpIap/start").await;
    assert!(is_signed_in(&browser).await);
    let cookie = format!("callboard-session={}", browser.session().unwrap());
    let mut socket =
        Socket::open(&portal, &[("cookie", &cookie), ("x-goog-iap-jwt-assertion", &first)]).await;
    assert!(!socket.is_guest("1").await);
    clock.advance(Duration::from_mins(20));
    assert!(!is_signed_in(&browser).await, "the assertion is over");
    assert!(!socket.is_guest("2").await, "the socket lost its session");
    let past = Socket::open(&portal, &[("cookie", &cookie)]).await.is_guest("1").await;
    assert!(past, "a session of the proxy was used past the proxy");
}

/// A server that has one public key in PEM at every path.
async fn pem_server(key: &TestKey) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let head = STANDARD.decode("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA=").unwrap();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        STANDARD.encode([&head, key.point()].concat())
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ";
            let _ = stream.write_all(format!("{head}{}\r\n\r\n{pem}", pem.len()).as_bytes()).await;
        }
    });
    address
}

const KID: &str = "01234567-89ab-cdef-0123-456789abcdef";
const SIGNER: &str = "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/portal/1";

fn alb_token(key: &TestKey, header: &Value) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE};
    let mut head = json!({
        "alg": "ES256", "kid": KID, "signer": SIGNER, "iss": "https://idp.example.com", "client": "portal",
        "exp": now() + 120,
    });
    for (name, value) in header.as_object().unwrap() {
        head[name] = value.clone();
    }
    let body = json!({ "sub": "subject-1", "email": "bob@example.com", "email_verified": "true" });
    // The load balancer pads what it encodes.
    let signed = format!("{}.{}", URL_SAFE.encode(head.to_string()), URL_SAFE.encode(body.to_string()));
    let signature = key.sign_text(&signed);
    format!("{signed}.{signature}==")
}

#[tokio::test]
async fn data_of_amazons_load_balancer_is_taken_from_this_one_alone() {
    let key = TestKey::new(KID);
    let settings = json!({
        "region": "eu-central-1", "signer": SIGNER, "issuer": "https://idp.example.com",
        "keysUrl": pem_server(&key).await,
    });
    let portal = proxied("awsAlb", settings).await;
    for (attack, token) in [
        ("another key", alb_token(&TestKey::new(KID), &json!({}))),
        (
            "another load balancer",
            alb_token(&key, &json!({ "signer": "arn:aws:elasticloadbalancing:eu-central-1:9:x" })),
        ),
        ("another issuer", alb_token(&key, &json!({ "iss": "https://evil.example" }))),
        ("algorithm none", alb_token(&key, &json!({ "alg": "none" }))),
        ("expired", alb_token(&key, &json!({ "exp": now() - 120 }))),
        ("never ends", alb_token(&key, &json!({ "exp": null }))),
        ("a key elsewhere", alb_token(&key, &json!({ "kid": "../../../evil.example/key" }))),
        ("nonsense", "a.b.c".to_owned()),
    ] {
        let browser = portal.browser();
        browser.set_header("x-amzn-oidc-data", &token);
        let page = browser.open("/auth/awsAlb/start").await;
        assert_eq!(page.parameter("error").as_deref(), Some("invalid_answer"), "{attack}: {page:?}");
        assert_eq!(browser.session(), None, "{attack}");
    }
    let browser = portal.browser();
    browser.set_header("x-amzn-oidc-data", &alb_token(&key, &json!({})));
    browser.open("/auth/awsAlb/start").await;
    assert!(is_signed_in(&browser).await);
}
