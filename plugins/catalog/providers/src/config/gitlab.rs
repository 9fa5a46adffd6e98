use callboard_kit::Findings;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{ScheduleConfig, github::is_host, is_pattern};

/// Projects of a GitLab, each read as a location.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct GitlabProviderConfig {
    /// The host as in `integrations.gitlab`; `gitlab.com` unless told.
    pub host: Option<String>,
    /// The group whose projects are read, with those of the groups below it, as its path or id. Without one, all that
    /// the token sees; gitlab.com takes one.
    pub group: Option<String>,
    /// The branch that is read; the default one of each project unless told.
    pub branch: Option<String>,
    /// The branch that is read of a project that names no default one; `main` unless told.
    pub fallback_branch: Option<String>,
    /// The file that is read of each; `catalog-info.yaml` unless told.
    pub entity_filename: Option<String>,
    /// A regular expression that the whole path of a project, `group/project`, matches.
    pub project_pattern: Option<String>,
    /// Paths of projects that are left out.
    pub exclude_repos: Vec<String>,
    /// Only projects that have one of these topics.
    pub topics: Option<Vec<String>>,
    /// Leaves forks out.
    pub skip_forked_repos: bool,
    /// Reads archived projects too.
    pub include_archived_repos: bool,
    /// Whether projects without the file are left out; they are unless told.
    pub validate_locations_exist: Option<bool>,
    /// Has groups and their members become groups and users.
    pub org_enabled: bool,
    /// A regular expression that the whole path of a group matches.
    pub group_pattern: Option<String>,
    /// A regular expression that the whole user name matches.
    pub user_pattern: Option<String>,
    /// When it looks.
    pub schedule: ScheduleConfig,
}

impl GitlabProviderConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        is_host("host", self.host.as_deref(), &mut findings);
        for (key, pattern) in [
            ("projectPattern", &self.project_pattern),
            ("groupPattern", &self.group_pattern),
            ("userPattern", &self.user_pattern),
        ] {
            is_pattern(key, pattern.as_ref(), &mut findings);
        }
        if self.group.is_none() && self.host() == "gitlab.com" {
            let message = "is missing: without one, everything that is public on gitlab.com would be read";
            findings.error("group", message);
        }
        let empty =
            |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim_matches('/').is_empty());
        if empty(&self.group) {
            findings.error("group", "is empty, name a group or leave it out");
        }
        if empty(&self.entity_filename) {
            findings.error("entityFilename", "is empty, name a file such as `catalog-info.yaml`");
        }
        self.schedule.check(&mut findings);
        findings
    }

    /// The host.
    pub fn host(&self) -> &str {
        self.host.as_deref().unwrap_or("gitlab.com")
    }
}
