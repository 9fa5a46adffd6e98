use serde::Deserialize;
use serde_json::Value;

use super::{
    config::WebhookType,
    repository::{ProjectEvent, Repository, RepositoryEvent, address},
};

/// What a webhook says has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// URLs that have changed themselves.
    pub urls: Vec<String>,
    /// The addresses of the repository, without `.git` and without a slash at the end.
    pub repositories: Vec<String>,
    /// The branch; `None` for anything in the repository.
    pub branch: Option<String>,
    /// The branch of what names none.
    pub default_branch: Option<String>,
    /// The paths; `None` where they are not all known.
    pub files: Option<Vec<String>>,
    /// Where the repository was before, and where it is now.
    pub moved: Option<(String, String)>,
    /// Whether the repository is there no more.
    pub is_gone: bool,
}

/// What a sender says beside the body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Event<'e> {
    /// What has happened.
    pub name: &'e str,
    /// Which GitLab it is from, whose events name projects by their paths alone.
    pub instance: Option<&'e str>,
}

#[derive(Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default)]
    forced: bool,
    #[serde(default)]
    created: bool,
    before: Option<String>,
    #[serde(default)]
    commits: Vec<Commit>,
    total_commits_count: Option<usize>,
    total_commits: Option<usize>,
    #[serde(alias = "project")]
    repository: Repository,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Commit {
    added: Vec<String>,
    removed: Vec<String>,
    modified: Vec<String>,
}

/// What others send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Generic {
    #[serde(default)]
    urls: Vec<String>,
    repository: Option<String>,
    branch: Option<String>,
    default_branch: Option<String>,
    files: Option<Vec<String>>,
}

/// More commits than forges tell of in one push.
const MOST_COMMITS: usize = 2048;

impl Change {
    /// Reads what a sender wrote; `None` where that says nothing of files, and an error where it cannot be read.
    pub fn read(type_: WebhookType, event: &Event<'_>, body: &[u8]) -> Result<Option<Self>, String> {
        let unreadable =
            |error: serde_json::Error| format!("the body is not what this webhook sends: {error}");
        match (type_, event.name) {
            (WebhookType::Generic, _) => {
                let Generic { urls, repository, branch, default_branch, files } =
                    serde_json::from_slice(body).map_err(unreadable)?;
                let repositories = repository.iter().filter_map(|url| address(url)).collect();
                Ok(Some(Self { urls, repositories, branch, default_branch, files, ..Self::default() }))
            }
            (WebhookType::Github | WebhookType::Gitea, "push") => {
                serde_json::from_slice(body).map(Push::change).map_err(unreadable)
            }
            (WebhookType::Github | WebhookType::Gitea, "repository") => {
                serde_json::from_slice(body).map(RepositoryEvent::change).map_err(unreadable).map(Some)
            }
            (WebhookType::Gitlab, "Push Hook" | "System Hook" | "Project Hook") => {
                let mut body: Value = serde_json::from_slice(body).map_err(unreadable)?;
                if body.get("ref").is_none() {
                    let event_of = ProjectEvent::deserialize(body).map_err(unreadable)?;
                    return Ok(event_of.change(event.instance));
                }
                // GitLab names the repository twice; the project says more.
                if let Some(fields) = body.as_object_mut() {
                    fields.remove("repository");
                }
                serde_json::from_value(body).map(Push::change).map_err(unreadable)
            }
            _ => Ok(None),
        }
    }
}

impl Push {
    fn change(self) -> Option<Change> {
        // Tags do not move.
        let branch = self.reference.strip_prefix("refs/heads/")?.to_owned();
        let told = self.total_commits_count.or(self.total_commits).unwrap_or(self.commits.len());
        // A new branch has files that none of its commits is about.
        let is_new = self.created
            || self
                .before
                .is_some_and(|before| !before.is_empty() && before.bytes().all(|byte| byte == b'0'));
        let is_whole =
            !self.forced && !is_new && (1..MOST_COMMITS).contains(&told) && told == self.commits.len();
        let files =
            self.commits.into_iter().flat_map(|commit| [commit.added, commit.removed, commit.modified]);
        Some(Change {
            urls: Vec::new(),
            repositories: self.repository.addresses(),
            branch: Some(branch),
            default_branch: self.repository.default_branch,
            files: is_whole.then(|| files.flatten().collect()),
            ..Change::default()
        })
    }
}
