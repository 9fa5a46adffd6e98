use std::collections::HashMap;

use callboard_kit::{Clock, ReadFailure, Secret};
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, Method, header::AUTHORIZATION};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use super::urls::{join, json, secret_header};
use crate::{
    config::GithubAppConfig,
    http::Http,
    paging::{is_below, next},
};

/// How long before its end a token is used no more, and how long a list of installations counts.
const MARGIN: TimeDelta = TimeDelta::minutes(5);
/// A token that is younger is not given up: it is not its age that it is refused for.
const PROVEN_AFTER: TimeDelta = TimeDelta::minutes(1);
/// Pages of installations, a hundred each.
const MAX_PAGES: usize = 50;

/// The GitHub Apps of a config, and the tokens they were given.
#[derive(Debug)]
pub struct GithubApps {
    apps: Vec<GithubAppConfig>,
    api: Url,
    clock: Clock,
    given: Mutex<Given>,
}

#[derive(Debug, Default)]
struct Given {
    /// Where an app is installed, by its id.
    installations: HashMap<u64, (DateTime<Utc>, Vec<Installation>)>,
    /// By owner, for those who have installed an app.
    tokens: HashMap<String, Issued>,
}

#[derive(Clone, Debug)]
struct Issued {
    token: Secret,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

#[derive(Serialize)]
struct Claims {
    iss: String,
    iat: i64,
    exp: i64,
}

#[derive(Clone, Debug, Deserialize)]
struct Installation {
    id: u64,
    account: Option<Account>,
    suspended_at: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Account {
    /// That of an enterprise has none.
    login: Option<String>,
}

#[derive(Deserialize)]
struct InstallationToken {
    token: String,
    expires_at: DateTime<Utc>,
}

impl GithubApps {
    /// These apps of the GitHub behind `api`.
    pub fn new(apps: &[GithubAppConfig], api: Url, clock: Clock) -> Self {
        Self { apps: apps.to_vec(), api, clock, given: Mutex::default() }
    }

    /// A token for the repositories of an owner; `None` where no app is installed there.
    pub async fn token(&self, http: &Http, owner: &str) -> Result<Option<Secret>, ReadFailure> {
        if self.apps.is_empty() {
            return Ok(None);
        }
        let owner = owner.to_lowercase();
        let mut given = self.given.lock().await;
        if let Some(issued) = given.tokens.get(&owner).filter(|issued| issued.until > self.clock.now()) {
            return Ok(Some(issued.token.clone()));
        }
        given.tokens.remove(&owner);
        for app in self.apps.iter().filter(|app| is_for(app, &owner)) {
            let found = self.installations(http, app, &mut given).await?;
            let installation = found.iter().find(|installation| installation.is_of(&owner));
            if let Some(id) = installation.map(|installation| installation.id) {
                let issued = self.issue(http, app, id).await?;
                given.tokens.insert(owner, issued.clone());
                return Ok(Some(issued.token));
            }
        }
        Ok(None)
    }

    /// Gives up the token of an owner, which was refused, and says whether another may be had.
    pub async fn forget(&self, owner: &str) -> bool {
        let owner = owner.to_lowercase();
        let mut given = self.given.lock().await;
        let proven = self.clock.now() - PROVEN_AFTER;
        let is_old = given.tokens.get(&owner).is_some_and(|issued| issued.since <= proven);
        if is_old {
            // Nor is it certain that it is still installed where it was.
            given.tokens.remove(&owner);
            given.installations.clear();
        }
        is_old
    }

    async fn installations<'a>(
        &self,
        http: &Http,
        app: &GithubAppConfig,
        given: &'a mut Given,
    ) -> Result<&'a [Installation], ReadFailure> {
        let now = self.clock.now();
        let is_known = given.installations.get(&app.app_id).is_some_and(|(until, _)| *until > now);
        if !is_known {
            let found = self.list(http, app).await?;
            given.installations.insert(app.app_id, (now + MARGIN, found));
        }
        Ok(given.installations.get(&app.app_id).map_or(&[], |(_, found)| found.as_slice()))
    }

    async fn list(&self, http: &Http, app: &GithubAppConfig) -> Result<Vec<Installation>, ReadFailure> {
        let headers = self.as_app(app)?;
        let mut url = join(&self.api, ["app", "installations"]).ok_or_else(no_url)?;
        url.query_pairs_mut().append_pair("per_page", "100");
        let (mut found, mut pages) = (Vec::new(), Some(url));
        for _ in 0..MAX_PAGES {
            let Some(url) = pages.take() else { break };
            let page = http.get(&url, &headers).await?;
            found.extend(json::<Vec<Installation>>(&url, &page.bytes)?);
            pages = next(&url, &page).filter(|next| is_below(&self.api, next));
        }
        Ok(found)
    }

    async fn issue(&self, http: &Http, app: &GithubAppConfig, id: u64) -> Result<Issued, ReadFailure> {
        let parts = ["app", "installations", &id.to_string(), "access_tokens"];
        let url = join(&self.api, parts).ok_or_else(no_url)?;
        let answered = http.send(Method::POST, &url, &self.as_app(app)?, None).await?;
        let issued: InstallationToken = json(&url, &answered.bytes)?;
        let since = self.clock.now();
        Ok(Issued { token: Secret::new(issued.token), since, until: issued.expires_at - MARGIN })
    }

    /// What proves to GitHub that an app asks.
    fn as_app(&self, app: &GithubAppConfig) -> Result<HeaderMap, ReadFailure> {
        let now = self.clock.now().timestamp();
        // A minute back, as GitHub's clock may be behind.
        let claims = Claims { iss: app.app_id.to_string(), iat: now - 60, exp: now + 540 };
        let unusable = |_| {
            let message = format!("the private key of the GitHub App {} cannot be used", app.app_id);
            ReadFailure::Unauthorized(message)
        };
        let key = EncodingKey::from_rsa_pem(app.private_key.expose().as_bytes()).map_err(unusable)?;
        let token = encode(&Header::new(Algorithm::RS256), &claims, &key).map_err(unusable)?;
        let mut headers = HeaderMap::new();
        secret_header(&mut headers, AUTHORIZATION, &format!("Bearer {token}"));
        Ok(headers)
    }
}

impl Installation {
    fn is_of(&self, owner: &str) -> bool {
        let login = self.account.as_ref().and_then(|account| account.login.as_deref());
        self.suspended_at.is_none() && login.is_some_and(|login| login.eq_ignore_ascii_case(owner))
    }
}

fn is_for(app: &GithubAppConfig, owner: &str) -> bool {
    let owners = app.allowed_installation_owners.as_ref();
    owners.is_none_or(|owners| owners.iter().any(|allowed| allowed.eq_ignore_ascii_case(owner)))
}

fn no_url() -> ReadFailure {
    ReadFailure::Invalid("`integrations.github[].apiBaseUrl` is no URL".to_owned())
}
