use std::{borrow::Cow, path::Path, time::Duration};

use callboard_descriptor::{CatalogRule, ProcessOptions, Rules, ValidateOptions};
use callboard_kit::{Findings, HumanDuration};
use callboard_providers::ProvidersConfig;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};
use url::Url;

use crate::webhook::{self, WebhookConfig};

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
    /// What becomes of an entity that no location emits any more: its document was taken out of its file, or its file out
    /// of what led to it. What was unregistered, or taken out of the config, is always removed with all it brought in.
    pub orphan_strategy: OrphanStrategy,
    /// What becomes of what a provider found that the config names no more.
    pub orphan_provider_strategy: OrphanStrategy,
    /// Only the config says what is read: nobody registers, changes or unregisters locations.
    pub readonly: bool,
    /// How long after it was read a location is read again, give or take a tenth; `false` for only when it is asked
    /// for. Unless told otherwise, 2 minutes.
    pub processing_interval: ProcessingInterval,
    /// What finds entities and locations by itself. What it found is kept under its name: renamed, it finds it anew.
    pub providers: ProvidersConfig,
    /// Who may tell, signed, that something has changed, so that it is read again at once.
    pub webhooks: Vec<WebhookConfig>,
}

/// A place to read descriptors from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LocationConfig {
    /// How it is read.
    #[serde(rename = "type")]
    pub type_: LocationType,
    /// A file, a folder (its `catalog-info.yaml` files are read) or a glob, relative to the config file; or a URL.
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
    /// By its URL: a file, a folder or a glob of a forge in `integrations`, or a file on a host that
    /// `backend.reading.allow` names.
    Url,
    /// From a clone: `https://host/repository.git//path?ref=branch`.
    Git,
}

impl LocationType {
    /// `file`, `url` or `git`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Url => "url",
            Self::Git => "git",
        }
    }
}

/// How often locations are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessingInterval {
    /// Again after about this.
    Every(HumanDuration),
    /// When it is asked for.
    Never,
}

impl Default for ProcessingInterval {
    fn default() -> Self {
        Self::Every(HumanDuration::from_secs(120))
    }
}

impl<'de> Deserialize<'de> for ProcessingInterval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Flag(bool),
            Every(HumanDuration),
        }
        match Written::deserialize(deserializer) {
            Ok(Written::Flag(false)) => Ok(Self::Never),
            Ok(Written::Every(every)) if every.0 >= Duration::from_secs(1) => Ok(Self::Every(every)),
            _ => Err(D::Error::custom("expected a duration of 1 second or more such as `5m`, or `false`")),
        }
    }
}

impl JsonSchema for ProcessingInterval {
    fn schema_name() -> Cow<'static, str> {
        "ProcessingInterval".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let every = HumanDuration::json_schema(generator);
        json_schema!({
            "description": "How often locations are read, or `false` for only when it is asked for.",
            "anyOf": [every, { "const": false }],
        })
    }
}

/// What becomes of an entity that no location emits any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OrphanStrategy {
    /// It is removed.
    #[default]
    Delete,
    /// It stays, marked as an orphan, until somebody removes it or something emits it again.
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
                let message = "is empty, name a file, a folder, a glob or a URL";
                findings.error(format!("locations.{number}.target"), message);
            } else if location.type_ != LocationType::File && Url::parse(location.target.trim()).is_err() {
                let message = format!("`{}` is not a URL", location.target);
                findings.error(format!("locations.{number}.target"), message);
            }
            if let Err(error) = rules.for_location(location.rules.as_deref(), here) {
                findings.error(format!("locations.{number}.rules"), error.to_string());
            }
        }
        webhook::check(&self.webhooks, &mut findings);
        let providers = self.providers.check();
        findings.errors.extend(providers.errors);
        findings.warnings.extend(providers.warnings);
        findings
    }
}
