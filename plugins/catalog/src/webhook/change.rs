use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::config::WebhookType;

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
}

#[derive(Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default)]
    forced: bool,
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

#[derive(Default, Deserialize)]
#[serde(default)]
struct Repository {
    #[serde(alias = "web_url")]
    html_url: Option<String>,
    #[serde(alias = "git_http_url")]
    clone_url: Option<String>,
    default_branch: Option<String>,
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
    pub fn read(type_: WebhookType, event: &str, body: &[u8]) -> Result<Option<Self>, String> {
        let unreadable =
            |error: serde_json::Error| format!("the body is not what this webhook sends: {error}");
        match (type_, event) {
            (WebhookType::Generic, _) => {
                let Generic { urls, repository, branch, default_branch, files } =
                    serde_json::from_slice(body).map_err(unreadable)?;
                let repositories = repository.iter().filter_map(|url| address(url)).collect();
                Ok(Some(Self { urls, repositories, branch, default_branch, files }))
            }
            (WebhookType::Github | WebhookType::Gitea, "push") | (WebhookType::Gitlab, "Push Hook") => {
                // GitLab names the repository twice; the project says more.
                let mut body: Value = serde_json::from_slice(body).map_err(unreadable)?;
                if let (WebhookType::Gitlab, Some(fields)) = (type_, body.as_object_mut()) {
                    fields.remove("repository");
                }
                serde_json::from_value(body).map(Push::change).map_err(unreadable)
            }
            (WebhookType::Github | WebhookType::Gitea, "repository") => {
                #[derive(Deserialize)]
                struct Event {
                    repository: Repository,
                }
                let Event { repository } = serde_json::from_slice(body).map_err(unreadable)?;
                Ok(Some(Self { repositories: repository.addresses(), ..Self::default() }))
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
        let is_whole = !self.forced && (1..MOST_COMMITS).contains(&told) && told == self.commits.len();
        let files =
            self.commits.into_iter().flat_map(|commit| [commit.added, commit.removed, commit.modified]);
        Some(Change {
            urls: Vec::new(),
            repositories: self.repository.addresses(),
            branch: Some(branch),
            default_branch: self.repository.default_branch,
            files: is_whole.then(|| files.flatten().collect()),
        })
    }
}

impl Repository {
    fn addresses(&self) -> Vec<String> {
        let mut addresses: Vec<String> =
            [&self.html_url, &self.clone_url].into_iter().flatten().filter_map(|url| address(url)).collect();
        addresses.dedup();
        addresses
    }
}

/// The address of a repository as locations write it.
fn address(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let text = url.as_str().trim_end_matches('/');
    Some(text.strip_suffix(".git").unwrap_or(text).to_owned())
}
