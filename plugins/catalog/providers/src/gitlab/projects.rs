use std::time::Duration;

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceReader, SourceUrl};
use futures::{StreamExt, TryStreamExt, stream};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::rest::Gitlab;
use crate::{
    config::{GitlabProviderConfig, pattern},
    provider::{EntityProvider, FoundLocation, ProviderMutation, Told},
};

/// Projects whose file is looked for at the same time.
const AT_ONCE: usize = 8;

/// Finds the projects of a GitLab.
#[derive(Debug)]
pub struct GitlabProvider {
    id: String,
    config: GitlabProviderConfig,
    pattern: Option<Regex>,
}

#[derive(Deserialize)]
struct Project {
    path_with_namespace: String,
    web_url: Url,
    /// None where nothing was pushed yet, or the token may not see the code.
    default_branch: Option<String>,
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    empty_repo: bool,
    #[serde(rename = "forked_from_project")]
    origin: Option<Value>,
    #[serde(default, alias = "tag_list")]
    topics: Vec<String>,
}

impl GitlabProvider {
    /// The provider of a config; `None` where its pattern is none.
    pub fn new(name: &str, config: &GitlabProviderConfig) -> Option<Self> {
        let pattern = match &config.project_pattern {
            Some(text) => Some(pattern(text)?),
            None => None,
        };
        Some(Self { id: format!("gitlab:{name}"), config: config.clone(), pattern })
    }

    fn file(&self) -> &str {
        self.config.entity_filename.as_deref().unwrap_or("catalog-info.yaml").trim_matches('/')
    }

    fn takes(&self, project: &Project) -> bool {
        let config = &self.config;
        let path = project.path_with_namespace.as_str();
        let has_topic = |topics: &Vec<String>| {
            project.topics.iter().any(|topic| topics.iter().any(|wanted| wanted.eq_ignore_ascii_case(topic)))
        };
        let is_left_out = project.empty_repo
            || (project.archived && !config.include_archived_repos)
            || (project.origin.is_some() && config.skip_forked_repos)
            || config.exclude_repos.iter().any(|excluded| excluded.eq_ignore_ascii_case(path));
        let is_named = self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(path));
        !is_left_out && is_named && config.topics.as_ref().is_none_or(has_topic)
    }

    /// The file of a project.
    fn location(&self, project: &Project) -> Option<Url> {
        let fallback = self.config.fallback_branch.as_deref().unwrap_or("main");
        let default = project.default_branch.as_deref().unwrap_or(fallback);
        let branch = self.config.branch.as_deref().unwrap_or(default);
        let mut url = project.web_url.clone();
        url.path_segments_mut()
            .ok()?
            .pop_if_empty()
            .extend(["-", "blob", branch])
            .extend(self.file().split('/'));
        Some(url)
    }

    /// Whether a file is there. Where the token may see that there is code and not the file, it is taken to be: its
    /// location tells why it cannot be read, and what was read before stays.
    async fn is_there(
        &self,
        sources: &dyn SourceReader,
        url: &Url,
        has_code: bool,
    ) -> Result<bool, ReadFailure> {
        match sources.read(&SourceUrl::url(url.clone())).await {
            Ok(_) | Err(ReadFailure::TooLarge(_)) => Ok(true),
            Err(ReadFailure::Unauthorized(_)) => Ok(has_code),
            Err(ReadFailure::NotFound(_)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }
}

#[async_trait]
impl EntityProvider for GitlabProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> &'static str {
        "gitlab"
    }

    fn target(&self) -> String {
        let group = self.config.group.as_deref().unwrap_or_default().trim_matches('/');
        format!("https://{}/{group}", self.config.host())
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    fn concerns(&self, told: &Told<'_>) -> bool {
        // A group may be named by its id, which no address tells.
        let branch = self.config.branch.as_deref();
        ["https", "http"]
            .into_iter()
            .any(|scheme| told.is_below(&format!("{scheme}://{}", self.config.host()), self.file(), branch))
    }

    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let gitlab = Gitlab { sources, host: self.config.host() };
        let mut query = Vec::new();
        if !self.config.include_archived_repos {
            query.push(("archived", "false".to_owned()));
        }
        let group = self.config.group.as_deref().map(|group| group.trim_matches('/'));
        let path: Vec<&str> = if let Some(group) = group {
            query.push(("include_subgroups", "true".to_owned()));
            // Whoever sees a public group may share a project of their own with it.
            query.push(("with_shared", "false".to_owned()));
            vec!["groups", group, "projects"]
        } else {
            // Past 50 000 projects only this is told of.
            query.extend([("pagination", "keyset".to_owned()), ("order_by", "id".to_owned())]);
            vec!["projects"]
        };
        let found: Vec<Project> = gitlab.all(&path, query).await?;
        let taken: Vec<(Url, bool)> = found
            .iter()
            .filter(|project| self.takes(project))
            .filter_map(|project| Some((self.location(project)?, project.default_branch.is_some())))
            .collect();
        let checks = self.config.validate_locations_exist.unwrap_or(true);
        let checked = stream::iter(taken).map(|(url, has_code)| async move {
            let is_there = !checks || self.is_there(sources, &url, has_code).await?;
            Ok::<_, ReadFailure>(is_there.then(|| FoundLocation::url(url)))
        });
        let locations: Vec<Option<FoundLocation>> = checked.buffered(AT_ONCE).try_collect().await?;
        Ok(ProviderMutation::locations(locations.into_iter().flatten().collect()))
    }
}
