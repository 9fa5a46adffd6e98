use callboard_kit::{Findings, Secret, nearest};
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ExternalAlgorithm, SignInConfig};
use crate::outgoing::is_safe_address;

/// One place where people sign in. Which keys it needs depends on its type.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ProviderConfig {
    /// What it is. Default: its id.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<ProviderType>,
    /// What people read on the button.
    pub title: Option<String>,
    /// The name of its icon. Default: its type.
    pub icon: Option<String>,
    /// The portal's id at the provider.
    pub client_id: Option<String>,
    /// The portal's secret at the provider. Without it the portal is a public client, which PKCE alone protects.
    pub client_secret: Option<Secret>,
    /// The issuer, to the letter as the provider's discovery document has it.
    pub issuer: Option<String>,
    /// The discovery document, `<issuer>/.well-known/openid-configuration`; instead of `issuer`.
    pub metadata_url: Option<String>,
    /// Microsoft: the id of the tenant (a GUID). Several tenants at once are refused: each is a provider of its own.
    pub tenant_id: Option<String>,
    /// Auth0: the domain, `acme.eu.auth0.com`.
    pub domain: Option<String>,
    /// GitLab, Okta: the address of the installation, `https://acme.okta.com`. Google IAP: the audience of its tokens,
    /// `/projects/<number>/global/backendServices/<id>`, which must be given.
    pub audience: Option<String>,
    /// Okta: the id of the authorization server, e.g. `default`. Without it the one of the organization.
    pub auth_server_id: Option<String>,
    /// GitHub Enterprise: its address, `https://github.example.com`.
    pub enterprise_instance_url: Option<String>,
    /// GitHub: the address of its API. Default: made from the address of the installation.
    pub api_base_url: Option<String>,
    /// Google, and its proxy: only accounts of this Workspace domain, by the claim `hd`.
    pub hosted_domain: Option<String>,
    /// What is asked for at sign-in instead of the default.
    pub scope: Option<String>,
    /// What is asked for at sign-in beside the default.
    pub additional_scopes: Vec<String>,
    /// What is asked for when an account is connected for use by the portal.
    pub connect_scopes: Vec<String>,
    /// Whether the provider asks again: `login`, `consent`, `select_account`, `none`.
    pub prompt: Option<String>,
    /// More parameters of the authorization request.
    pub authorization_parameters: std::collections::BTreeMap<String, String>,
    /// The algorithms of ID tokens that are taken. Default: all with public keys.
    pub algorithms: Option<Vec<ExternalAlgorithm>>,
    /// Takes ID tokens that are signed with the client secret (HS256). Only for providers that know nothing else.
    pub allow_symmetric: bool,
    /// Counts e-mail addresses that the provider has not verified. Only where people cannot choose their own.
    pub accept_unverified_email: bool,
    /// `oauth2Proxy`: the networks that the proxy calls from; its headers are believed from nowhere else.
    #[schemars(with = "Vec<String>")]
    pub trusted_proxies: Vec<IpNet>,
    /// `oauth2Proxy`: a header that the proxy adds and people cannot know; instead of `trustedProxies` or beside it.
    pub secret_header: Option<SecretHeaderConfig>,
    /// `awsAlb`: the region, e.g. `eu-central-1`.
    pub region: Option<String>,
    /// `awsAlb`: the ARN of the load balancer.
    pub signer: Option<String>,
    /// `awsAlb`, `gcpIap`: where the public keys are instead of where the cloud has them.
    pub keys_url: Option<String>,
    /// How its accounts become users.
    pub sign_in: SignInConfig,
}

/// A header that proves who sent a request.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SecretHeaderConfig {
    /// Its name, e.g. `x-proxy-secret`.
    pub name: String,
    /// Its value, at least 16 characters.
    pub value: Secret,
}

/// What a provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ProviderType {
    /// GitHub or GitHub Enterprise: OAuth 2 and its API.
    Github,
    /// GitLab, by OpenID Connect.
    Gitlab,
    /// Google, by OpenID Connect.
    Google,
    /// Microsoft Entra ID with one tenant, by OpenID Connect.
    Microsoft,
    /// Okta, by OpenID Connect.
    Okta,
    /// Auth0, by OpenID Connect.
    Auth0,
    /// Keycloak, by OpenID Connect.
    Keycloak,
    /// Anything else that speaks OpenID Connect.
    Oidc,
    /// A proxy such as oauth2-proxy that tells who asks in headers.
    Oauth2Proxy,
    /// Google's Identity-Aware Proxy.
    GcpIap,
    /// Amazon's Application Load Balancer.
    AwsAlb,
}

const TYPES: [&str; 11] = [
    "github",
    "gitlab",
    "google",
    "microsoft",
    "okta",
    "auth0",
    "keycloak",
    "oidc",
    "oauth2Proxy",
    "gcpIap",
    "awsAlb",
];

impl ProviderType {
    /// Whether it is a proxy before the portal rather than a page elsewhere.
    pub const fn is_proxy(self) -> bool {
        matches!(self, Self::Oauth2Proxy | Self::GcpIap | Self::AwsAlb)
    }

    /// What people read where the config says nothing.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Github => "GitHub",
            Self::Gitlab => "GitLab",
            Self::Google => "Google",
            Self::Microsoft => "Microsoft",
            Self::Okta => "Okta",
            Self::Auth0 => "Auth0",
            Self::Keycloak => "Keycloak",
            Self::Oidc => "OpenID Connect",
            Self::Oauth2Proxy => "Single sign-on",
            Self::GcpIap => "Google Cloud",
            Self::AwsAlb => "Amazon Web Services",
        }
    }

    /// The name in the config.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

impl ProviderConfig {
    /// What it is, by its type or its id.
    pub fn kind(&self, id: &str) -> Option<ProviderType> {
        self.type_.or_else(|| serde_json::from_value(Value::String(id.to_owned())).ok())
    }

    /// The issuer as far as it follows from the config.
    pub fn issuer_of(&self, kind: ProviderType) -> Option<String> {
        if let Some(issuer) = &self.issuer {
            return Some(issuer.clone());
        }
        if let Some(url) = &self.metadata_url {
            return url.strip_suffix("/.well-known/openid-configuration").map(str::to_owned);
        }
        let installation = self.audience.as_ref().map(|url| url.trim_end_matches('/').to_owned());
        match kind {
            ProviderType::Gitlab => Some(installation.unwrap_or_else(|| "https://gitlab.com".to_owned())),
            ProviderType::Google => Some("https://accounts.google.com".to_owned()),
            ProviderType::Microsoft => {
                Some(format!("https://login.microsoftonline.com/{}/v2.0", self.tenant_id.as_ref()?))
            }
            ProviderType::Okta => Some(match &self.auth_server_id {
                Some(server) => format!("{}/oauth2/{server}", installation?),
                None => installation?,
            }),
            ProviderType::Auth0 => Some(format!("https://{}/", self.domain.as_ref()?)),
            _ => None,
        }
    }

    pub(super) fn check(&self, id: &str, key: &str, findings: &mut Findings) {
        let sane = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if id.is_empty() || id.len() > 40 || !id.bytes().all(sane) {
            findings.error(
                key,
                "must have an id of letters, digits, `-` and `_`, 40 at most: it is part of addresses",
            );
        }
        let Some(kind) = self.kind(id) else {
            let near = nearest(id, TYPES).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = format!("needs a `type`, as its id is none of `{}`{near}", TYPES.join("`, `"));
            findings.error(key, message);
            return;
        };
        for (index, resolver) in self.sign_in.resolvers.iter().enumerate() {
            resolver.check(kind, &format!("{key}.signIn.resolvers.{index}"), findings);
        }
        if self.sign_in.resolvers.is_empty() {
            let message = "without resolvers nobody signs in here, accounts can only be connected";
            findings.warning(format!("{key}.signIn.resolvers"), message);
        }
        self.check_keys(kind, key, findings);
        if kind.is_proxy() {
            self.check_proxy(kind, key, findings);
        } else {
            self.check_redirect(kind, key, findings);
        }
    }

    /// What a type does not look at is refused: some of it would be a restriction that is none.
    fn check_keys(&self, kind: ProviderType, key: &str, findings: &mut Findings) {
        use ProviderType as Type;
        const REDIRECT: &[Type] = &[
            Type::Github,
            Type::Gitlab,
            Type::Google,
            Type::Microsoft,
            Type::Okta,
            Type::Auth0,
            Type::Keycloak,
            Type::Oidc,
        ];
        const OIDC: &[Type] = REDIRECT.split_at(1).1;
        const WITH_DOMAIN: &[Type] = &[
            Type::Gitlab,
            Type::Google,
            Type::Microsoft,
            Type::Okta,
            Type::Auth0,
            Type::Keycloak,
            Type::Oidc,
            Type::GcpIap,
        ];
        const WITH_ISSUER: &[Type] = &[
            Type::Gitlab,
            Type::Google,
            Type::Microsoft,
            Type::Okta,
            Type::Auth0,
            Type::Keycloak,
            Type::Oidc,
            Type::GcpIap,
            Type::AwsAlb,
        ];
        let rows: [(&str, bool, &[Type]); 23] = [
            ("clientId", self.client_id.is_some(), REDIRECT),
            ("clientSecret", self.client_secret.is_some(), REDIRECT),
            ("issuer", self.issuer.is_some(), WITH_ISSUER),
            ("metadataUrl", self.metadata_url.is_some(), OIDC),
            ("tenantId", self.tenant_id.is_some(), &[Type::Microsoft]),
            ("domain", self.domain.is_some(), &[Type::Auth0]),
            ("audience", self.audience.is_some(), &[Type::Gitlab, Type::Okta, Type::GcpIap]),
            ("authServerId", self.auth_server_id.is_some(), &[Type::Okta]),
            ("enterpriseInstanceUrl", self.enterprise_instance_url.is_some(), &[Type::Github]),
            ("apiBaseUrl", self.api_base_url.is_some(), &[Type::Github]),
            ("hostedDomain", self.hosted_domain.is_some(), WITH_DOMAIN),
            ("scope", self.scope.is_some(), REDIRECT),
            ("additionalScopes", !self.additional_scopes.is_empty(), REDIRECT),
            ("connectScopes", !self.connect_scopes.is_empty(), REDIRECT),
            ("prompt", self.prompt.is_some(), REDIRECT),
            ("authorizationParameters", !self.authorization_parameters.is_empty(), REDIRECT),
            ("algorithms", self.algorithms.is_some(), OIDC),
            ("allowSymmetric", self.allow_symmetric, OIDC),
            ("trustedProxies", !self.trusted_proxies.is_empty(), &[Type::Oauth2Proxy]),
            ("secretHeader", self.secret_header.is_some(), &[Type::Oauth2Proxy]),
            ("region", self.region.is_some(), &[Type::AwsAlb]),
            ("signer", self.signer.is_some(), &[Type::AwsAlb]),
            ("keysUrl", self.keys_url.is_some(), &[Type::GcpIap, Type::AwsAlb]),
        ];
        for (name, is_given, types) in rows {
            if is_given && !types.contains(&kind) {
                let names: Vec<String> = types.iter().map(|known| known.name()).collect();
                let message =
                    format!("is for `{}`; `{}` does not look at it", names.join("`, `"), kind.name());
                findings.error(format!("{key}.{name}"), message);
            }
        }
    }

    fn check_redirect(&self, kind: ProviderType, key: &str, findings: &mut Findings) {
        if self.client_id.as_deref().unwrap_or_default().is_empty() {
            findings.error(format!("{key}.clientId"), "must be given");
        }
        if kind == ProviderType::Github && self.client_secret.is_none() {
            findings.error(format!("{key}.clientSecret"), "must be given");
        }
        if self.allow_symmetric && self.client_secret.as_ref().is_none_or(|secret| secret.expose().len() < 32)
        {
            findings
                .error(format!("{key}.allowSymmetric"), "needs a `clientSecret` of 32 characters or more");
        }
        let addresses = [
            ("issuer", &self.issuer),
            ("metadataUrl", &self.metadata_url),
            ("enterpriseInstanceUrl", &self.enterprise_instance_url),
            ("apiBaseUrl", &self.api_base_url),
        ];
        for (name, address) in addresses {
            if address.as_ref().is_some_and(|address| !is_safe_address(address)) {
                findings
                    .error(format!("{key}.{name}"), "must be an `https` address, or `http` on this machine");
            }
        }
        if kind == ProviderType::Microsoft && self.issuer.is_none() && self.metadata_url.is_none() {
            self.check_tenant(key, findings);
        } else if kind != ProviderType::Github {
            match self.issuer_of(kind) {
                None if self.metadata_url.is_some() => {
                    let message = "must end in `/.well-known/openid-configuration`";
                    findings.error(format!("{key}.metadataUrl"), message);
                }
                None => {
                    let name = match kind {
                        ProviderType::Okta => "audience",
                        ProviderType::Auth0 => "domain",
                        _ => "issuer",
                    };
                    findings.error(format!("{key}.{name}"), "must be given");
                }
                Some(issuer) if !is_safe_address(&issuer) => {
                    findings.error(
                        key,
                        format!("`{issuer}` must be an `https` address, or `http` on this machine"),
                    );
                }
                Some(_) => {}
            }
        }
    }

    fn check_tenant(&self, key: &str, findings: &mut Findings) {
        let key = format!("{key}.tenantId");
        let tenant = self.tenant_id.as_deref().unwrap_or_default();
        if matches!(tenant, "common" | "organizations" | "consumers") {
            let message = format!(
                "`{tenant}` lets in people of any organization, who can choose their e-mail address: give the id of \
                 your tenant, and make each further tenant a provider of its own"
            );
            findings.error(key, message);
        } else if uuid::Uuid::parse_str(tenant).is_err() {
            findings.error(key, "must be the id of the tenant, a GUID");
        }
    }

    fn check_proxy(&self, kind: ProviderType, key: &str, findings: &mut Findings) {
        let missing = |value: &Option<String>| value.as_deref().unwrap_or_default().is_empty();
        match kind {
            ProviderType::Oauth2Proxy => {
                if self.trusted_proxies.is_empty() && self.secret_header.is_none() {
                    let message =
                        "name the networks of the proxy, or a `secretHeader`: anyone can send these headers";
                    findings.error(format!("{key}.trustedProxies"), message);
                }
                if let Some(header) = &self.secret_header {
                    if http::HeaderName::try_from(header.name.as_str()).is_err() {
                        findings.error(format!("{key}.secretHeader.name"), "must be the name of a header");
                    }
                    if header.value.expose().len() < 16 {
                        findings.error(format!("{key}.secretHeader.value"), "must be 16 characters or more");
                    }
                }
            }
            ProviderType::GcpIap if missing(&self.audience) => {
                let message = "must be given: tokens of every other Google customer would be taken";
                findings.error(format!("{key}.audience"), message);
            }
            ProviderType::AwsAlb => {
                for (name, value) in
                    [("region", &self.region), ("signer", &self.signer), ("issuer", &self.issuer)]
                {
                    if missing(value) {
                        let message = "must be given: tokens of every other load balancer would be taken";
                        findings.error(format!("{key}.{name}"), message);
                    }
                }
                let sane = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
                if !self.region.as_deref().unwrap_or_default().bytes().all(sane) {
                    findings.error(format!("{key}.region"), "must be the name of a region, `eu-central-1`");
                }
            }
            _ => {}
        }
        if self.keys_url.as_ref().is_some_and(|url| !is_safe_address(url)) {
            findings.error(format!("{key}.keysUrl"), "must be an `https` address, or `http` on this machine");
        }
    }
}
