use callboard_tests::{Database, TestPortal};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn every_answer_bears_the_security_headers_and_an_id() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    for path in ["/", "/catalog/default/component/cart", "/healthz", "/schema.graphql", "/assets/none.js"] {
        let answer = portal.nobody().get(path).send().await.unwrap();
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(answer.headers().contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn no_page_of_another_site_reads_what_the_guest_may_by_leading_its_name_here() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let port = portal.address().rsplit(':').next().unwrap();
    for (host, expected) in [
        ("127.0.0.1", 200),
        ("localhost", 200),
        ("portal.localhost", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
    ] {
        let host = format!("{host}:{port}");
        for path in ["/", "/graphql?query=%7B__typename%7D", "/schema.graphql", "/auth/popup"] {
            let answer = portal.nobody().get(path).header("host", &host).send().await.unwrap();
            let status = answer.status().as_u16();
            assert_eq!(status == 421, expected == 421, "{host} {path}: {status}");
        }
        let query = json!({ "query": "{ viewer { isGuest } }" });
        let browser = portal.browser();
        let ask = browser.request(reqwest::Method::POST, "/graphql").header("host", &host).json(&query);
        assert_eq!(ask.send().await.unwrap().status().as_u16(), expected, "{host}");
        for path in ["/healthz", "/readyz", "/metrics", "/.well-known/jwks.json"] {
            let answer = portal.nobody().get(path).header("host", &host).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 200, "{host} {path}");
        }
        let socket = socket_request(&portal, &[("host", &host), ("origin", &format!("http://{host}"))]).await;
        assert_eq!(socket == 101, expected == 200, "{host}");
    }
}

/// The status of a request of alice's for this very target, which no client has put in order.
pub async fn raw(portal: &TestPortal, target: &str) -> u16 {
    let address = portal.address().strip_prefix("http://").unwrap();
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "GET {target} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer alice-token\r\nconnection: close\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// The status of an upgrade that was asked for with these headers.
async fn socket_request(portal: &TestPortal, headers: &[(&str, &str)]) -> u16 {
    let mut socket = portal.nobody().get("/graphql/ws").header("connection", "Upgrade");
    for (name, value) in headers.iter().copied().chain([
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-protocol", "graphql-transport-ws"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]) {
        socket = socket.header(name, value);
    }
    socket.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_request_id_from_a_proxy_is_kept_and_a_hostile_one_is_not() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let id = |given: &'static str| {
        let request = portal.nobody().get("/healthz").header("x-request-id", given);
        async move { request.send().await.unwrap().headers()["x-request-id"].to_str().unwrap().to_owned() }
    };
    assert_eq!(id("abc-123").await, "abc-123");
    assert_ne!(id("<script>").await, "<script>");
}

#[tokio::test]
async fn health_readiness_and_metrics_are_told() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let nobody = portal.nobody();
    assert_eq!(nobody.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    let ready: Value = nobody.get("/readyz").send().await.unwrap().json().await.unwrap();
    assert_eq!(ready["checks"]["database"], json!("ok"));
    nobody.ask("{ __typename }").await;
    let metrics = nobody.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("callboard_http_requests_total{route=\"/graphql\""), "{metrics}");
    assert!(metrics.contains("callboard_gateway_plan_cache_entries"), "{metrics}");
}

#[tokio::test]
async fn the_entry_page_is_revalidated_by_its_etag() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let page = portal.nobody().get("/").send().await.unwrap();
    let etag = page.headers()[header::ETAG].clone();
    assert_eq!(page.headers()[header::CACHE_CONTROL], "no-cache");
    let again = portal.nobody().get("/").header(header::IF_NONE_MATCH, etag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn errors_bear_codes() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    let deep =
        format!("{{ {} __typename {} }}", "entities { nodes { owner { ".repeat(40), "} } }".repeat(40));
    for (query, code) in [
        ("{ entity(ref: ", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (r#"{ entity(ref: "petstore") { name } }"#, "BAD_USER_INPUT"),
        ("{ entities(first: 501) { totalCount } }", "BAD_USER_INPUT"),
        (r#"{ entities(after: "nonsense") { totalCount } }"#, "BAD_USER_INPUT"),
        (deep.as_str(), "TOO_COMPLEX"),
    ] {
        let answer = portal.alice().ask(query).await;
        assert!(answer.codes().contains(&code), "{query}: {}", answer.body);
    }
}

#[tokio::test]
async fn addresses_of_the_server_are_never_answered_with_a_page() {
    let portal = TestPortal::start(Database::Sqlite, &[]).await;
    for path in [
        "/.well-known/none.json",
        "/api/none",
        "/auth/x",
        "/auth/none/x",
        "/docs/x/y",
        "/graphql/x",
        "/modules/none/index.js",
    ] {
        let response = portal.nobody().get(path).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 404, "{path}");
    }
    let page = portal.nobody().get("/catalog").send().await.unwrap();
    assert!(page.status().is_success());
}

#[tokio::test]
async fn a_descriptor_cannot_read_the_config() {
    let leak = "
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: leak }
spec: { type: openapi, lifecycle: x, owner: y, definition: { $text: ../secret.yaml } }
";
    let portal = TestPortal::start(Database::Sqlite, &[("leak.yaml", leak)]).await;
    portal.write("secret.yaml", "token: very-secret");
    let answer = portal
        .eventually("{ unprocessedEntities { totalCount nodes { errors { message } } } }", |answer| {
            answer.pointer("/data/unprocessedEntities/totalCount") == Some(&json!(1))
        })
        .await;
    assert!(answer.to_string().contains("leads out of the folder"), "{answer}");
    assert!(!answer.to_string().contains("very-secret"), "{answer}");
}

#[tokio::test]
async fn the_addresses_of_the_config_are_the_portals_own() {
    let addresses = json!({
        "app": { "baseUrl": "https://pages.example/" }, "backend": { "baseUrl": "https://portal.example" },
    });
    let portal =
        TestPortal::start_with(Database::Sqlite, &[], addresses, callboard_api::plugins::registry()).await;
    for (origin, may_call, may_open) in [
        ("https://pages.example", true, true),
        ("https://portal.example", false, true),
        ("https://evil.example", false, false),
    ] {
        let answer = portal.nobody().get("/schema.graphql").header("origin", origin).send().await.unwrap();
        let allowed = answer.headers().get("access-control-allow-origin");
        assert_eq!(allowed.map(|value| value.to_str().unwrap()), may_call.then_some(origin));
        let status = socket_request(&portal, &[("origin", origin)]).await;
        assert_eq!(status == 101, may_open, "{origin}: {status}");
    }
    // Whoever sits in between can write a page of that name without TLS, and the browser sends cookies along.
    for (origin, may_open) in [("https://portal.example", true), ("http://portal.example", false)] {
        let status = socket_request(&portal, &[("host", "portal.example"), ("origin", origin)]).await;
        assert_eq!(status == 101, may_open, "{origin}: {status}");
    }
    let answer = portal.nobody().get("/").send().await.unwrap();
    assert!(answer.headers()[header::STRICT_TRANSPORT_SECURITY].to_str().unwrap().starts_with("max-age="));
    let plain = TestPortal::start(Database::Sqlite, &[]).await;
    let answer = plain.nobody().get("/").send().await.unwrap();
    assert!(!answer.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
}
