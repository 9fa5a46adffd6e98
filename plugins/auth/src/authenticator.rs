use async_trait::async_trait;
use callboard_kit::{Authenticator, Code, Credentials, EntityRef, Problem, Result, Services, Viewer};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::{AuthConfig, StaticTokenConfig};

/// Knows the guest and the tokens of the config.
pub(crate) struct ConfiguredAuthenticator {
    guest: Option<EntityRef>,
    tokens: Vec<(Digested, StaticTokenConfig)>,
    services: Services,
}

type Digested = [u8; 32];

fn digest(token: &str) -> Digested {
    Sha256::digest(token.as_bytes()).into()
}

impl ConfiguredAuthenticator {
    pub(crate) fn new(config: AuthConfig, guest: Option<EntityRef>, services: Services) -> Self {
        let tokens = config.tokens.into_iter().map(|entry| (digest(entry.token.expose()), entry)).collect();
        Self { guest, tokens, services }
    }

    /// Compares with every token, whichever matches, so that the time taken tells nothing.
    fn find(&self, token: &str) -> Option<&StaticTokenConfig> {
        let given = digest(token);
        let mut found = None;
        for (known, entry) in &self.tokens {
            if bool::from(known.ct_eq(&given)) {
                found = Some(entry);
            }
        }
        found
    }

    async fn user(&self, reference: &EntityRef) -> Result<Viewer> {
        let groups = match self.services.catalog.get() {
            Some(catalog) => catalog.groups_of(reference).await?,
            None => Vec::new(),
        };
        Ok(Viewer::user(reference.clone(), groups))
    }
}

#[async_trait]
impl Authenticator for ConfiguredAuthenticator {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Viewer> {
        let unauthenticated = |message: &str| Problem::new(Code::Unauthenticated, message);
        let Some(token) = credentials.bearer() else {
            if credentials.parts().headers.contains_key(http::header::AUTHORIZATION) {
                return Err(unauthenticated("the `Authorization` header must be `Bearer <token>`"));
            }
            return match &self.guest {
                Some(guest) => self.user(guest).await,
                None => Ok(Viewer::anonymous()),
            };
        };
        let entry = self.find(token).ok_or_else(|| unauthenticated("the token is not valid"))?;
        let viewer = match entry.subject.kind() {
            "service" => Viewer::service(entry.subject.clone()),
            _ => self.user(&entry.subject).await?,
        };
        Ok(match &entry.permissions {
            Some(permissions) => viewer.with_token_permissions(permissions.clone()),
            None => viewer,
        })
    }
}

#[cfg(test)]
mod tests {
    use callboard_kit::{PermissionPattern, Secret, Subject};

    use super::*;
    use crate::config::GuestConfig;

    fn authenticator(guest: bool) -> ConfiguredAuthenticator {
        let token = |token: &str, subject: &str, permissions: Option<&str>| StaticTokenConfig {
            token: Secret::new(token),
            subject: subject.parse().unwrap(),
            permissions: permissions.map(|pattern| vec![PermissionPattern::new(pattern)]),
        };
        let config = AuthConfig {
            guest: GuestConfig { enabled: guest, insecure: false },
            tokens: vec![
                token("ci-token-1", "service:default/ci", Some("catalog.*")),
                token("bare-token", "service:default/bare", None),
                token("alice-token", "user:default/alice", None),
            ],
        };
        let guest = guest.then(|| "user:default/guest".parse().unwrap());
        ConfiguredAuthenticator::new(config, guest, Services::default())
    }

    fn head() -> http::request::Parts {
        http::Request::new(()).into_parts().0
    }

    #[tokio::test]
    async fn a_token_stands_for_its_subject() {
        let authenticator = authenticator(false);
        let ci = authenticator.authenticate(Credentials::Bearer("ci-token-1", &head())).await.unwrap();
        assert_eq!(ci.subject(), &Subject::Service("service:default/ci".parse().unwrap()));
        assert!(ci.token_allows("catalog.entity.read"));
        assert!(!ci.token_allows("scaffolder.task.read"));
        let bare = authenticator.authenticate(Credentials::Bearer("bare-token", &head())).await.unwrap();
        assert!(!bare.token_allows("catalog.entity.read"));
        let alice = authenticator.authenticate(Credentials::Bearer("alice-token", &head())).await.unwrap();
        assert!(alice.token_allows("anything"));
        assert_eq!(alice.to_string(), "user:default/alice");
    }

    #[tokio::test]
    async fn a_wrong_token_is_refused_even_where_guests_are_welcome() {
        let problem =
            authenticator(true).authenticate(Credentials::Bearer("nonsense", &head())).await.unwrap_err();
        assert_eq!(problem.code(), Code::Unauthenticated);
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts.headers.insert(http::header::AUTHORIZATION, "Basic abc".parse().unwrap());
        assert!(authenticator(true).authenticate(Credentials::Request(&parts)).await.is_err());
    }

    #[tokio::test]
    async fn without_credentials_one_is_the_guest_or_nobody() {
        let (parts, ()) = http::Request::new(()).into_parts();
        let guest = authenticator(true).authenticate(Credentials::Request(&parts)).await.unwrap();
        assert_eq!(guest.to_string(), "user:default/guest");
        let nobody = authenticator(false).authenticate(Credentials::Request(&parts)).await.unwrap();
        assert!(!nobody.is_authenticated());
    }
}
