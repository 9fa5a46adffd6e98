use callboard_kit::Findings;
use schemars::JsonSchema;
use serde::Deserialize;

use super::ScheduleConfig;

/// Clones below a folder of the server, each read as a location of type `file`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct DirectoryProviderConfig {
    /// The folder, relative to the config file.
    pub path: String,
    /// The file that is read of each clone, or a glob; `catalog-info.yaml` unless told.
    pub entity_filename: Option<String>,
    /// How many folders deep clones are looked for; 4 unless told.
    pub depth: Option<usize>,
    /// When it looks.
    pub schedule: ScheduleConfig,
}

impl DirectoryProviderConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        if self.path.trim().is_empty() {
            findings.error("path", "is empty, name the folder that the clones are in");
        }
        let name = self.entity_filename.as_deref().unwrap_or("catalog-info.yaml");
        if name.is_empty() || name.starts_with('/') || name.split('/').any(|part| part == "..") {
            findings.error("entityFilename", "is a path inside each clone, such as `catalog-info.yaml`");
        }
        if self.depth.is_some_and(|depth| depth == 0 || depth > 16) {
            findings.error("depth", "is 1 to 16");
        }
        self.schedule.check(&mut findings);
        findings
    }
}
