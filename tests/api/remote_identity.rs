use std::sync::{Arc, Mutex};

use axum::{Json, Router, extract::State, http::HeaderMap, routing::post};
use callboard_api::plugins::registry;
use callboard_tests::{Database, TestPortal};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde_json::{Value, json};
use tokio::net::TcpListener;

const SDL: &str = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\"])
type Query { incidentsOpen: Int }";

type Heard = Arc<Mutex<Vec<HeaderMap>>>;

async fn incidents() -> (String, Heard) {
    let heard = Heard::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/graphql", listener.local_addr().unwrap());
    let router = Router::new().route("/graphql", post(answer)).with_state(Arc::clone(&heard));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, heard)
}

async fn answer(State(heard): State<Heard>, headers: HeaderMap, Json(body): Json<Value>) -> Json<Value> {
    if body["query"].as_str().unwrap_or_default().contains("_service") {
        return Json(json!({ "data": { "_service": { "sdl": SDL } } }));
    }
    heard.lock().unwrap().push(headers);
    Json(json!({ "data": { "incidentsOpen": 7 } }))
}

#[tokio::test]
async fn a_remote_plugin_is_told_who_asks_and_can_verify_it() {
    let (url, heard) = incidents().await;
    let remote = json!({ "plugins": { "remote": [{ "id": "incidents", "url": url }] } });
    let portal = TestPortal::start_with(Database::Sqlite, &[], remote, registry()).await;
    let told = || {
        let headers = heard.lock().unwrap().pop().unwrap();
        assert!(!headers.contains_key("cookie") && !headers.contains_key("x-callboard-csrf"), "{headers:?}");
        headers
            .get("authorization")
            .map(|value| value.to_str().unwrap().strip_prefix("Bearer ").unwrap().to_owned())
    };
    let keys = portal.nobody().get("/.well-known/jwks.json").send().await.unwrap();
    assert_eq!(keys.headers()["cache-control"], "public, max-age=300");
    let keys: JwkSet = keys.json().await.unwrap();
    let verify = |token: &str| {
        let header = decode_header(token).unwrap();
        assert_eq!(header.alg, Algorithm::ES256);
        let key = DecodingKey::from_jwk(keys.find(header.kid.as_deref().unwrap()).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&["incidents"]);
        validation.set_issuer(&[portal.address()]);
        decode::<Value>(token, &key, &validation).unwrap().claims
    };
    for (actor, subject, permissions) in [
        (portal.alice(), "user:default/alice", Value::Null),
        (portal.bob(), "user:default/bob", Value::Null),
        (portal.with_token("ci-token-1"), "service:default/ci", json!(["catalog.*"])),
        (portal.with_token("narrow-token"), "user:default/alice", json!(["search.*"])),
        (portal.nobody(), "user:default/guest", Value::Null),
    ] {
        assert_eq!(actor.ask("{ incidentsOpen }").await.data("/incidentsOpen"), &json!(7));
        let token = told().unwrap();
        for own in ["alice-token", "bob-token", "ci-token-1", "narrow-token"] {
            assert!(!token.contains(own));
        }
        let claims = verify(&token);
        assert_eq!(claims["sub"], json!(subject));
        assert_eq!(claims["permissions"], permissions, "{subject}");
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 300);
        assert!(claims["jti"].is_string());
        assert!(claims.get("ent").is_none() && token.len() < 1000);
    }
    let nobody = json!({ "auth": { "guest": { "enabled": false } } });
    let mut portal = portal;
    portal.restart(nobody).await;
    portal.nobody().ask("{ incidentsOpen }").await;
    assert_eq!(told(), None, "nobody asks");
}
