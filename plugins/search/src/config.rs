use callboard_kit::{Findings, Secret};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The search over entities, documentation and whatever else plugins give.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SearchConfig {
    /// What keeps the index: `embedded`, in the data folder of each process, or `meilisearch`, a server that all replicas
    /// share.
    pub engine: EngineKind,
    /// The server, where `engine` is `meilisearch`.
    pub meilisearch: MeilisearchConfig,
}

/// An engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EngineKind {
    /// In this process.
    #[default]
    Embedded,
    /// A Meilisearch server.
    Meilisearch,
}

/// A Meilisearch server.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct MeilisearchConfig {
    /// Its address, e.g. `http://localhost:7700`.
    pub url: String,
    /// A key that may do everything with indexes of this name.
    pub api_key: Option<Secret>,
    /// The name of the index; others that are made begin with it. Letters, digits, `-` and `_`.
    pub index: String,
}

impl Default for MeilisearchConfig {
    fn default() -> Self {
        Self { url: String::new(), api_key: None, index: "callboard".to_owned() }
    }
}

impl SearchConfig {
    /// What the types cannot say.
    pub fn check(&self) -> Findings {
        let mut findings = Findings::default();
        let MeilisearchConfig { url, index, .. } = &self.meilisearch;
        match self.engine {
            EngineKind::Embedded if !url.is_empty() => {
                findings.warning("meilisearch.url", "has no effect, as `search.engine` is `embedded`");
            }
            EngineKind::Meilisearch if !url.starts_with("http://") && !url.starts_with("https://") => {
                findings.error(
                    "meilisearch.url",
                    "must be an address, e.g. `http://localhost:7700`, as `search.engine` is `meilisearch`",
                );
            }
            EngineKind::Embedded | EngineKind::Meilisearch => {}
        }
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if index.is_empty() || index.len() > 100 || !index.chars().all(is_letter) {
            findings.error("meilisearch.index", "must be 1 to 100 letters, digits, `-` and `_`");
        }
        findings
    }
}
