use std::{
    env, fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use callboard_kit::{PluginRegistry, StrictError};
use serde_json::{Map, Value, json};

use super::{
    Config, environment,
    interpolate::{self, Resolved},
    schema,
    shape::Shape,
};

/// The file that is read where none is named, if it is there.
pub const DEFAULT_FILE: &str = "callboard.yaml";

/// Why there is no config.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file could not be read.
    #[error("cannot read config file `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not YAML.
    #[error("config file `{}`: {message}", path.display())]
    NotYaml {
        /// The file.
        path: PathBuf,
        /// What the parser says, with line and column.
        message: String,
    },
    /// A value refers to something that is not there.
    #[error("config file `{}`: {}", path.display(), lines(errors))]
    Unresolved {
        /// The file.
        path: PathBuf,
        /// What is wrong, each with its key.
        errors: Vec<StrictError>,
    },
    /// The keys or their values are wrong.
    #[error("the config is not valid:\n{}", lines(.0))]
    Invalid(Vec<StrictError>),
}

fn lines(errors: &[StrictError]) -> String {
    errors.iter().map(|error| format!("  {error}")).collect::<Vec<_>>().join("\n")
}

/// Reads the files in order, later ones over earlier ones, then the environment and `listen`, an address to listen on
/// instead, and checks the whole.
pub fn load(
    files: &[PathBuf],
    listen: Option<SocketAddr>,
    plugins: &PluginRegistry,
) -> Result<Config, ConfigError> {
    let default = Path::new(DEFAULT_FILE);
    let files =
        if files.is_empty() && default.exists() { vec![default.to_path_buf()] } else { files.to_vec() };
    let schema = schema::json_schema(plugins);
    let mut merged = Value::Object(Map::new());
    let mut secrets = Vec::new();
    for file in &files {
        let resolved = read(file, &schema)?;
        merge(&mut merged, resolved.value);
        secrets.extend(resolved.files);
    }
    // What is not text cannot be meant for us.
    let variables = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let errors = environment::apply(&mut merged, variables, &schema);
    if !errors.is_empty() {
        return Err(ConfigError::Invalid(errors));
    }
    if let Some(listen) = listen {
        merge(&mut merged, json!({ "backend": { "listen": listen } }));
    }
    let base_dir = files.first().and_then(|file| file.parent()).map(Path::to_path_buf).unwrap_or_default();
    let base_dir = if base_dir.as_os_str().is_empty() { PathBuf::from(".") } else { base_dir };
    let config = Config::check(&merged, base_dir, plugins).map_err(ConfigError::Invalid)?;
    Ok(Config { files: files.into_iter().chain(secrets).collect(), ..config })
}

fn read(path: &Path, schema: &Value) -> Result<Resolved, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { path: path.to_path_buf(), source };
    let not_yaml = |message: String| ConfigError::NotYaml { path: path.to_path_buf(), message };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let value: Value = serde_yaml::from_str(&text).map_err(|error| not_yaml(error.to_string()))?;
    let value = match value {
        Value::Null => Value::Object(Map::new()),
        Value::Object(_) => value,
        _ => return Err(not_yaml("expected an object of sections".to_owned())),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    interpolate::resolve(value, folder, &|name| env::var(name).ok(), Shape::of(schema))
        .map_err(|errors| ConfigError::Unresolved { path: path.to_path_buf(), errors })
}

/// Objects are merged key by key, everything else is replaced.
fn merge(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                merge(below.entry(key).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_files_win_key_by_key_and_lists_are_replaced() {
        let mut below = json!({ "backend": { "listen": "a", "data": "d" }, "list": [1, 2] });
        merge(&mut below, json!({ "backend": { "listen": "b" }, "list": [3] }));
        assert_eq!(below, json!({ "backend": { "listen": "b", "data": "d" }, "list": [3] }));
    }
}
