use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use callboard_catalog::CatalogConfig;

use crate::harness::{Engine, TestCatalog, config, location};

/// Real descriptors of real projects, where they are at hand.
fn corpus() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().map(|folder| folder.join("../shared/corpus/catalog")).find(|folder| folder.is_dir())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_corpus_is_read_and_what_is_wrong_is_told() {
    let Some(folder) = corpus() else {
        eprintln!("skipped: there is no ../shared/corpus beside the checkout");
        return;
    };
    let mut projects: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    projects.sort();
    let locations =
        projects.iter().map(|project| location(&format!("{}/**/*.y*ml", project.display()))).collect();
    let config = CatalogConfig { locations, ..config() };
    let started = std::time::Instant::now();
    let catalog = TestCatalog::start_with(Engine::Sqlite, config, &[]).await;
    let elapsed = started.elapsed();
    let data = catalog.query("{ entityKinds { kind count } unprocessedEntities { totalCount } }").await;
    let kinds: BTreeMap<String, i64> = data["entityKinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| (kind["kind"].as_str().unwrap().to_owned(), kind["count"].as_i64().unwrap()))
        .collect();
    let total: i64 = kinds.values().sum();
    let unprocessed = data["unprocessedEntities"]["totalCount"].as_i64().unwrap();
    eprintln!("{total} entities of {kinds:?}, {unprocessed} refused documents, in {elapsed:?}");
    assert!(total > 100, "{total}");
    let report = catalog.ingest().await;
    assert_eq!((report.stored, report.removed), (0, 0), "the second reading finds nothing new");
}
