use callboard_kit::Findings;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProviderType;

/// How an account of a provider becomes a user of the catalog.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SignInConfig {
    /// Tried in order; the first that finds exactly one user decides, and one that finds several refuses. Without any,
    /// accounts can be connected but nobody signs in.
    pub resolvers: Vec<ResolverConfig>,
}

/// One way to find the user.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResolverConfig {
    /// Which way.
    pub resolver: ResolverName,
    /// Only e-mail addresses in these domains; anyone else is left to the next resolver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_domains: Option<Vec<String>>,
    /// For `userIdMatchingUserEntityAnnotation`: the annotation. Default: `github.com/user-id`, `gitlab.com/user-id`,
    /// `google.com/user-id`, `graph.microsoft.com/user-id`, else `openid.net/subject`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// Lets people in whom the catalog does not know, under the name that this resolver looked for in the namespace
    /// `default`. Whoever can choose that name at the provider chooses who they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dangerously_allow_sign_in_without_user_in_catalog: bool,
}

/// The ways to find a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ResolverName {
    /// The user whose `spec.profile.email` is the verified e-mail address of the account.
    EmailMatchingUserEntityProfileEmail,
    /// The user of the namespace `default` with the name before the `@` of the verified e-mail address.
    EmailLocalPartMatchingUserEntityName,
    /// The user of the namespace `default` with the claim `preferred_username` as its name.
    PreferredUsernameMatchingUserEntityName,
    /// The user of the namespace `default` with the user name at GitHub or GitLab as its name. User names can be given
    /// up and taken by others: `userIdMatchingUserEntityAnnotation` is safer.
    UsernameMatchingUserEntityName,
    /// The user with the stable id of the account in an annotation.
    UserIdMatchingUserEntityAnnotation,
}

impl ResolverName {
    pub(crate) const fn needs_email(self) -> bool {
        matches!(self, Self::EmailMatchingUserEntityProfileEmail | Self::EmailLocalPartMatchingUserEntityName)
    }

    pub(crate) const fn needs_username(self) -> bool {
        matches!(self, Self::PreferredUsernameMatchingUserEntityName | Self::UsernameMatchingUserEntityName)
    }
}

impl ResolverConfig {
    pub(super) fn check(&self, kind: ProviderType, key: &str, findings: &mut Findings) {
        let without_catalog = self.dangerously_allow_sign_in_without_user_in_catalog;
        let has_domains = self.allowed_domains.as_ref().is_some_and(|domains| !domains.is_empty());
        if self.resolver.needs_email() && without_catalog && !has_domains {
            let message =
                "needs `allowedDomains` beside it: otherwise `alice@` any domain at all signs in as alice";
            findings.error(format!("{key}.dangerouslyAllowSignInWithoutUserInCatalog"), message);
        } else if self.resolver == ResolverName::EmailLocalPartMatchingUserEntityName && !has_domains {
            let message = "without `allowedDomains` an address `alice@` any domain that the provider lets in signs in \
                           as alice";
            findings.warning(format!("{key}.resolver"), message);
        }
        if self.resolver == ResolverName::UserIdMatchingUserEntityAnnotation && without_catalog {
            let message = "has no effect on `userIdMatchingUserEntityAnnotation`, which finds nobody outside the catalog";
            findings.error(format!("{key}.dangerouslyAllowSignInWithoutUserInCatalog"), message);
        }
        if self.resolver == ResolverName::UsernameMatchingUserEntityName
            && !matches!(kind, ProviderType::Github | ProviderType::Gitlab)
        {
            let message =
                "is for GitHub and GitLab; this provider has `preferredUsernameMatchingUserEntityName`";
            findings.error(format!("{key}.resolver"), message);
        }
        if self.annotation.is_some() && self.resolver != ResolverName::UserIdMatchingUserEntityAnnotation {
            findings.error(format!("{key}.annotation"), "is for `userIdMatchingUserEntityAnnotation` only");
        }
    }
}
