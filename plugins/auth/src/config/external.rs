use callboard_kit::{EntityRef, Findings, PermissionPattern};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check_patterns;
use crate::outgoing::is_safe_address;

/// An issuer of signed tokens (JWT) for services: a CI system, a cloud, a cluster.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalIssuerConfig {
    /// The claim `iss`, to the letter.
    pub issuer: String,
    /// Where its public keys are (JWKS).
    pub jwks_url: String,
    /// The claim `aud` holds this: a token that was made for another service is refused.
    pub audience: String,
    /// The algorithms that are taken; symmetric ones are not.
    #[serde(default = "default_algorithms")]
    pub algorithms: Vec<ExternalAlgorithm>,
    /// What goes before the claim `sub` in the name of the service: with `ci-`, `sub: deploys` acts as
    /// `service:default/ci-deploys`. Subjects that are no names need `subjects`. Without it only those come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_prefix: Option<String>,
    /// Who comes in as which service; the first that fits decides.
    #[serde(default)]
    pub subjects: Vec<SubjectRuleConfig>,
    /// What those of `subjectPrefix` may do, and those of `subjects` that say nothing themselves.
    #[serde(default)]
    pub permissions: Vec<PermissionPattern>,
}

/// One subject of another issuer, or several.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectRuleConfig {
    /// The claim `sub`; `*` matches any run of characters, `repo:acme/*:ref:refs/heads/main`.
    #[serde(rename = "match")]
    #[schemars(rename = "match")]
    pub pattern: PermissionPattern,
    /// The service it acts as, `service:default/deploys`.
    pub subject: EntityRef,
    /// What it may do instead of the `permissions` of its issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<PermissionPattern>>,
}

/// Algorithms of signatures with a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names are those of RFC 7518")]
pub enum ExternalAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    EdDSA,
}

fn default_algorithms() -> Vec<ExternalAlgorithm> {
    vec![ExternalAlgorithm::RS256, ExternalAlgorithm::ES256]
}

impl ExternalIssuerConfig {
    pub(super) fn check(&self, key: &str, findings: &mut Findings) {
        if self.issuer.is_empty() {
            findings.error(format!("{key}.issuer"), "must not be empty");
        }
        if self.audience.is_empty() {
            findings.error(format!("{key}.audience"), "must not be empty: any token of the issuer would do");
        }
        if !is_safe_address(&self.jwks_url) {
            findings.error(format!("{key}.jwksUrl"), "must be an `https` address, or `http` on this machine");
        }
        if self.algorithms.is_empty() {
            findings.error(format!("{key}.algorithms"), "must name one at least");
        }
        if self.subjects.is_empty() && self.subject_prefix.is_none() {
            findings
                .error(format!("{key}.subjects"), "name subjects, or a `subjectPrefix`: nobody comes in so");
        }
        check_patterns(Some(&self.permissions), &format!("{key}.permissions"), findings);
        for (index, rule) in self.subjects.iter().enumerate() {
            let permissions = format!("{key}.subjects.{index}.permissions");
            check_patterns(rule.permissions.as_deref(), &permissions, findings);
            if rule.subject.kind() != "service" {
                let message = format!("must be a service, not `{}`", rule.subject);
                findings.error(format!("{key}.subjects.{index}.subject"), message);
            }
        }
    }
}
