use reqwest::Method;
use serde_json::json;

use super::{by_alice, get, portal_with, refused, request, target::Target};
use crate::http::raw;

const SECRET: &str = "Bearer very-secret";

#[tokio::test]
async fn a_target_gets_the_credentials_of_the_server_and_none_of_the_viewers() {
    let target = Target::start().await;
    let endpoint = json!({
        "headers": { "Authorization": SECRET, "x-key": "of-the-server" },
        "allowedHeaders": ["x-trace", "x-key"], "allowedMethods": ["GET", "POST"],
    });
    let portal = portal_with(&target, endpoint).await;
    let answer = by_alice(&portal, Method::POST, "/status/v1/x?a=1&b=%2F")
        .header("cookie", "callboard-session=stolen; other=1")
        .header("x-callboard-csrf", "1")
        .header("x-forwarded-for", "192.0.2.1")
        .header("origin", "https://portal.example.com")
        .header("referer", "https://portal.example.com/x")
        .header("x-trace", "7")
        .header("x-other", "8")
        .header("x-key", "of-the-viewer")
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .body("{\"a\":1}")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["x-callboard-proxied"], "/status");
    assert_eq!(answer.text().await.unwrap(), "{\"ok\":true}");
    let asked = target.take();
    let [asked] = asked.as_slice() else { panic!("asked {} times", asked.len()) };
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/api/v1/x?a=1&b=%2F"));
    assert_eq!(asked.body, b"{\"a\":1}");
    let mut names: Vec<&str> = asked.headers.keys().map(reqwest::header::HeaderName::as_str).collect();
    names.sort_unstable();
    let expected = [
        "accept",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-key",
        "x-trace",
    ];
    assert_eq!(names, expected);
    assert_eq!(asked.headers["authorization"], SECRET);
    assert_eq!(asked.headers["x-key"], "of-the-server");
    assert_eq!(asked.headers.get_all("x-key").iter().count(), 1);
    assert_eq!(asked.headers["host"], target.address.to_string());
}

#[tokio::test]
async fn only_those_who_may_ask_through_the_proxy() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "allowedMethods": ["GET", "POST"] })).await;
    let by = |token: &str, method| request(&portal, method, "/status/x").bearer_auth(token).send();
    assert_eq!(by("bob-token", Method::GET).await.unwrap().status(), 200);
    assert_eq!(by("alice-token", Method::POST).await.unwrap().status(), 200);
    assert_eq!(target.take().len(), 2);
    let denied = by("bob-token", Method::POST).await.unwrap();
    let body: serde_json::Value = denied.json().await.unwrap();
    assert_eq!(
        body["errors"][0]["extensions"],
        json!({ "code": "FORBIDDEN", "permission": "proxy.endpoint.use" })
    );
    assert_eq!(refused(by("ci-token-1", Method::GET).await.unwrap()).await, (403, "FORBIDDEN".to_owned()));
    assert_eq!(refused(by("narrow-token", Method::GET).await.unwrap()).await, (403, "FORBIDDEN".to_owned()));
    let wrong = by("wrong-token", Method::GET).await.unwrap();
    assert_eq!(refused(wrong).await, (401, "UNAUTHENTICATED".to_owned()));
    // The guest has no role that lets it.
    let guest = request(&portal, Method::GET, "/status/x").header("x-callboard-csrf", "1");
    assert_eq!(refused(guest.send().await.unwrap()).await, (403, "FORBIDDEN".to_owned()));
    let events = portal
        .alice()
        .ask("{ auditEvents(filter: { outcome: [DENIED] }) { nodes { message target } } }")
        .await;
    let denied = json!({ "message": "lacks `proxy.endpoint.use`", "target": "/status" });
    assert!(events.data("/auditEvents/nodes").as_array().unwrap().contains(&denied), "{}", events.body);
    assert_eq!(target.take().len(), 0);
}

#[tokio::test]
async fn no_page_of_another_site_asks_through_the_proxy() {
    let target = Target::start().await;
    let everyone =
        json!({ "roles": [{ "name": "all", "members": ["*"], "grants": [{ "permission": "*" }] }] });
    let mut portal = portal_with(&target, json!({ "allowedMethods": ["GET", "POST"] })).await;
    portal.restart(json!({ "permission": everyone })).await;
    for method in [Method::GET, Method::POST] {
        let ask = || request(&portal, method.clone(), "/status/x");
        for forged in
            [ask(), ask().header("cookie", "callboard-session=x"), ask().header("x-callboard-csrf", "")]
        {
            let forged = forged.header("origin", "https://evil.example").send().await.unwrap();
            assert!(forged.headers().get("access-control-allow-origin").is_none());
            assert_eq!(refused(forged).await, (401, "UNAUTHENTICATED".to_owned()), "{method}");
        }
        assert_eq!(ask().header("x-callboard-csrf", "1").send().await.unwrap().status(), 200, "{method}");
    }
    assert_eq!(target.take().len(), 2);
}

#[tokio::test]
async fn an_endpoint_for_everyone_still_takes_no_changes_from_other_sites() {
    let target = Target::start().await;
    let open = json!({
        "credentials": "dangerously-allow-unauthenticated", "allowedMethods": ["GET", "POST"],
    });
    let portal = portal_with(&target, open).await;
    let ask = |method| request(&portal, method, "/status/x");
    assert_eq!(ask(Method::GET).send().await.unwrap().status(), 200);
    assert_eq!(refused(ask(Method::POST).send().await.unwrap()).await.0, 401);
    assert_eq!(ask(Method::POST).header("x-callboard-csrf", "1").send().await.unwrap().status(), 200);
    // Nobody is asked who they are, and nothing of that reaches the target.
    assert_eq!(ask(Method::GET).bearer_auth("wrong-token").send().await.unwrap().status(), 200);
    assert!(target.take().iter().all(|asked| !asked.headers.contains_key("authorization")));
}

#[tokio::test]
async fn a_target_that_is_told_who_asks_gets_a_token_for_it_alone() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "credentials": "forward" })).await;
    assert_eq!(get(&portal, "/status/x").await.status(), 200);
    let asked = target.take();
    let token = asked[0].headers["authorization"].to_str().unwrap().strip_prefix("Bearer ").unwrap();
    assert!(!token.contains("alice-token"));
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!((&claims["aud"], &claims["sub"]), (&json!("proxy/status"), &json!("user:default/alice")));
    // It is good for nothing here.
    let back = request(&portal, Method::GET, "/status/x").bearer_auth(token).send().await.unwrap();
    assert_eq!(refused(back).await.0, 401);
}

#[tokio::test]
async fn what_an_endpoint_does_not_allow_never_reaches_its_target() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "paths": ["/v1/**"], "maxRequestBytes": 1000 })).await;
    let post = by_alice(&portal, Method::POST, "/status/v1/x").send().await.unwrap();
    assert_eq!(post.headers()["allow"], "GET, HEAD");
    assert_eq!(refused(post).await.0, 405);
    assert_eq!(refused(get(&portal, "/status/v2/x").await).await, (403, "FORBIDDEN".to_owned()));
    assert_eq!(refused(get(&portal, "/status").await).await.0, 403);
    assert_eq!(refused(get(&portal, "/none/x").await).await, (404, "NOT_FOUND".to_owned()));
    assert_eq!(refused(get(&portal, "/statusx/v1/x").await).await.0, 404);
    let socket = by_alice(&portal, Method::GET, "/status/v1/x").header("upgrade", "websocket");
    let socket = socket.header("connection", "upgrade").send().await.unwrap();
    assert_eq!(refused(socket).await.0, 501);
    assert_eq!(target.take().len(), 0);
    assert_eq!(get(&portal, "/status/v1/x").await.status(), 200);
}

#[tokio::test]
async fn no_path_leads_out_of_the_targets_own() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({})).await;
    for path in [
        "/api/proxy/status/../secret",
        "/api/proxy/status/..",
        "/api/proxy/status/%2e%2e/secret",
        "/api/proxy/status/.%2E/secret",
        "/api/proxy/status/a%2f..%2f..%2fsecret",
        "/api/proxy/status/%252e%252e/secret",
        "/api/proxy/status/..;/secret",
        "/api/proxy/status//evil.example/x",
        "/api/proxy/status/%2f%2fevil.example/x",
        "/api/proxy/status/..%5csecret",
        "/api/proxy/status/x%00",
        "/api/proxy/status/x%0d%0ahost:%20evil.example",
        "/api/proxy/status/%zz",
    ] {
        assert_eq!(raw(&portal, path).await, 400, "{path}");
    }
    assert_eq!(target.take().len(), 0);
    // Whatever host a request names, the target is the one of the config.
    let absolute = format!("{}/api/proxy/status/x", portal.address());
    for (path, expected) in [
        (absolute.as_str(), "/api/x"),
        ("/api/proxy/status/@evil.example/x", "/api/@evil.example/x"),
        ("/api/proxy/status/https:/evil.example", "/api/https:/evil.example"),
        ("/api/proxy/status/group%2Fname", "/api/group%2Fname"),
        ("/api/proxy/status?x=../..", "/api?x=../.."),
    ] {
        assert_eq!(raw(&portal, path).await, 200, "{path}");
        assert_eq!(target.take()[0].path, expected);
    }
}

#[tokio::test]
async fn what_changes_something_is_written_down_without_its_query() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "allowedMethods": ["GET", "DELETE"] })).await;
    get(&portal, "/status/read").await;
    for path in ["/status/incidents/1?token=s3cret", "/status/status?code=500"] {
        by_alice(&portal, Method::DELETE, path).send().await.unwrap();
    }
    let events = portal
        .alice()
        .ask("{ auditEvents(filter: { action: [\"useProxy\"] }) { nodes { actor outcome target message } } }")
        .await;
    assert_eq!(
        events.data("/auditEvents/nodes"),
        &json!([
            { "actor": "user:default/alice", "outcome": "FAILED", "target": "DELETE /status/status",
              "message": "the target answered 500" },
            { "actor": "user:default/alice", "outcome": "SUCCEEDED", "target": "DELETE /status/incidents/1",
              "message": null },
        ])
    );
}

#[tokio::test]
async fn a_change_whose_asker_left_is_written_down() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "allowedMethods": ["POST"] })).await;
    let asked = tokio::spawn(by_alice(&portal, Method::POST, "/status/slow").send());
    while target.take().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    asked.abort();
    let left = json!([{ "outcome": "FAILED", "message": "the client left before it ended" }]);
    portal
        .eventually(
            "{ auditEvents(filter: { action: [\"useProxy\"] }) { nodes { outcome message } } }",
            |answer| answer.pointer("/data/auditEvents/nodes") == Some(&left),
        )
        .await;
}
