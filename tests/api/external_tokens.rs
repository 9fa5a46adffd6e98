use std::time::Duration;

use callboard_api::plugins::registry;
use callboard_kit::Clock;
use callboard_tests::{Database, Fault, IdentityProvider, TestKey, TestPortal};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

fn now() -> i64 {
    callboard_kit::Clock::system().now().timestamp()
}

#[tokio::test]
async fn tokens_of_other_issuers_come_in_as_services_and_forgeries_do_not() {
    let provider = IdentityProvider::start().await;
    let external = json!([{
        "issuer": provider.issuer, "jwksUrl": format!("{}/jwks", provider.issuer), "audience": "portal",
        "algorithms": ["ES256"], "subjectPrefix": "ci-", "permissions": ["catalog.*"],
        "subjects": [{ "match": "repo:acme/*:main", "subject": "service:default/deploys", "permissions": ["*"] }],
    }]);
    let more = json!({ "auth": { "external": external, "limits": { "failuresPerMinute": 10_000 } } });
    let portal = TestPortal::start_with(Database::Sqlite, &[], more, registry()).await;
    let claims = |changes: Value| {
        let mut claims = json!({
            "iss": provider.issuer, "aud": "portal", "sub": "job", "iat": now(), "exp": now() + 60,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    };
    let viewer = |token: String| {
        let actor = portal.with_token(&token);
        async move { actor.ask("{ viewer { ref access } }").await }
    };
    let answer = viewer(provider.sign(&claims(json!({})))).await;
    assert_eq!(answer.data("/viewer"), &json!({ "ref": "service:default/ci-job", "access": "EXTERNAL" }));
    let answer = viewer(provider.sign(&claims(json!({ "sub": "repo:acme/shop:main" })))).await;
    assert_eq!(answer.data("/viewer/ref"), &json!("service:default/deploys"));
    let many = viewer(provider.sign(&claims(json!({ "aud": ["x", "portal"] })))).await;
    assert_eq!(many.codes(), [""; 0]);

    let key: Value = provider_key(&provider).await;
    let hmac = |algorithm: Algorithm, kid: &str| {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
        let secret = EncodingKey::from_secret(key.to_string().as_bytes());
        jsonwebtoken::encode(&header, &claims(json!({})), &secret).unwrap()
    };
    let unsigned = {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims(json!({}))))
    };
    for (attack, token) in [
        ("algorithm none", unsigned),
        ("the public key as a shared secret", hmac(Algorithm::HS256, "first")),
        ("another symmetric algorithm", hmac(Algorithm::HS512, "first")),
        ("another audience", provider.sign(&claims(json!({ "aud": "elsewhere" })))),
        ("no audience", provider.sign(&claims(json!({ "aud": null })))),
        ("another issuer", provider.sign(&claims(json!({ "iss": "https://evil.example" })))),
        ("expired", provider.sign(&claims(json!({ "exp": now() - 120 })))),
        ("never ends", provider.sign(&claims(json!({ "exp": null })))),
        ("ends beyond all time", provider.sign(&claims(json!({ "exp": i64::MAX })))),
        ("not valid yet", provider.sign(&claims(json!({ "nbf": now() + 600 })))),
        ("another key", TestKey::new("other").sign(&claims(json!({})))),
        ("another key under a known id", TestKey::new("other").sign_as("first", &claims(json!({})))),
        ("nobody", provider.sign(&claims(json!({ "sub": "" })))),
        ("a subject that is no name", provider.sign(&claims(json!({ "sub": "a/b:c" })))),
        ("a pattern's neighbour", provider.sign(&claims(json!({ "sub": "xrepo:acme/shop:main" })))),
    ] {
        let answer = viewer(token).await;
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{attack}: {}", answer.body);
        assert!(answer.body.to_string().contains("the token is not valid"), "{attack}");
    }
    let made = portal.with_token(&provider.sign(&claims(json!({}))));
    let answer = made
        .ask(r#"mutation { createAccessToken(input: { name: "x", permissions: ["catalog.*"] }) { secret } }"#)
        .await;
    assert_eq!(answer.codes(), ["FORBIDDEN"], "a token of another issuer makes no lasting ones");
}

#[tokio::test]
async fn an_issuer_whose_keys_cannot_be_asked_for_is_left_alone_and_nobody_is_blamed_for_it() {
    let provider = IdentityProvider::start().await;
    let external = json!([{
        "issuer": provider.issuer, "jwksUrl": format!("{}/jwks", provider.issuer), "audience": "portal",
        "algorithms": ["ES256"], "subjectPrefix": "ci-", "permissions": ["catalog.*"],
    }]);
    let auth = json!({ "external": external, "limits": { "failuresPerMinute": 3 } });
    let clock = Clock::fixed(Clock::system().now());
    let more = json!({ "auth": auth });
    let portal = TestPortal::start_at(Database::Sqlite, &[], more, registry(), clock.clone()).await;
    let token = provider.sign(&json!({
        "iss": provider.issuer, "aud": "portal", "sub": "job", "iat": now(), "exp": now() + 600,
    }));
    let with_it = portal.with_token(&token);
    provider.behaviour().fault = Fault::Down("keys");
    for _ in 0..6 {
        assert_eq!(with_it.ask("{ viewer { ref } }").await.codes(), ["UNAVAILABLE"]);
    }
    assert_eq!(provider.behaviour().asked["keys"], 1, "whoever is down is asked again and again");
    let other = portal.with_token("ci-token-1").ask("{ viewer { ref } }").await;
    assert_eq!(other.codes(), [""; 0], "the address pays for the issuer: {}", other.body);
    provider.mend();
    clock.advance(Duration::from_secs(30));
    assert_eq!(with_it.ask("{ viewer { ref } }").await.data("/viewer/ref"), &json!("service:default/ci-job"));
}

async fn provider_key(provider: &IdentityProvider) -> Value {
    let text = reqwest::get(format!("{}/jwks", provider.issuer)).await.unwrap().text().await.unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["keys"][0].clone()
}
