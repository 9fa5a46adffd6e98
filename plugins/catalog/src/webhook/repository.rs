//! What forges say of repositories: where they are, and that they have moved or are gone.

use serde::Deserialize;
use url::Url;

use super::change::Change;

/// A repository, as GitHub, GitLab and Gitea name it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Repository {
    #[serde(alias = "web_url")]
    html_url: Option<String>,
    #[serde(alias = "git_http_url")]
    clone_url: Option<String>,
    pub default_branch: Option<String>,
}

/// What GitHub and Gitea say when a repository is created, renamed, transferred, archived or deleted.
#[derive(Deserialize)]
pub struct RepositoryEvent {
    #[serde(default)]
    action: String,
    repository: Repository,
    #[serde(default)]
    changes: Changes,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Changes {
    repository: Option<Renamed>,
    owner: Option<Transferred>,
}

#[derive(Deserialize)]
struct Renamed {
    name: Before<String>,
}

#[derive(Deserialize)]
struct Transferred {
    from: Owners,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Owners {
    user: Option<Owner>,
    organization: Option<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    login: String,
}

#[derive(Deserialize)]
struct Before<T> {
    from: T,
}

/// What a GitLab says when a project is created, renamed, transferred or deleted, or a group renamed.
#[derive(Deserialize)]
pub struct ProjectEvent {
    #[serde(default)]
    event_name: String,
    #[serde(alias = "full_path")]
    path_with_namespace: Option<String>,
    #[serde(alias = "old_full_path")]
    old_path_with_namespace: Option<String>,
}

impl Repository {
    /// Its addresses as locations write them.
    pub fn addresses(&self) -> Vec<String> {
        let mut addresses: Vec<String> =
            [&self.html_url, &self.clone_url].into_iter().flatten().filter_map(|url| address(url)).collect();
        addresses.dedup();
        addresses
    }
}

impl RepositoryEvent {
    /// What that changes.
    pub fn change(self) -> Change {
        let repositories = self.repository.addresses();
        let old = repositories.first().and_then(|now| {
            let (above, name) = now.rsplit_once('/')?;
            let (host, owner) = above.rsplit_once('/')?;
            let changes = self.changes;
            let name = changes.repository.map_or_else(|| name.to_owned(), |renamed| renamed.name.from);
            let before = changes.owner.and_then(|owner| owner.from.organization.or(owner.from.user));
            let owner = before.map_or_else(|| owner.to_owned(), |owner| owner.login);
            Some(format!("{host}/{owner}/{name}")).filter(|old| old != now)
        });
        Change { is_gone: self.action == "deleted", ..moved(repositories, old) }
    }
}

impl ProjectEvent {
    /// What that changes; `None` where it is about no project.
    pub fn change(self, instance: Option<&str>) -> Option<Change> {
        if !self.event_name.starts_with("project_") && self.event_name != "group_rename" {
            return None;
        }
        let place = |path: Option<String>| address(&format!("{}/{}", instance?.trim_end_matches('/'), path?));
        let now = place(self.path_with_namespace)?;
        let old = place(self.old_path_with_namespace).filter(|old| *old != now);
        Some(Change { is_gone: self.event_name == "project_destroy", ..moved(vec![now], old) })
    }
}

/// What is true of a repository that may have been elsewhere.
fn moved(mut repositories: Vec<String>, old: Option<String>) -> Change {
    let moved = old.clone().zip(repositories.first().cloned());
    repositories.extend(old);
    Change { repositories, moved, ..Change::default() }
}

/// The address of a repository as locations write it.
pub fn address(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let text = url.as_str().trim_end_matches('/');
    Some(text.strip_suffix(".git").unwrap_or(text).to_owned())
}
