use std::net::TcpListener;

use callboard_api::{config::Config, plugins::registry};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::{by_alice, get, portal_with, refused, request, target::Target};

#[tokio::test]
async fn an_answer_cannot_run_as_a_page_or_a_script_of_the_portal() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "credentials": "dangerously-allow-unauthenticated" })).await;
    for (type_, expected) in [
        ("text/html", "text/html"),
        ("image/svg%2Bxml", "image/svg+xml"),
        ("text/javascript", "text/plain; charset=utf-8"),
        ("application/x-javascript", "text/plain; charset=utf-8"),
        ("text/css", "text/plain; charset=utf-8"),
    ] {
        let answer =
            request(&portal, Method::GET, &format!("/status/typed?type={type_}")).send().await.unwrap();
        let headers = answer.headers();
        assert_eq!(headers[header::CONTENT_TYPE], expected);
        assert_eq!(
            headers[header::CONTENT_SECURITY_POLICY],
            "sandbox; default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(headers.get_all(header::CONTENT_SECURITY_POLICY).iter().count(), 1);
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
    }
}

#[tokio::test]
async fn a_target_plants_no_cookies_and_speaks_for_nobody_else() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "allowedHeaders": ["x-total-count"] })).await;
    let answer = get(&portal, "/status/chatty").await;
    let headers = answer.headers();
    for name in [
        "set-cookie",
        "www-authenticate",
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "clear-site-data",
        "x-other",
    ] {
        assert!(!headers.contains_key(name), "{name}");
    }
    assert_eq!(headers["x-total-count"], "7");
    assert_eq!(headers["etag"], "\"1\"");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(answer.text().await.unwrap(), "chatty");
}

#[tokio::test]
async fn a_redirect_is_followed_by_nobody_and_leads_nowhere_else() {
    let (target, other) = (Target::start().await, Target::start().await);
    let portal = portal_with(&target, json!({ "headers": { "authorization": "Bearer very-secret" } })).await;
    let target_url = target.url("");
    for (to, expected) in [
        ("x", "/api/proxy/status/x"),
        ("/api/v1/x?a=1", "/api/proxy/status/v1/x?a=1"),
        (&format!("{target_url}/api"), "/api/proxy/status"),
    ] {
        for status in [301, 302, 303, 307, 308, 201] {
            let answer = get(&portal, &format!("/status/redirect?status={status}&to={}", encoded(to))).await;
            assert_eq!(answer.status(), status, "{to}");
            assert_eq!(answer.headers()[header::LOCATION], expected, "{to}");
        }
    }
    for to in [
        other.url("/api/x").as_str(),
        "/other",
        "/apix",
        "//evil.example/api/x",
        "https://evil.example/",
        "javascript:alert(1)",
        "/api/%2e%2e/x",
        "",
    ] {
        let answer = get(&portal, &format!("/status/redirect?to={}", encoded(to))).await;
        let location = answer.headers().get(header::LOCATION).cloned();
        if to.is_empty() {
            // That is the address that was asked for.
            assert!(location.unwrap().to_str().unwrap().starts_with("/api/proxy/status/redirect"));
            continue;
        }
        assert_eq!(location, None, "{to}");
        let text = answer.text().await.unwrap();
        assert!(text.contains("`/status` leads elsewhere") && !text.contains("evil"), "{to}: {text}");
        let created = get(&portal, &format!("/status/redirect?status=201&to={}", encoded(to))).await;
        assert_eq!((created.status().as_u16(), created.headers().get(header::LOCATION)), (201, None), "{to}");
    }
    assert_eq!(other.take().len(), 0);
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn bodies_are_passed_on_as_they_come_up_to_a_limit() {
    let target = Target::start().await;
    let limits = json!({
        "allowedMethods": ["GET", "PUT"], "maxRequestBytes": 5000, "maxResponseBytes": 5000,
    });
    let portal = portal_with(&target, limits).await;
    let put = async |length: usize, is_chunked: bool| {
        let request = by_alice(&portal, Method::PUT, "/status/upload");
        let request = if is_chunked {
            let parts = (0..length / 1000).map(|_| Ok::<_, std::io::Error>(vec![b'y'; 1000]));
            request.body(reqwest::Body::wrap_stream(futures::stream::iter(parts.collect::<Vec<_>>())))
        } else {
            request.body(vec![b'y'; length])
        };
        request.send().await.unwrap()
    };
    for is_chunked in [false, true] {
        assert_eq!(put(5000, is_chunked).await.status(), 200);
        assert_eq!(target.take()[0].body.len(), 5000);
        assert_eq!(refused(put(6000, is_chunked).await).await.0, 413, "{is_chunked}");
        assert!(target.take().is_empty(), "a body that is cut off is not taken for a whole one");
    }
    assert_eq!(get(&portal, "/status/stream?parts=5").await.bytes().await.unwrap().len(), 5000);
    assert!(get(&portal, "/status/stream?parts=6").await.bytes().await.is_err());
    let packed = get(&portal, "/status/packed").await;
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(packed.bytes().await.unwrap(), &b"\x1f\x8bnot unpacked"[..]);
}

#[tokio::test]
async fn an_answer_reaches_the_viewer_before_it_has_ended() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({})).await;
    let mut answer = get(&portal, "/status/live").await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(answer.chunk().await.unwrap().unwrap(), &b"data: 1\n\n"[..]);
}

#[tokio::test]
async fn an_answer_that_tells_to_be_too_large_is_refused() {
    let target = Target::start().await;
    let portal = portal_with(&target, json!({ "maxResponseBytes": 10 })).await;
    let answer = get(&portal, "/status/x").await;
    assert_eq!(refused(answer).await, (502, "UNAVAILABLE".to_owned()));
    let head = by_alice(&portal, Method::HEAD, "/status/x").send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), &head.headers()[header::CONTENT_LENGTH]),
        (200, &"11".parse().unwrap())
    );
}

#[tokio::test]
async fn a_target_that_is_down_or_slow_is_told_by_the_name_of_its_endpoint() {
    let target = Target::start().await;
    let headers = json!({ "authorization": "Bearer very-secret" });
    let slow = portal_with(&target, json!({ "timeout": "200ms", "headers": headers })).await;
    let answer = get(&slow, "/status/slow").await;
    assert_eq!(answer.status(), 504);
    assert!(answer.text().await.unwrap().contains("`/status` did not answer in time"));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut portal = portal_with(&target, json!({ "headers": headers })).await;
    let nowhere = format!("http://127.0.0.1:{port}/api");
    portal.restart(json!({ "proxy": { "endpoints": { "/status": { "target": nowhere } } } })).await;
    let answer = get(&portal, "/status/x?key=s3cret").await;
    assert_eq!(answer.status(), 502);
    let text = answer.text().await.unwrap();
    assert!(text.contains("the target of proxy endpoint `/status` did not answer"), "{text}");
    assert!(!text.contains(&port.to_string()) && !text.contains("secret"), "{text}");
    let metrics = portal.nobody().get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(
        metrics.contains("callboard_proxy_requests_total{endpoint=\"/status\",status=\"502\"}"),
        "{metrics}"
    );
}

#[tokio::test]
async fn paths_are_rewritten_as_in_the_reference_product() {
    let target = Target::start().await;
    let rewrites = json!({ "^/api/proxy/status/old": "/new", "^/v1": "/v2" });
    let portal = portal_with(&target, json!({ "pathRewrite": rewrites })).await;
    for (path, expected) in
        [("/status/old/x", "/api/new/x"), ("/status/v1/x", "/api/v2/x"), ("/status/y", "/api/y")]
    {
        assert_eq!(get(&portal, path).await.status(), 200);
        assert_eq!(target.take()[0].path, expected, "{path}");
    }
    // Nobody knows which path would have led there.
    assert_eq!(refused(get(&portal, "/status/redirect?to=/api/x").await).await.0, 502);
}

#[test]
fn a_wrong_endpoint_is_named_with_its_key_and_never_with_its_secret() {
    for (endpoints, told) in [
        (json!({ "/a": { "target": "nowhere" } }), "`proxy.endpoints./a.target`"),
        (json!({ "/a": { "taget": "http://x" } }), "did you mean `target`?"),
        (
            json!({ "/a": { "target": "http://x", "allowedHeaders": ["cookie"] } }),
            "`proxy.endpoints./a.allowedHeaders.0`",
        ),
        (
            json!({ "/a": { "target": "http://x", "headers": { "x": "s3cret\n" } } }),
            "`proxy.endpoints./a.headers.x`",
        ),
        (json!({ "/a b": "http://x" }), "`proxy.endpoints./a b`"),
    ] {
        let config = json!({ "proxy": { "endpoints": endpoints } });
        let errors = Config::check(&config, ".".into(), &registry()).unwrap_err();
        let told_all = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(told_all.contains(told) && !told_all.contains("s3cret"), "{told_all}");
    }
}

#[tokio::test]
async fn without_its_plugin_there_is_no_proxy() {
    let portal = callboard_tests::TestPortal::start_with(
        callboard_tests::Database::Sqlite,
        &[],
        json!({}),
        registry().without("proxy"),
    )
    .await;
    assert_eq!(get(&portal, "/status/x").await.status(), 404);
    let answer = portal.alice().ask("{ plugins { id } }").await;
    assert!(!answer.data("/plugins").as_array().unwrap().contains(&json!({ "id": "proxy" })));
    let config: Value = json!({ "proxy": {} });
    let unknown = Config::check(&config, ".".into(), &registry().without("proxy")).unwrap_err();
    assert!(unknown[0].to_string().contains("unknown section `proxy`"), "{}", unknown[0]);
}
