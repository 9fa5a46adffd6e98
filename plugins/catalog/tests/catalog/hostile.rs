use std::{fs, os::unix::fs::symlink};

use callboard_catalog::CatalogConfig;
use sea_orm::ConnectionTrait;

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
