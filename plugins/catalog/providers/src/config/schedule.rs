use std::time::Duration;

use callboard_kit::{Findings, HumanDuration};
use schemars::JsonSchema;
use serde::Deserialize;

/// The longest time that a look may take.
const LONGEST: HumanDuration = HumanDuration::from_secs(60 * 60);
/// The shortest pause between two looks.
const SHORTEST: HumanDuration = HumanDuration::from_secs(10);

/// When a provider looks.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ScheduleConfig {
    /// How long after it looked it looks again.
    pub frequency: HumanDuration,
    /// How long a look may take, an hour at most.
    pub timeout: HumanDuration,
}

impl Default for ScheduleConfig {
    fn default() -> Self {
        Self { frequency: HumanDuration::from_secs(30 * 60), timeout: HumanDuration::from_secs(15 * 60) }
    }
}

impl ScheduleConfig {
    /// What its types cannot say.
    pub fn check(&self, findings: &mut Findings) {
        for (key, duration) in [("frequency", self.frequency), ("timeout", self.timeout)] {
            if duration < SHORTEST {
                findings.error(format!("schedule.{key}"), format!("is {SHORTEST} or more"));
            }
        }
        if self.timeout > LONGEST {
            findings.error("schedule.timeout", format!("is {LONGEST} or less"));
        }
    }

    /// How long after it looked it looks again.
    pub const fn interval(&self) -> Duration {
        self.frequency.0
    }

    /// How long a look may take.
    pub const fn timeout(&self) -> Duration {
        self.timeout.0
    }
}
