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

/// A forge that sends its events to a portal.
struct Forge<'p> {
    portal: &'p TestPortal,
    client: Client,
}

impl Forge<'_> {
    /// Sends what GitHub sends, as JSON or as a form.
    async fn sends(&self, event: &str, body: &str, type_: &str) -> (StatusCode, Value) {
        let digits: Vec<String> = mac(SECRET, body).iter().map(|byte| format!("{byte:02x}")).collect();
        let request = self
            .client
            .post(format!("{}/catalog/webhooks/forge", self.portal.address()))
            .header("content-type", type_)
            .header("x-github-event", event)
            .header("x-hub-signature-256", format!("sha256={}", digits.concat()));
        let response = request.body(body.to_owned()).send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }
}

/// A portal that reads from a GitHub, and is told by it.
async fn portal_of(host: &FileHost, database: Database) -> TestPortal {
    let github = json!({ "host": host.host(), "apiBaseUrl": host.url("/api/v3"), "token": "sesame", "allowPrivate": true });
    let config = json!({
        "integrations": { "github": [github] },
        "catalog": {
            "processingInterval": false,
            "webhooks": [{ "id": "forge", "type": "github", "secret": SECRET }],
        },
    });
    TestPortal::start_with(database, &[], config, registry()).await
}

async fn targets(portal: &TestPortal) -> Value {
    let answer = portal.alice().ask("{ locations(origin: REGISTERED) { nodes { target } } }").await;
    answer.data("/locations/nodes").as_array().unwrap().iter().map(|node| node["target"].clone()).collect()
}

const JSON: &str = "application/json";

#[tokio::test]
async fn a_repository_that_moves_takes_its_locations_along_and_one_that_is_gone_takes_them_away() {
    for database in Database::ALL {
        let host = FileHost::start().await;
        let raw = |name: &str| format!("/api/v3/repos/acme/{name}/contents/catalog-info.yaml");
        host.put(&raw("cart"), component("cart", "first"));
        let portal = portal_of(&host, database).await;
        let page = |name: &str| host.url(&format!("/acme/{name}/blob/main/catalog-info.yaml"));
        let register =
            "mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { exists } }";
        let input = json!({ "input": { "target": page("cart") } });
        portal.alice().ask_with(register, input).await.data("/registerLocation");
        let uid = "{ entity(ref: \"component:cart\") { id } }";
        let before = portal.alice().ask(uid).await;
        let forge = Forge { portal: &portal, client: Client::new() };
        let repository =
            |name: &str| json!({ "html_url": host.url(&format!("/acme/{name}")), "default_branch": "main" });
        let renamed = json!({
            "action": "renamed", "changes": { "repository": { "name": { "from": "cart" } } }, "repository": repository("basket"),
        });

        // What is not where it is said to be moves nothing.
        let twice = json!({ "sent": 1, "action": "renamed", "changes": renamed["changes"], "repository": renamed["repository"] });
        assert_eq!(forge.sends("repository", &twice.to_string(), JSON).await.0, StatusCode::ACCEPTED);
        assert_eq!(targets(&portal).await, json!([page("cart")]));

        host.put(&raw("basket"), component("cart", "second"));
        host.remove(&raw("cart"));
        let told = forge.sends("repository", &renamed.to_string(), JSON).await;
        assert_eq!(told, (StatusCode::ACCEPTED, json!({ "locations": 1 })));
        assert_eq!(targets(&portal).await, json!([page("basket")]));
        waits_for(&portal, json!(["second"])).await;
        assert_eq!(portal.alice().ask(uid).await.body, before.body, "it is the same entity");

        // As forges send unless they are told otherwise.
        host.put(&raw("basket"), component("cart", "third"));
        let push = json!({
            "ref": "refs/heads/main", "commits": [{ "modified": ["catalog-info.yaml"] }], "repository": repository("basket"),
        });
        let form: String = url::form_urlencoded::byte_serialize(push.to_string().as_bytes()).collect();
        let told = forge.sends("push", &format!("payload={form}"), "application/x-www-form-urlencoded").await;
        assert_eq!(told, (StatusCode::ACCEPTED, json!({ "locations": 1 })));
        waits_for(&portal, json!(["third"])).await;

        // What is there stays, whoever says that it is gone.
        let deleted = |sent: u32| {
            json!({ "sent": sent, "action": "deleted", "repository": repository("basket") }).to_string()
        };
        assert_eq!(forge.sends("repository", &deleted(1), JSON).await.0, StatusCode::ACCEPTED);
        host.answer_with(&raw("basket"), StatusCode::UNAUTHORIZED, &[], "");
        assert_eq!(forge.sends("repository", &deleted(2), JSON).await.0, StatusCode::ACCEPTED);
        assert_eq!(targets(&portal).await, json!([page("basket")]));
        host.remove(&raw("basket"));
        assert_eq!(forge.sends("repository", &deleted(3), JSON).await.0, StatusCode::ACCEPTED);
        assert_eq!(targets(&portal).await, json!([]));
        assert_eq!(descriptions(&portal).await, json!([]));
    }
}

#[tokio::test]
async fn many_webhooks_at_once_are_all_taken_and_none_that_is_too_large() {
    let host = FileHost::start().await;
    let portal = portal_of(&host, Database::Sqlite).await;
    let forge = Forge { portal: &portal, client: Client::new() };
    let push = |number: usize| {
        let repository = json!({ "html_url": "https://github.com/acme/shop" });
        json!({ "ref": "refs/heads/main", "after": number, "commits": [], "repository": repository })
            .to_string()
    };
    let pushes: Vec<String> = (0..40).map(push).collect();
    let sent = futures::future::join_all(pushes.iter().map(|push| forge.sends("push", push, JSON))).await;
    assert!(sent.iter().all(|(status, _)| *status == StatusCode::ACCEPTED), "{sent:?}");
    let most = 25 << 20;
    for (size, status) in [(most, StatusCode::ACCEPTED), (most + 1, StatusCode::PAYLOAD_TOO_LARGE)] {
        let mut large = push(size);
        large.extend(std::iter::repeat_n(' ', size - large.len()));
        assert_eq!(forge.sends("push", &large, JSON).await.0, status, "{size}");
    }
}
