use callboard_kit::{Findings, HumanDuration, Secret};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::git_config::GitReadingConfig;

/// What plugins may read of what others host: `backend.reading`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadingConfig {
    /// Hosts that may be read beside those of `integrations`.
    pub allow: Vec<AllowedHost>,
    /// The largest file, in bytes, after decompression.
    pub max_bytes: u64,
    /// How long one request may take.
    pub timeout: HumanDuration,
    /// Limits of what is read from git repositories.
    pub git: GitReadingConfig,
}

impl Default for ReadingConfig {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            max_bytes: 10 * 1024 * 1024,
            timeout: HumanDuration::from_secs(30),
            git: GitReadingConfig::default(),
        }
    }
}

/// A host that may be read.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct AllowedHost {
    /// `example.com`, `*.example.com` for every host below it, `example.com:8443` for another port.
    pub host: String,
    /// Only what lies below one of these paths.
    pub paths: Option<Vec<String>>,
    /// Whether the host may have an address of a private network. Without it such addresses are refused whatever name
    /// leads to them.
    pub allow_private: bool,
}

/// The forges that the portal knows: `integrations`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct IntegrationsConfig {
    /// GitHub and GitHub Enterprise Server.
    pub github: Vec<GithubConfig>,
    /// GitLab.
    pub gitlab: Vec<GitlabConfig>,
    /// Gitea and Forgejo.
    pub gitea: Vec<GiteaConfig>,
    /// Bitbucket Cloud.
    pub bitbucket_cloud: Vec<BitbucketCloudConfig>,
    /// Bitbucket Data Center and Server.
    pub bitbucket_server: Vec<BitbucketServerConfig>,
    /// Azure DevOps.
    pub azure: Vec<AzureConfig>,
}

/// A GitHub.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct GithubConfig {
    /// Its host; `github.com` unless told.
    pub host: Option<String>,
    /// Its REST API; made from the host unless told.
    pub api_base_url: Option<String>,
    /// A token that may read the repositories.
    pub token: Option<Secret>,
    /// GitHub Apps, asked for tokens in place of `token` where they are installed.
    pub apps: Vec<GithubAppConfig>,
    /// Whether it may have an address of a private network.
    pub allow_private: bool,
}

/// A GitHub App.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct GithubAppConfig {
    /// Its id.
    pub app_id: u64,
    /// Its private key, PEM.
    pub private_key: Secret,
    /// Only for repositories of these owners; all where it is installed unless told.
    pub allowed_installation_owners: Option<Vec<String>>,
}

/// A GitLab.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct GitlabConfig {
    /// Its host; `gitlab.com` unless told.
    pub host: Option<String>,
    /// Its REST API; made from the host unless told.
    pub api_base_url: Option<String>,
    /// A token that may read the repositories.
    pub token: Option<Secret>,
    /// Whether it may have an address of a private network.
    pub allow_private: bool,
}

/// A Gitea or Forgejo.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct GiteaConfig {
    /// Its host, with the port if that is not the usual one.
    pub host: String,
    /// Its address, where that is not `https://` and the host.
    pub base_url: Option<String>,
    /// A token that may read the repositories, or the password of `username`.
    pub password: Option<Secret>,
    /// Whose password it is; without it `password` is a token.
    pub username: Option<String>,
    /// Whether it may have an address of a private network.
    pub allow_private: bool,
}

/// Bitbucket Cloud.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct BitbucketCloudConfig {
    /// Its REST API; that of bitbucket.org unless told.
    pub api_base_url: Option<String>,
    /// Whose token or app password it is.
    pub username: Option<String>,
    /// An API token of `username`, or a repository or workspace access token.
    pub token: Option<Secret>,
    /// An app password of `username`.
    pub app_password: Option<Secret>,
}

/// A Bitbucket Data Center or Server.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct BitbucketServerConfig {
    /// Its host.
    pub host: String,
    /// Its REST API; made from the host unless told.
    pub api_base_url: Option<String>,
    /// An HTTP access token.
    pub token: Option<Secret>,
    /// Whether it may have an address of a private network.
    pub allow_private: bool,
}

/// Azure DevOps.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct AzureConfig {
    /// Its host, with the port if that is not the usual one; `dev.azure.com` unless told.
    pub host: Option<String>,
    /// Its address, where that is not `https://` and the host.
    pub base_url: Option<String>,
    /// A personal access token.
    pub personal_access_token: Option<Secret>,
    /// Whether it may have an address of a private network.
    pub allow_private: bool,
}

impl ReadingConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = self.git.check().within("git");
        for (number, rule) in self.allow.iter().enumerate() {
            let at = |key: &str| format!("allow.{number}.{key}");
            let host = rule.host.strip_prefix("*.").unwrap_or(&rule.host);
            if host.is_empty() || host.contains(['/', '*', '@', ' ']) {
                let message = "is a host such as `example.com`, `*.example.com` or `example.com:8443`";
                findings.error(at("host"), message);
            }
            for (index, path) in rule.paths.iter().flatten().enumerate() {
                if !path.starts_with('/') {
                    findings.error(format!("{}.{index}", at("paths")), "begins with `/`");
                }
            }
        }
        findings
    }
}
