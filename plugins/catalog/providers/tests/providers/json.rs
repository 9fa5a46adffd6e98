use std::{fs, path::Path};

use axum::{http::header::LINK, response::IntoResponse};
use callboard_kit::ReadFailure;
use callboard_providers::{EntityProvider, JsonProvider, JsonProviderConfig};
use serde_json::{Value, json};

use super::support::{Asked, Service, answer, look};

fn config(url: &str, more: Value) -> JsonProviderConfig {
    let mut config = json!({
        "url": url,
        "headers": { "Authorization": "Bearer sesame" },
        "items": "/items",
        "entity": { "kind": "Resource", "metadata": { "name": { "from": "/key", "as": "name" } } },
    });
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    serde_json::from_value(config).unwrap()
}

fn names(entities: &[callboard_providers::FoundEntity]) -> Vec<&str> {
    entities.iter().map(|found| found.entity["metadata"]["name"].as_str().unwrap()).collect()
}

fn page(asked: &Asked, host: &str) -> axum::response::Response {
    match asked.uri.as_str() {
        "/things" => {
            let link = format!("<http://{host}/things?page=2>; rel=\"next\"");
            (
                [(LINK, link)],
                answer(json!({ "items": [{ "key": "a" }, { "key": "b c" }], "more": "/things?page=3" })),
            )
                .into_response()
        }
        "/things?page=2" => answer(json!({ "items": [{ "key": "d" }] })),
        "/things?page=3" => answer(json!({ "items": [{ "key": "e" }], "more": "" })),
        "/cursor" => answer(json!({ "items": [{ "key": "a" }], "more": { "cursor": 7 } })),
        "/loop" => answer(json!({ "items": [{ "key": "a" }], "more": "/loop" })),
        "/away" => {
            let link = "<http://127.0.0.1:1/things>; rel=\"next\"";
            ([(LINK, link)], answer(json!({ "items": [] }))).into_response()
        }
        _ => answer(json!({ "things": [] })),
    }
}

#[tokio::test]
async fn objects_become_entities_page_by_page() {
    let service = Service::start(page).await;
    let reading = service.reading(json!({}));
    let url = format!("http://{}/things", service.host);
    let provider = JsonProvider::new("cmdb", &config(&url, json!({})), Path::new("/")).unwrap();
    assert_eq!((provider.id(), provider.kind(), provider.target()), ("json:cmdb", "json", url.clone()));
    let (locations, entities) = look(&provider, &reading).await;
    assert!(locations.is_empty());
    assert_eq!(names(&entities), ["a", "b-c", "d"]);
    assert_eq!(entities[0].location, format!("url:{url}"));
    assert!(service.asked().iter().all(|asked| asked.header("authorization") == "Bearer sesame"));

    let pointed =
        JsonProvider::new("cmdb", &config(&url, json!({ "next": "/more" })), Path::new("/")).unwrap();
    assert_eq!(names(&look(&pointed, &reading).await.1), ["a", "b-c", "e"]);
}

#[tokio::test]
async fn what_is_no_list_and_what_leads_away_fails_the_look() {
    let service = Service::start(page).await;
    let reading = service.reading(json!({}));
    let look = async |path: &str| {
        let url = format!("http://{}{path}", service.host);
        JsonProvider::new("cmdb", &config(&url, json!({})), Path::new("/"))
            .unwrap()
            .look(&reading)
            .await
            .unwrap_err()
    };
    let failure = look("/nothing?token=sesame").await;
    assert!(matches!(&failure, ReadFailure::Invalid(message) if message.contains("`/items`")), "{failure}");
    assert!(!failure.to_string().contains("sesame"), "{failure}");
    let failure = look("/away").await;
    assert!(matches!(&failure, ReadFailure::NotAllowed(_)), "{failure}");
}

#[tokio::test]
async fn a_next_page_that_is_none_fails_the_look() {
    let service = Service::start(page).await;
    let reading = service.reading(json!({}));
    for path in ["/cursor", "/loop"] {
        let url = format!("http://{}{path}", service.host);
        let provider =
            JsonProvider::new("cmdb", &config(&url, json!({ "next": "/more" })), Path::new("/")).unwrap();
        let failure = provider.look(&reading).await.unwrap_err();
        assert!(
            matches!(&failure, ReadFailure::Invalid(message) if message.contains("`/more`")),
            "{failure}"
        );
    }
}

#[test]
fn no_secret_is_in_the_url_that_people_see() {
    let errors = config("https://ada:sesame@cmdb.example/things", json!({})).check().errors;
    assert!(errors[0].message.contains("headers.Authorization"), "{}", errors[0].message);
    assert_eq!((errors.len(), errors[0].path.as_str()), (1, "url"));
}

#[test]
fn a_config_is_checked() {
    let wrong = config(
        "ftp://example.com",
        json!({
            "headers": { "bad header": "x" },
            "items": "items",
            "entity": { "kind": "Resource", "spec": { "owner": { "from": "/a", "as": "slug" } } },
            "schedule": { "frequency": "1s" },
        }),
    );
    let mut keys: Vec<String> = wrong.check().errors.into_iter().map(|error| error.path).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        ["entity.metadata", "entity.spec.owner", "headers.bad header", "items", "schedule.frequency", "url"]
    );
    assert!(JsonProvider::new("cmdb", &wrong, Path::new("/")).is_none());
}

#[tokio::test]
async fn objects_of_a_file_become_entities_and_a_file_that_is_none_fails_the_look() {
    let service = Service::start(page).await;
    let reading = service.reading(json!({}));
    let folder = tempfile::tempdir().unwrap();
    let mut of_file = config("", json!({ "file": "things.json" }));
    of_file.url = None;
    assert!(of_file.check().errors.is_empty());
    let provider = JsonProvider::new("cmdb", &of_file, folder.path()).unwrap();
    let file = folder.path().join("things.json");
    assert_eq!(provider.target(), file.display().to_string());
    let failure = async || provider.look(&reading).await.unwrap_err();
    assert!(matches!(failure().await, ReadFailure::Unavailable(message) if message.contains("things.json")));
    fs::write(&file, "{ \"items\": [").unwrap();
    assert!(matches!(failure().await, ReadFailure::Invalid(message) if message.contains("is not JSON")));
    fs::File::create(&file).unwrap().set_len((64 << 20) + 1).unwrap();
    assert!(matches!(failure().await, ReadFailure::TooLarge(_)));
    fs::write(&file, json!({ "items": [{ "key": "a" }] }).to_string()).unwrap();
    let (_, entities) = look(&provider, &reading).await;
    assert_eq!(names(&entities), ["a"]);
    assert_eq!(entities[0].location, format!("file:{}", file.display()));

    let keys = |more: Value| {
        let errors = config("https://cmdb.example/things", more).check().errors;
        errors.into_iter().map(|error| error.path).collect::<Vec<_>>()
    };
    assert_eq!(keys(json!({ "file": "things.json" })), ["file"], "one of the two");
    assert_eq!(keys(json!({ "url": null })), ["url"]);
}
