use std::{fs, os::unix::fs::symlink};

use callboard_api::{Portal, PortalOptions, config::Config, plugins::registry};
use callboard_kit::Clock;
use callboard_tests::{Database, TestPortal};
use reqwest::{Response, header};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::raw;

/// A folder with a module in it, and something beside it that is nobody's to read.
fn module_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("oncall/parts")).unwrap();
    fs::write(folder.path().join("secret.js"), "secret").unwrap();
    fs::write(folder.path().join("oncall/index.js"), "export default 1;\n").unwrap();
    fs::write(folder.path().join("oncall/parts/card.css"), "a { color: red }\n").unwrap();
    fs::write(folder.path().join("oncall/.env"), "secret").unwrap();
    symlink(folder.path().join("secret.js"), folder.path().join("oncall/link.js")).unwrap();
    folder
}

async fn portal_with(modules: Value) -> TestPortal {
    let more = json!({ "app": { "modules": modules } });
    TestPortal::start_with(Database::Sqlite, &[], more, registry()).await
}

async fn get(portal: &TestPortal, path: &str) -> Response {
    portal.nobody().get(path).send().await.unwrap()
}

fn policy(answer: &Response) -> String {
    answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_files_of_a_module_are_served_as_its_author_left_them() {
    let folder = module_folder();
    let portal = portal_with(json!([{ "id": "oncall", "folder": folder.path().join("oncall") }])).await;
    let entry = get(&portal, "/modules/oncall/index.js").await;
    assert_eq!(entry.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert_eq!(entry.headers()[header::CACHE_CONTROL], "no-cache");
    assert_eq!(entry.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let etag = entry.headers()[header::ETAG].clone();
    assert_eq!(entry.text().await.unwrap(), "export default 1;\n");
    let again = portal.nobody().get("/modules/oncall/index.js").header(header::IF_NONE_MATCH, &etag);
    assert_eq!(again.send().await.unwrap().status(), 304);
    fs::write(folder.path().join("oncall/index.js"), "export default 2;\n").unwrap();
    let again = portal.nobody().get("/modules/oncall/index.js").header(header::IF_NONE_MATCH, &etag);
    assert_eq!(again.send().await.unwrap().text().await.unwrap(), "export default 2;\n");
    let style = get(&portal, "/modules/oncall/parts/card.css").await;
    assert_eq!(style.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
}

#[tokio::test]
async fn nothing_beside_the_files_of_a_module_is_served() {
    let folder = module_folder();
    let portal = portal_with(json!([
        { "id": "oncall", "folder": folder.path().join("oncall") },
        { "id": "far", "url": "https://cdn.example.org/index.js" },
    ]))
    .await;
    for path in [
        "oncall",
        "oncall/",
        "oncall/parts",
        "oncall/none.js",
        "oncall/.env",
        "oncall/%2eenv",
        "oncall/link.js",
        "oncall/..%2fsecret.js",
        "oncall/%2e%2e/secret.js",
        "oncall/parts%2f..%2f..%2fsecret.js",
        "oncall/..%5csecret.js",
        "oncall//index.js",
        "oncall/index.js%00",
        "oncall/%ff",
        "far/index.js",
        "other/index.js",
        "",
    ] {
        let answer = get(&portal, &format!("/modules/{path}")).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert_eq!(answer.text().await.unwrap(), "", "{path}");
    }
    for path in
        ["oncall/../secret.js", "oncall/%2e%2e/secret.js", "oncall/./index.js", "../modules/oncall/index.js"]
    {
        assert_eq!(raw(&portal, &format!("/modules/{path}")).await, 404, "{path}");
    }
    assert_eq!(raw(&portal, "/modules/oncall/%69ndex.js").await, 200);
    let address = format!("{}/modules/oncall/index.js", portal.address());
    let answer = reqwest::Client::new().post(address).send().await.unwrap();
    assert_eq!(answer.status(), 405);
}

#[tokio::test]
async fn the_pages_are_told_of_the_modules_and_may_load_what_those_need() {
    let folder = module_folder();
    let portal = portal_with(json!([
        { "id": "oncall", "folder": folder.path().join("oncall"),
          "settings": { "team": "</script><script>alert(\"1\")</script>" },
          "contentSecurityPolicy": { "connect": ["https://api.example.org"], "frames": ["https://*.example.org"] } },
        { "id": "far", "url": "https://cdn.example.org/far/index.js" },
    ]))
    .await;
    for path in ["/", "/catalog"] {
        let page = get(&portal, path).await;
        let policy = policy(&page);
        for part in [
            "connect-src 'self' https://api.example.org;",
            "; frame-src https://*.example.org",
            "https://cdn.example.org/far/index.js",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{part}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        let html = page.text().await.unwrap();
        // The front end is not always part of the binary.
        if html.contains("callboard-modules") {
            let told = html.split("name=\"callboard-modules\" content=\"").nth(1).unwrap();
            let told = told.split('"').next().unwrap();
            assert!(!told.contains('<'), "{told}");
            let told =
                told.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let told: Value = serde_json::from_str(&told).unwrap();
            assert_eq!(told[0]["entry"], "/modules/oncall/index.js");
            assert_eq!(told[0]["settings"]["team"], "</script><script>alert(\"1\")</script>");
            assert_eq!(told[1]["entry"], "https://cdn.example.org/far/index.js");
        }
    }
    for path in ["/graphiql", "/graphql", "/modules/oncall/index.js", "/healthz"] {
        assert!(!policy(&get(&portal, path).await).contains("example.org"), "{path}");
    }
}

#[tokio::test]
async fn a_page_that_a_browser_knows_is_current_only_with_its_policy() {
    let module = json!({ "id": "far", "url": "https://cdn.example.org/index.js" });
    let mut portal = portal_with(json!([module])).await;
    let etag = get(&portal, "/").await.headers()[header::ETAG].clone();
    let mut changed = module;
    changed["contentSecurityPolicy"] = json!({ "connect": ["https://api.example.org"] });
    portal.restart(json!({ "app": { "modules": [changed] } })).await;
    let answer = portal.nobody().get("/").header(header::IF_NONE_MATCH, etag).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let etag = answer.headers()[header::ETAG].clone();
    let current = portal.nobody().get("/").header(header::IF_NONE_MATCH, etag).send().await.unwrap();
    assert_eq!(current.status(), 304);
    assert!(policy(&current).contains("https://api.example.org"));
}

fn faults_of(modules: &Value) -> Vec<String> {
    let config = json!({ "app": { "modules": modules } });
    let errors = Config::check(&config, ".".into(), &registry()).unwrap_err();
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_wrong_module_is_named_with_its_key() {
    for (module, told) in [
        (json!({ "id": "On", "folder": "x" }), "`app.modules.0.id`"),
        (json!({ "id": "catalog", "folder": "x" }), "is the id of a plugin"),
        (json!({ "id": "a" }), "`app.modules.0.folder`: name the folder"),
        (json!({ "id": "a", "folder": "x", "url": "https://h/x.js" }), "leave one of them out"),
        (json!({ "id": "a", "folder": "x", "entry": "../x.js" }), "is not a file below `folder`"),
        (json!({ "id": "a", "folder": "x", "integrity": "sha384-x" }), "is for a `url`"),
        (json!({ "id": "a", "url": "https://h/x.js", "entry": "x.js" }), "is for a `folder`"),
        (json!({ "id": "a", "url": "http://h/x.js" }), "`app.modules.0.url`"),
        (json!({ "id": "a", "url": "https://h/x.js", "integrity": "x" }), "`app.modules.0.integrity`"),
        (json!({ "id": "a", "folder": "x", "settings": "x" }), "`app.modules.0.settings`"),
        (json!({ "id": "a", "folder": "x", "setings": {} }), "did you mean `settings`?"),
        (
            json!({ "id": "a", "folder": "x", "contentSecurityPolicy": { "connect": ["*"] } }),
            "`app.modules.0.contentSecurityPolicy.connect.0`: `*` is not an origin",
        ),
        (json!({ "folder": "x" }), "missing field `id`"),
    ] {
        let faults = faults_of(&json!([module])).join("\n");
        assert!(faults.contains(told), "{module}: {faults}");
    }
    let twice = json!([{ "id": "a", "folder": "x" }, { "id": "a", "folder": "y" }]);
    assert_eq!(faults_of(&twice), ["`app.modules.1.id`: there is another module `a`"]);
}

#[tokio::test]
async fn a_module_that_is_not_on_the_disk_keeps_the_portal_from_starting() {
    let folder = module_folder();
    fs::write(folder.path().join("callboard.yaml"), "token: secret").unwrap();
    for (module, told) in [
        (json!({ "folder": "none" }), "`app.modules.0.folder`: cannot read"),
        (json!({ "folder": "secret.js" }), "is not a folder"),
        (json!({ "folder": "oncall", "entry": "dist/index.js" }), "`app.modules.0.entry`"),
        (json!({ "folder": "oncall", "entry": "link.js" }), "leads out of the folder"),
        (json!({ "folder": "oncall", "entry": "parts" }), "`app.modules.0.entry`"),
        (json!({ "folder": ".", "entry": "secret.js" }), "give the module a folder of its own"),
    ] {
        let mut module = module;
        module["id"] = json!("oncall");
        let config = json!({
            "app": { "modules": [module] },
            "backend": { "data": folder.path().join("data") },
        });
        let mut config = Config::check(&config, folder.path().to_path_buf(), &registry()).unwrap();
        config.files = vec![folder.path().join("callboard.yaml")];
        let options =
            PortalOptions { address: ([127, 0, 0, 1], 0).into(), watch: false, clock: Clock::system() };
        let error = Portal::start(config, &registry(), options).await.unwrap_err().to_string();
        assert!(error.contains(told), "{module}: {error}");
    }
}
