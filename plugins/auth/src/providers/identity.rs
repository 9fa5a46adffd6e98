use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who somebody is at a provider, verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ExternalIdentity {
    /// The claim `sub`, or what the provider has in its place. Never given to anyone else.
    pub subject: String,
    /// What annotations in the catalog hold: `subject`, but for Microsoft, where that differs from client to client.
    pub user_id: String,
    /// The session at the provider, by which it can end it here.
    pub session: Option<String>,
    /// The name the account goes by; may be given up and taken by others.
    pub username: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether the provider has verified it.
    pub email_verified: bool,
}

impl ExternalIdentity {
    /// What people recognise the account by.
    pub(crate) fn login(&self) -> &str {
        self.username.as_deref().or(self.email.as_deref()).unwrap_or(&self.subject)
    }
}

/// What a provider gives for a code. Kept sealed only.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProviderTokens {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub access_token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

impl std::fmt::Debug for ProviderTokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ProviderTokens").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}
