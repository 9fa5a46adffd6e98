use callboard_api::plugins::registry;
use callboard_tests::{Database, FileHost, TestPortal};
use reqwest::StatusCode;
use serde_json::{Value, json};

const ANALYZE: &str = "query($target: String!) { analyzeLocation(target: $target) { existingDescriptors yaml
    proposals { entity fields { field value state reason } } } }";

/// A GitHub with a repository of these files.
fn serve(host: &FileHost, repository: &str, files: &[(&str, &str)]) {
    let tree: Vec<Value> =
        files.iter().map(|(path, _)| json!({ "path": path, "type": "blob", "mode": "100644" })).collect();
    let api = format!("/api/v3/repos/acme/{repository}");
    let tree = json!({ "sha": "1", "tree": tree, "truncated": false }).to_string();
    host.put(&format!("{api}/git/trees/HEAD"), tree);
    for (path, text) in files {
        host.put(&format!("{api}/contents/{path}"), *text);
    }
}

#[tokio::test]
async fn a_repository_without_a_descriptor_is_proposed_one_that_the_catalog_takes() {
    let host = FileHost::start().await;
    serve(
        &host,
        "ticket-shop",
        &[
            ("README.md", "# Ticket Shop\n\nSells tickets."),
            ("Dockerfile", "FROM scratch"),
            ("CODEOWNERS", "* @acme/crew"),
            ("api/openapi.yaml", "openapi: 3.1.0\ninfo: {title: Tickets, version: '1'}\npaths: {}\n"),
        ],
    );
    serve(&host, "known", &[("deep/catalog-info.yaml", ""), ("Dockerfile", "")]);
    let github = json!({ "host": host.host(), "apiBaseUrl": host.url("/api/v3"), "allowPrivate": true });
    let config = json!({ "integrations": { "github": [github] } });
    let portal = TestPortal::start_with(Database::Sqlite, &[], config, registry()).await;
    let alice = portal.alice();
    let analyze = async |path: &str| alice.ask_with(ANALYZE, json!({ "target": host.url(path) })).await;

    let found = analyze("/acme/ticket-shop").await;
    let found = found.data("/analyzeLocation");
    assert_eq!(found["existingDescriptors"], json!([]));
    let component = &found["proposals"][0];
    assert_eq!(component["entity"]["metadata"]["name"], "ticket-shop");
    assert_eq!(component["entity"]["metadata"]["annotations"]["github.com/project-slug"], "acme/ticket-shop");
    assert_eq!(component["entity"]["spec"]["owner"], "group:crew");
    let lifecycle =
        component["fields"].as_array().unwrap().iter().find(|field| field["field"] == "spec.lifecycle");
    assert_eq!(lifecycle.unwrap()["state"], "NEEDS_INPUT");
    let yaml = found["yaml"].as_str().unwrap();
    assert!(yaml.contains("# spec.lifecycle: say how far it is"), "{yaml}");

    // Put into the repository as it is proposed, it is taken in.
    host.put("/api/v3/repos/acme/ticket-shop/contents/catalog-info.yaml", yaml);
    let register = "mutation($input: RegisterLocationInput!) { registerLocation(input: $input) { entities { ref } documents { errors { message } } } }";
    let target = host.url("/acme/ticket-shop/blob/HEAD/catalog-info.yaml");
    let registered = alice.ask_with(register, json!({ "input": { "target": target } })).await;
    assert_eq!(
        registered.data("/registerLocation/entities"),
        &json!([{ "ref": "component:default/ticket-shop" }, { "ref": "api:default/ticket-shop" }]),
        "{}",
        registered.body
    );

    let known = analyze("/acme/known").await;
    let known = known.data("/analyzeLocation");
    assert_eq!(
        known["existingDescriptors"],
        json!([host.url("/acme/known/blob/HEAD/deep/catalog-info.yaml")])
    );
    assert_eq!((&known["proposals"], &known["yaml"]), (&json!([]), &json!(null)));

    for refused in ["/acme/none", "/acme", "/", "/acme/ticket-shop/blob/HEAD/README.md"] {
        let answer = analyze(refused).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{refused}: {}", answer.body);
        assert_eq!(answer.body["errors"][0]["extensions"]["field"], "target");
    }
    let elsewhere = alice.ask_with(ANALYZE, json!({ "target": "https://evil.example/acme/x" })).await;
    assert_eq!(elsewhere.codes(), ["BAD_USER_INPUT"], "{}", elsewhere.body);
    host.answer_with("/api/v3/repos/acme/ticket-shop/git/trees/HEAD", StatusCode::FORBIDDEN, &[], "");
    assert_eq!(analyze("/acme/ticket-shop").await.codes(), ["BAD_USER_INPUT"]);
    let refused = portal.bob().ask_with(ANALYZE, json!({ "target": host.url("/acme/ticket-shop") })).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"], "{}", refused.body);
}
