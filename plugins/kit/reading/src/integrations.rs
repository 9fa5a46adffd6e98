use std::sync::Arc;

use callboard_kit::{Clock, SourceApi};
use url::Url;

use crate::{
    config::{
        AllowedHost, AzureConfig, BitbucketCloudConfig, GithubConfig, GitlabConfig, IntegrationsConfig,
    },
    forge::{Azure, BitbucketCloud, BitbucketServer, Forge, Gitea, Github, Gitlab, Spot},
};

/// The forges that the portal knows, the public ones among them.
#[derive(Clone, Debug)]
pub struct Integrations(Arc<[Arc<dyn Forge>]>);

impl Integrations {
    /// The forges of a config; those that everyone knows are there without being in it.
    pub fn new(config: &IntegrationsConfig, clock: &Clock) -> Self {
        let mut forges: Vec<Arc<dyn Forge>> = Vec::new();
        let github = &config.github;
        let is_known = |host: &Option<String>, known: &str| {
            host.as_deref().is_none_or(|host| host.eq_ignore_ascii_case(known))
        };
        let add = |forges: &mut Vec<Arc<dyn Forge>>, forge: Option<Arc<dyn Forge>>| forges.extend(forge);
        for one in github {
            add(&mut forges, Github::new(one, clock).map(|forge| Arc::new(forge) as _));
        }
        if !github.iter().any(|one| is_known(&one.host, "github.com")) {
            add(&mut forges, Github::new(&GithubConfig::default(), clock).map(|forge| Arc::new(forge) as _));
        }
        for one in &config.gitlab {
            add(&mut forges, Gitlab::new(one).map(|forge| Arc::new(forge) as _));
        }
        if !config.gitlab.iter().any(|one| is_known(&one.host, "gitlab.com")) {
            add(&mut forges, Gitlab::new(&GitlabConfig::default()).map(|forge| Arc::new(forge) as _));
        }
        for one in &config.gitea {
            add(&mut forges, Gitea::new(one).map(|forge| Arc::new(forge) as _));
        }
        let cloud = config.bitbucket_cloud.first().cloned().unwrap_or_else(BitbucketCloudConfig::default);
        add(&mut forges, BitbucketCloud::new(&cloud).map(|forge| Arc::new(forge) as _));
        for one in &config.bitbucket_server {
            add(&mut forges, BitbucketServer::new(one).map(|forge| Arc::new(forge) as _));
        }
        for one in &config.azure {
            add(&mut forges, Azure::new(one).map(|forge| Arc::new(forge) as _));
        }
        if !config.azure.iter().any(|one| is_known(&one.host, "dev.azure.com")) {
            add(&mut forges, Azure::new(&AzureConfig::default()).map(|forge| Arc::new(forge) as _));
        }
        Self(forges.into())
    }

    /// The forge whose page a URL is, and what that shows.
    pub fn find(&self, url: &Url) -> Option<(&Arc<dyn Forge>, Spot)> {
        self.0.iter().find_map(|forge| Some((forge, forge.spot(url)?)))
    }

    /// The forge that an API is of, where the API is, and whose credentials it is asked with.
    pub fn api(&self, api: &SourceApi) -> Option<(&Arc<dyn Forge>, Url, Spot)> {
        self.0.iter().find_map(|forge| forge.api(api).map(|(url, spot)| (forge, url, spot)))
    }

    /// The hosts that may be read for the forges of a config.
    pub fn hosts(config: &IntegrationsConfig) -> Vec<AllowedHost> {
        let host = |host: &str, allow_private: bool| AllowedHost {
            host: host.to_owned(),
            paths: None,
            allow_private,
        };
        let mut hosts = Vec::new();
        let mut known = |name: &str| hosts.push(host(name, false));
        for name in ["github.com", "api.github.com", "raw.githubusercontent.com", "codeload.github.com"] {
            known(name);
        }
        for name in ["gitlab.com", "bitbucket.org", "api.bitbucket.org", "dev.azure.com"] {
            known(name);
        }
        let mut add = |name: Option<&str>, api: Option<&str>, allow_private: bool| {
            hosts.extend(name.map(|name| host(name, allow_private)));
            let api = api.and_then(|api| Url::parse(api).ok());
            let api = api.and_then(|api| {
                let name = api.host_str()?.to_owned();
                Some(api.port().map_or(name.clone(), |port| format!("{name}:{port}")))
            });
            hosts.extend(api.map(|name| host(&name, allow_private)));
        };
        for one in &config.github {
            add(one.host.as_deref(), one.api_base_url.as_deref(), one.allow_private);
        }
        for one in &config.gitlab {
            add(one.host.as_deref(), one.api_base_url.as_deref(), one.allow_private);
        }
        for one in &config.gitea {
            add(Some(&one.host), one.base_url.as_deref(), one.allow_private);
        }
        for one in &config.bitbucket_server {
            add(Some(&one.host), one.api_base_url.as_deref(), one.allow_private);
        }
        for one in &config.bitbucket_cloud {
            add(None, one.api_base_url.as_deref(), false);
        }
        for one in &config.azure {
            add(one.host.as_deref(), one.base_url.as_deref(), one.allow_private);
        }
        hosts
    }
}
