//! What finds entities and locations by itself, beyond those that the config names: the trait, and the providers that
//! are built in.

mod config;
mod directory;
mod github;
mod gitlab;
mod json;
mod naming;
mod provider;

pub use config::{
    DirectoryProviderConfig, GithubFilters, GithubOrgProviderConfig, GithubProviderConfig,
    GitlabProviderConfig, ProvidersConfig, ScheduleConfig, TopicFilter,
};
pub use directory::DirectoryProvider;
pub use github::{GithubOrgProvider, GithubProvider};
pub use gitlab::{GitlabOrgProvider, GitlabProvider};
pub use json::{JsonProvider, JsonProviderConfig};
pub use provider::{EntityProvider, FoundEntity, FoundLocation, ProviderMutation, Told};
