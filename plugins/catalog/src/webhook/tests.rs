use callboard_kit::Secret;
use serde_json::{Value, json};

use super::{config::WebhookType, *};

fn push(type_: WebhookType, body: &Value) -> Change {
    let name = if type_ == WebhookType::Gitlab { "Push Hook" } else { "push" };
    read(type_, name, body).unwrap().unwrap()
}

fn read(type_: WebhookType, name: &str, body: &Value) -> Result<Option<Change>, String> {
    let event = Event { name, instance: Some("https://git.acme.example/") };
    Change::read(type_, &event, body.to_string().as_bytes())
}

fn github(more: &Value) -> Change {
    let mut body = json!({
        "ref": "refs/heads/main", "forced": false,
        "commits": [
            { "added": ["services/till/catalog-info.yaml"], "removed": [], "modified": ["docs/index.md"] },
            { "added": [], "removed": ["old.yaml"], "modified": [] },
        ],
        "repository": {
            "html_url": "https://github.com/acme/shop", "clone_url": "https://github.com/acme/shop.git",
            "default_branch": "main",
        },
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    push(WebhookType::Github, &body)
}

#[test]
fn a_push_concerns_what_was_read_from_the_files_it_changes_and_nothing_else() {
    let change = github(&json!({}));
    for place in [
        "url:https://github.com/acme/shop/blob/main/services/till/catalog-info.yaml",
        "url:https://github.com/Acme/Shop/blob/main/services/till/catalog-info.yaml",
        "url:https://github.com/acme/shop/blob/HEAD/old.yaml",
        "url:https://github.com/acme/shop/blob/main/services/*/catalog-info.yaml",
        "url:https://github.com/acme/shop/blob/main/**/catalog-info.yaml",
        "url:https://github.com/acme/shop/tree/main/services",
        "url:https://github.com/acme/shop",
        "url:https://raw.githubusercontent.com/acme/shop/main/docs/index.md",
        "url:https://raw.githubusercontent.com/acme/shop/refs/heads/main/docs/index.md",
        "url:https://github.com/acme/shop/blob/refs/heads/main/old.yaml",
        "git:https://github.com/acme/shop.git//docs/index.md",
        "git:https://github.com/acme/shop//old.yaml?ref=main",
        "git:https://github.com/acme/shop.git",
    ] {
        assert!(change.concerns(place), "{place}");
        assert!(
            change.beginnings().iter().any(|start| place.to_lowercase().starts_with(start)),
            "{place} is looked up"
        );
    }
    for place in [
        "url:https://github.com/acme/shop/blob/main/services/cart/catalog-info.yaml",
        "url:https://github.com/acme/shop/blob/next/services/till/catalog-info.yaml",
        "url:https://github.com/acme/shop/blob/main-2/old.yaml",
        "url:https://github.com/acme/shop/blob/refs/heads/next/old.yaml",
        "url:https://github.com/acme/shop-2/blob/main/old.yaml",
        "url:https://github.com/other/shop/blob/main/old.yaml",
        "url:https://evil.example/https://github.com/acme/shop/blob/main/old.yaml",
        "url:https://github.com/acme/shop/blob/main/*.md",
        "url:https://github.com/acme/shop/tree/main/docs",
        "url:https://github.com/acme/shop/issues/1",
        "git:https://github.com/acme/shop.git//old.yaml?ref=next",
        "git:https://github.com/acme/shop.git//catalog-info.yaml",
        "file:/old.yaml",
    ] {
        assert!(!change.concerns(place), "{place}");
    }
}

#[test]
fn a_push_whose_files_are_not_all_told_concerns_all_of_its_branch() {
    let nothing = "0".repeat(40);
    let many = vec![json!({ "modified": ["a.yaml"] }); 2048];
    for more in [
        json!({ "forced": true }),
        json!({ "commits": [] }),
        json!({ "created": true }),
        json!({ "before": nothing }),
        json!({ "commits": many }),
    ] {
        let change = github(&more);
        assert!(change.concerns("url:https://github.com/acme/shop/blob/main/anything.yaml"), "{more}");
        assert!(!change.concerns("url:https://github.com/acme/shop/blob/next/anything.yaml"), "{more}");
    }
    let body = json!({
        "object_kind": "push", "ref": "refs/heads/release/1", "total_commits_count": 30,
        "commits": [{ "added": ["a.yaml"], "modified": [], "removed": [] }],
        "project": {
            "web_url": "https://gitlab.com/acme/tools/shop", "git_http_url": "https://gitlab.com/acme/tools/shop.git",
            "default_branch": "main",
        },
        "repository": { "name": "shop", "homepage": "https://gitlab.com/acme/tools/shop" },
    });
    let change = push(WebhookType::Gitlab, &body);
    assert!(change.concerns("url:https://gitlab.com/acme/tools/shop/-/blob/release/1/b.yaml"));
    assert!(!change.concerns("url:https://gitlab.com/acme/tools/shop/-/blob/main/b.yaml"));
    assert!(!change.concerns("url:https://gitlab.com/acme/tools/shop"), "which is of the default branch");
}

#[test]
fn each_sender_is_understood_and_what_says_nothing_of_files_is_nothing() {
    let body = json!({
        "ref": "refs/heads/main", "total_commits": 1,
        "commits": [{ "added": [], "removed": [], "modified": ["a b/catalog-info.yaml"] }],
        "repository": { "html_url": "https://git.acme.example/acme/shop", "default_branch": "main" },
    });
    let change = push(WebhookType::Gitea, &body);
    assert!(
        change.concerns("url:https://git.acme.example/acme/shop/src/branch/main/a%20b/catalog-info.yaml")
    );
    let read = |type_, event: &str, body: Value| read(type_, event, &body);
    let tag = json!({ "ref": "refs/tags/v1", "repository": { "html_url": "https://github.com/acme/shop" } });
    assert_eq!(read(WebhookType::Github, "push", tag), Ok(None));
    assert_eq!(read(WebhookType::Github, "ping", json!({ "zen": "Keep it simple" })), Ok(None));
    assert!(read(WebhookType::Github, "push", json!({ "ref": 1 })).is_err());
    let gone = json!({ "action": "renamed", "repository": { "html_url": "https://github.com/acme/shop" } });
    let gone = read(WebhookType::Github, "repository", gone).unwrap().unwrap();
    assert!(gone.concerns("url:https://github.com/acme/shop/blob/any/thing.yaml"));
    let generic = json!({ "urls": ["https://files.acme.example/all.yaml"] });
    let generic = read(WebhookType::Generic, "", generic).unwrap().unwrap();
    assert!(generic.concerns("url:https://files.acme.example/all.yaml"));
    assert!(!generic.concerns("url:https://files.acme.example/all.yaml.old"));
    assert!(read(WebhookType::Generic, "", json!({ "url": "https://files.acme.example" })).is_err());
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap())).collect()
}

fn webhook(type_: WebhookType, secret: &str) -> WebhookConfig {
    WebhookConfig { id: "one".to_owned(), type_, secret: Secret::new(secret) }
}

#[test]
fn signatures_are_those_that_forges_document() {
    let now = chrono::DateTime::from_timestamp(1_614_265_330, 0).unwrap();
    // The example of GitHub's own documentation.
    let github = webhook(WebhookType::Github, "It's a Secret to Everybody");
    let signed = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let check = |webhook: &WebhookConfig, headers: &HeaderMap, body: &[u8]| {
        signature::check(webhook, headers, &Payload::of(headers, body), now)
    };
    let of = |signature: &str| headers(&[("x-hub-signature-256", signature)]);
    assert!(check(&github, &of(signed), b"Hello, World!").is_ok());
    assert_eq!(check(&github, &of(signed), b"Hello, World?"), Err(Disbelief::Forged));
    assert_eq!(check(&github, &of(&signed[7..]), b"Hello, World!"), Err(Disbelief::Forged));
    for empty in ["", "sha256=", "sha256=zz", "sha1=757107ea"] {
        assert_eq!(check(&github, &of(empty), b"Hello, World!"), Err(Disbelief::Forged), "{empty}");
    }
    assert_eq!(check(&github, &HeaderMap::new(), b"Hello, World!"), Err(Disbelief::Unsigned));
    let gitea = webhook(WebhookType::Gitea, "It's a Secret to Everybody");
    assert!(check(&gitea, &headers(&[("x-gitea-signature", &signed[7..])]), b"Hello, World!").is_ok());
    let gitlab = webhook(WebhookType::Gitlab, "0123456789abcdef");
    assert!(check(&gitlab, &headers(&[("x-gitlab-token", "0123456789abcdef")]), b"{}").is_ok());
    for wrong in ["0123456789abcdeF", "0123456789abcde", ""] {
        let given = headers(&[("x-gitlab-token", wrong)]);
        assert_eq!(check(&gitlab, &given, b"{}"), Err(Disbelief::Forged), "{wrong}");
    }
}

#[test]
fn what_anyone_else_sends_is_signed_with_its_time() {
    // The example of the Standard Webhooks libraries.
    let generic = webhook(WebhookType::Generic, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let body = br#"{"test": 2432232314}"#;
    let of = |timestamp: &str, signature: &str| {
        headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", timestamp),
            ("webhook-signature", signature),
        ])
    };
    let signature = "v1,Zm9yZ2Vk v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let at = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
    let check = |headers: &HeaderMap, now: i64| {
        signature::check(&generic, headers, &Payload::of(headers, body), at(now))
    };
    let good = of("1614265330", signature);
    assert!(check(&good, 1_614_265_330 + 299).is_ok());
    let gitlab = webhook(WebhookType::Gitlab, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let payload = Payload::of(&good, body);
    assert!(signature::check(&gitlab, &good, &payload, at(1_614_265_330)).is_ok(), "its signing tokens");
    assert_eq!(check(&good, 1_614_265_330 + 301), Err(Disbelief::Untimely));
    assert_eq!(check(&good, 1_614_265_330 - 301), Err(Disbelief::Untimely));
    assert_eq!(check(&of("1614265331", signature), 1_614_265_330), Err(Disbelief::Forged));
    assert_eq!(
        check(&of("1614265330", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), 1_614_265_330),
        Err(Disbelief::Forged)
    );
}

#[test]
fn a_webhook_is_the_same_whatever_its_unsigned_headers_say() {
    let now = chrono::DateTime::from_timestamp(1_614_265_330, 0).unwrap();
    let github = webhook(WebhookType::Github, "It's a Secret to Everybody");
    let signed = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let ids = ["a", "b"].map(|delivery| {
        let headers = headers(&[("x-hub-signature-256", signed), ("x-github-delivery", delivery)]);
        signature::check(&github, &headers, &Payload::of(&headers, b"Hello, World!"), now).unwrap()
    });
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn a_form_is_read_and_signed_as_each_forge_does() {
    let (secret, json) = ("It's a Secret to Everybody", "{\"ref\":\"refs/heads/main\"}");
    let form =
        format!("payload={}", url::form_urlencoded::byte_serialize(json.as_bytes()).collect::<String>());
    let signed = |content: &str| {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes());
        let tag = aws_lc_rs::hmac::sign(&key, content.as_bytes());
        crate::entity::hex(tag.as_ref())
    };
    let now = chrono::DateTime::from_timestamp(1_614_265_330, 0).unwrap();
    let type_ = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    let check = |type_of: WebhookType, name: &'static str, signature: &str| {
        let headers = headers(&[type_, (name, signature)]);
        let payload = Payload::of(&headers, form.as_bytes());
        assert_eq!(payload.json, json.as_bytes());
        signature::check(&webhook(type_of, secret), &headers, &payload, now)
    };
    let github =
        |signature: String| check(WebhookType::Github, "x-hub-signature-256", &format!("sha256={signature}"));
    assert!(github(signed(&form)).is_ok());
    assert_eq!(github(signed(json)), Err(Disbelief::Forged));
    let gitea = |signature: String| check(WebhookType::Gitea, "x-gitea-signature", &signature);
    assert!(gitea(signed(json)).is_ok());
    assert_eq!(gitea(signed(&form)), Err(Disbelief::Forged));
}

#[test]
fn a_repository_that_has_moved_is_known_by_where_it_was() {
    let repository = json!({ "html_url": "https://github.com/acme/shop", "clone_url": "https://github.com/acme/shop.git" });
    let renamed = json!({ "action": "renamed", "changes": { "repository": { "name": { "from": "store" } } }, "repository": repository });
    let change = read(WebhookType::Github, "repository", &renamed).unwrap().unwrap();
    assert!(!change.is_gone);
    for (before, after) in [
        (
            "https://github.com/acme/store/blob/main/a.yaml",
            Some("https://github.com/acme/shop/blob/main/a.yaml"),
        ),
        (
            "https://github.com/Acme/Store.git//a.yaml?ref=x",
            Some("https://github.com/acme/shop.git//a.yaml?ref=x"),
        ),
        (
            "https://raw.githubusercontent.com/acme/store/main/a.yaml",
            Some("https://raw.githubusercontent.com/acme/shop/main/a.yaml"),
        ),
        ("https://github.com/acme/store-2/blob/main/a.yaml", None),
        ("https://github.com/acme/shop/blob/main/a.yaml", None),
    ] {
        assert_eq!(change.moved(before).as_deref(), after, "{before}");
    }
    assert!(change.concerns("url:https://github.com/acme/store/blob/main/a.yaml"));
    let owner = json!({ "owner": { "from": { "user": { "login": "ada" } } } });
    let transferred = json!({ "action": "transferred", "changes": owner, "repository": repository });
    let change = read(WebhookType::Github, "repository", &transferred).unwrap().unwrap();
    assert_eq!(change.moved("https://github.com/ada/shop").as_deref(), Some("https://github.com/acme/shop"));
    let deleted = json!({ "action": "deleted", "repository": repository });
    assert!(read(WebhookType::Gitea, "repository", &deleted).unwrap().unwrap().is_gone);

    let project = |event: &str, now: &str, old: Option<&str>| {
        let body = json!({ "event_name": event, "path_with_namespace": now, "old_path_with_namespace": old });
        read(WebhookType::Gitlab, "System Hook", &body).unwrap()
    };
    let change = project("project_transfer", "acme/shop", Some("ada/shop")).unwrap();
    let moved = change.moved("https://git.acme.example/ada/shop/-/blob/main/a.yaml");
    assert_eq!(moved.as_deref(), Some("https://git.acme.example/acme/shop/-/blob/main/a.yaml"));
    assert!(project("project_destroy", "acme/shop", None).unwrap().is_gone);
    assert_eq!(project("user_create", "acme/shop", None), None);
    let group = json!({ "event_name": "group_rename", "full_path": "acme", "old_full_path": "old" });
    let change = read(WebhookType::Gitlab, "System Hook", &group).unwrap().unwrap();
    let moved = change.moved("https://git.acme.example/old/shop/-/blob/main/a.yaml");
    assert_eq!(moved.as_deref(), Some("https://git.acme.example/acme/shop/-/blob/main/a.yaml"));
}

#[test]
fn what_others_write_of_a_repository_concerns_its_pages_wherever_they_name_the_branch() {
    let change = |repository: &str| {
        let body = json!({ "repository": repository, "branch": "main", "defaultBranch": "main", "files": ["ops/catalog-info.yaml"] });
        read(WebhookType::Generic, "", &body).unwrap().unwrap()
    };
    for (repository, page, other) in [
        (
            "https://bitbucket.org/acme/shop",
            "/src/main/ops/catalog-info.yaml",
            "/src/next/ops/catalog-info.yaml",
        ),
        (
            "https://git.acme.example/projects/ACME/repos/shop",
            "/browse/ops/catalog-info.yaml?at=refs/heads/main",
            "/browse/ops/catalog-info.yaml?at=next",
        ),
        (
            "https://dev.azure.com/acme/tools/_git/shop",
            "?path=/ops/catalog-info.yaml&version=GBmain",
            "?path=/ops/catalog-info.yaml&version=GBnext",
        ),
    ] {
        let change = change(repository);
        assert!(change.concerns(&format!("url:{repository}{page}")), "{page}");
        assert!(!change.concerns(&format!("url:{repository}{other}")), "{other}");
        assert!(!change.concerns(&format!("url:{repository}{}", page.replace("ops", "dev"))), "{page}");
    }
}
