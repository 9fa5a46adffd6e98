//! What the config says about who may come in.

mod external;
mod provider;
mod resolver;
mod session;

use callboard_kit::{EntityRef, Findings, HumanDuration, PermissionPattern, Secret};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use external::{ExternalAlgorithm, ExternalIssuerConfig, SubjectRuleConfig};
pub use provider::{ProviderConfig, ProviderType, SecretHeaderConfig};
pub use resolver::{ResolverConfig, ResolverName, SignInConfig};
pub use session::{AccessTokenConfig, LimitConfig, SessionConfig, SigningKeyConfig};

use crate::outgoing::is_safe_address;

/// Who may come in, and as whom.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AuthConfig {
    /// What a request without credentials is.
    pub guest: GuestConfig,
    /// Fixed tokens for scripts and other programs.
    pub tokens: Vec<StaticTokenConfig>,
    /// Where people sign in, by id: `github`, `gitlab`, `google`, `microsoft`, `okta`, `auth0`, `keycloak`, `oidc`,
    /// `oauth2Proxy`, `gcpIap` and `awsAlb` are known; any other id needs a `type`. The order is that of the page.
    #[schemars(with = "std::collections::BTreeMap<String, ProviderConfig>")]
    pub providers: IndexMap<String, ProviderConfig>,
    /// How long people stay signed in.
    pub session: SessionConfig,
    /// Tokens that people make for themselves, and admins for services.
    pub access_tokens: AccessTokenConfig,
    /// Other issuers whose signed tokens (JWT) are taken for services.
    pub external: Vec<ExternalIssuerConfig>,
    /// The keys that tokens for remote plugins are signed with.
    pub signing_keys: SigningKeyConfig,
    /// How often one may try.
    pub limits: LimitConfig,
    /// How far the clocks of providers may be off.
    pub clock_skew: HumanDuration,
    /// How long one answer of a provider may take.
    pub provider_timeout: HumanDuration,
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self {
            guest: GuestConfig::default(),
            tokens: Vec::new(),
            providers: IndexMap::new(),
            session: SessionConfig::default(),
            access_tokens: AccessTokenConfig::default(),
            external: Vec::new(),
            signing_keys: SigningKeyConfig::default(),
            limits: LimitConfig::default(),
            clock_skew: HumanDuration::from_secs(60),
            provider_timeout: HumanDuration::from_secs(10),
        }
    }
}

/// The guest.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GuestConfig {
    /// Lets requests without credentials act as `user:default/guest`.
    pub enabled: bool,
    /// Allows the guest even where the server listens on more than loopback addresses: anyone who reaches it is in.
    pub insecure: bool,
}

/// One fixed token.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaticTokenConfig {
    /// The token as sent in `Authorization: Bearer`, at least 8 characters without white space.
    pub token: Secret,
    /// Whom it stands for, `user:default/alice` or `service:default/ci`; need not be in the catalog.
    pub subject: EntityRef,
    /// For a service what it may do; for a user what is left of what the user may do. Absent: nothing for a service,
    /// everything the user may do for a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<PermissionPattern>>,
}

impl AuthConfig {
    /// What its types cannot say.
    pub(crate) fn check(&self, loopback: bool, base_url: &str) -> Findings {
        let mut findings = Findings::default();
        if self.guest.enabled && !self.guest.insecure && !loopback {
            let message = "lets in anyone who reaches the address that the server listens on: listen on a loopback \
                           address (`backend.listen`), or set `auth.guest.insecure: true` if that is what you want";
            findings.error("guest.enabled", message);
        }
        for (index, entry) in self.tokens.iter().enumerate() {
            let token = entry.token.expose();
            if token.len() < 8
                || token.chars().any(|character| character.is_whitespace() || character.is_control())
            {
                let message = "must be at least 8 characters without white space";
                findings.error(format!("tokens.{index}.token"), message);
            }
            if !matches!(entry.subject.kind(), "user" | "service") {
                let message = format!("must be a user or a service, not `{}`", entry.subject);
                findings.error(format!("tokens.{index}.subject"), message);
            }
            check_patterns(
                entry.permissions.as_deref(),
                &format!("tokens.{index}.permissions"),
                &mut findings,
            );
            if self.tokens[..index].iter().any(|earlier| earlier.token == entry.token) {
                findings.error(format!("tokens.{index}.token"), "is the same as an earlier one");
            }
        }
        if !self.providers.is_empty() && !base_url.is_empty() && !is_safe_address(base_url) {
            let message = format!(
                "whoever is between sees the cookies of those who sign in at `{base_url}`: set `app.baseUrl` to the \
                 `https` address that people open"
            );
            findings.error("providers", message);
        }
        for (id, provider) in &self.providers {
            provider.check(id, &format!("providers.{id}"), &mut findings);
        }
        for (index, issuer) in self.external.iter().enumerate() {
            issuer.check(&format!("external.{index}"), &mut findings);
        }
        self.session.check(&mut findings);
        if self.clock_skew.0.as_secs() > 600 {
            findings.error("clockSkew", "must be 10 minutes or less: expired tokens are taken for that long");
        }
        findings
    }
}

fn check_patterns(patterns: Option<&[PermissionPattern]>, key: &str, findings: &mut Findings) {
    for (index, pattern) in patterns.into_iter().flatten().enumerate() {
        if !pattern.is_well_formed() {
            findings.error(format!("{key}.{index}"), PermissionPattern::WRITTEN);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const HERE: &str = "http://127.0.0.1:7007";

    fn faults(id: &str, provider: Value) -> Vec<String> {
        let mut provider = provider;
        provider["signIn"] = json!({ "resolvers": [{ "resolver": "userIdMatchingUserEntityAnnotation" }] });
        let config: AuthConfig = serde_json::from_value(json!({ "providers": { id: provider } })).unwrap();
        config.check(true, HERE).errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn providers_that_would_let_in_anyone_or_nobody_are_refused() {
        let tenant = "11111111-2222-3333-4444-555555555555";
        for (id, provider) in [
            ("github", json!({ "clientId": "a", "clientSecret": "b" })),
            ("google", json!({ "clientId": "a" })),
            ("microsoft", json!({ "clientId": "a", "tenantId": tenant })),
            ("okta", json!({ "clientId": "a", "audience": "https://acme.okta.com" })),
            ("auth0", json!({ "clientId": "a", "domain": "acme.eu.auth0.com" })),
            ("acme", json!({ "type": "oidc", "clientId": "a", "issuer": "http://127.0.0.1:8080/x" })),
            (
                "gcpIap",
                json!({ "audience": "/projects/1/global/backendServices/2", "hostedDomain": "acme.com" }),
            ),
        ] {
            assert_eq!(faults(id, provider), [""; 0], "{id}");
        }
        for (id, provider, expected) in [
            ("githb", json!({ "clientId": "a" }), "did you mean `github`?"),
            ("a/b", json!({ "type": "oidc", "clientId": "a", "issuer": "https://x" }), "part of addresses"),
            ("github", json!({ "clientId": "a" }), "`providers.github.clientSecret`: must be given"),
            ("microsoft", json!({ "clientId": "a", "tenantId": "common" }), "any organization"),
            ("microsoft", json!({ "clientId": "a", "tenantId": "acme.com" }), "a GUID"),
            ("okta", json!({ "clientId": "a" }), "`providers.okta.audience`: must be given"),
            ("acme", json!({ "type": "oidc", "clientId": "a" }), "`providers.acme.issuer`: must be given"),
            (
                "acme",
                json!({ "type": "oidc", "clientId": "a", "issuer": "http://idp.example" }),
                "`https` address",
            ),
            (
                "acme",
                json!({ "type": "oidc", "clientId": "a", "issuer": "https://x", "allowSymmetric": true, "clientSecret": "short" }),
                "32 characters",
            ),
            ("oauth2Proxy", json!({}), "anyone can send these headers"),
            ("oauth2Proxy", json!({ "secretHeader": { "name": "x", "value": "short" } }), "16 characters"),
            ("gcpIap", json!({}), "every other Google customer"),
            (
                "github",
                json!({ "clientId": "a", "clientSecret": "b", "hostedDomain": "acme.com" }),
                "is for `gitlab`",
            ),
            ("awsAlb", json!({ "hostedDomain": "acme.com" }), "`providers.awsAlb.hostedDomain`"),
            ("awsAlb", json!({ "audience": "x" }), "`providers.awsAlb.audience`"),
            ("gcpIap", json!({ "audience": "x", "trustedProxies": ["10.0.0.0/8"] }), "is for `oauth2Proxy`"),
            (
                "google",
                json!({ "clientId": "a", "secretHeader": { "name": "x", "value": "0123456789abcdef" } }),
                "is for `oauth2Proxy`",
            ),
            (
                "awsAlb",
                json!({ "region": "eu-central-1", "issuer": "https://x" }),
                "every other load balancer",
            ),
        ] {
            let told = faults(id, provider);
            assert!(told.iter().any(|fault| fault.contains(expected)), "{id}: no `{expected}` in {told:?}");
        }
    }

    #[test]
    fn nobody_signs_in_where_cookies_go_in_the_clear() {
        let config = json!({ "providers": { "google": { "clientId": "a" } } });
        let config: AuthConfig = serde_json::from_value(config).unwrap();
        let faults = |base_url| config.check(false, base_url).errors.len();
        for (base_url, expected) in [
            ("https://portal.example.com", 0),
            ("http://localhost:7007", 0),
            ("http://portal.example.com", 1),
            ("http://0.0.0.0:7007", 1),
            ("", 0),
        ] {
            assert_eq!(faults(base_url), expected, "{base_url}");
        }
        assert_eq!(AuthConfig::default().check(false, "http://0.0.0.0:7007").errors.len(), 0);
    }

    #[test]
    fn permissions_of_tokens_are_written_as_permissions_are() {
        let config = json!({
            "tokens": [{ "token": "some-token", "subject": "service:default/ci", "permissions": ["a.*", "b\nc"] }],
            "external": [{ "issuer": "https://i", "audience": "a", "jwksUrl": "https://i/jwks", "permissions": ["a b"],
                "subjects": [{ "match": "repo:*", "subject": "service:default/ci", "permissions": ["ä"] }] }],
        });
        let config: AuthConfig = serde_json::from_value(config).unwrap();
        let errors = config.check(true, HERE).errors;
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        for key in
            ["tokens.0.permissions.1", "external.0.permissions.0", "external.0.subjects.0.permissions.0"]
        {
            assert!(told.iter().any(|fault| fault.starts_with(&format!("`{key}`: must be"))), "{told:?}");
        }
        assert_eq!(told.len(), 3, "{told:?}");
    }

    #[test]
    fn resolvers_that_let_in_the_wrong_people_are_told() {
        let found = |resolver: Value| {
            let provider =
                json!({ "clientId": "a", "clientSecret": "b", "signIn": { "resolvers": [resolver] } });
            let config: AuthConfig =
                serde_json::from_value(json!({ "providers": { "okta": provider } })).unwrap();
            let Findings { errors, warnings } = config.check(true, HERE);
            errors.iter().chain(&warnings).map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let dangerous = "dangerouslyAllowSignInWithoutUserInCatalog";
        assert!(
            found(json!({ "resolver": "emailLocalPartMatchingUserEntityName" })).contains("allowedDomains")
        );
        let unbounded = json!({ "resolver": "emailMatchingUserEntityProfileEmail", dangerous: true });
        assert!(found(unbounded).contains("any domain at all"));
        assert!(found(json!({ "resolver": "usernameMatchingUserEntityName" })).contains("GitHub and GitLab"));
    }
}
