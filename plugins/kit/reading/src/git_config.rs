use callboard_kit::{Findings, HumanDuration};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of what is read from git repositories: `backend.reading.git`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct GitReadingConfig {
    /// The largest pack, as its host sends the files of one commit, in bytes.
    pub max_pack_bytes: u64,
    /// What a pack may unpack to, in bytes.
    pub max_unpacked_bytes: u64,
    /// How many files and folders a commit may have.
    pub max_objects: u32,
    /// How long it may take to ask for a commit and to receive and unpack it.
    pub timeout: HumanDuration,
    /// How long a branch or tag is taken to be where it was, so that the many files of a location ask for it once.
    pub fresh_for: HumanDuration,
    /// What is kept on disk of all repositories, in bytes; what was not used for longest goes first.
    pub max_cache_bytes: u64,
}

impl Default for GitReadingConfig {
    fn default() -> Self {
        Self {
            max_pack_bytes: 256 * 1024 * 1024,
            max_unpacked_bytes: 1024 * 1024 * 1024,
            max_objects: 200_000,
            timeout: HumanDuration::from_secs(120),
            fresh_for: HumanDuration::from_secs(5),
            max_cache_bytes: 2 * 1024 * 1024 * 1024,
        }
    }
}

impl GitReadingConfig {
    /// What its types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        let sizes = [
            ("maxPackBytes", self.max_pack_bytes),
            ("maxUnpackedBytes", self.max_unpacked_bytes),
            ("maxObjects", u64::from(self.max_objects)),
            ("maxCacheBytes", self.max_cache_bytes),
        ];
        for (key, _) in sizes.into_iter().filter(|(_, size)| *size == 0) {
            findings.error(key, "is at least 1");
        }
        if self.timeout.0.is_zero() {
            findings.error("timeout", "is longer than nothing");
        }
        findings
    }
}
