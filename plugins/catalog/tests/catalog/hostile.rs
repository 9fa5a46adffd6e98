use std::{fs, os::unix::fs::symlink};

use callboard_catalog::CatalogConfig;
use callboard_kit::Viewer;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::harness::{Engine, TestCatalog, component, config, location, on_both_databases};

on_both_databases! {
    async fn a_damaged_row_is_named_by_its_uid(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", ""))]).await;
        let data = catalog.query(r#"{ entity(ref: "component:a") { uid } }"#).await;
        let uid = data["entity"]["uid"].as_str().unwrap();
        for column in ["status", "body"] {
            let damage = format!("UPDATE catalog_entities SET {column} = 'damaged'");
            catalog.database.execute_unprepared(&damage).await.unwrap();
            let error = catalog.service.repository().load(&[uid.parse().unwrap()]).await.unwrap_err();
            assert_eq!(error.to_string(), format!("the stored document `{uid}` is not readable"), "{column}");
            catalog.database.execute_unprepared("UPDATE catalog_entities SET status = '[]'").await.unwrap();
        }
    }

    async fn hostile_files_end_as_errors_beside_a_healthy_catalog(engine: Engine) {
        let bomb = format!("a0: &a0 [x, x]\n{}", (1..40).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect::<String>());
        let location = |name: &str, target: &str| format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: {name}\nspec:\n  target: {target}\n");
        let with_text = |name: &str, path: &str| format!(
            "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: {name}\nspec:\n  type: openapi\n  lifecycle: x\n  owner: y\n  definition:\n    $text: {path}\n");
        let deep = format!("kind: {}", "[".repeat(10_000));
        let catalog = TestCatalog::start(engine, &[
            ("good.yaml", &component("good", "")),
            ("bomb.yaml", &bomb),
            ("deep.yaml", &deep),
            ("nul.yaml", "kind: a\0b\n"),
            ("cycle.yaml", &location("cycle", "./cycle.yaml")),
            ("out.yaml", &location("out", "../../../../etc/passwd")),
            ("text.yaml", &with_text("out", "../../../../etc/passwd")),
            ("link.yaml", &with_text("link", "./passwd.txt")),
        ]).await;
        fs::write(catalog.folder.path().join("invalid.yaml"), b"kind: \xff\xfe\n").unwrap();
        symlink("/etc/passwd", catalog.folder.path().join("passwd.txt")).unwrap();
        symlink("/etc/passwd", catalog.folder.path().join("stolen.yaml")).unwrap();
        catalog.ingest().await;
        assert_eq!(catalog.references().await, ["component:default/good", "location:default/cycle", "location:default/out"]);
        let data = catalog.query("{ unprocessedEntities(first: 100) { nodes { location errors { message } } } }").await;
        let told = data.to_string();
        for file in ["bomb", "deep", "nul", "text", "link", "invalid", "stolen"] {
            assert!(told.contains(&format!("/{file}.yaml")), "{file} is not told of: {told}");
        }
        assert!(!told.contains("root:x:"), "{told}");
        let data = catalog.query(r#"{ entities(filter: {kind: ["location"]}) { nodes { name status { level message } } } }"#).await;
        for node in data["entities"]["nodes"].as_array().unwrap() {
            assert_eq!(node["status"][0]["level"], "error", "{node}");
        }
    }

    async fn an_address_too_long_for_a_database_is_told_of_beside_the_good_documents(engine: Engine) {
        let long = unlike_itself(6000);
        let text = format!("{}---\n{}---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: far\nspec:\n  targets: [\"./{long}.yaml\"]\n",
            component("good", ""),
            component("bad", &format!("  about: {{ $text: \"https://files.example/{long}\" }}\n")));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        assert_eq!(catalog.references().await, ["component:default/good", "location:default/far"]);
        let data = catalog.query(r#"{ unprocessedEntities { nodes { errors { message } } } entity(ref: "location:far") { status { message } } }"#).await;
        for told in [&data["unprocessedEntities"]["nodes"][0]["errors"], &data["entity"]["status"]] {
            assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
            assert!(told[0]["message"].as_str().unwrap().contains("is longer than 2048 bytes"), "{told}");
        }
    }

    async fn of_very_many_errors_the_first_are_told(engine: Engine) {
        let tags = "a b, ".repeat(3000);
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", "").replace("name: a", &format!("name: a\n  tags: [{tags}]")))]).await;
        let data = catalog.query("{ unprocessedEntities { nodes { errors { message } } } }").await;
        let errors = data["unprocessedEntities"]["nodes"][0]["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 101);
        assert_eq!(errors[100]["message"], "2900 more errors are not told: mend these first");
    }

    async fn what_lies_below_a_very_long_key_does_not_repeat_it(engine: Engine) {
        // Each of these values, held with its way from the root, would take as much as its file.
        let key = "k".repeat(1_000_000);
        let numbers = "1,".repeat(50_000);
        let text = format!("{}---\n{}---\n{}",
            component("good", &format!("  ? {key}\n  : [{numbers}]\n")),
            component("b b", &format!("  ? {key}\n  : [{numbers}]\n")),
            component("many", &format!("  ? {key}\n  : [{}]\n", "{ $text: x },".repeat(20_000))));
        let catalog = TestCatalog::start(engine, &[("all.yaml", &text)]).await;
        let data = catalog.query(r#"{ entities(filter: {fields: [{field: "spec.type", in: ["service"]}]}) { nodes { name } }
            unprocessedEntities { nodes { errors { message } } } }"#).await;
        assert_eq!(data["entities"]["nodes"], json!([{ "name": "good" }]));
        let refused = data["unprocessedEntities"]["nodes"].as_array().unwrap();
        let told: Vec<usize> = refused.iter().map(|node| node["errors"].as_array().unwrap().len()).collect();
        assert!(told.contains(&1) && told.contains(&101), "{told:?}");
        assert!(data.to_string().len() < 500_000);
    }

    async fn what_is_asked_for_is_no_longer_than_anyone_would_write(engine: Engine) {
        let catalog = TestCatalog::start(engine, &[("a.yaml", &component("a", ""))]).await;
        let (path, names) = ("a.".repeat(501), format!("[{}]", "\"x\", ".repeat(51)));
        for (query, told) in [
            (format!(r#"{{ entities(text: "{path}") {{ totalCount }} }}"#), "`text` has 1000 bytes at most"),
            (format!(r#"{{ entities(orderBy: [{{ field: "{path}" }}]) {{ totalCount }} }}"#), "a path has 1000 bytes at most"),
            (format!(r#"{{ entities(filter: {{ fields: [{{ field: "{path}", exists: true }}] }}) {{ totalCount }} }}"#), "a path has 1000 bytes at most"),
            (format!(r#"{{ entities {{ facets(fields: ["{path}"]) {{ field }} }} }}"#), "a path has 1000 bytes at most"),
            (format!(r#"{{ entity(ref: "component:a") {{ relations(type: {names}) {{ totalCount }} }} }}"#), "`type` takes 50 at most"),
            (format!(r#"{{ entity(ref: "component:a") {{ relations(kind: {names}) {{ totalCount }} }} }}"#), "`kind` takes 50 at most"),
        ] {
            let (_, errors) = catalog.ask(Viewer::anonymous(), &query).await;
            assert_eq!(errors, [told]);
        }
    }
}

/// A text that no database can make shorter.
fn unlike_itself(length: usize) -> String {
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(
            b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
                [usize::try_from(state >> 58).unwrap()],
        )
    };
    (0..length).map(|_| letter()).collect()
}

#[tokio::test]
async fn a_huge_file_is_refused_before_it_is_read() {
    let config =
        CatalogConfig { locations: vec![location("./huge.yaml"), location("./good.yaml")], ..config() };
    let huge = "# nothing\n".repeat(5_300_000);
    let files = [("huge.yaml", huge.as_str()), ("good.yaml", &component("good", ""))];
    let catalog = TestCatalog::start_with(Engine::Sqlite, config, &files).await;
    assert_eq!(catalog.references().await, ["component:default/good"]);
    let data = catalog.query("{ unprocessedEntities { nodes { errors { message } } } }").await;
    assert!(data.to_string().contains("larger than"), "{data}");
}

#[tokio::test]
async fn a_location_that_is_not_there_is_told_of() {
    let config =
        CatalogConfig { locations: vec![location("./nothing.yaml"), location("./good.yaml")], ..config() };
    let catalog =
        TestCatalog::start_with(Engine::Sqlite, config, &[("good.yaml", &component("good", ""))]).await;
    assert_eq!(catalog.references().await, ["component:default/good"]);
    let data = catalog.query("{ unprocessedEntities { nodes { location errors { message } } } }").await;
    assert!(data.to_string().contains("does not exist"), "{data}");
}
