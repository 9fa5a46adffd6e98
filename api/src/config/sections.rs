use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use callboard_kit::{HumanDuration, Secret};
use callboard_reading::{IntegrationsConfig, ReadingConfig};
use callboard_schema::GatewayOptions;
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::ModuleConfig;

/// The config of Callboard. Every key can also be set by environment: `CALLBOARD__DATABASE__URL`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CoreConfig {
    /// How the portal presents itself.
    pub app: AppConfig,
    /// Whose portal it is.
    pub organization: OrganizationConfig,
    /// Where and how the server listens.
    pub backend: BackendConfig,
    /// Where data is kept.
    pub database: DatabaseConfig,
    /// The forges whose repositories are read.
    pub integrations: IntegrationsConfig,
    /// Plugins that are not compiled in.
    pub plugins: PluginsConfig,
    /// Limits and habits of the GraphQL gateway.
    pub gateway: GatewayOptions,
    /// What is logged, and how.
    pub log: LogConfig,
}

impl CoreConfig {
    /// The address people open, without a slash at the end, of a server that listens at `address`.
    pub(crate) fn base_url(&self, address: SocketAddr) -> String {
        match self.app.base_url.as_ref().or(self.backend.base_url.as_ref()) {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{address}"),
        }
    }
}

/// How the portal presents itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AppConfig {
    /// The name in the browser's title and above the navigation.
    pub title: String,
    /// The address people open, where that is not `backend.baseUrl` because the front end is served from elsewhere:
    /// browsers may call the API from there, as if it were one of `backend.cors.origin`.
    pub base_url: Option<String>,
    /// Front ends of plugins that are not compiled in. Their code runs in the pages with all that the viewer may do, so
    /// name only what you trust as you trust the portal.
    pub modules: Vec<ModuleConfig>,
}

impl Default for AppConfig {
    fn default() -> Self {
        Self { title: "Callboard".to_owned(), base_url: None, modules: Vec::new() }
    }
}

/// Whose portal it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct OrganizationConfig {
    /// The company's name: under the portal's own above the navigation.
    pub name: Option<String>,
}

/// Where and how the server listens.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct BackendConfig {
    /// The address to listen on, `address:port`; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The address under which browsers and scripts reach the server, e.g. `https://portal.example.org`. Absent: made
    /// from `listen`. Its pages may open the WebSocket whatever host name a proxy puts into its requests.
    pub base_url: Option<String>,
    /// The folder for the embedded database and other files of the portal's own.
    pub data: PathBuf,
    /// Which other origins may call the API from a browser.
    pub cors: CorsConfig,
    /// What secrets in the database are encrypted with: any text of 32 characters or more, the same for all replicas.
    /// Absent: made at the first start and kept in the data folder.
    pub encryption_key: Option<Secret>,
    /// Addresses, or networks as in `10.0.0.0/8`, of reverse proxies in front of the server. From these the header
    /// `X-Forwarded-For` is believed when it is written down where a request came from; else it is ignored.
    #[schemars(with = "Vec<String>")]
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// What plugins may read of what others host.
    pub reading: ReadingConfig,
    /// The largest request body, in bytes.
    pub max_body_bytes: usize,
    /// How long running requests may still take once the server was told to stop.
    pub shutdown_timeout: HumanDuration,
}

/// Networks; a single address is one, too.
fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let read = |text: String| {
        let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map_err(|_| {
            D::Error::custom(format!("`{text}` is not an address or a network such as 10.0.0.0/8"))
        })
    };
    Vec::<String>::deserialize(deserializer)?.into_iter().map(read).collect()
}

impl Default for BackendConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 7007)),
            base_url: None,
            data: PathBuf::from("data"),
            cors: CorsConfig::default(),
            encryption_key: None,
            trusted_proxies: Vec::new(),
            reading: ReadingConfig::default(),
            max_body_bytes: 1024 * 1024,
            shutdown_timeout: HumanDuration::from_secs(10),
        }
    }
}

/// Which other origins may call the API from a browser.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CorsConfig {
    /// Origins, e.g. `https://wiki.example.org`.
    pub origin: Vec<String>,
}

/// Where data is kept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DatabaseConfig {
    /// `postgres://user:password@host/database` or `sqlite://path`. Absent: SQLite in the data folder.
    pub url: Option<Secret>,
    /// Whether `serve` brings the database up to date by itself.
    pub migrate: bool,
    /// The most connections kept open, 1 or more. On PostgreSQL two more are: one hears of what other replicas write,
    /// one keeps them from reading the locations at the same time, while that lasts.
    pub max_connections: u32,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self { url: None, migrate: true, max_connections: 16 }
    }
}

impl DatabaseConfig {
    /// The file of the embedded database, where `url` names one.
    pub fn file(&self) -> Option<PathBuf> {
        let url = self.url.as_ref()?.expose();
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
    }
}

/// Plugins that are not compiled in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PluginsConfig {
    /// Subgraphs served elsewhere, in any language.
    pub remote: Vec<RemotePluginConfig>,
    /// Pause between two looks at the schemas of remote plugins.
    pub refresh_every: HumanDuration,
}

impl Default for PluginsConfig {
    fn default() -> Self {
        Self { remote: Vec::new(), refresh_every: HumanDuration::from_secs(30) }
    }
}

/// A subgraph served elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemotePluginConfig {
    /// Unique id, lower case.
    pub id: String,
    /// What people read; the id where it is absent.
    #[serde(default)]
    pub title: Option<String>,
    /// Its GraphQL endpoint.
    pub url: String,
    /// A file with its SDL, used while it cannot be asked for it.
    #[serde(default)]
    pub sdl: Option<PathBuf>,
    /// How long one fetch may take.
    #[serde(default = "default_timeout")]
    pub timeout: HumanDuration,
}

const fn default_timeout() -> HumanDuration {
    HumanDuration::from_secs(5)
}

/// What is logged, and how.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct LogConfig {
    /// A level, or directives as in `info,callboard_catalog=debug`.
    pub level: String,
    /// Lines for people or for machines.
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Text }
    }
}

/// Lines for people or for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Readable lines.
    Text,
    /// One JSON object a line.
    Json,
}
