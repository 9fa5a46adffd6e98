use aws_lc_rs::hmac;
use base64::{Engine, prelude::BASE64_STANDARD};
use callboard_api::plugins::registry;
use callboard_kit::Clock;
use callboard_tests::{Database, FileHost, TestPortal};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

const SECRET: &str = "a-secret-of-the-forge";

fn component(name: &str, description: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  description: {description}\n\
         spec: {{ type: service, lifecycle: production, owner: crew }}\n"
    )
}

fn mac(secret: &str, content: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::sign(&key, content.as_bytes()).as_ref().to_vec()
}

/// Tells the portal of changes, as anyone may who knows the secret.
async fn tell(portal: &TestPortal, id: &str, secret: &str, body: &Value) -> (StatusCode, Value) {
    let (body, at) = (body.to_string(), Clock::system().now().timestamp());
    let signature = BASE64_STANDARD.encode(mac(secret, &format!("{id}.{at}.{body}")));
    let request = Client::new()
        .post(format!("{}/catalog/webhooks/files", portal.address()))
        .header("webhook-id", id)
        .header("webhook-timestamp", at.to_string())
        .header("webhook-signature", format!("v1,{signature}"));
    let response = request.body(body).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

async fn descriptions(portal: &TestPortal) -> Value {
    let query = "{ entities(orderBy: [{ field: \"metadata.name\" }]) { nodes { description } } }";
    let answer = portal.alice().ask(query).await;
    let nodes = answer.data("/entities/nodes").as_array().unwrap().clone();
    nodes.iter().map(|node| node["description"].clone()).collect()
}

async fn waits_for(portal: &TestPortal, expected: Value) {
    for _ in 0..100 {
        if descriptions(portal).await == expected {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(descriptions(portal).await, expected);
}

#[tokio::test]
async fn whoever_proves_who_they_are_has_read_again_what_changed_and_nothing_else() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        host.put("/cart.yaml", component("cart", "first"));
        host.put("/till.yaml", component("till", "first"));
        let location = |path: &str| json!({ "type": "url", "target": host.url(path) });
        let config = json!({
            "backend": { "reading": { "allow": [{ "host": host.host(), "allowPrivate": true }] } },
            "catalog": {
                "processingInterval": false,
                "locations": [location("/cart.yaml"), location("/till.yaml")],
                "webhooks": [
                    { "id": "files", "type": "generic", "secret": SECRET },
                    { "id": "forge", "type": "github", "secret": SECRET },
                ],
            },
        });
        let portal = TestPortal::start_with(database, &[], config, registry()).await;
        portal.has_entities(2).await;
        host.put("/cart.yaml", component("cart", "second"));
        host.put("/till.yaml", component("till", "second"));
        let change = json!({ "urls": [host.url("/cart.yaml")] });

        let (status, told) = tell(&portal, "1", "a-secret-of-no-forge", &change).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{told}");
        assert_eq!(
            tell(&portal, "1", SECRET, &change).await,
            (StatusCode::ACCEPTED, json!({ "locations": 1 }))
        );
        waits_for(&portal, json!(["second", "first"])).await;
        let (status, told) = tell(&portal, "1", SECRET, &change).await;
        assert_eq!(status, StatusCode::CONFLICT, "{told}");
        let (status, told) = tell(&portal, "2", SECRET, &json!({ "url": "all" })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(told["error"].as_str().unwrap().contains("unknown field `url`"), "{told}");
        let nothing = json!({ "urls": [host.url("/none.yaml")] });
        assert_eq!(
            tell(&portal, "3", SECRET, &nothing).await,
            (StatusCode::ACCEPTED, json!({ "locations": 0 }))
        );

        // A forge whose pages these are, as far as it says.
        let push =
            json!({ "ref": "refs/heads/main", "commits": [], "repository": { "html_url": host.url("") } });
        let push = push.to_string();
        let send = async |signature: String| {
            let request = Client::new().post(format!("{}/catalog/webhooks/forge", portal.address()));
            let request = request.header("x-github-event", "push").header("x-hub-signature-256", signature);
            request.body(push.clone()).send().await.unwrap().status()
        };
        let digits: Vec<String> = mac(SECRET, &push).iter().map(|byte| format!("{byte:02x}")).collect();
        let signature = digits.concat();
        assert_eq!(send("sha256=00".to_owned()).await, StatusCode::FORBIDDEN);
        assert_eq!(send(format!("sha256={signature}")).await, StatusCode::ACCEPTED);
        assert_eq!(send(format!("sha256={signature}")).await, StatusCode::CONFLICT);

        let unknown = Client::new().post(format!("{}/catalog/webhooks/other", portal.address()));
        assert_eq!(unknown.send().await.unwrap().status(), StatusCode::NOT_FOUND);
        let unsigned = Client::new().post(format!("{}/catalog/webhooks/forge", portal.address()));
        assert_eq!(unsigned.send().await.unwrap().status(), StatusCode::FORBIDDEN);
        assert_eq!(descriptions(&portal).await, json!(["second", "first"]), "nobody else was read again");
        // What one location leads to concerns it, too.
        assert_eq!(
            tell(&portal, "4", SECRET, &json!({ "urls": [host.url("/till.yaml")] })).await.1,
            json!({ "locations": 1 })
        );
        waits_for(&portal, json!(["second", "second"])).await;
    }
}
