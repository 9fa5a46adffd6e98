//! What the config says about providers: `catalog.providers`.

mod directory;
mod github;
mod gitlab;
mod pattern;
mod schedule;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use callboard_kit::Findings;
use schemars::JsonSchema;
use serde::Deserialize;

pub use directory::DirectoryProviderConfig;
pub use github::{GithubFilters, GithubOrgProviderConfig, GithubProviderConfig, TopicFilter, Visibility};
pub use gitlab::GitlabProviderConfig;
pub use pattern::{is_pattern, pattern};
pub use schedule::ScheduleConfig;

use crate::{
    DirectoryProvider, EntityProvider, GithubOrgProvider, GithubProvider, GitlabOrgProvider, GitlabProvider,
    JsonProvider, JsonProviderConfig,
};

/// What finds entities and locations by itself, each under a name that stays: what it found is kept under it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ProvidersConfig {
    /// Repositories of an organisation or a user of a GitHub.
    pub github: BTreeMap<String, GithubProviderConfig>,
    /// Members and teams of organisations of a GitHub.
    pub github_org: BTreeMap<String, GithubOrgProviderConfig>,
    /// Projects of a GitLab, and its groups and users where `orgEnabled` is set.
    pub gitlab: BTreeMap<String, GitlabProviderConfig>,
    /// Clones below a folder of the server.
    pub directory: BTreeMap<String, DirectoryProviderConfig>,
    /// Objects that somebody serves as JSON, or that are in a file.
    pub json: BTreeMap<String, JsonProviderConfig>,
}

impl ProvidersConfig {
    /// What its types cannot say; keys are below `providers`.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        check_each("github", &self.github, &mut findings, GithubProviderConfig::check);
        check_each("githubOrg", &self.github_org, &mut findings, GithubOrgProviderConfig::check);
        check_each("gitlab", &self.gitlab, &mut findings, GitlabProviderConfig::check);
        check_each("directory", &self.directory, &mut findings, DirectoryProviderConfig::check);
        check_each("json", &self.json, &mut findings, JsonProviderConfig::check);
        findings
    }

    /// The providers; `base` is what relative paths are relative to. What the check refuses is left out.
    pub fn providers(&self, base: &Path) -> Vec<Arc<dyn EntityProvider>> {
        let mut providers: Vec<Arc<dyn EntityProvider>> = Vec::new();
        for (name, config) in &self.github {
            providers.extend(GithubProvider::new(name, config).map(|provider| Arc::new(provider) as _));
        }
        for (name, config) in &self.github_org {
            providers.push(Arc::new(GithubOrgProvider::new(name, config)));
        }
        for (name, config) in &self.gitlab {
            providers.extend(GitlabProvider::new(name, config).map(|provider| Arc::new(provider) as _));
            if config.org_enabled {
                providers
                    .extend(GitlabOrgProvider::new(name, config).map(|provider| Arc::new(provider) as _));
            }
        }
        for (name, config) in &self.directory {
            providers.push(Arc::new(DirectoryProvider::new(name, config, base)));
        }
        for (name, config) in &self.json {
            providers.extend(JsonProvider::new(name, config, base).map(|provider| Arc::new(provider) as _));
        }
        providers
    }
}

/// Checks the providers of one kind.
fn check_each<C>(
    kind: &str,
    configs: &BTreeMap<String, C>,
    findings: &mut Findings,
    check: impl Fn(&C) -> Findings,
) {
    for (name, config) in configs {
        let section = format!("providers.{kind}.{name}");
        if name.is_empty()
            || !name.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
        {
            findings.error(&section, "a provider is named with letters, digits, `-`, `_` and `.`");
        }
        let found = check(config).within(&section);
        findings.errors.extend(found.errors);
        findings.warnings.extend(found.warnings);
    }
}
