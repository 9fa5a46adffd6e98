use std::time::Duration;

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceReader};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::graphql::Github;
use crate::{
    config::{GithubProviderConfig, Visibility, pattern},
    provider::{EntityProvider, FoundLocation, ProviderMutation, Told},
};

const QUERY: &str = "\
query Repositories($owner: String!, $expression: String!, $after: String) {
  repositoryOwner(login: $owner) {
    repositories(first: 50, after: $after, ownerAffiliations: [OWNER]) {
      pageInfo { hasNextPage endCursor }
      nodes {
        name url isArchived isFork visibility
        defaultBranchRef { name }
        repositoryTopics(first: 100) { nodes { topic { name } } }
        object(expression: $expression) { __typename }
      }
    }
  }
}";

/// Finds the repositories of an organisation or a user of a GitHub.
#[derive(Debug)]
pub struct GithubProvider {
    id: String,
    config: GithubProviderConfig,
    pattern: Option<Regex>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Repository {
    name: String,
    url: Url,
    is_archived: bool,
    is_fork: bool,
    visibility: String,
    /// None where nothing was pushed yet.
    default_branch_ref: Option<Branch>,
    #[serde(rename = "repositoryTopics")]
    topics: Topics,
    /// The file.
    object: Option<Value>,
}

#[derive(Deserialize)]
struct Branch {
    name: String,
}

#[derive(Deserialize)]
struct Topics {
    nodes: Vec<TopicNode>,
}

#[derive(Deserialize)]
struct TopicNode {
    topic: Topic,
}

#[derive(Deserialize)]
struct Topic {
    name: String,
}

impl GithubProvider {
    /// The provider of a config; `None` where its pattern is none.
    pub fn new(name: &str, config: &GithubProviderConfig) -> Option<Self> {
        let pattern = match &config.filters.repository {
            Some(text) => Some(pattern(text)?),
            None => None,
        };
        Some(Self { id: format!("github:{name}"), config: config.clone(), pattern })
    }

    fn host(&self) -> &str {
        self.config.host.as_deref().unwrap_or("github.com")
    }

    fn path(&self) -> &str {
        self.config.catalog_path.as_deref().unwrap_or("/catalog-info.yaml").trim_matches('/')
    }

    fn is_glob(&self) -> bool {
        self.path().contains(['*', '?', '[', '{'])
    }

    fn takes(&self, repository: &Repository) -> bool {
        let filters = &self.config.filters;
        let topics: Vec<&str> = repository.topics.nodes.iter().map(|node| node.topic.name.as_str()).collect();
        let is_visible =
            |wanted: &Vec<_>| wanted.iter().any(|one: &Visibility| one.as_str() == repository.visibility);
        (filters.allow_archived || !repository.is_archived)
            && (filters.allow_forks.unwrap_or(true) || !repository.is_fork)
            && filters.visibility.as_ref().is_none_or(is_visible)
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(&repository.name))
            && filters.topic.takes(&topics)
            && (self.is_glob()
                || repository.object.is_some()
                || !self.config.validate_locations_exist.unwrap_or(true))
    }

    /// The file of a repository; `None` where it has no branch.
    fn location(&self, repository: &Repository) -> Option<FoundLocation> {
        let default = repository.default_branch_ref.as_ref().map(|branch| branch.name.as_str());
        let branch = self.config.filters.branch.as_deref().or(default)?;
        let mut url = repository.url.clone();
        url.path_segments_mut().ok()?.pop_if_empty().extend(["blob", branch]).extend(self.path().split('/'));
        Some(FoundLocation::url(url))
    }
}

#[async_trait]
impl EntityProvider for GithubProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> &'static str {
        "github"
    }

    fn target(&self) -> String {
        format!("https://{}/{}", self.host(), self.config.organization)
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    fn concerns(&self, told: &Told<'_>) -> bool {
        let below = |scheme: &str| format!("{scheme}://{}/{}", self.host(), self.config.organization);
        let branch = self.config.filters.branch.as_deref();
        ["https", "http"].into_iter().any(|scheme| told.is_below(&below(scheme), self.path(), branch))
    }

    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let owner = &self.config.organization;
        let github = Github { sources, host: self.host(), owner };
        let branch = self.config.filters.branch.as_deref().unwrap_or("HEAD");
        let file = if self.is_glob() { "" } else { self.path() };
        let variables = json!({ "owner": owner, "expression": format!("{branch}:{file}") });
        let found: Vec<Repository> = github.all(QUERY, variables, "/repositoryOwner/repositories").await?;
        let taken = found.iter().filter(|repository| self.takes(repository));
        Ok(ProviderMutation::locations(taken.filter_map(|repository| self.location(repository)).collect()))
    }
}
