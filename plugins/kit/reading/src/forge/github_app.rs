use std::collections::HashMap;

use callboard_kit::{Clock, ReadFailure, Secret};
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, Method, header::AUTHORIZATION};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use super::urls::{join, json, secret_header};
use crate::{config::GithubAppConfig, http::Http};

/// How long before its end a token is used no more.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// The GitHub Apps of a config, and the tokens they were given.
#[derive(Debug)]
pub struct GithubApps {
    apps: Vec<GithubAppConfig>,
    api: Url,
    clock: Clock,
    /// By owner.
    tokens: Mutex<HashMap<String, Issued>>,
}

#[derive(Clone, Debug)]
struct Issued {
    /// `None` where no app is installed.
    token: Option<Secret>,
    until: DateTime<Utc>,
}

#[derive(Serialize)]
struct Claims {
    iss: String,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct Installation {
    id: u64,
    account: Account,
}

#[derive(Deserialize)]
struct Account {
    login: String,
}

#[derive(Deserialize)]
struct InstallationToken {
    token: String,
    expires_at: DateTime<Utc>,
}

impl GithubApps {
    /// These apps of the GitHub behind `api`.
    pub fn new(apps: &[GithubAppConfig], api: Url, clock: Clock) -> Self {
        Self { apps: apps.to_vec(), api, clock, tokens: Mutex::default() }
    }

    /// A token for the repositories of an owner; `None` where no app is installed there.
    pub async fn token(&self, http: &Http, owner: &str) -> Result<Option<Secret>, ReadFailure> {
        if self.apps.is_empty() {
            return Ok(None);
        }
        let owner = owner.to_lowercase();
        let now = self.clock.now();
        let mut tokens = self.tokens.lock().await;
        if let Some(issued) = tokens.get(&owner).filter(|issued| issued.until > now) {
            return Ok(issued.token.clone());
        }
        let mut issued = Issued { token: None, until: now + MARGIN };
        for app in self.apps.iter().filter(|app| is_for(app, &owner)) {
            if let Some(found) = self.issue(http, app, &owner).await? {
                issued = Issued { token: Some(Secret::new(found.token)), until: found.expires_at - MARGIN };
                break;
            }
        }
        tokens.insert(owner, issued.clone());
        Ok(issued.token)
    }

    async fn issue(
        &self,
        http: &Http,
        app: &GithubAppConfig,
        owner: &str,
    ) -> Result<Option<InstallationToken>, ReadFailure> {
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
        let mut url = join(&self.api, ["app", "installations"]).ok_or_else(no_url)?;
        url.query_pairs_mut().append_pair("per_page", "100");
        let found = http.get(&url, &headers).await?;
        let installations: Vec<Installation> = json(&url, &found.bytes)?;
        let installation = installations
            .into_iter()
            .find(|installation| installation.account.login.eq_ignore_ascii_case(owner));
        let Some(installation) = installation else { return Ok(None) };
        let id = installation.id.to_string();
        let url = join(&self.api, ["app", "installations", &id, "access_tokens"]).ok_or_else(no_url)?;
        let answered = http.send(Method::POST, &url, &headers, None).await?;
        json(&url, &answered.bytes).map(Some)
    }
}

fn is_for(app: &GithubAppConfig, owner: &str) -> bool {
    let owners = app.allowed_installation_owners.as_ref();
    owners.is_none_or(|owners| owners.iter().any(|allowed| allowed.eq_ignore_ascii_case(owner)))
}

fn no_url() -> ReadFailure {
    ReadFailure::Invalid("`integrations.github[].apiBaseUrl` is no URL".to_owned())
}
