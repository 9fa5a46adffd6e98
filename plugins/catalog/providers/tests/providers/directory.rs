use std::{fs, path::Path};

use callboard_kit::ReadFailure;
use callboard_providers::{DirectoryProvider, DirectoryProviderConfig, EntityProvider};
use serde_json::{Value, json};

use super::support::{Service, look, missing};

fn clone(at: &Path, file: &str) {
    fs::create_dir_all(at.join(".git")).unwrap();
    fs::create_dir_all(at.join(file).parent().unwrap()).unwrap();
    fs::write(at.join(file), "kind: Component").unwrap();
}

fn provider(base: &Path, config: Value) -> DirectoryProvider {
    let config: DirectoryProviderConfig = serde_json::from_value(config).unwrap();
    DirectoryProvider::new("clones", &config, base)
}

#[tokio::test]
async fn clones_below_a_folder_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let root = base.join("clones");
    clone(&root.join("shop/cart"), "catalog-info.yaml");
    clone(&root.join("shop/cart/vendored"), "catalog-info.yaml");
    clone(&root.join("till"), ".backstage/catalog-info.yaml");
    clone(&root.join("a/b/c/deep"), "catalog-info.yaml");
    clone(&base.join("elsewhere"), "catalog-info.yaml");
    fs::create_dir_all(root.join("work-tree")).unwrap();
    fs::write(root.join("work-tree/.git"), "gitdir: ../elsewhere").unwrap();
    fs::write(root.join("work-tree/catalog-info.yaml"), "kind: Component").unwrap();
    fs::create_dir_all(root.join("no-clone")).unwrap();
    fs::write(root.join("no-clone/catalog-info.yaml"), "kind: Component").unwrap();
    std::os::unix::fs::symlink(base.join("elsewhere"), root.join("linked")).unwrap();

    let service = Service::start(|_, _| missing()).await;
    let reading = service.reading(json!({}));
    let found = async |config: Value| {
        let provider = provider(&base, config);
        let (locations, _) = look(&provider, &reading).await;
        let prefix = format!("file:{}/", root.display());
        locations
            .iter()
            .map(|location| location.strip_prefix(&prefix).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found(json!({ "path": "clones" })).await,
        ["a/b/c/deep/catalog-info.yaml", "shop/cart/catalog-info.yaml", "work-tree/catalog-info.yaml"]
    );
    assert_eq!(
        found(json!({ "path": "clones", "depth": 2 })).await,
        ["shop/cart/catalog-info.yaml", "work-tree/catalog-info.yaml"]
    );
    assert_eq!(
        found(json!({ "path": "clones", "entityFilename": ".backstage/catalog-info.yaml" })).await,
        ["till/.backstage/catalog-info.yaml"]
    );
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_not_taken_to_be_gone() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(|_, _| missing()).await;
    let reading = service.reading(json!({}));
    let found = async || provider(folder.path(), json!({ "path": "clones" })).look(&reading).await;
    fs::create_dir_all(folder.path().join("clones")).unwrap();
    let failure = found().await.unwrap_err();
    assert!(
        matches!(&failure, ReadFailure::Unavailable(message) if message.contains("mounted")),
        "a volume that is not mounted is an empty folder: {failure}"
    );
    let clone = folder.path().join("clones/hostile");
    fs::create_dir_all(clone.join(".git")).unwrap();
    std::os::unix::fs::symlink("catalog-info.yaml", clone.join("catalog-info.yaml")).unwrap();
    let (locations, _) = look(&provider(folder.path(), json!({ "path": "clones" })), &reading).await;
    assert_eq!(locations.len(), 1, "its own location tells that a link leads to itself");
}

#[tokio::test]
async fn a_folder_that_is_not_there_fails_the_look() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(|_, _| missing()).await;
    let provider = provider(folder.path(), json!({ "path": "none" }));
    let failure = provider.look(&service.reading(json!({}))).await.unwrap_err();
    assert!(matches!(&failure, ReadFailure::NotFound(message) if message.contains("none")), "{failure}");
    let outside: DirectoryProviderConfig =
        serde_json::from_value(json!({ "path": "", "entityFilename": "../x", "depth": 0 })).unwrap();
    let keys: Vec<String> = outside.check().errors.into_iter().map(|error| error.path).collect();
    assert_eq!(keys, ["path", "entityFilename", "depth"]);
}
