//! Reads what others host for the plugins of the portal, and nothing that the config does not allow: files behind URLs,
//! files of forges through their APIs, and git repositories.

mod address;
mod api;
mod config;
mod forge;
mod git;
mod git_config;
mod git_reader;
mod guard;
mod http;
mod integrations;
mod integrations_check;
mod paging;
mod paths;
mod reader;
mod wanted;

pub use config::{
    AllowedHost, AzureConfig, BitbucketCloudConfig, BitbucketServerConfig, GiteaConfig, GithubAppConfig,
    GithubConfig, GitlabConfig, IntegrationsConfig, ReadingConfig,
};
pub use git_config::GitReadingConfig;
pub use reader::Reading;
