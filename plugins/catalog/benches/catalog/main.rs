//! Timings of the catalog in one process, over so many invented entities, or over folders of descriptors:
//!
//! ```text
//! cargo bench -p callboard-catalog -- 10000 100000 ./catalog
//! ```

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark speaks to its reader")]

mod generate;

use std::{
    env,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use callboard_catalog::{
    CatalogConfig, CatalogRepository, CatalogService, Ingestion, LocationConfig, LocationType,
    index::{EntityIndex, FilterContext, PageQuery},
    subgraph,
};
use callboard_kit::{
    Clock, EntityFilter, EntityOrder, OrderDirection, PageArguments, RequestContext, Services,
    SubgraphRequest,
};
use callboard_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut asked: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if asked.is_empty() {
        asked.push("10000".to_owned());
    }
    for one in asked {
        match one.parse::<usize>() {
            Ok(count) => {
                let folder = tempfile::tempdir().unwrap();
                generate::generate(folder.path(), count);
                measure(&format!("{count} invented entities"), folder.path()).await;
            }
            Err(_) => measure(&one, Path::new(&one)).await,
        }
    }
}

async fn measure(name: &str, folder: &Path) {
    let scratch = tempfile::tempdir().unwrap();
    let database = open(scratch.path()).await;
    let config = CatalogConfig {
        locations: vec![LocationConfig {
            type_: LocationType::File,
            target: format!("{}/**/*.yaml", folder.display()),
            rules: None,
        }],
        rules: Some(
            serde_json::from_value(serde_json::json!([{ "allow": [
                "Component", "API", "Resource", "System", "Domain", "Group", "User", "Location"
            ] }]))
            .unwrap(),
        ),
        ..CatalogConfig::default()
    };
    let service = service(&database).await;
    let ingestion = Ingestion::new(Arc::clone(&service), &config, folder, &[]).unwrap();
    println!("\n{name}");
    let before = resident();
    for run in ["first ingestion", "second, unchanged"] {
        let started = Instant::now();
        let report = ingestion.run(&CancellationToken::new()).await.unwrap();
        println!(
            "{run:<34}{:>10.2?}   {} stored of {} files",
            started.elapsed(),
            report.stored,
            report.files
        );
    }
    drop((ingestion, service));
    let started = Instant::now();
    let service = crate::service(&database).await;
    let count = service.index.read().all().len();
    println!("{:<34}{:>10.2?}   {count} entities", "index from the database", started.elapsed());
    println!("{:<34}{:>7} MiB   {} MiB before", "resident", resident() / 1024, before / 1024);
    in_the_index(&service.index.read());
    through_the_graph(&service).await;
}

fn in_the_index(index: &EntityIndex) {
    let components = EntityFilter {
        kind: Some(vec!["Component".into()]),
        type_: Some(vec!["service".into()]),
        ..Default::default()
    };
    let order = [EntityOrder { field: "metadata.title".into(), direction: OrderDirection::Asc }];
    let bounds = PageArguments::default().check().unwrap();
    let page = PageQuery { order: &order, bounds: &bounds, visible: None, list: "" };
    let context = FilterContext::default();
    time("list, filter, count, first page", 500, || {
        let selection = index.select(&components, context);
        (selection.len(), index.page(&selection, &page).unwrap().items.len())
    });
    let owner = index.facet(index.all(), "relations.ownedBy", None).values[0].value.clone();
    let of_one = EntityFilter::new().with_field("relations.ownedBy", vec![owner]);
    time("the same of one owner", 500, || {
        let selection = index.select(&of_one, context);
        (selection.len(), index.page(&selection, &page).unwrap().items.len())
    });
    time("facets on four fields", 100, || {
        let selection = index.select(&components, context);
        ["kind", "spec.type", "spec.lifecycle", "relations.ownedBy"]
            .map(|field| index.facet(&selection, field, None).values.len())
    });
    time("text on all words", 200, || index.search("pay serv").map(|found| found.len()));
    let slots: Vec<u32> = index.all().iter().step_by(97).collect();
    let references: Vec<_> =
        slots.iter().filter_map(|slot| index.get(*slot)).map(|one| one.reference).collect();
    let mut turn = 0;
    time("entity by reference", 10_000, || {
        turn = (turn + 1) % references.len();
        index.slot_of(&references[turn])
    });
}

async fn through_the_graph(service: &Arc<CatalogService>) {
    let subgraph = subgraph(Arc::clone(service));
    for (name, query) in [
        (
            "graph: list of 20 with count",
            r#"{ entities(filter: {kind: ["Component"], type: ["service"]}) { totalCount nodes { ref title kind description tags } } }"#,
        ),
        (
            "graph: facets on four fields",
            r#"{ entities(first: 0) { facets(fields: ["kind", "spec.type", "spec.lifecycle", "relations.ownedBy"]) { values { value count } } } }"#,
        ),
        (
            "graph: three levels",
            r#"{ entities(filter: {kind: ["Component"]}, first: 1) { nodes { ref relations { nodes { type target { ref relations { nodes { type target { ref title } } } } } } } } }"#,
        ),
    ] {
        let mut times = Vec::new();
        for _ in 0..200 {
            let request = SubgraphRequest {
                query: query.into(),
                document: None,
                operation_name: None,
                variables: async_graphql::Variables::default(),
                context: RequestContext::anonymous(),
            };
            let started = Instant::now();
            let response = subgraph.service.execute(request).await;
            times.push(started.elapsed());
            assert!(response.errors.is_empty(), "{:?}", response.errors);
        }
        print(name, &mut times);
    }
}

fn time<T>(name: &str, rounds: usize, mut work: impl FnMut() -> T) {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(work());
            started.elapsed()
        })
        .collect();
    print(name, &mut times);
}

fn print(name: &str, times: &mut [Duration]) {
    let first = times[0];
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{name:<34} p50 {:>9.1?}  p99 {:>9.1?}  first {first:>9.1?}", at(50), at(99));
}

async fn service(database: &DatabaseConnection) -> Arc<CatalogService> {
    let repository = CatalogRepository::new(database.clone());
    let opened = CatalogService::open(
        repository,
        Services::default(),
        Clock::system(),
        callboard_descriptor::ProcessOptions::default(),
    )
    .await;
    Arc::new(opened.unwrap())
}

async fn open(folder: &Path) -> DatabaseConnection {
    let url = env::var("CALLBOARD_BENCH_DATABASE")
        .unwrap_or_else(|_| format!("sqlite://{}?mode=rwc", folder.join("bench.db").display()));
    let mut options = ConnectOptions::new(url.clone());
    options.sqlx_logging(false);
    let database = Database::connect(options).await.unwrap();
    if url.starts_with("sqlite") {
        database.execute_unprepared("PRAGMA journal_mode = WAL").await.unwrap();
        database.execute_unprepared("PRAGMA synchronous = NORMAL").await.unwrap();
    }
    Migrator::up(&database, None).await.unwrap();
    database
}

/// Resident memory in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}
