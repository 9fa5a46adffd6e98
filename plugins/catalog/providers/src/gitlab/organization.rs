use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceReader};
use futures::{StreamExt, TryStreamExt, stream};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::rest::Gitlab;
use crate::{
    config::{GitlabProviderConfig, pattern},
    naming::distinct,
    provider::{EntityProvider, FoundEntity, ProviderMutation},
};

/// Groups whose members are asked for at the same time.
const AT_ONCE: usize = 8;

/// Finds the groups of a GitLab, and who is in them.
#[derive(Debug)]
pub struct GitlabOrgProvider {
    id: String,
    config: GitlabProviderConfig,
    groups: Option<Regex>,
    users: Option<Regex>,
    robots: Regex,
}

#[derive(Clone, Deserialize)]
struct Group {
    id: u64,
    name: String,
    full_path: String,
    description: Option<String>,
    avatar_url: Option<String>,
    web_url: Url,
    parent_id: Option<u64>,
}

#[derive(Clone, Deserialize)]
struct Member {
    id: u64,
    username: String,
    name: String,
    state: String,
    avatar_url: Option<String>,
    web_url: Url,
    email: Option<String>,
    public_email: Option<String>,
    #[serde(default)]
    bot: bool,
    /// `awaiting` until somebody lets them in.
    membership_state: Option<String>,
}

impl GitlabOrgProvider {
    /// The provider of a config; `None` where a pattern of it is none.
    pub fn new(name: &str, config: &GitlabProviderConfig) -> Option<Self> {
        let compiled = |text: &Option<String>| match text {
            Some(text) => pattern(text).map(Some),
            None => Some(None),
        };
        Some(Self {
            id: format!("gitlabOrg:{name}"),
            config: config.clone(),
            groups: compiled(&config.group_pattern)?,
            users: compiled(&config.user_pattern)?,
            robots: pattern("(project|group)_[0-9]+_bot.*")?,
        })
    }

    fn root(&self) -> Option<&str> {
        self.config.group.as_deref().map(|group| group.trim_matches('/'))
    }

    async fn groups(&self, gitlab: &Gitlab<'_>) -> Result<Vec<Group>, ReadFailure> {
        let Some(root) = self.root() else { return gitlab.all(&["groups"], Vec::new()).await };
        let mut groups = vec![gitlab.one(&["groups", root]).await?];
        groups.extend(gitlab.all::<Group>(&["groups", root, "descendant_groups"], Vec::new()).await?);
        Ok(groups)
    }

    fn takes_user(&self, member: &Member) -> bool {
        member.state == "active"
            && member.membership_state.as_ref().is_none_or(|state| state == "active")
            && !member.bot
            && !self.robots.is_match(&member.username)
            && self.users.as_ref().is_none_or(|users| users.is_match(&member.username))
    }

    fn group(&self, group: &Group, names: &BTreeMap<u64, String>) -> FoundEntity {
        let mut spec = json!({ "type": "team", "profile": profile(&group.name, None, group.avatar_url.as_ref()), "children": [] });
        if let Some(parent) = group.parent_id.and_then(|id| names.get(&id)) {
            spec["parent"] = json!(parent);
        }
        let mut metadata = json!({
            "name": names.get(&group.id),
            "annotations": { format!("{}/team-path", self.config.host()): group.full_path },
        });
        if let Some(description) = group.description.as_ref().filter(|text| !text.is_empty()) {
            metadata["description"] = json!(description);
        }
        let entity = json!({ "apiVersion": "backstage.io/v1alpha1", "kind": "Group", "metadata": metadata, "spec": spec });
        FoundEntity { entity, location: format!("url:{}", group.web_url) }
    }

    fn user(&self, name: &str, member: &Member, groups: &BTreeSet<String>) -> FoundEntity {
        let email = member.email.as_ref().or(member.public_email.as_ref()).filter(|email| !email.is_empty());
        let entity = json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "User",
            "metadata": {
                "name": name,
                "annotations": {
                    format!("{}/user-login", self.config.host()): member.username,
                    format!("{}/user-id", self.config.host()): member.id.to_string(),
                },
            },
            "spec": { "profile": profile(&member.name, email, member.avatar_url.as_ref()), "memberOf": groups },
        });
        FoundEntity { entity, location: format!("url:{}", member.web_url) }
    }
}

/// What a group is called after: its path below the one of the config.
fn path_of<'g>(group: &'g Group, root: Option<&str>) -> &'g str {
    let below = root.and_then(|root| group.full_path.strip_prefix(root)?.strip_prefix('/'));
    match (below, root) {
        (Some(below), _) => below,
        (None, Some(_)) => group.full_path.rsplit('/').next().unwrap_or(&group.full_path),
        (None, None) => &group.full_path,
    }
}

fn profile(name: &str, email: Option<&String>, picture: Option<&String>) -> Value {
    let mut profile = json!({ "displayName": name });
    for (key, value) in [("email", email), ("picture", picture)] {
        if let Some(value) = value {
            profile[key] = json!(value);
        }
    }
    profile
}

#[async_trait]
impl EntityProvider for GitlabOrgProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> &'static str {
        "gitlabOrg"
    }

    fn target(&self) -> String {
        format!("https://{}/{}", self.config.host(), self.root().unwrap_or_default())
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let gitlab = &Gitlab { sources, host: self.config.host() };
        let mut groups = self.groups(gitlab).await?;
        // The config may name the group by its id.
        let root = self.root().and_then(|_| groups.first()).map(|group| group.full_path.clone());
        if let Some(pattern) = &self.groups {
            groups.retain(|group| pattern.is_match(&group.full_path));
        }
        let path = |group: &Group| path_of(group, root.as_deref()).to_owned();
        let taken = distinct(groups.iter().map(|group| (path(group), group.id)));
        groups.retain(|group| taken.contains_key(&path(group)));
        let names: BTreeMap<u64, String> =
            groups.iter().filter_map(|group| Some((group.id, taken.get(&path(group))?.clone()))).collect();
        let asked = stream::iter(groups.clone()).map(|group| async move {
            let id = group.id.to_string();
            let members: Vec<Member> = gitlab.all(&["groups", &id, "members"], Vec::new()).await?;
            Ok::<_, ReadFailure>((group.id, members))
        });
        let members: Vec<(u64, Vec<Member>)> = asked.buffered(AT_ONCE).try_collect().await?;
        let mut users: BTreeMap<String, (Member, BTreeSet<String>)> = BTreeMap::new();
        for (id, members) in members {
            for member in members.into_iter().filter(|member| self.takes_user(member)) {
                let key = member.username.to_lowercase();
                let (_, groups) = users.entry(key).or_insert_with(|| (member, BTreeSet::new()));
                groups.extend(names.get(&id).cloned());
            }
        }
        if self.root().is_none() {
            // Without a group everyone is a user, whether in a group or not.
            let query = [("active", "true"), ("exclude_internal", "true"), ("without_project_bots", "true")];
            let query = query.into_iter().map(|(key, value)| (key, value.to_owned())).collect();
            let all: Vec<Member> = gitlab.all(&["users"], query).await?;
            for member in all.into_iter().filter(|member| self.takes_user(member)) {
                users.entry(member.username.to_lowercase()).or_insert_with(|| (member, BTreeSet::new()));
            }
        }
        let mut entities: Vec<FoundEntity> = groups.iter().map(|group| self.group(group, &names)).collect();
        let names = distinct(users.values().map(|(member, _)| (member.username.clone(), member.id)));
        let called = users.values().filter_map(|user| Some((names.get(&user.0.username)?, user)));
        entities.extend(called.map(|(name, (member, groups))| self.user(name, member, groups)));
        Ok(ProviderMutation::entities(entities))
    }
}
