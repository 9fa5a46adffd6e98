//! Answers that are made while things change.

use std::sync::atomic::{AtomicUsize, Ordering};

use callboard_catalog::CatalogService;
use callboard_kit::Viewer;

use super::harness::{Engine, TestCatalog, component, on_both_databases};

/// Two entities that change together, and a third one.
fn files(version: &str) -> [(&'static str, String); 2] {
    let described =
        |name: &str| component(name, "").replace("spec:", &format!("  description: {version}\nspec:"));
    [("pair.yaml", format!("{}---\n{}", described("a"), described("b"))), ("other.yaml", described("c"))]
}

fn change(catalog: &TestCatalog, name: &str, version: &str) {
    let [pair, other] = files(version);
    let (name, text) = if name == "pair" { pair } else { other };
    catalog.write(name, &text);
}

async fn start(engine: Engine) -> TestCatalog {
    let [pair, other] = files("first");
    TestCatalog::start(engine, &[(pair.0, &pair.1), (other.0, &other.1)]).await
}

/// What the two say that change together, where something happens after the first was looked at.
async fn pair(
    service: &std::sync::Arc<CatalogService>,
    meanwhile: impl AsyncFn(usize),
) -> (Vec<String>, usize) {
    let tries = AtomicUsize::new(0);
    let said = service.of_one_moment(|| async {
        let attempt = tries.fetch_add(1, Ordering::Relaxed) + 1;
        let request = service.request(Viewer::anonymous().into());
        let mut said = Vec::new();
        for name in ["component:default/a", "component:default/b"] {
            let found = request.find(&[name.parse().unwrap()]).await.unwrap().pop().flatten().unwrap();
            said.push(found.body["metadata"]["description"].as_str().unwrap().to_owned());
            if said.len() == 1 {
                meanwhile(attempt).await;
            }
        }
        said
    });
    (said.await, tries.load(Ordering::Relaxed))
}

on_both_databases! {
    async fn what_changes_while_an_answer_is_made_is_in_all_of_it(engine: Engine) {
        let catalog = start(engine).await;
        let (said, tries) = pair(&catalog.service, async |attempt| {
            if attempt == 1 {
                change(&catalog, "pair", "second");
                catalog.ingest().await;
            }
        }).await;
        assert_eq!((said, tries), (vec!["second".to_owned(), "second".to_owned()], 2));
        let (said, tries) = pair(&catalog.service, async |_| {}).await;
        assert_eq!((said.len(), tries), (2, 1), "what does not change is answered once");
    }

    async fn an_answer_comes_however_much_changes(engine: Engine) {
        let catalog = start(engine).await;
        let service = catalog.service.clone();
        let (said, tries) = pair(&service, async |attempt| {
            change(&catalog, "other", &format!("v{attempt}"));
            // Where changes wait for the answer, the answer does not wait for them.
            let waits = std::time::Duration::from_millis(300);
            let _ = tokio::time::timeout(waits, catalog.ingest()).await;
        }).await;
        assert_eq!(said, ["first", "first"]);
        assert!((2..=6).contains(&tries), "{tries}");
        catalog.ingest().await;
        let data = catalog.query("{ entity(ref: \"component:c\") { description } }").await;
        assert_eq!(data["entity"]["description"], format!("v{tries}"), "and no change is lost");
    }

    async fn what_another_replica_has_just_changed_is_waited_for(engine: Engine) {
        let catalog = start(engine).await;
        let replica = catalog.replica().await;
        let (said, tries) = pair(&replica, async |attempt| {
            if attempt == 1 {
                // The other one writes: the index here does not know of it, and the database holds nothing older.
                change(&catalog, "pair", "second");
                catalog.ingest().await;
            }
        }).await;
        assert_eq!((said, tries), (vec!["second".to_owned(), "second".to_owned()], 2));
    }
}
