use callboard_kit::{Findings, HumanDuration};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long people stay signed in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionConfig {
    /// A session that is not used for so long ends.
    pub idle_timeout: HumanDuration,
    /// A session ends after this time however much it is used.
    pub max_lifetime: HumanDuration,
    /// How often the cookie of a session is replaced by a new one.
    pub rotate_every: HumanDuration,
    /// How often it is looked whether the user is still in the catalog and the provider still knows the session.
    pub refresh_every: HumanDuration,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            idle_timeout: HumanDuration::from_secs(12 * 3600),
            max_lifetime: HumanDuration::from_secs(7 * 24 * 3600),
            rotate_every: HumanDuration::from_secs(3600),
            refresh_every: HumanDuration::from_secs(15 * 60),
        }
    }
}

impl SessionConfig {
    pub(super) fn check(&self, findings: &mut Findings) {
        for (key, value) in [("idleTimeout", self.idle_timeout), ("maxLifetime", self.max_lifetime)] {
            if value.0.as_secs() < 1 {
                findings.error(format!("session.{key}"), "must be a second or more");
            }
        }
    }
}

/// Tokens that people make for themselves, and admins for services.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AccessTokenConfig {
    /// How long a token is valid when nothing else is asked for.
    pub default_lifetime: HumanDuration,
    /// The longest that can be asked for.
    pub max_lifetime: HumanDuration,
    /// Whether tokens that never end can be made.
    pub allow_never: bool,
}

impl Default for AccessTokenConfig {
    fn default() -> Self {
        let day = 24 * 3600;
        Self {
            default_lifetime: HumanDuration::from_secs(90 * day),
            max_lifetime: HumanDuration::from_secs(366 * day),
            allow_never: false,
        }
    }
}

/// The keys that tokens for remote plugins are signed with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SigningKeyConfig {
    /// How long a key signs. The next one is published beforehand, and the last one until what it signed has ended.
    pub rotate_every: HumanDuration,
}

impl Default for SigningKeyConfig {
    fn default() -> Self {
        Self { rotate_every: HumanDuration::from_secs(30 * 24 * 3600) }
    }
}

/// How often one may try. What succeeds does not count.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitConfig {
    /// Credentials that are not valid, from one address (IPv6: one /64 network) in a minute.
    pub failures_per_minute: u32,
    /// Sign-ins that are begun and not finished, from one address (IPv6: one /64 network) in a minute.
    pub sign_ins_per_minute: u32,
    /// Sign-ins of one account at a provider that are refused, in a minute. So many refusals from one address (IPv6: one
    /// /64 network) are written into the audit log, too.
    pub refusals_per_minute: u32,
}

impl Default for LimitConfig {
    fn default() -> Self {
        Self { failures_per_minute: 30, sign_ins_per_minute: 120, refusals_per_minute: 10 }
    }
}
