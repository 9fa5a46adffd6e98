//! The config: read from files and the environment, checked against every section, handed to its owners.

mod environment;
mod interpolate;
mod load;
mod reference;
mod schema;
mod sections;

use std::{path::PathBuf, sync::Arc};

use callboard_kit::{PluginRegistry, StrictError, parse_strict};
use serde_json::{Map, Value};

pub use load::{ConfigError, DEFAULT_FILE, load};
pub use reference::reference;
pub use schema::json_schema;
pub use sections::{
    AppConfig, BackendConfig, CoreConfig, CorsConfig, DatabaseConfig, LogConfig, LogFormat,
    OrganizationConfig, PluginsConfig, RemotePluginConfig,
};

/// A config that was read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The sections of the portal itself.
    pub core: CoreConfig,
    /// Everything, by section, for the plugins.
    pub sections: Map<String, Value>,
    /// What relative paths are relative to.
    pub base_dir: PathBuf,
    /// The files that it was read from.
    pub files: Vec<PathBuf>,
}

impl Config {
    /// Checks a merged config against the portal's own sections and those of `plugins`.
    pub fn check(
        value: &Value,
        base_dir: PathBuf,
        plugins: &PluginRegistry,
    ) -> Result<Self, Vec<StrictError>> {
        let empty = Map::new();
        let sections = match value {
            Value::Null => &empty,
            Value::Object(sections) => sections,
            _ => {
                let message = "the config must be an object of sections".to_owned();
                return Err(vec![StrictError { path: ".".to_owned(), message }]);
            }
        };
        let mut errors = schema::unknown_sections(sections, plugins);
        let core: Map<String, Value> = sections
            .iter()
            .filter(|(name, _)| schema::CORE_SECTIONS.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let core = match parse_strict::<CoreConfig>("", &Value::Object(core)) {
            Ok(core) => {
                errors.extend(core.faults());
                Some(core)
            }
            Err(faults) => {
                errors.extend(faults);
                None
            }
        };
        for plugin in plugins.iter() {
            errors.extend((plugin.check)(sections.get(plugin.config_section).unwrap_or(&Value::Null)));
        }
        match core {
            Some(core) if errors.is_empty() => {
                Ok(Self { core, sections: sections.clone(), base_dir, files: Vec::new() })
            }
            _ => Err(errors),
        }
    }

    /// What nobody may read through the portal: the files of the config and the data folder.
    pub fn private_paths(&self) -> Arc<[PathBuf]> {
        self.files.iter().chain([&self.core.backend.data]).cloned().collect()
    }

    /// The section of a plugin; null where it is absent.
    pub fn section(&self, name: &str) -> Value {
        self.sections.get(name).cloned().unwrap_or_default()
    }
}
