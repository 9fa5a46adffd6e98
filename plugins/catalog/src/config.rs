use std::path::Path;

use callboard_descriptor::{CatalogRule, ProcessOptions, Rules, ValidateOptions};
use callboard_kit::Findings;
use schemars::JsonSchema;
use serde::Deserialize;

/// What the catalog reads and whom it believes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct CatalogConfig {
    /// Where descriptors are read from. Of two that name the same entity, the one whose location comes first wins.
    pub locations: Vec<LocationConfig>,
    /// Which kinds may come from where. Left out, Component, API and Location may come from everywhere; an empty list
    /// refuses everything.
    pub rules: Option<Vec<CatalogRule>>,
    /// Takes in entities of kinds that this server does not know, judged by their envelope alone.
    pub allow_unknown_kinds: bool,
    /// What becomes of an entity that no location emits any more.
    pub orphan_strategy: OrphanStrategy,
}

/// A place to read descriptors from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LocationConfig {
    /// How it is read.
    #[serde(rename = "type")]
    pub type_: LocationType,
    /// A file, a folder (its `catalog-info.yaml` files are read) or a glob, relative to the config file.
    pub target: String,
    /// Which kinds may come from here, in place of `catalog.rules`.
    #[serde(default)]
    pub rules: Option<Vec<CatalogRule>>,
}

/// How a location is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LocationType {
    /// From the file system of the server.
    File,
}

/// What becomes of an entity that no location emits any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OrphanStrategy {
    /// It is removed.
    #[default]
    Delete,
    /// It stays, marked as an orphan.
    Keep,
}

impl CatalogConfig {
    /// What descriptors are held to wherever they come from; `base` is what relative targets are relative to.
    pub fn process_options(&self, base: &Path) -> ProcessOptions {
        // The check of the config has refused rules that cannot be used.
        let rules = Rules::new(self.rules.as_deref(), base).unwrap_or_default();
        let validate = ValidateOptions { allow_unknown_kinds: self.allow_unknown_kinds };
        ProcessOptions { validate, rules: rules.into(), ..ProcessOptions::default() }
    }

    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        let here = Path::new("/");
        let rules = Rules::new(self.rules.as_deref(), here).unwrap_or_else(|error| {
            findings.error("rules", error.to_string());
            Rules::default()
        });
        for (number, location) in self.locations.iter().enumerate() {
            if location.target.trim().is_empty() {
                let message = "is empty, name a file, a folder or a glob";
                findings.error(format!("locations.{number}.target"), message);
            }
            if let Err(error) = rules.for_location(location.rules.as_deref(), here) {
                findings.error(format!("locations.{number}.rules"), error.to_string());
            }
        }
        findings
    }
}
