//! Front ends of plugins that are not compiled in: what the pages are told of them, and the files of those that have a
//! folder.

mod files;
mod policy;

use std::{
    fs,
    path::{Path, PathBuf},
};

use callboard_kit::StrictError;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

pub(crate) use self::{files::router, policy::page_policy};
use crate::config::{Config, ModuleConfig};

/// What a path cannot have as it is.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// What the pages read of the modules, as JSON.
pub(crate) fn list(modules: &[ModuleConfig]) -> String {
    let told = modules.iter().map(|module| {
        let mut told = Map::new();
        told.insert("id".to_owned(), json!(module.id));
        told.insert("entry".to_owned(), json!(entry_address(module)));
        if let Some(integrity) = &module.integrity {
            told.insert("integrity".to_owned(), json!(integrity));
        }
        told.insert("settings".to_owned(), Value::Object(module.settings.clone()));
        Value::Object(told)
    });
    Value::Array(told.collect()).to_string()
}

/// Where browsers load the entry of a module from.
fn entry_address(module: &ModuleConfig) -> String {
    match &module.url {
        Some(url) => url.clone(),
        None => format!("/modules/{}/{}", module.id, utf8_percent_encode(module.entry_file(), PATH)),
    }
}

/// What is not on the disk as the config says, or must not be served from there.
pub(crate) fn faults(config: &Config) -> Vec<StrictError> {
    let mut faults = Vec::new();
    for (index, module) in config.core.app.modules.iter().enumerate() {
        let Some(folder) = &module.folder else { continue };
        let mut fault = |key: &str, message: String| {
            faults.push(StrictError { path: format!("app.modules.{index}.{key}"), message });
        };
        // As people would write it: without `.` in between.
        let folder: PathBuf = config.base_dir.join(folder).components().collect();
        let real = match fs::canonicalize(&folder) {
            Ok(real) if real.is_dir() => real,
            Ok(_) => {
                fault("folder", format!("`{}` is not a folder", folder.display()));
                continue;
            }
            Err(error) => {
                fault("folder", format!("cannot read `{}`: {error}", folder.display()));
                continue;
            }
        };
        if let Some(private) = private_within(config, &real) {
            let message = "whose contents are nobody's to read: give the module a folder of its own";
            fault("folder", format!("`{}` holds `{private}`, {message}", folder.display()));
            continue;
        }
        if let Err(refusal) = files::find(&real, module.entry_file()) {
            let entry = folder.join(module.entry_file());
            fault("entry", format!("`{}` {refusal}", entry.display()));
        }
    }
    faults
}

/// What of the portal's own is in a folder, or what it is in.
fn private_within(config: &Config, folder: &Path) -> Option<String> {
    let private = config.private_paths();
    let found = private.iter().find(|private| {
        // What is not there cannot be read.
        fs::canonicalize(private).is_ok_and(|real| real.starts_with(folder) || folder.starts_with(&real))
    });
    found.map(|private| private.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_told_where_each_module_begins() {
        let modules: Vec<ModuleConfig> = serde_json::from_value(json!([
            { "id": "oncall", "folder": "x", "entry": "dist/on call#1.js", "settings": { "team": "</script>\"" } },
            { "id": "far", "url": "https://cdn.example.org/index.js", "integrity": "sha384-x" },
        ]))
        .unwrap();
        let told: Value = serde_json::from_str(&list(&modules)).unwrap();
        assert_eq!(
            told,
            json!([
                { "id": "oncall", "entry": "/modules/oncall/dist/on%20call%231.js", "settings": { "team": "</script>\"" } },
                { "id": "far", "entry": "https://cdn.example.org/index.js", "integrity": "sha384-x", "settings": {} },
            ])
        );
        assert_eq!(list(&[]), "[]");
    }
}
