use std::collections::HashSet;

use callboard_kit::{Findings, Secret};
use schemars::JsonSchema;
use serde::Deserialize;

/// The fewest characters of a secret.
const SHORTEST_SECRET: usize = 16;

/// Somebody who tells of changes, at `POST /catalog/webhooks/<id>`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WebhookConfig {
    /// The last part of its address: letters, digits, `-` and `_`.
    pub id: String,
    /// Who sends it.
    #[serde(rename = "type")]
    pub type_: WebhookType,
    /// What both sides know, 16 characters at least.
    pub secret: Secret,
}

/// Who sends a webhook, and so how it is signed and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WebhookType {
    /// GitHub: `X-Hub-Signature-256`.
    Github,
    /// GitLab: the secret itself in `X-Gitlab-Token`.
    Gitlab,
    /// Gitea or Forgejo: `X-Gitea-Signature`.
    Gitea,
    /// Anyone else, as Standard Webhooks has it: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    Generic,
}

/// What the types of webhooks cannot say.
pub fn check(webhooks: &[WebhookConfig], findings: &mut Findings) {
    let mut ids = HashSet::new();
    for (number, webhook) in webhooks.iter().enumerate() {
        let key = |field: &str| format!("webhooks.{number}.{field}");
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if webhook.id.is_empty() || !webhook.id.bytes().all(is_plain) {
            findings.error(key("id"), "takes letters, digits, `-` and `_`");
        } else if !ids.insert(&webhook.id) {
            findings.error(key("id"), format!("`{}` is there twice", webhook.id));
        }
        if webhook.secret.expose().chars().count() < SHORTEST_SECRET {
            let message = format!(
                "is shorter than {SHORTEST_SECRET} characters: a secret that can be guessed protects nothing"
            );
            findings.error(key("secret"), message);
        }
    }
}
