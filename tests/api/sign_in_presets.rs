//! What each kind of provider has of its own that decides who comes in.

use callboard_tests::{Database, Fault, IdentityProvider};
use serde_json::{Value, json};

use crate::sign_in::{BY_EMAIL, portal};

const BY_ID: &str = "userIdMatchingUserEntityAnnotation";
const BY_LOGIN: &str = "usernameMatchingUserEntityName";
const TENANT: &str = "11111111-2222-3333-4444-555555555555";
const SECRET: &str = "a-secret-that-is-long-enough-to-sign";

/// Signs in with these claims at a provider with these settings: the code of the refusal, or who it is.
async fn outcome(provider: &IdentityProvider, settings: &Value, resolver: &str, claims: &Value) -> String {
    let mut settings = settings.clone();
    for (name, value) in [
        ("issuer", json!(provider.issuer)),
        ("clientId", json!("portal")),
        ("signIn", json!({ "resolvers": [{ "resolver": resolver }] })),
    ] {
        settings[name] = value;
    }
    if settings.get("clientSecret").is_none() {
        settings["clientSecret"] = json!("portal-secret");
    }
    provider.behaviour().claims.clone_from(claims.as_object().unwrap());
    let portal = portal(Database::Sqlite, json!({ "acme": settings }), json!({})).await;
    let browser = portal.browser();
    let page = provider.sign_in(&browser, "acme").await;
    if let Some(code) = page.parameter("error") {
        assert_eq!(browser.session(), None, "{settings} {claims}");
        return code;
    }
    browser.ask("{ viewer { ref } }").await.data("/viewer/ref").as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_a_kind_of_provider_says_of_people_decides_who_comes_in() {
    let provider = IdentityProvider::start().await;
    let (google, microsoft, gitlab) = (
        json!({ "type": "google", "hostedDomain": "example.com" }),
        json!({ "type": "microsoft", "tenantId": TENANT }),
        json!({ "type": "gitlab" }),
    );
    let unverified = json!({ "email_verified": false });
    let bob = "user:default/bob";
    for (settings, resolver, claims, expected) in [
        (&google, BY_EMAIL, json!({ "hd": "example.com" }), bob),
        (&google, BY_EMAIL, json!({ "hd": "example.org" }), "not_allowed"),
        (&google, BY_EMAIL, json!({}), "not_allowed"),
        (&microsoft, BY_ID, json!({ "oid": "object-1" }), bob),
        (&microsoft, BY_ID, json!({ "oid": "object-2" }), "no_user"),
        (&microsoft, BY_ID, json!({ "sub": "object-1", "oid": "object-2" }), "no_user"),
        (&microsoft, BY_EMAIL, json!({ "email_verified": null }), "unverified_email"),
        (&microsoft, BY_EMAIL, json!({ "email_verified": null, "xms_edov": true }), bob),
        (&microsoft, BY_EMAIL, json!({ "email_verified": null, "xms_edov": "1" }), bob),
        (&microsoft, BY_EMAIL, json!({ "email_verified": null, "xms_edov": false }), "unverified_email"),
        (
            &json!({ "type": "oidc" }),
            BY_EMAIL,
            json!({ "email_verified": null, "xms_edov": true }),
            "unverified_email",
        ),
        (&gitlab, BY_LOGIN, json!({ "nickname": "bob", "preferred_username": "someone" }), bob),
        (&gitlab, BY_LOGIN, json!({ "nickname": "someone", "preferred_username": "bob" }), "no_user"),
        (&json!({ "type": "oidc" }), BY_EMAIL, unverified.clone(), "unverified_email"),
        (&json!({ "type": "oidc", "acceptUnverifiedEmail": true }), BY_EMAIL, unverified, bob),
    ] {
        assert_eq!(outcome(&provider, settings, resolver, &claims).await, expected, "{settings} {claims}");
    }
}

#[tokio::test]
async fn a_shared_secret_signs_only_where_that_is_allowed_and_only_the_right_one() {
    let provider = IdentityProvider::start().await;
    let allowed = json!({ "type": "oidc", "clientSecret": SECRET, "allowSymmetric": true });
    let not_allowed = json!({ "type": "oidc", "clientSecret": SECRET });
    for (settings, secret, expected) in [
        (&allowed, SECRET, "user:default/bob"),
        (&allowed, "another-secret-that-is-long-enough", "invalid_answer"),
        (&not_allowed, SECRET, "invalid_answer"),
    ] {
        provider.behaviour().fault = Fault::SharedSecret(secret.to_owned());
        assert_eq!(outcome(&provider, settings, BY_EMAIL, &json!({})).await, expected, "{settings} {secret}");
    }
}

#[tokio::test]
async fn the_clients_secret_goes_where_the_provider_takes_it() {
    let provider = IdentityProvider::start().await;
    for in_body in [false, true] {
        provider.behaviour().secret_in_body = in_body;
        let settings = json!({ "type": "oidc" });
        assert_eq!(outcome(&provider, &settings, BY_EMAIL, &json!({})).await, "user:default/bob");
        let behaviour = provider.behaviour();
        let body = behaviour.last_form.get("client_secret").map(String::as_str);
        assert_eq!(body, in_body.then_some("portal-secret"));
        let header = behaviour.last_authorization.as_deref().unwrap_or_default();
        assert_eq!(header.starts_with("Basic "), !in_body, "{header}");
    }
}
