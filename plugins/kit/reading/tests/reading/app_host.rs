use std::sync::{Arc, Mutex};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey},
};
use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use callboard_kit::{Clock, Secret};
use callboard_reading::{GithubAppConfig, GithubConfig};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub const APP_ID: u64 = 4711;

/// A GitHub on which an app is installed: it checks who asks, gives tokens that end, and takes back those it is told to.
#[derive(Clone)]
pub struct AppHost {
    host: String,
    private_key: String,
    app: Arc<App>,
}

struct App {
    public_key: Vec<u8>,
    clock: Clock,
    state: Mutex<Issued>,
}

#[derive(Default)]
struct Issued {
    tokens: Vec<(String, DateTime<Utc>)>,
    takes_none: bool,
    lists: usize,
    reads: Vec<String>,
}

impl AppHost {
    pub async fn start(clock: &Clock) -> Self {
        let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'static> = key.as_der().unwrap();
        let private_key = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        let public_key = key.public_key().as_ref().to_vec();
        let app = Arc::new(App { public_key, clock: clock.clone(), state: Mutex::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&app));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { host, private_key, app }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    pub fn config(&self) -> GithubConfig {
        let app = GithubAppConfig {
            app_id: APP_ID,
            private_key: Secret::new(self.private_key.clone()),
            allowed_installation_owners: None,
        };
        GithubConfig {
            host: Some(self.host.clone()),
            api_base_url: Some(self.url("/api/v3")),
            apps: vec![app],
            allow_private: true,
            ..GithubConfig::default()
        }
    }

    /// Takes all tokens back.
    pub fn revoke(&self) {
        for (_, until) in &mut self.app.state.lock().unwrap().tokens {
            *until = DateTime::UNIX_EPOCH;
        }
    }

    /// Gives tokens and takes none of them.
    pub fn take_none(&self) {
        self.app.state.lock().unwrap().takes_none = true;
    }

    /// How many tokens were given.
    pub fn given(&self) -> usize {
        self.app.state.lock().unwrap().tokens.len()
    }

    /// How often somebody asked where the app is installed.
    pub fn lists(&self) -> usize {
        self.app.state.lock().unwrap().lists
    }

    /// What files were asked for with.
    pub fn take_reads(&self) -> Vec<String> {
        std::mem::take(&mut self.app.state.lock().unwrap().reads)
    }
}

async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let uri = request.uri().to_string();
    let given = request.headers().get("authorization").map_or("", |given| given.to_str().unwrap()).to_owned();
    match (request.method(), uri.as_str()) {
        (&Method::GET, uri) if uri.starts_with("/api/v3/app/installations") => {
            if !app.proves(&given) {
                return StatusCode::UNAUTHORIZED.into_response();
            }
            app.state.lock().unwrap().lists += 1;
            installations(uri, request.headers())
        }
        (&Method::POST, "/api/v3/app/installations/2/access_tokens") => {
            if app.proves(&given) {
                app.issue()
            } else {
                StatusCode::UNAUTHORIZED.into_response()
            }
        }
        (&Method::GET, uri) if uri.starts_with("/api/v3/repos/") => app.file(given),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn installations(uri: &str, headers: &HeaderMap) -> Response {
    let one = |id: u64, account: Value, suspended: Option<&str>| {
        json!({ "id": id, "app_id": APP_ID, "target_type": "Organization", "account": account,
                "permissions": { "contents": "read" }, "suspended_at": suspended })
    };
    if uri.ends_with("page=2") {
        return Json(json!([one(2, json!({ "login": "Acme", "id": 1 }), None)])).into_response();
    }
    let host = headers["host"].to_str().unwrap();
    let next = format!("<http://{host}/api/v3/app/installations?per_page=100&page=2>; rel=\"next\"");
    let first = json!([
        one(3, json!({ "slug": "the-enterprise", "name": "The Enterprise" }), None),
        one(4, json!({ "login": "suspended", "id": 2 }), Some("2030-01-01T00:00:00Z")),
        one(5, Value::Null, None),
    ]);
    ([("link", next)], Json(first)).into_response()
}

impl App {
    /// Whether a JSON web token is the app's own, as GitHub checks it.
    fn proves(&self, given: &str) -> bool {
        let Some(token) = given.strip_prefix("Bearer ") else { return false };
        let Some((signed, signature)) = token.rsplit_once('.') else { return false };
        let part =
            |text: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap() };
        let (header, claims) = signed.split_once('.').unwrap();
        let (header, claims) = (part(header), part(claims));
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public_key);
        let is_signed = key.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).is_ok();
        let (from, until) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
        let now = self.clock.now().timestamp();
        is_signed
            && header["alg"] == "RS256"
            && claims["iss"].as_str().and_then(|id| id.parse().ok()) == Some(APP_ID)
            && from <= now
            && now < until
            && until - now <= 600
    }

    fn issue(&self) -> Response {
        let mut state = self.state.lock().unwrap();
        let token = format!("ghs_{}", state.tokens.len() + 1);
        let until = self.clock.now() + chrono::TimeDelta::hours(1);
        state.tokens.push((token.clone(), until));
        let answer = json!({ "token": token, "expires_at": until, "permissions": { "contents": "read" } });
        (StatusCode::CREATED, Json(answer)).into_response()
    }

    fn file(&self, given: String) -> Response {
        let mut state = self.state.lock().unwrap();
        let now = self.clock.now();
        let is_taken = !state.takes_none
            && (given.is_empty()
                || state
                    .tokens
                    .iter()
                    .any(|(token, until)| given == format!("Bearer {token}") && *until > now));
        state.reads.push(given);
        if is_taken { "kind: Component".into_response() } else { StatusCode::UNAUTHORIZED.into_response() }
    }
}
