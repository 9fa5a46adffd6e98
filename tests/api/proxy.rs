//! The proxy: what reaches a target, what comes back, and what is refused before.

mod access;
mod answers;
mod target;

use callboard_api::plugins::registry;
use callboard_tests::{Database, TestPortal};
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use serde_json::{Value, json};

use self::target::Target;

/// A portal with one endpoint `/status`, which has more keys than its target.
async fn portal_with(target: &Target, more: Value) -> TestPortal {
    let mut endpoint = json!({ "target": target.url("/api") });
    endpoint.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let more = json!({
        "proxy": { "endpoints": { "/status": endpoint } },
        "permission": { "roles": [
            { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
            { "name": "reader", "members": ["user:default/bob"], "grants": [{ "permission": "proxy.endpoint.read" }] },
        ] },
    });
    TestPortal::start_with(Database::Sqlite, &[], more, registry()).await
}

/// A request that follows no redirects and unpacks nothing.
fn request(portal: &TestPortal, method: Method, path: &str) -> RequestBuilder {
    let client = Client::builder().redirect(Policy::none()).no_gzip().build().unwrap();
    client.request(method, format!("{}/api/proxy{path}", portal.address()))
}

/// The same, of the admin.
fn by_alice(portal: &TestPortal, method: Method, path: &str) -> RequestBuilder {
    request(portal, method, path).bearer_auth("alice-token")
}

async fn get(portal: &TestPortal, path: &str) -> Response {
    by_alice(portal, Method::GET, path).send().await.unwrap()
}

/// The status, and the code of the problem.
async fn refused(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    assert!(!answer.headers().contains_key("x-callboard-proxied"), "a refusal is the portal's own");
    let body: Value = answer.json().await.unwrap();
    (status, body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned())
}
