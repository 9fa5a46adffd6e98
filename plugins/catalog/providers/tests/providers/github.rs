use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use callboard_kit::ReadFailure;
use callboard_providers::{EntityProvider, GithubOrgProvider, GithubProvider, Told};
use serde_json::{Value, json};

use super::support::{Asked, Service, answer, look, missing};

fn repository(host: &str, name: &str, more: Value) -> Value {
    let mut repository = json!({
        "name": name,
        "url": format!("http://{host}/acme/{name}"),
        "isArchived": false,
        "isFork": false,
        "visibility": "PUBLIC",
        "defaultBranchRef": { "name": "main" },
        "repositoryTopics": { "nodes": [{ "topic": { "name": "shop" } }] },
        "object": { "__typename": "Blob" },
    });
    for (key, value) in more.as_object().unwrap() {
        repository[key] = value.clone();
    }
    repository
}

/// A list in two pages, as connections are.
fn paged(asked: &Asked, nodes: &[Value]) -> Value {
    let middle = nodes.len().div_ceil(2);
    match asked.body["variables"]["after"].as_str() {
        None => json!({ "nodes": nodes[..middle], "pageInfo": { "hasNextPage": true, "endCursor": "half" } }),
        Some("half") => {
            json!({ "nodes": nodes[middle..], "pageInfo": { "hasNextPage": false, "endCursor": "end" } })
        }
        Some(other) => json!({ "unknown cursor": other }),
    }
}

fn repositories(asked: &Asked, host: &str) -> Response {
    if asked.uri != "/api/graphql" {
        return missing();
    }
    let owner = asked.body["variables"]["owner"].as_str().unwrap();
    match owner {
        "acme" => {
            let nodes = [
                repository(host, "cart", json!({})),
                repository(
                    host,
                    "till",
                    json!({ "defaultBranchRef": { "name": "release/1 #x" }, "visibility": "PRIVATE" }),
                ),
                Value::Null,
                repository(host, "old", json!({ "isArchived": true })),
                repository(host, "copy", json!({ "isFork": true, "repositoryTopics": { "nodes": [] } })),
                repository(host, "bare", json!({ "object": null })),
                repository(host, "empty", json!({ "defaultBranchRef": null })),
            ];
            answer(json!({ "data": { "repositoryOwner": { "repositories": paged(asked, &nodes) } } }))
        }
        "limited" => {
            let told =
                json!({ "errors": [{ "type": "RATE_LIMITED", "message": "API rate limit exceeded" }] });
            answer(told)
        }
        // The secondary limits, as GitHub's documentation has them: with 200 or 403.
        "often" => answer(json!({ "errors": [{ "message": "You have exceeded a secondary rate limit." }] })),
        "too-often" => (StatusCode::FORBIDDEN, [("retry-after", "90")]).into_response(),
        "torn" => answer(json!({ "data": { "repositoryOwner": { "repositories": {
            "nodes": [repository(host, "cart", json!({}))],
            "pageInfo": { "hasNextPage": true, "endCursor": null },
        } } } })),
        "half" => answer(json!({
            "data": { "repositoryOwner": null },
            "errors": [{ "type": "FORBIDDEN", "path": ["repositoryOwner"], "message": "Resource protected by organization SAML enforcement." }],
        })),
        _ => answer(json!({ "data": { "repositoryOwner": null } })),
    }
}

fn integrations(service: &Service) -> Value {
    let api = format!("http://{}/api/v3", service.host);
    json!({ "github": [{ "host": service.host, "apiBaseUrl": api, "token": "sesame", "allowPrivate": true }] })
}

fn provider(service: &Service, more: Value) -> GithubProvider {
    let mut config = json!({ "organization": "acme", "host": service.host });
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    GithubProvider::new("acme", &serde_json::from_value(config).unwrap()).unwrap()
}

#[tokio::test]
async fn repositories_are_found_by_pattern_filter_and_topic() {
    let service = Service::start(repositories).await;
    let reading = service.reading(integrations(&service));
    let found = async |more: Value| {
        let (locations, _) = look(&provider(&service, more), &reading).await;
        let prefix = format!("url:http://{}/acme/", service.host);
        locations
            .iter()
            .map(|location| location.strip_prefix(&prefix).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let till = "till/blob/release%2F1%20%23x/catalog-info.yaml";
    assert_eq!(
        found(json!({})).await,
        ["cart/blob/main/catalog-info.yaml", "copy/blob/main/catalog-info.yaml", till]
    );
    let asked = service.asked();
    assert_eq!(asked.len(), 2, "a page is asked for once");
    assert!(asked.iter().all(|asked| asked.header("authorization") == "Bearer sesame"));
    assert_eq!(asked[0].body["variables"]["expression"], "HEAD:catalog-info.yaml");

    let filters = |filters: Value| json!({ "filters": filters });
    assert_eq!(found(filters(json!({ "repository": "c.*" }))).await.len(), 2);
    assert_eq!(
        found(filters(json!({ "repository": "ar" }))).await.len(),
        0,
        "a pattern matches the whole name"
    );
    assert_eq!(
        found(filters(json!({ "topic": { "exclude": ["SHOP"] } }))).await,
        ["copy/blob/main/catalog-info.yaml"]
    );
    assert_eq!(
        found(filters(json!({ "topic": { "include": ["shop"] }, "visibility": ["private"] }))).await,
        [till]
    );
    assert_eq!(found(filters(json!({ "allowForks": false }))).await.len(), 2);
    assert_eq!(found(filters(json!({ "allowArchived": true }))).await.len(), 4);
    assert_eq!(found(json!({ "validateLocationsExist": false })).await.len(), 4);
    assert_eq!(
        found(json!({ "filters": { "branch": "live" }, "catalogPath": "/**/*.yaml" })).await[0],
        "bare/blob/live/**/*.yaml"
    );
    assert_eq!(service.asked().last().unwrap().body["variables"]["expression"], "live:");
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let service = Service::start(repositories).await;
    let reading = service.reading(integrations(&service));
    let failure = async |owner: &str| {
        provider(&service, json!({ "organization": owner })).look(&reading).await.unwrap_err()
    };
    let patience = async |owner: &str| match failure(owner).await {
        ReadFailure::RateLimited { retry_after, .. } => retry_after,
        failure => unreachable!("{owner}: {failure}"),
    };
    assert_eq!(patience("limited").await, None);
    assert_eq!(patience("often").await, None);
    let before = service.asked().len();
    assert_eq!(patience("too-often").await, Some(Duration::from_secs(90)));
    assert_eq!(service.asked().len(), before + 1, "whoever asks for patience is not asked again at once");
    assert!(
        matches!(failure("torn").await, ReadFailure::Unavailable(message) if message.contains("has more of `torn`"))
    );
    assert!(matches!(failure("half").await, ReadFailure::Unauthorized(message) if message.contains("SAML")));
    assert!(
        matches!(failure("nobody").await, ReadFailure::NotFound(message) if message.contains("`nobody`"))
    );
    let elsewhere = provider(&service, json!({ "host": "github.example" }));
    let failure = elsewhere.look(&reading).await.unwrap_err();
    assert!(
        matches!(&failure, ReadFailure::NotAllowed(message) if message.contains("integrations.github")),
        "{failure}"
    );
}

#[tokio::test]
async fn a_page_that_fails_once_is_asked_for_again() {
    let asked = AtomicUsize::new(0);
    let service = Service::start(move |question, host| match asked.fetch_add(1, Ordering::Relaxed) {
        1 => StatusCode::BAD_GATEWAY.into_response(),
        _ => repositories(question, host),
    })
    .await;
    let reading = service.reading(integrations(&service));
    assert_eq!(look(&provider(&service, json!({})), &reading).await.0.len(), 3);
    assert_eq!(service.asked().len(), 3);
}

#[tokio::test]
async fn a_change_concerns_who_looks_at_its_repository() {
    let config = json!({ "organization": "acme", "catalogPath": "/ops/catalog-info.yaml" });
    let provider = GithubProvider::new("acme", &serde_json::from_value(config).unwrap()).unwrap();
    let concerns = |repository: &str, files: Option<&[&str]>| {
        let files: Option<Vec<String>> =
            files.map(|files| files.iter().map(|&file| file.to_owned()).collect());
        let repositories = [repository.to_owned()];
        let told =
            Told { repositories: &repositories, branch: None, default_branch: None, files: files.as_deref() };
        provider.concerns(&told)
    };
    assert!(concerns("https://github.com/Acme/cart", None));
    assert!(concerns("https://github.com/acme/cart", Some(&["README.md", "ops/catalog-info.yaml"])));
    assert!(!concerns("https://github.com/acme/cart", Some(&["README.md"])));
    assert!(!concerns("https://github.com/acme-labs/cart", None));
    assert!(!concerns("https://github.example/acme/cart", None));
}

#[test]
fn a_change_of_another_branch_than_the_one_that_is_read_concerns_nobody() {
    let concerns = |filters: Value, branch: &str, default_branch: Option<&str>| {
        let config = json!({ "organization": "acme", "filters": filters });
        let provider = GithubProvider::new("acme", &serde_json::from_value(config).unwrap()).unwrap();
        let repositories = ["https://github.com/acme/cart".to_owned()];
        provider.concerns(&Told {
            repositories: &repositories,
            branch: Some(branch),
            default_branch,
            files: None,
        })
    };
    assert!(concerns(json!({}), "main", Some("main")));
    assert!(!concerns(json!({}), "feature/x", Some("main")));
    assert!(concerns(json!({}), "feature/x", None), "which may be the default one");
    assert!(concerns(json!({ "branch": "live" }), "live", Some("main")));
    assert!(!concerns(json!({ "branch": "live" }), "main", Some("main")));
}

fn member(login: &str, more: Value) -> Value {
    let mut member = json!({
        "login": login, "databaseId": 7, "name": null, "email": "", "bio": null, "avatarUrl": "https://avatars.example/7",
        "url": format!("https://github.com/{login}"), "organizationVerifiedDomainEmails": [],
    });
    for (key, value) in more.as_object().unwrap() {
        member[key] = value.clone();
    }
    member
}

fn organization(asked: &Asked, _: &str) -> Response {
    let query = asked.body["query"].as_str().unwrap();
    let logins = |logins: &[&str], next: Option<&str>| {
        let nodes: Vec<Value> = logins.iter().map(|login| json!({ "login": login })).collect();
        json!({ "nodes": nodes, "pageInfo": { "hasNextPage": next.is_some(), "endCursor": next } })
    };
    let organization = if query.starts_with("query Members") {
        let nodes = [
            member(
                "Ada",
                json!({ "name": "Ada L.", "organizationVerifiedDomainEmails": ["ada@acme.example"], "email": "ada@home.example" }),
            ),
            member("bob", json!({ "email": "bob@home.example", "bio": "Builds." })),
        ];
        json!({ "membersWithRole": paged(asked, &nodes) })
    } else if query.starts_with("query Teams") {
        let team = |slug: &str, parent: Value, members: Value| {
            json!({
                "slug": slug, "name": slug.to_uppercase(), "description": "", "avatarUrl": null,
                "url": format!("https://github.com/orgs/acme/teams/{slug}"), "parentTeam": parent, "members": members,
            })
        };
        let nodes = [
            team("shop", Value::Null, logins(&["ada", "outsider"], Some("more"))),
            team("till", json!({ "slug": "shop" }), logins(&["bob"], None)),
        ];
        json!({ "teams": paged(asked, &nodes) })
    } else {
        let variables = &asked.body["variables"];
        assert_eq!((&variables["team"], &variables["after"]), (&json!("shop"), &json!("more")));
        json!({ "team": { "members": logins(&["BOB"], None) } })
    };
    answer(json!({ "data": { "organization": organization } }))
}

#[tokio::test]
async fn members_and_teams_become_users_and_groups() {
    let service = Service::start(organization).await;
    let reading = service.reading(integrations(&service));
    let config = json!({ "githubUrl": format!("http://{}", service.host), "orgs": "acme" });
    let provider = GithubOrgProvider::new("acme", &serde_json::from_value(config).unwrap());
    let (locations, entities) = look(&provider, &reading).await;
    assert!(locations.is_empty());
    let entities: Vec<Value> = entities.into_iter().map(|found| found.entity).collect();
    assert_eq!(
        entities[1],
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "Group",
            "metadata": { "name": "till", "namespace": "default", "annotations": { "github.com/team-slug": "acme/till" } },
            "spec": { "type": "team", "profile": { "displayName": "TILL" }, "children": [], "parent": "shop" },
        })
    );
    assert_eq!(
        entities[2],
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "User",
            "metadata": { "name": "Ada", "annotations": { "github.com/user-login": "Ada", "github.com/user-id": "7" } },
            "spec": {
                "profile": { "displayName": "Ada L.", "email": "ada@acme.example", "picture": "https://avatars.example/7" },
                "memberOf": ["group:default/shop"],
            },
        })
    );
    assert_eq!(entities[3]["spec"]["memberOf"], json!(["group:default/shop", "group:default/till"]));
    assert_eq!(entities[3]["spec"]["profile"]["email"], "bob@home.example");
    assert_eq!(entities[3]["metadata"]["description"], "Builds.");
    assert_eq!(entities.len(), 4);
}

#[tokio::test]
async fn who_is_in_one_team_is_not_in_another_whose_name_is_alike() {
    let long = |end: &str| format!("{}{end}", "x".repeat(63));
    let (first, second) = (long("-first"), long("-second"));
    let slugs = (first.clone(), second.clone());
    let service = Service::start(move |asked, _| {
        let last = json!({ "hasNextPage": false, "endCursor": null });
        let team = |slug: &str, id: u64, member: &str, parent: Value| {
            json!({
                "slug": slug, "databaseId": id, "name": slug, "description": null, "avatarUrl": null,
                "url": "https://github.com/orgs/acme/teams/x", "parentTeam": parent,
                "members": { "nodes": [{ "login": member }], "pageInfo": last },
            })
        };
        let members = json!({ "nodes": [member("ada", json!({})), member("bob-", json!({ "databaseId": 8 }))], "pageInfo": last });
        let teams = [
            team(&first, 11, "ada", Value::Null),
            team(&second, 10, "bob-", json!({ "slug": first })),
        ];
        let organization = if asked.body["query"].as_str().unwrap().starts_with("query Members") {
            json!({ "membersWithRole": members })
        } else {
            json!({ "teams": { "nodes": teams, "pageInfo": last } })
        };
        answer(json!({ "data": { "organization": organization } }))
    })
    .await;
    let config = json!({ "githubUrl": format!("http://{}", service.host), "orgs": "acme" });
    let provider = GithubOrgProvider::new("acme", &serde_json::from_value(config).unwrap());
    let (_, entities) = look(&provider, &service.reading(integrations(&service))).await;
    let entities: Vec<&Value> = entities.iter().map(|found| &found.entity).collect();
    let names: Vec<&str> =
        entities.iter().map(|entity| entity["metadata"]["name"].as_str().unwrap()).collect();
    let (mine, other) = (format!("{}-11", "x".repeat(60)), "x".repeat(63));
    assert_eq!(names, [mine.as_str(), &other, "ada", "bob"]);
    assert_eq!(entities[1]["spec"]["parent"], mine);
    assert_eq!(entities[1]["metadata"]["annotations"]["github.com/team-slug"], format!("acme/{}", slugs.1));
    assert_eq!(entities[2]["spec"]["memberOf"], json!([format!("group:default/{mine}")]));
    assert_eq!(entities[3]["spec"]["memberOf"], json!([format!("group:default/{other}")]));
    assert_eq!(entities[3]["metadata"]["annotations"]["github.com/user-login"], "bob-");
}

#[tokio::test]
async fn teams_of_several_organisations_are_told_apart() {
    let service = Service::start(organization).await;
    let reading = service.reading(integrations(&service));
    let config = json!({ "githubUrl": format!("http://{}", service.host), "orgs": ["acme", "Acme-Labs"] });
    let provider = GithubOrgProvider::new("acme", &serde_json::from_value(config).unwrap());
    let (_, entities) = look(&provider, &reading).await;
    let namespaces: Vec<&Value> =
        entities.iter().map(|found| &found.entity["metadata"]["namespace"]).collect();
    assert_eq!(namespaces[..4], [&json!("acme"), &json!("acme"), &json!("acme-labs"), &json!("acme-labs")]);
    let bob = &entities.last().unwrap().entity;
    assert_eq!(bob["spec"]["memberOf"].as_array().unwrap().len(), 4, "{bob}");
    assert_eq!(entities.len(), 6, "who is in both is one user");
}
