use std::{fs, path::Path, sync::Arc};

use async_trait::async_trait;
use callboard_catalog::{
    CatalogConfig, CatalogRepository, CatalogService, Ingestion, IngestionReport, LocationConfig,
    LocationType, OrphanStrategy, subgraph,
};
use callboard_kit::{
    Access, Authorizer, Clock, Decision, EntityFilter, EntityRef, RequestContext, Services, Subgraph,
    SubgraphRequest, Viewer,
};
use callboard_migrations::{Migrator, MigratorTrait};
use callboard_test_support::PostgresServer;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Makes two tests of one: on SQLite and on a real PostgreSQL.
macro_rules! on_both_databases {
    ($(async fn $name:ident($engine:ident: Engine) $body:block)*) => {
        $(mod $name {
            use super::*;

            async fn run($engine: Engine) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                run(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                run(Engine::Postgres).await;
            }
        })*
    };
}
pub(crate) use on_both_databases;

/// A catalog over a folder of descriptors.
pub struct TestCatalog {
    pub folder: TempDir,
    pub database: DatabaseConnection,
    pub service: Arc<CatalogService>,
    pub config: CatalogConfig,
    services: Services,
    subgraph: Subgraph,
}

/// Every kind from everywhere.
pub fn all_kinds() -> Value {
    serde_json::json!([{ "allow": [
        "Component", "API", "Resource", "System", "Domain", "Group", "User", "Location", "Template", "AiResource",
    ] }])
}

/// A config that reads `*.yaml` of the folder.
pub fn config() -> CatalogConfig {
    CatalogConfig {
        locations: vec![location("./*.yaml")],
        rules: Some(serde_json::from_value(all_kinds()).unwrap()),
        allow_unknown_kinds: false,
        orphan_strategy: OrphanStrategy::Delete,
        ..CatalogConfig::default()
    }
}

pub fn location(target: &str) -> LocationConfig {
    LocationConfig { type_: LocationType::File, target: target.to_owned(), rules: None }
}

/// A migrated, empty database.
pub async fn database(engine: Engine, folder: &Path) -> DatabaseConnection {
    let url = match engine {
        Engine::Sqlite => format!("sqlite://{}?mode=rwc", folder.join("catalog.db").display()),
        Engine::Postgres => PostgresServer::shared().create_database().await,
    };
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

impl TestCatalog {
    /// A catalog that has read these files.
    pub async fn start(engine: Engine, files: &[(&str, &str)]) -> Self {
        Self::start_with(engine, config(), files).await
    }

    pub async fn start_with(engine: Engine, config: CatalogConfig, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database(engine, folder.path()).await;
        Migrator::up(&database, None).await.unwrap();
        for (name, text) in files {
            write(folder.path(), name, text);
        }
        let catalog = Self::open(folder, database, config).await;
        catalog.ingest().await;
        catalog
    }

    async fn open(folder: TempDir, database: DatabaseConnection, config: CatalogConfig) -> Self {
        let services = Services::default();
        let repository = CatalogRepository::new(database.clone());
        let validation = config.process_options(folder.path());
        let service =
            CatalogService::open(repository, services.clone(), Clock::system(), validation).await.unwrap();
        let service = Arc::new(service);
        let subgraph = subgraph(Arc::clone(&service));
        Self { folder, database, service, config, services, subgraph }
    }

    /// The same database and folder in a new process, so to speak.
    pub async fn restart(self) -> Self {
        Self::open(self.folder, self.database, self.config).await
    }

    /// Another process over the same database.
    pub async fn replica(&self) -> Arc<CatalogService> {
        let repository = CatalogRepository::new(self.database.clone());
        let validation = self.config.process_options(self.folder.path());
        let service = CatalogService::open(repository, Services::default(), Clock::system(), validation);
        Arc::new(service.await.unwrap())
    }

    /// Decides the same for everyone from now on.
    pub fn decide(&self, decision: Decision) {
        self.services.authorizer.provide(Arc::new(Fixed(decision))).unwrap();
    }

    pub fn write(&self, name: &str, text: &str) {
        write(self.folder.path(), name, text);
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.folder.path().join(name)).unwrap();
    }

    pub async fn ingest(&self) -> IngestionReport {
        let ingestion =
            Ingestion::new(Arc::clone(&self.service), &self.config, self.folder.path(), &[]).unwrap();
        ingestion.run(&CancellationToken::new()).await.unwrap()
    }

    /// Data of a query that must succeed, asked by nobody in particular.
    pub async fn query(&self, query: &str) -> Value {
        let (data, errors) = self.ask(Viewer::anonymous(), query).await;
        assert!(errors.is_empty(), "{query}: {errors:?}");
        data
    }

    /// Data and error messages of an operation.
    pub async fn ask(&self, viewer: Viewer, query: &str) -> (Value, Vec<String>) {
        let request = SubgraphRequest {
            query: query.into(),
            document: None,
            operation_name: None,
            variables: async_graphql::Variables::default(),
            context: RequestContext::new(viewer, "test"),
        };
        let response = self.subgraph.service.execute(request).await;
        let messages = response.errors.into_iter().map(|error| error.message).collect();
        (response.data.into_json().unwrap(), messages)
    }

    /// Every reference there is, by reference.
    pub async fn references(&self) -> Vec<String> {
        let data = self.query("{ entities(first: 500) { nodes { ref } } }").await;
        let mut references: Vec<String> = texts(&data["entities"]["nodes"], "ref");
        references.sort_unstable();
        references
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let select = sea_orm::sea_query::Query::select()
            .expr(sea_orm::sea_query::Expr::cust("COUNT(*)"))
            .from(table.to_owned())
            .to_owned();
        let row = self.database.query_one(&select).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// How far the change log has come.
    pub async fn changes(&self) -> i64 {
        self.service.repository().change_bounds().await.unwrap().map_or(0, |(_, newest)| newest)
    }
}

struct Fixed(Decision);

#[async_trait]
impl Authorizer for Fixed {
    async fn decide(&self, _: &Viewer, _: &str) -> Decision {
        self.0.clone()
    }
}

/// Only what a filter selects may be seen.
pub fn only(filter: EntityFilter) -> Decision {
    Decision::Conditional(Box::new(filter))
}

/// Somebody who has signed in.
pub fn user(reference: &str) -> Viewer {
    let reference: EntityRef = reference.parse().unwrap();
    Viewer::user(reference, []).through(Access::Session("test".into()))
}

/// One text of each object of a list.
pub fn texts(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

pub fn component(name: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  \
         lifecycle: production\n  owner: team-a\n{more}"
    )
}

pub fn group(name: &str, more: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {name}\nspec:\n  type: team\n  \
         children: []\n{more}"
    )
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
