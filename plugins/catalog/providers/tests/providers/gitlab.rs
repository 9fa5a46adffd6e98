use axum::{
    http::{StatusCode, header::LINK},
    response::{IntoResponse, Response},
};
use callboard_kit::ReadFailure;
use callboard_providers::{EntityProvider, GitlabOrgProvider, GitlabProvider};
use serde_json::{Value, json};

use super::support::{Asked, Service, answer, look, missing};

fn project(host: &str, path: &str, more: Value) -> Value {
    let mut project = json!({
        "id": 1,
        "path_with_namespace": path,
        "web_url": format!("http://{host}/{path}"),
        "default_branch": "main",
        "archived": false,
        "empty_repo": false,
        "topics": ["shop"],
    });
    for (key, value) in more.as_object().unwrap() {
        project[key] = value.clone();
    }
    project
}

fn gitlab(asked: &Asked, host: &str) -> Response {
    let api = |path: &str| format!("http://{host}/api/v4{path}");
    let (path, query) = asked.uri.split_once('?').unwrap_or((&asked.uri, ""));
    match path.strip_prefix("/api/v4").unwrap_or(path) {
        "/groups/acme%2Fshop/projects" if !query.contains("page=2") => {
            let projects = json!([
                project(host, "acme/shop/cart", json!({})),
                project(host, "acme/shop/fork", json!({ "forked_from_project": { "id": 3 } })),
                project(host, "acme/shop/empty", json!({ "empty_repo": true })),
            ]);
            let next = format!("<{}>; rel=\"next\"", api("/groups/acme%2Fshop/projects?page=2&per_page=100"));
            ([(LINK, next)], answer(projects)).into_response()
        }
        "/groups/acme%2Fshop/projects" => answer(json!([
            project(host, "acme/shop/eu/till", json!({ "default_branch": null, "topics": [] })),
            project(host, "acme/shop/bare", json!({})),
            // Whose code the token may not see, and whose file it may not.
            project(host, "acme/shop/sealed", json!({ "default_branch": null })),
            project(host, "acme/shop/sealed-file", json!({ "archived": true, "topics": ["sealed"] })),
        ])),
        "/projects" => answer(json!([project(host, "acme/shop/cart", json!({}))])),
        path if path.ends_with("/raw") && path.contains("/repository/files/") => match () {
            () if path.contains("bare") => missing(),
            () if path.contains("sealed") => StatusCode::FORBIDDEN.into_response(),
            () => "kind: Component".into_response(),
        },
        "/groups/acme" | "/groups/1" => answer(group(1, "acme", None)),
        "/groups/acme/descendant_groups" | "/groups/1/descendant_groups" => {
            answer(json!([group(2, "acme/shop", Some(1)), group(3, "acme/shop/eu", Some(2))]))
        }
        "/groups/1/members" => answer(json!([
            user("ada", json!({ "email": "ada@acme.example" })),
            user("group_1_bot_9f", json!({})),
            user("early", json!({ "membership_state": "awaiting" }))
        ])),
        "/groups/2/members" => {
            answer(json!([user("ada", json!({})), user("gone", json!({ "state": "blocked" }))]))
        }
        "/groups/3/members" => answer(json!([user("bob", json!({ "public_email": "bob@home.example" }))])),
        "/groups" => answer(json!([group(1, "acme", None)])),
        "/users" => answer(json!([
            user("ada", json!({})),
            user("cleo", json!({})),
            user("robot", json!({ "bot": true }))
        ])),
        _ => missing(),
    }
}

fn group(id: u64, path: &str, parent: Option<u64>) -> Value {
    json!({
        "id": id, "name": path.rsplit('/').next().unwrap().to_uppercase(), "full_path": path, "description": "",
        "avatar_url": null, "web_url": format!("https://gitlab.example/groups/{path}"), "parent_id": parent,
    })
}

fn user(name: &str, more: Value) -> Value {
    let mut user = json!({
        "id": 1, "username": name, "name": name.to_uppercase(), "state": "active", "avatar_url": null,
        "web_url": format!("https://gitlab.example/{name}"), "access_level": 30,
    });
    for (key, value) in more.as_object().unwrap() {
        user[key] = value.clone();
    }
    user
}

fn integrations(service: &Service) -> Value {
    let api = format!("http://{}/api/v4", service.host);
    json!({ "gitlab": [{ "host": service.host, "apiBaseUrl": api, "token": "sesame", "allowPrivate": true }] })
}

fn config(service: &Service, more: &Value) -> callboard_providers::GitlabProviderConfig {
    let mut config = json!({ "host": service.host });
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    serde_json::from_value(config).unwrap()
}

#[tokio::test]
async fn projects_of_a_group_are_found() {
    let service = Service::start(gitlab).await;
    let reading = service.reading(integrations(&service));
    let found = async |more: Value| {
        let mut more = more;
        more["group"] = json!("acme/shop");
        let provider = GitlabProvider::new("shop", &config(&service, &more)).unwrap();
        let (locations, _) = look(&provider, &reading).await;
        let prefix = format!("url:http://{}/acme/shop/", service.host);
        locations
            .iter()
            .map(|location| location.strip_prefix(&prefix).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let all = [
        "cart/-/blob/main/catalog-info.yaml",
        "eu/till/-/blob/main/catalog-info.yaml",
        "fork/-/blob/main/catalog-info.yaml",
    ];
    assert_eq!(found(json!({})).await, all);
    let asked = service.asked();
    assert!(asked.iter().all(|asked| asked.header("private-token") == "sesame"));
    assert!(
        asked[0].uri.contains("include_subgroups=true") && asked[0].uri.contains("archived=false"),
        "{}",
        asked[0].uri
    );
    assert!(
        asked[0].uri.contains("with_shared=false"),
        "strangers may share projects with a group that is public: {}",
        asked[0].uri
    );
    assert_eq!(
        found(json!({ "topics": ["sealed"], "includeArchivedRepos": true })).await,
        ["sealed-file/-/blob/main/catalog-info.yaml"],
        "a file that may not be read is not taken to be gone"
    );
    assert_eq!(found(json!({ "skipForkedRepos": true })).await, all[..2]);
    assert_eq!(found(json!({ "topics": ["Shop"] })).await, [all[0], all[2]]);
    assert_eq!(found(json!({ "projectPattern": "acme/shop/[^/]+" })).await, [all[0], all[2]]);
    assert_eq!(found(json!({ "excludeRepos": ["acme/shop/cart"] })).await, all[1..]);
    assert_eq!(found(json!({ "validateLocationsExist": false })).await.len(), 5);
    assert_eq!(
        found(json!({ "branch": "live", "entityFilename": "ops/entity.yaml" })).await[0],
        "cart/-/blob/live/ops/entity.yaml"
    );
}

#[tokio::test]
async fn without_a_group_all_projects_are_looked_at() {
    let service = Service::start(gitlab).await;
    let provider = GitlabProvider::new("all", &config(&service, &json!({}))).unwrap();
    assert_eq!(look(&provider, &service.reading(integrations(&service))).await.0.len(), 1);
    assert!(service.asked()[0].uri.contains("pagination=keyset"));
    let nobody = GitlabProvider::new("none", &config(&service, &json!({ "group": "none" }))).unwrap();
    let failure = nobody.look(&service.reading(integrations(&service))).await.unwrap_err();
    assert!(matches!(failure, ReadFailure::NotFound(_)), "{failure}");
}

#[test]
fn on_gitlab_com_a_group_is_named() {
    let errors = |config: Value| {
        let config: callboard_providers::GitlabProviderConfig = serde_json::from_value(config).unwrap();
        config.check().errors.into_iter().map(|error| error.path).collect::<Vec<_>>()
    };
    assert_eq!(errors(json!({})), ["group"]);
    assert_eq!(errors(json!({ "group": "acme" })), [""; 0]);
    assert_eq!(errors(json!({ "host": "gitlab.acme.example" })), [""; 0]);
    assert_eq!(errors(json!({ "group": "acme", "schedule": { "timeout": "61m" } })), ["schedule.timeout"]);
}

#[tokio::test]
async fn who_is_in_one_group_is_not_in_another_whose_name_is_alike() {
    let service = Service::start(|asked, _| {
        let path = asked.uri.split('?').next().unwrap().strip_prefix("/api/v4").unwrap();
        answer(match path {
            "/groups/acme" => group(1, "acme", None),
            "/groups/acme/descendant_groups" => json!([
                group(2, "acme/shop", Some(1)),
                group(5, "acme/shop/eu", Some(2)),
                group(6, "acme/shop-eu", Some(1)),
            ]),
            "/groups/5/members" => json!([user("ada", json!({ "id": 3 }))]),
            "/groups/6/members" => json!([user("ada_", json!({ "id": 4 }))]),
            _ => json!([]),
        })
    })
    .await;
    let provider = GitlabOrgProvider::new("acme", &config(&service, &json!({ "group": "acme" }))).unwrap();
    let (_, entities) = look(&provider, &service.reading(integrations(&service))).await;
    let told: Vec<(&str, &Value)> = entities
        .iter()
        .map(|found| (found.entity["metadata"]["name"].as_str().unwrap(), &found.entity["spec"]["memberOf"]))
        .collect();
    let (shop, eu) = (json!(["shop-eu"]), json!(["shop-eu-5"]));
    let none = Value::Null;
    assert_eq!(
        told,
        [
            ("acme", &none),
            ("shop", &none),
            ("shop-eu-5", &none),
            ("shop-eu", &none),
            ("ada", &eu),
            ("ada-4", &shop)
        ]
    );
}

#[tokio::test]
async fn groups_and_members_become_groups_and_users() {
    let service = Service::start(gitlab).await;
    let reading = service.reading(integrations(&service));
    for group in ["acme", "1"] {
        let provider = GitlabOrgProvider::new("acme", &config(&service, &json!({ "group": group }))).unwrap();
        let entities: Vec<Value> =
            look(&provider, &reading).await.1.into_iter().map(|found| found.entity).collect();
        let names: Vec<&Value> = entities.iter().map(|entity| &entity["metadata"]["name"]).collect();
        assert_eq!(names, ["acme", "shop", "shop-eu", "ada", "bob"]);
        assert_eq!(entities[0]["spec"].get("parent"), None);
        assert_eq!(entities[2]["spec"]["parent"], "shop");
        assert_eq!(
            entities[2]["metadata"]["annotations"][format!("{}/team-path", service.host)],
            "acme/shop/eu"
        );
        assert_eq!(entities[3]["spec"]["memberOf"], json!(["acme", "shop"]));
        assert_eq!(
            entities[3]["spec"]["profile"],
            json!({ "displayName": "ADA", "email": "ada@acme.example" })
        );
        assert_eq!(entities[4]["spec"]["profile"]["email"], "bob@home.example");
    }
    let all = GitlabOrgProvider::new("all", &config(&service, &json!({ "userPattern": "[a-c].*" }))).unwrap();
    let names: Vec<String> = look(&all, &reading)
        .await
        .1
        .iter()
        .map(|found| found.entity["metadata"]["name"].to_string())
        .collect();
    assert_eq!(names, ["\"acme\"", "\"ada\"", "\"cleo\""]);
}
