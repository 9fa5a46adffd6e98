//! The config: read from files and the environment, checked against every section, handed to its owners.

mod environment;
mod faults;
mod interpolate;
mod load;
mod modules;
mod reference;
mod schema;
mod sections;
mod shape;

use std::{path::PathBuf, sync::Arc};

use callboard_kit::{CheckContext, PluginRegistry, StrictError, parse_strict};
use serde_json::{Map, Value};

pub(crate) use faults::origin_of;
pub use load::{ConfigError, DEFAULT_FILE, load};
pub(crate) use modules::is_relative_file;
pub use modules::{ModuleConfig, ModulePolicyConfig};
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
    /// The files that it was read from, those of its `$file` references included.
    pub files: Vec<PathBuf>,
    /// What is in it without an effect.
    pub warnings: Vec<StrictError>,
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
                let ids: Vec<&str> = plugins.iter().map(|plugin| plugin.id).collect();
                errors.extend(modules::faults(&core.app.modules, &ids));
                Some(core)
            }
            Err(faults) => {
                errors.extend(faults);
                None
            }
        };
        let mut warnings = Vec::new();
        let permissions: Vec<_> = plugins.iter().flat_map(|plugin| (plugin.permissions)()).copied().collect();
        let condition_rules: Vec<_> =
            plugins.iter().flat_map(|plugin| (plugin.condition_rules)()).copied().collect();
        // Where the address is not known, it is not what is wrong.
        let loopback = core.as_ref().is_none_or(|core| core.backend.listen.ip().is_loopback());
        let base_url = core.as_ref().map_or_else(String::new, |core| core.base_url(core.backend.listen));
        let context = CheckContext {
            permissions: &permissions,
            condition_rules: &condition_rules,
            loopback,
            base_url: &base_url,
        };
        for plugin in plugins.iter() {
            let section = sections.get(plugin.config_section).unwrap_or(&Value::Null);
            let found = (plugin.check)(section, context);
            errors.extend(found.errors);
            warnings.extend(found.warnings);
        }
        match core {
            Some(core) if errors.is_empty() => {
                Ok(Self { core, sections: sections.clone(), base_dir, files: Vec::new(), warnings })
            }
            _ => Err(errors),
        }
    }

    /// What nobody may read through the portal: the files of the config, those that it takes texts from, the data
    /// folder and the embedded database.
    pub fn private_paths(&self) -> Arc<[PathBuf]> {
        let own = [Some(self.core.backend.data.clone()), self.core.database.file()];
        self.files.iter().cloned().chain(own.into_iter().flatten()).collect()
    }

    /// The origins of the portal's own pages, as far as the config names them.
    pub fn own_origins(&self) -> impl Iterator<Item = String> {
        [&self.core.app.base_url, &self.core.backend.base_url]
            .into_iter()
            .flatten()
            .filter_map(|url| origin_of(url))
    }

    /// The section of a plugin; null where it is absent.
    pub fn section(&self, name: &str) -> Value {
        self.sections.get(name).cloned().unwrap_or_default()
    }
}
