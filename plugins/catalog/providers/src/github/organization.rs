use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use async_trait::async_trait;
use callboard_kit::{ReadFailure, SourceReader};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::graphql::{Github, Page};
use crate::{
    config::GithubOrgProviderConfig,
    naming::{distinct, label},
    provider::{EntityProvider, FoundEntity, ProviderMutation},
};

const MEMBERS: &str = "\
query Members($org: String!, $after: String) {
  organization(login: $org) {
    membersWithRole(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { login databaseId name email bio avatarUrl url organizationVerifiedDomainEmails(login: $org) }
    }
  }
}";

const TEAMS: &str = "\
query Teams($org: String!, $after: String) {
  organization(login: $org) {
    teams(first: 25, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        slug databaseId name description avatarUrl url
        parentTeam { slug }
        members(first: 100, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } nodes { login } }
      }
    }
  }
}";

const TEAM: &str = "\
query Team($org: String!, $team: String!, $after: String) {
  organization(login: $org) {
    team(slug: $team) {
      members(first: 100, after: $after, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } nodes { login } }
    }
  }
}";

/// Finds the members and teams of organisations of a GitHub.
#[derive(Debug)]
pub struct GithubOrgProvider {
    id: String,
    host: String,
    address: String,
    config: GithubOrgProviderConfig,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    login: String,
    database_id: Option<u64>,
    name: Option<String>,
    email: Option<String>,
    bio: Option<String>,
    avatar_url: Option<String>,
    url: String,
    #[serde(default)]
    organization_verified_domain_emails: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Team {
    slug: String,
    #[serde(default)]
    database_id: Option<u64>,
    name: String,
    description: Option<String>,
    avatar_url: Option<String>,
    url: String,
    #[serde(rename = "parentTeam")]
    parent: Option<Parent>,
    members: Page<Login>,
}

#[derive(Deserialize)]
struct Parent {
    slug: String,
}

#[derive(Deserialize)]
struct Login {
    login: String,
}

/// A member, with the groups that it is in.
type Members = BTreeMap<String, (Member, BTreeSet<String>)>;

impl GithubOrgProvider {
    /// The provider of a config.
    pub fn new(name: &str, config: &GithubOrgProviderConfig) -> Self {
        let address = config.github_url.as_deref().unwrap_or("https://github.com").trim_end_matches('/');
        let url = Url::parse(address).ok();
        let host = url.and_then(|url| {
            let host = url.host_str()?;
            Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
        });
        Self {
            id: format!("githubOrg:{name}"),
            host: host.unwrap_or_default(),
            address: address.to_owned(),
            config: config.clone(),
        }
    }

    /// The namespace that the teams of an organisation are in.
    fn namespace(&self, org: &str) -> String {
        if self.config.orgs.len() > 1 { label(org) } else { "default".to_owned() }
    }

    async fn look_at(
        &self,
        github: &Github<'_>,
        members: &mut Members,
        entities: &mut Vec<FoundEntity>,
    ) -> Result<(), ReadFailure> {
        let org = github.owner;
        let namespace = self.namespace(org);
        let found: Vec<Member> =
            github.all(MEMBERS, json!({ "org": org }), "/organization/membersWithRole").await?;
        for member in found {
            members.entry(member.login.to_lowercase()).or_insert_with(|| (member, BTreeSet::new()));
        }
        let teams: Vec<Team> = github.all(TEAMS, json!({ "org": org }), "/organization/teams").await?;
        let names =
            distinct(teams.iter().map(|team| (team.slug.clone(), team.database_id.unwrap_or_default())));
        for team in teams {
            let Some(name) = names.get(&team.slug) else { continue };
            let reference = format!("group:{namespace}/{name}");
            for login in self.members_of(github, &team).await? {
                // Who is no member of the organisation is none of its users.
                if let Some((_, groups)) = members.get_mut(&login.to_lowercase()) {
                    groups.insert(reference.clone());
                }
            }
            let parent = team.parent.as_ref().and_then(|parent| names.get(&parent.slug));
            entities.push(group(&namespace, name, parent, org, &team));
        }
        Ok(())
    }

    /// The logins of those who are in a team itself.
    async fn members_of(&self, github: &Github<'_>, team: &Team) -> Result<Vec<String>, ReadFailure> {
        let first = team.members.nodes.iter().flatten().map(|member| member.login.clone());
        let mut logins: Vec<String> = first.collect();
        if team.members.page_info.has_next_page {
            let variables = json!({ "org": github.owner, "team": team.slug });
            let after = team.members.page_info.end_cursor.clone();
            let rest: Vec<Login> = github.after(TEAM, variables, "/organization/team/members", after).await?;
            logins.extend(rest.into_iter().map(|member| member.login));
        }
        Ok(logins)
    }
}

#[async_trait]
impl EntityProvider for GithubOrgProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> &'static str {
        "githubOrg"
    }

    fn target(&self) -> String {
        let orgs: Vec<String> =
            self.config.orgs.iter().map(|org| format!("{}/{org}", self.address)).collect();
        orgs.join(", ")
    }

    fn interval(&self) -> Duration {
        self.config.schedule.interval()
    }

    fn timeout(&self) -> Duration {
        self.config.schedule.timeout()
    }

    async fn look(&self, sources: &dyn SourceReader) -> Result<ProviderMutation, ReadFailure> {
        let mut members = Members::new();
        let mut entities = Vec::new();
        for owner in &self.config.orgs {
            let github = Github { sources, host: &self.host, owner };
            self.look_at(&github, &mut members, &mut entities).await?;
        }
        let ids = members
            .values()
            .map(|(member, _)| (member.login.clone(), member.database_id.unwrap_or_default()));
        let names = distinct(ids);
        entities.extend(members.into_values().filter_map(|(member, groups)| {
            let name = names.get(&member.login)?;
            Some(user(name, member, &groups))
        }));
        Ok(ProviderMutation::entities(entities))
    }
}

fn group(namespace: &str, name: &str, parent: Option<&String>, org: &str, team: &Team) -> FoundEntity {
    let mut spec = json!({
        "type": "team",
        "profile": { "displayName": team.name, "picture": team.avatar_url },
        "children": [],
    });
    if let Some(parent) = parent {
        spec["parent"] = json!(parent);
    }
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Group",
        "metadata": {
            "name": name,
            "namespace": namespace,
            "description": team.description.as_ref().filter(|text| !text.is_empty()),
            "annotations": { "github.com/team-slug": format!("{org}/{}", team.slug) },
        },
        "spec": spec,
    });
    FoundEntity { entity: without_nulls(entity), location: format!("url:{}", team.url) }
}

fn user(name: &str, member: Member, groups: &BTreeSet<String>) -> FoundEntity {
    let mut emails = member.organization_verified_domain_emails.into_iter();
    let email = emails.next().or(member.email).filter(|email| !email.is_empty());
    let mut annotations = json!({ "github.com/user-login": member.login });
    if let Some(id) = member.database_id {
        annotations["github.com/user-id"] = json!(id.to_string());
    }
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "User",
        "metadata": {
            "name": name,
            "description": member.bio.filter(|text| !text.is_empty()),
            "annotations": annotations,
        },
        "spec": {
            "profile": { "displayName": member.name, "email": email, "picture": member.avatar_url },
            "memberOf": groups,
        },
    });
    FoundEntity { entity: without_nulls(entity), location: format!("url:{}", member.url) }
}

/// What is not known is left out.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let known = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(known.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        value => value,
    }
}
