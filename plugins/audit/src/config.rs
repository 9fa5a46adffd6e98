use callboard_kit::{Findings, HumanDuration};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The audit log.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AuditConfig {
    /// How long events are kept, a day or longer.
    pub retention: HumanDuration,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { retention: HumanDuration::from_secs(365 * DAY) }
    }
}

const DAY: u64 = 24 * 60 * 60;

impl AuditConfig {
    /// What its types cannot say.
    pub(crate) fn check(&self) -> Findings {
        let mut findings = Findings::default();
        if self.retention.0.as_secs() < DAY {
            findings.error("retention", "must be a day (`1d`) or longer");
        }
        findings
    }
}
