mod check;

use std::path::PathBuf;

use callboard_kit::StrictError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use self::check::is_relative_file;
use self::check::{check_id, check_integrity, check_source, check_url};

/// The front end of a plugin that is not compiled in: an ES module that the pages load when they open.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleConfig {
    /// Unique id, which begins with a lower case letter and has lower case letters, digits and `-`.
    pub id: String,
    /// The folder with its files, which anyone may read at `/modules/<id>/`. Either this or `url`.
    #[serde(default)]
    pub folder: Option<PathBuf>,
    /// The address of its entry, `https` or on this machine. Either this or `folder`.
    #[serde(default)]
    pub url: Option<String>,
    /// The hash that the entry at `url` must have, as in `sha384-...`; browsers run no other.
    #[serde(default)]
    pub integrity: Option<String>,
    /// The file below `folder` that is loaded first. Default: `index.js`.
    #[serde(default)]
    pub entry: Option<String>,
    /// What the module is told in the browser. Anyone can read it: never a secret.
    #[serde(default)]
    pub settings: Map<String, Value>,
    /// What the pages may load for it beside what they load themselves. Without it: its entry, no more.
    #[serde(default)]
    pub content_security_policy: ModulePolicyConfig,
}

/// What the pages may load for a module, by origin: `https://api.example.org`, or `https://*.example.org` for all below.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ModulePolicyConfig {
    /// What scripts may ask; sockets are `wss://`.
    pub connect: Vec<String>,
    /// Where images come from; those by `https` need no entry.
    pub images: Vec<String>,
    /// Where style sheets come from.
    pub styles: Vec<String>,
    /// Where fonts come from.
    pub fonts: Vec<String>,
    /// What may be shown in a frame.
    pub frames: Vec<String>,
    /// Where more scripts come from than the entry; an origin, or a folder of it with `/` at the end.
    pub scripts: Vec<String>,
}

const DEFAULT_ENTRY: &str = "index.js";

impl ModuleConfig {
    /// The file that is loaded first.
    pub(crate) fn entry_file(&self) -> &str {
        self.entry.as_deref().unwrap_or(DEFAULT_ENTRY)
    }
}

/// What is wrong with the modules of a config, whatever is on the disk.
pub(super) fn faults(modules: &[ModuleConfig], plugins: &[&str]) -> Vec<StrictError> {
    let mut faults = Vec::new();
    for (index, module) in modules.iter().enumerate() {
        let mut fault = |key: &str, message: String| {
            faults.push(StrictError { path: format!("app.modules.{index}.{key}"), message });
        };
        if let Err(message) = check_id(&module.id, plugins) {
            fault("id", message);
        }
        if modules[..index].iter().any(|earlier| earlier.id == module.id) {
            fault("id", format!("there is another module `{}`", module.id));
        }
        match (&module.folder, &module.url) {
            (None, None) => fault("folder", "name the folder with its files, or its `url`".to_owned()),
            (Some(_), Some(_)) => {
                fault("url", "there is a `folder` already: leave one of them out".to_owned());
            }
            (Some(_), None) if module.integrity.is_some() => {
                fault("integrity", "is for a `url`: the files of a `folder` are the server's own".to_owned());
            }
            (Some(_), None) => {
                if !is_relative_file(module.entry_file()) {
                    let message = format!("`{}` is not a file below `folder`", module.entry_file());
                    fault("entry", format!("{message}, such as `dist/index.js`"));
                }
            }
            (None, Some(url)) => {
                if module.entry.is_some() {
                    fault("entry", "is for a `folder`: `url` names the entry itself".to_owned());
                }
                if let Err(message) = check_url(url) {
                    fault("url", message);
                }
            }
        }
        if let Some(Err(message)) = module.integrity.as_deref().map(check_integrity) {
            fault("integrity", message);
        }
        for (list, sources) in module.content_security_policy.lists() {
            for (at, source) in sources.iter().enumerate() {
                if let Err(message) = check_source(list, source) {
                    fault(&format!("contentSecurityPolicy.{list}.{at}"), message);
                }
            }
        }
    }
    faults
}

impl ModulePolicyConfig {
    /// The lists by their keys.
    pub(crate) fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("connect", &self.connect),
            ("images", &self.images),
            ("styles", &self.styles),
            ("fonts", &self.fonts),
            ("frames", &self.frames),
            ("scripts", &self.scripts),
        ]
    }
}
