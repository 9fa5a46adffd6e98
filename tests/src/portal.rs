use std::{fs, net::SocketAddr, path::Path, time::Duration};

use callboard_api::{Portal, PortalOptions, Server, config::Config, plugins};
use callboard_kit::{Clock, PluginRegistry};
use callboard_test_support::PostgresServer;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{Actor, Browser};

/// Which database a portal runs on.
#[derive(Clone, Copy, Debug)]
pub enum Database {
    /// The embedded one.
    Sqlite,
    /// A real server.
    Postgres,
}

impl Database {
    /// Both, for suites that must hold on both.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A real portal on a free port, with a folder of descriptors of its own.
pub struct TestPortal {
    /// Where its descriptors are; `catalog/` below it is read at start.
    pub folder: TempDir,
    address: String,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
    config: Value,
    registry: PluginRegistry,
    clock: Clock,
}

impl TestPortal {
    /// A portal with these files below `catalog/`, where alice is an admin, bob and guests are readers, and the
    /// service `ci` may read the catalog.
    pub async fn start(database: Database, files: &[(&str, &str)]) -> Self {
        Self::start_with(database, files, json!({}), plugins::registry()).await
    }

    /// The same with more config, merged over, and other plugins.
    pub async fn start_with(
        database: Database,
        files: &[(&str, &str)],
        more: Value,
        registry: PluginRegistry,
    ) -> Self {
        Self::start_at(database, files, more, registry, Clock::system()).await
    }

    /// The same with a clock of its own.
    pub async fn start_at(
        database: Database,
        files: &[(&str, &str)],
        more: Value,
        registry: PluginRegistry,
        clock: Clock,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for (name, text) in files {
            write(&folder.path().join("catalog").join(name), text);
        }
        let url = match database {
            Database::Sqlite => format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display()),
            Database::Postgres => PostgresServer::shared().create_database().await,
        };
        let mut config = json!({
            "database": { "url": url },
            "backend": { "data": folder.path().join("data") },
            "catalog": {
                "locations": [{ "type": "file", "target": "./catalog/**/*.yaml" }],
                "rules": [{ "allow": [
                    "Component", "API", "Resource", "System", "Domain", "Group", "User", "Location", "Template",
                    "AiResource",
                ] }],
            },
            "auth": {
                "guest": { "enabled": true },
                "tokens": [
                    { "token": "alice-token", "subject": "user:default/alice" },
                    { "token": "bob-token", "subject": "user:default/bob" },
                    { "token": "ci-token-1", "subject": "service:default/ci", "permissions": ["catalog.*"] },
                    { "token": "narrow-token", "subject": "user:default/alice", "permissions": ["search.*"] },
                ],
            },
            "permission": {
                "roles": [
                    { "name": "admin", "members": ["user:default/alice"], "grants": [{ "permission": "*" }] },
                    { "name": "reader", "members": ["*"], "grants": [{ "permission": "catalog.entity.read" }] },
                ],
            },
        });
        for plugin in ["permissions", "auth", "catalog"] {
            let section = if plugin == "permissions" { "permission" } else { plugin };
            if !registry.iter().any(|known| known.id == plugin) {
                config.as_object_mut().expect("an object").remove(section);
            }
        }
        merge(&mut config, more);
        let mut portal = Self {
            folder,
            address: String::new(),
            client: reqwest::Client::new(),
            stop: None,
            running: None,
            config,
            registry,
            clock,
        };
        portal.run().await;
        portal
    }

    async fn run(&mut self) {
        let config = Config::check(&self.config, self.folder.path().to_path_buf(), &self.registry)
            .unwrap_or_else(|errors| panic!("the test's config is not valid: {errors:?}"));
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let options = PortalOptions { address, watch: false, clock: self.clock.clone() };
        let portal = Portal::start(config, &self.registry, options).await.expect("the portal starts");
        let server = Server::new(listener, portal).expect("the server starts");
        let (stop, stopped) = oneshot::channel::<()>();
        self.address = format!("http://{address}");
        self.stop = Some(stop);
        self.running = Some(tokio::spawn(async move {
            let stop = async move {
                let _ = stopped.await;
            };
            server.run(stop).await.expect("the server runs");
        }));
    }

    /// Stops it and starts it again on the same data, with more config merged over.
    pub async fn restart(&mut self, more: Value) {
        self.stop().await;
        merge(&mut self.config, more);
        self.run().await;
    }

    /// Stops it and waits until it has.
    pub async fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(running) = self.running.take() {
            running.await.expect("the server ends well");
        }
    }

    /// Runs a statement on its database, behind its back.
    pub async fn execute(&self, statement: &str) {
        let database = sea_orm::Database::connect(self.database_url()).await.expect("the database opens");
        database.execute_unprepared(statement).await.expect("the statement runs");
        database.close().await.expect("the database closes");
    }

    /// The texts that a query of one column finds in its database.
    pub async fn read(&self, query: &str) -> Vec<String> {
        let database = sea_orm::Database::connect(self.database_url()).await.expect("the database opens");
        let statement = sea_orm::Statement::from_string(database.get_database_backend(), query);
        let rows = database.query_all_raw(statement).await.expect("the query runs");
        let texts = rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("a text")).collect();
        database.close().await.expect("the database closes");
        texts
    }

    /// The address of its database, for another portal on the same one.
    pub fn database_url(&self) -> &str {
        self.config["database"]["url"].as_str().expect("a database")
    }

    /// Its address, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A fresh browser.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.address)
    }

    /// Someone without credentials.
    pub fn nobody(&self) -> Actor {
        Actor::new(self.client.clone(), self.address.clone(), None)
    }

    /// Someone with a token.
    pub fn with_token(&self, token: &str) -> Actor {
        Actor::new(self.client.clone(), self.address.clone(), Some(token.to_owned()))
    }

    /// The admin.
    pub fn alice(&self) -> Actor {
        self.with_token("alice-token")
    }

    /// A reader.
    pub fn bob(&self) -> Actor {
        self.with_token("bob-token")
    }

    /// Writes a file below the portal's folder.
    pub fn write(&self, name: &str, text: &str) {
        write(&self.folder.path().join(name), text);
    }

    /// The path of a file below the portal's folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Waits until the query answers something that `is_done` accepts, and gives that.
    pub async fn eventually(&self, query: &str, is_done: impl Fn(&Value) -> bool) -> Value {
        let alice = self.alice();
        for _ in 0..300 {
            let answer = alice.ask(query).await.body;
            if is_done(&answer) {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("`{query}` never answered what was waited for, last {}", alice.ask(query).await.body);
    }

    /// Waits until the catalog shows this many entities to the admin.
    pub async fn has_entities(&self, count: usize) {
        self.eventually("{ entities(first: 0) { totalCount } }", |answer| {
            answer.pointer("/data/entities/totalCount") == Some(&json!(count))
        })
        .await;
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

fn merge(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                // As in a merge patch: null takes away what was there.
                if value.is_null() {
                    below.remove(&key);
                } else {
                    merge(below.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (below, above) => *below = above,
    }
}
