use crate::{ConditionRule, PermissionDefinition, StrictError};

/// What a check of the config brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What must be mended before the portal starts.
    pub errors: Vec<StrictError>,
    /// What has no effect, or hardly the one that was meant.
    pub warnings: Vec<StrictError>,
}

/// What a plugin's check may look at beside its own section.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckContext<'a> {
    /// The permissions that all registered plugins check.
    pub permissions: &'a [PermissionDefinition],
    /// The rules that all registered plugins know.
    pub condition_rules: &'a [ConditionRule],
    /// Whether the server listens on loopback addresses only.
    pub loopback: bool,
    /// The address people open, without a slash at the end; empty where the config does not tell.
    pub base_url: &'a str,
}

impl Findings {
    /// Adds what must be mended at `key`, a dotted path such as `roles.0.name`.
    pub fn error(&mut self, key: impl Into<String>, message: impl Into<String>) {
        self.errors.push(StrictError { path: key.into(), message: message.into() });
    }

    /// Adds what is worth a look at `key`.
    pub fn warning(&mut self, key: impl Into<String>, message: impl Into<String>) {
        self.warnings.push(StrictError { path: key.into(), message: message.into() });
    }

    /// The same, with the keys below `section`.
    #[must_use]
    pub fn within(mut self, section: &str) -> Self {
        for finding in self.errors.iter_mut().chain(&mut self.warnings) {
            finding.path = format!("{section}.{}", finding.path);
        }
        self
    }
}

impl From<Vec<StrictError>> for Findings {
    fn from(errors: Vec<StrictError>) -> Self {
        Self { errors, warnings: Vec::new() }
    }
}
