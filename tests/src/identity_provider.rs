use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::Clock;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use url::{Url, form_urlencoded};

use crate::{Browser, Page};

/// A key that somebody signs with.
pub struct TestKey {
    /// Its id.
    pub id: String,
    encoding: EncodingKey,
    public: Value,
    point: Vec<u8>,
}

impl TestKey {
    /// A new one.
    pub fn new(id: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let private = pair.to_pkcs8v1().expect("its private half");
        let point = pair.public_key().as_ref().to_vec();
        let public = json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": id,
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
        });
        Self { id: id.to_owned(), encoding: EncodingKey::from_ec_der(private.as_ref()), public, point }
    }

    /// The public half as a JWK.
    pub fn public(&self) -> &Value {
        &self.public
    }

    /// The point of the public half.
    pub fn point(&self) -> &[u8] {
        &self.point
    }

    /// Signs claims, with this id of the key in the head.
    pub fn sign_as(&self, kid: &str, claims: &Value) -> String {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, claims, &self.encoding).expect("a signature")
    }

    /// Signs claims.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.id, claims)
    }

    /// The raw signature of a text.
    pub fn sign_text(&self, text: &str) -> String {
        jsonwebtoken::crypto::sign(text.as_bytes(), &self.encoding, Algorithm::ES256).expect("a signature")
    }
}

/// How a provider misbehaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Fault {
    /// Not at all.
    #[default]
    None,
    /// The ID token is not signed.
    Unsigned,
    /// It is signed with its public key as if that were a shared secret.
    PublicKeyAsSecret,
    /// It is signed with this secret, as some providers do.
    SharedSecret(String),
    /// It is signed with a key nobody knows, under this id.
    OtherKey(String),
    /// An endpoint answers far too much.
    Oversize(&'static str),
    /// An endpoint takes its time.
    Slow(&'static str),
    /// An endpoint leads elsewhere.
    Redirect(&'static str),
    /// An endpoint is down.
    Down(&'static str),
    /// Discovery names another issuer.
    OtherIssuer,
    /// Discovery names an endpoint in the clear elsewhere.
    UnsafeEndpoint,
    /// No ID token comes.
    NoIdToken,
}

/// What the provider does, for tests to change.
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
#[derive(Default)]
pub struct Behaviour {
    /// How it misbehaves.
    pub fault: Fault,
    /// The claims of whoever signs in.
    pub user: Map<String, Value>,
    /// Claims that are put over the others; null takes one away.
    pub claims: Map<String, Value>,
    /// What user info says instead.
    pub user_info: Option<Value>,
    /// Whether discovery promises the parameter `iss`.
    pub promises_issuer: bool,
    /// Whether refresh tokens are refused.
    pub refuses_refresh: bool,
    /// What is answered to refresh tokens instead, with which status.
    pub refresh_answer: Option<(u16, String)>,
    /// Whether an ID token comes with refreshed tokens.
    pub tells_who_on_refresh: bool,
    /// Endpoints that take so long.
    pub delays: HashMap<&'static str, Duration>,
    /// The time of ID tokens.
    pub clock: Option<Clock>,
    /// Whether the client's secret is taken in the body only.
    pub secret_in_body: bool,
    /// The header `Authorization` that the token endpoint got.
    pub last_authorization: Option<String>,
    /// How often which endpoint was asked.
    pub asked: HashMap<String, usize>,
    /// The last form that the token endpoint got.
    pub last_form: HashMap<String, String>,
    /// The e-mail addresses that GitHub tells.
    pub emails: Value,
    keys: Vec<TestKey>,
    codes: HashMap<String, (String, String)>,
    /// Those that were not used yet: each is good for once.
    refresh_tokens: HashSet<String>,
    counter: usize,
}

/// A provider of OpenID Connect, and GitHub too, that signs real tokens and does as it is told.
#[derive(Clone)]
pub struct IdentityProvider {
    /// Its issuer.
    pub issuer: String,
    behaviour: Arc<Mutex<Behaviour>>,
}

impl IdentityProvider {
    /// One on a free port of this machine.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let behaviour = Behaviour {
            keys: vec![TestKey::new("first")],
            user: json!({
                "sub": "subject-1", "email": "bob@example.com", "email_verified": true,
                "preferred_username": "bob", "sid": "session-1",
            })
            .as_object()
            .expect("an object")
            .clone(),
            ..Behaviour::default()
        };
        let provider = Self { issuer, behaviour: Arc::new(Mutex::new(behaviour)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .route("/login/oauth/access_token", post(github_token))
            .route("/api/v3/user", get(github_user))
            .route("/api/v3/user/emails", get(github_emails))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// What it does, for tests to look at and change.
    pub fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.behaviour.lock().expect("unpoisoned")
    }

    /// Behaves well again.
    pub fn mend(&self) {
        let mut behaviour = self.behaviour();
        behaviour.fault = Fault::None;
        behaviour.claims.clear();
        behaviour.user_info = None;
        behaviour.promises_issuer = false;
    }

    /// Signs with a new key from now on; the one before is no longer published.
    pub fn rotate_keys(&self, id: &str) {
        self.behaviour().keys = vec![TestKey::new(id)];
    }

    /// Signs claims with the current key.
    pub fn sign(&self, claims: &Value) -> String {
        self.behaviour().keys[0].sign(claims)
    }

    /// The user has agreed at this authorization address: the code that goes back with the browser.
    pub fn approve(&self, authorization: &str) -> String {
        let url = Url::parse(authorization).expect("an address");
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["code_challenge_method"], "S256");
        let mut behaviour = self.behaviour();
        behaviour.counter += 1;
        // Another provider's are not the same.
        let port = self.issuer.rsplit(':').next().unwrap_or_default();
        let code = format!("code-{port}-{}", behaviour.counter);
        let nonce = query.get("nonce").cloned().unwrap_or_default();
        behaviour.codes.insert(code.clone(), (nonce, query["code_challenge"].clone()));
        code
    }

    /// Goes from the portal's button to the portal's callback, where the browser is led next.
    pub async fn sign_in(&self, browser: &Browser, id: &str) -> Page {
        let start = browser.open(&format!("/auth/{id}/start?returnTo=/catalog")).await;
        let callback = self.callback(&start, id);
        browser.open(&callback).await
    }

    /// The address that the browser comes back at, once the user has agreed where `start` led.
    pub fn callback(&self, start: &Page, id: &str) -> String {
        let authorization = start.location.as_deref().expect("the browser is led to the provider");
        assert!(authorization.starts_with(&self.issuer), "{start:?}");
        let code = self.approve(authorization);
        let state = start.parameter("state").expect("a state");
        format!("/auth/{id}/callback?code={code}&state={state}")
    }

    fn note(&self, endpoint: &str) -> Fault {
        let mut behaviour = self.behaviour();
        *behaviour.asked.entry(endpoint.to_owned()).or_default() += 1;
        behaviour.fault.clone()
    }

    /// Answers, or misbehaves.
    async fn answer(&self, endpoint: &'static str, body: impl FnOnce(&Self) -> Response) -> Response {
        let fault = self.note(endpoint);
        let delay = self.behaviour().delays.get(endpoint).copied();
        if let Some(delay) = delay {
            tokio::time::sleep(delay).await;
        }
        match fault {
            Fault::Oversize(at) if at == endpoint => "x".repeat(2 * 1024 * 1024).into_response(),
            Fault::Slow(at) if at == endpoint => {
                tokio::time::sleep(Duration::from_secs(30)).await;
                StatusCode::OK.into_response()
            }
            Fault::Redirect(at) if at == endpoint => {
                (StatusCode::FOUND, [(header::LOCATION, format!("{}/jwks", self.issuer))]).into_response()
            }
            Fault::Down(at) if at == endpoint => StatusCode::BAD_GATEWAY.into_response(),
            _ => body(self),
        }
    }

    fn id_token(&self, nonce: Option<&str>) -> String {
        let behaviour = self.behaviour();
        let now = behaviour.clock.clone().unwrap_or_else(Clock::system).now().timestamp();
        let mut claims = behaviour.user.clone();
        let usual = json!({
            "iss": self.issuer, "aud": "portal", "iat": now, "exp": now + 300, "nonce": nonce,
        });
        for (name, value) in usual.as_object().expect("an object").iter().chain(&behaviour.claims) {
            if value.is_null() {
                claims.remove(name);
            } else {
                claims.insert(name.clone(), value.clone());
            }
        }
        let claims = Value::Object(claims);
        let key = &behaviour.keys[0];
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        match &behaviour.fault {
            Fault::Unsigned => format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims)),
            Fault::PublicKeyAsSecret => {
                let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
                let secret = EncodingKey::from_secret(key.public().to_string().as_bytes());
                jsonwebtoken::encode(&header, &claims, &secret).expect("a signature")
            }
            Fault::SharedSecret(secret) => {
                let secret = EncodingKey::from_secret(secret.as_bytes());
                jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &secret).expect("a signature")
            }
            Fault::OtherKey(id) => TestKey::new("other").sign_as(id, &claims),
            _ => key.sign(&claims),
        }
    }
}

async fn discovery(State(provider): State<IdentityProvider>) -> Response {
    provider
        .answer("discovery", |provider| {
            let issuer = &provider.issuer;
            let behaviour = provider.behaviour();
            let told = if behaviour.fault == Fault::OtherIssuer { "https://evil.example" } else { issuer };
            let token = if behaviour.fault == Fault::UnsafeEndpoint { "http://evil.example" } else { issuer };
            Json(json!({
                "issuer": told,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{token}/token"),
                "userinfo_endpoint": format!("{issuer}/userinfo"),
                "end_session_endpoint": format!("{issuer}/end-session"),
                "jwks_uri": format!("{issuer}/jwks"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "token_endpoint_auth_methods_supported": [
                    if behaviour.secret_in_body { "client_secret_post" } else { "client_secret_basic" },
                ],
                "authorization_response_iss_parameter_supported": behaviour.promises_issuer,
            }))
            .into_response()
        })
        .await
}

async fn keys(State(provider): State<IdentityProvider>) -> Response {
    provider
        .answer("keys", |provider| {
            let keys: Vec<Value> = provider.behaviour().keys.iter().map(|key| key.public().clone()).collect();
            Json(json!({ "keys": keys })).into_response()
        })
        .await
}

async fn token(State(provider): State<IdentityProvider>, headers: HeaderMap, body: Bytes) -> Response {
    provider.answer("token", |provider| provider.tokens(&headers, &body)).await
}

/// GitHub says no with status 200.
async fn github_token(State(provider): State<IdentityProvider>, headers: HeaderMap, body: Bytes) -> Response {
    let mut answer = provider.answer("token", |provider| provider.tokens(&headers, &body)).await;
    if answer.status() == StatusCode::BAD_REQUEST {
        *answer.status_mut() = StatusCode::OK;
    }
    answer
}

impl IdentityProvider {
    fn tokens(&self, headers: &HeaderMap, body: &[u8]) -> Response {
        let form: HashMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        self.behaviour().last_authorization = authorization.map(str::to_owned);
        self.behaviour().last_form.clone_from(&form);
        let refused =
            |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
        if form["grant_type"] == "refresh_token" {
            return self.refreshed(&form["refresh_token"]);
        }
        let code = self.behaviour().codes.remove(&form["code"]);
        let Some((nonce, challenge)) = code else { return refused("invalid_grant") };
        let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
        if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != challenge {
            return refused("invalid_grant");
        }
        let mut answer = json!({
            "access_token": "access-1", "token_type": "bearer", "expires_in": 3600,
            "refresh_token": self.refresh_token("refresh-1"), "id_token": self.id_token(Some(&nonce)),
        });
        if self.behaviour().fault == Fault::NoIdToken
            && let Some(fields) = answer.as_object_mut()
        {
            fields.remove("id_token");
        }
        Json(answer).into_response()
    }

    /// A new one that begins like this.
    fn refresh_token(&self, begin: &str) -> String {
        let mut behaviour = self.behaviour();
        behaviour.counter += 1;
        let token = format!("{begin}-{}", behaviour.counter);
        behaviour.refresh_tokens.insert(token.clone());
        token
    }

    fn refreshed(&self, token: &str) -> Response {
        let instead = self.behaviour().refresh_answer.clone();
        if let Some((status, body)) = instead {
            let status = StatusCode::from_u16(status).expect("a status");
            return (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        }
        let is_good = self.behaviour().refresh_tokens.remove(token);
        if !is_good || self.behaviour().refuses_refresh {
            return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
        }
        let mut answer = json!({
            "access_token": "refreshed-access", "token_type": "bearer", "expires_in": 3600,
            "refresh_token": self.refresh_token("refresh-2"),
        });
        if self.behaviour().tells_who_on_refresh {
            answer["id_token"] = json!(self.id_token(None));
        }
        Json(answer).into_response()
    }
}

async fn user_info(State(provider): State<IdentityProvider>, headers: HeaderMap) -> Response {
    provider
        .answer("userinfo", |provider| {
            if headers.get(header::AUTHORIZATION).is_none_or(|value| value != "Bearer access-1") {
                return StatusCode::UNAUTHORIZED.into_response();
            }
            let behaviour = provider.behaviour();
            let told = behaviour.user_info.clone().unwrap_or_else(|| Value::Object(behaviour.user.clone()));
            Json(told).into_response()
        })
        .await
}

async fn github_user(State(provider): State<IdentityProvider>) -> Response {
    provider
        .answer("user", |_| {
            Json(json!({ "id": 4711, "login": "bob", "email": "bob@example.com" })).into_response()
        })
        .await
}

async fn github_emails(State(provider): State<IdentityProvider>) -> Response {
    provider.answer("emails", |provider| Json(provider.behaviour().emails.clone()).into_response()).await
}
