use callboard_kit::{EntityRef, PermissionPattern, Secret};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may come in, and as whom.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AuthConfig {
    /// What a request without credentials is.
    pub guest: GuestConfig,
    /// Fixed tokens for scripts and other programs.
    pub tokens: Vec<StaticTokenConfig>,
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
    /// What is wrong with it, a sentence each.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (index, entry) in self.tokens.iter().enumerate() {
            let token = entry.token.expose();
            if token.len() < 8
                || token.chars().any(|character| character.is_whitespace() || character.is_control())
            {
                faults.push(format!(
                    "`tokens.{index}.token` must be at least 8 characters without white space"
                ));
            }
            if !matches!(entry.subject.kind(), "user" | "service") {
                faults.push(format!(
                    "`tokens.{index}.subject` must be a user or a service, not `{}`",
                    entry.subject
                ));
            }
            if self.tokens[..index].iter().any(|earlier| earlier.token == entry.token) {
                faults.push(format!("`tokens.{index}.token` is the same as an earlier one"));
            }
        }
        faults
    }
}
