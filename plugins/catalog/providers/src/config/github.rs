use callboard_kit::Findings;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::{ScheduleConfig, is_pattern};

/// Repositories of a GitHub, each read as a location.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct GithubProviderConfig {
    /// The organisation or user whose repositories are read.
    pub organization: String,
    /// The host as in `integrations.github`; `github.com` unless told.
    pub host: Option<String>,
    /// The file that is read of each, or a glob; `/catalog-info.yaml` unless told.
    pub catalog_path: Option<String>,
    /// Which repositories.
    pub filters: GithubFilters,
    /// Whether repositories without the file are left out; they are unless told. What a glob names is not looked for.
    pub validate_locations_exist: Option<bool>,
    /// When it looks.
    pub schedule: ScheduleConfig,
}

/// Which repositories of a GitHub are read.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct GithubFilters {
    /// The branch that is read; the default one of each repository unless told.
    pub branch: Option<String>,
    /// A regular expression that the whole name matches.
    pub repository: Option<String>,
    /// By topics.
    pub topic: TopicFilter,
    /// Whether forks are read; they are unless told.
    pub allow_forks: Option<bool>,
    /// Whether archived repositories are read.
    pub allow_archived: bool,
    /// `public`, `private`, `internal`; all unless told.
    pub visibility: Option<Vec<Visibility>>,
}

/// Who sees a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Visibility {
    /// Everyone.
    Public,
    /// Who was let in.
    Private,
    /// Everyone in the enterprise.
    Internal,
}

impl Visibility {
    /// As GitHub writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Private => "PRIVATE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// What the topics of a repository have to be.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct TopicFilter {
    /// Has one of these.
    pub include: Option<Vec<String>>,
    /// Has none of these.
    pub exclude: Option<Vec<String>>,
}

impl TopicFilter {
    /// Whether topics are as they have to be.
    pub fn takes(&self, topics: &[&str]) -> bool {
        let has = |names: &Vec<String>| {
            topics.iter().any(|topic| names.iter().any(|name| name.eq_ignore_ascii_case(topic)))
        };
        self.include.as_ref().is_none_or(has) && !self.exclude.as_ref().is_some_and(has)
    }
}

/// Members and teams of organisations of a GitHub, as users and groups.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct GithubOrgProviderConfig {
    /// The address of the GitHub; `https://github.com` unless told.
    pub github_url: Option<String>,
    /// The organisations. Where there are several, the teams of each are in a namespace of its name.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "Vec<String>")]
    pub orgs: Vec<String>,
    /// When it looks.
    pub schedule: ScheduleConfig,
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        More(Vec<String>),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::One(name) => vec![name],
        Written::More(names) => names,
    })
}

impl GithubProviderConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        is_login("organization", &self.organization, &mut findings);
        is_host("host", self.host.as_deref(), &mut findings);
        is_pattern("filters.repository", self.filters.repository.as_ref(), &mut findings);
        if self.catalog_path.as_ref().is_some_and(|path| path.trim_matches('/').is_empty()) {
            findings.error("catalogPath", "is empty, name a file such as `/catalog-info.yaml`");
        }
        self.schedule.check(&mut findings);
        findings
    }
}

impl GithubOrgProviderConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        if self.orgs.is_empty() {
            findings.error("orgs", "is empty, name one or more organisations");
        }
        for (number, org) in self.orgs.iter().enumerate() {
            is_login(&format!("orgs.{number}"), org, &mut findings);
        }
        let is_address = |url: &String| url::Url::parse(url).is_ok_and(|url| url.has_host());
        if self.github_url.as_ref().is_some_and(|url| !is_address(url)) {
            findings.error("githubUrl", "is no URL, write it as `https://github.example.com`");
        }
        self.schedule.check(&mut findings);
        findings
    }
}

fn is_login(key: &str, login: &str, findings: &mut Findings) {
    if login.is_empty()
        || !login.chars().all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
    {
        findings.error(key, format!("`{login}` is no name of an organisation or a user"));
    }
}

/// An error unless this is a host without a scheme.
pub fn is_host(key: &str, host: Option<&str>, findings: &mut Findings) {
    if host.is_some_and(|host| host.is_empty() || host.contains(['/', '@', ' '])) {
        findings.error(key, "is a host as in `integrations`, such as `git.example.com`");
    }
}
