use std::{fmt::Write, sync::Arc};

use callboard_kit::EntityRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The status type under which problems of ingestion are told.
pub const PROCESSING_STATUS: &str = "backstage.io/catalog-processing";

/// The rule that a document breaks whose reference another source has.
pub const CONFLICT_RULE: &str = "conflict";

/// Bytes as hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An entity as it is stored.
#[derive(Clone, Debug)]
pub struct CatalogEntity {
    /// Its uid.
    pub uid: Uuid,
    /// Its address.
    pub reference: EntityRef,
    /// Its last good version.
    pub body: Arc<Value>,
    /// Changes whenever the body or the status does.
    pub etag: Arc<str>,
    /// What is wrong with it.
    pub status: Arc<[StatusItem]>,
    /// Whether no location emits it any more.
    pub orphan: bool,
    /// How many bytes its body takes as text.
    pub size: usize,
}

impl CatalogEntity {
    /// The kind as written.
    pub fn kind(&self) -> &str {
        self.body["kind"].as_str().unwrap_or_else(|| self.reference.kind())
    }

    /// The name as written.
    pub fn name(&self) -> &str {
        self.body["metadata"]["name"].as_str().unwrap_or_else(|| self.reference.name())
    }

    /// An annotation.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.body["metadata"]["annotations"].get(key)?.as_str()
    }

    /// The title, else the display name of the profile, else the name.
    pub fn display_name(&self) -> &str {
        let metadata = &self.body["metadata"];
        let profile = &self.body["spec"]["profile"];
        let titles = [&metadata["title"], &profile["displayName"]];
        titles.iter().find_map(|title| title.as_str()).unwrap_or_else(|| self.name())
    }
}

/// Something to know about an entity or a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusItem {
    /// What it is about, e.g. `backstage.io/catalog-processing`.
    #[serde(rename = "type")]
    pub type_: String,
    /// `info`, `warning` or `error`.
    pub level: String,
    /// What is wrong, for people.
    pub message: String,
    /// The same for programs: file, line, column, field and rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Value>,
}

impl StatusItem {
    /// Of a conflict, the source that has the reference, `type:target`.
    pub fn winner(&self) -> Option<&str> {
        let error = self.error.as_ref().filter(|error| error["rule"] == CONFLICT_RULE)?;
        error["sources"][0].as_str()
    }
}

/// A document that never became an entity.
#[derive(Clone, Debug)]
pub struct UnprocessedDocument {
    /// Its id.
    pub uid: Uuid,
    /// Where it was read from, `type:target`.
    pub location: String,
    /// Which document of the file, from 0.
    pub document: i32,
    /// The reference it claims, as far as that could be read.
    pub claimed: Option<EntityRef>,
    /// The entity that an earlier version of it is.
    pub served: Option<EntityRef>,
    /// Why.
    pub errors: Vec<StatusItem>,
    /// Who owns what it describes, as far as that could be read.
    pub owner: Option<EntityRef>,
    /// When what is told here changed last.
    pub updated_at: DateTime<Utc>,
}

impl UnprocessedDocument {
    /// The source that has its reference, if it is a conflict.
    pub fn winner(&self) -> Option<&str> {
        self.errors.iter().find_map(StatusItem::winner)
    }
}

/// The number that the index knows a version of an entity by.
pub fn revision_of(etag: &str) -> u64 {
    u64::from_str_radix(etag.get(..16).unwrap_or_default(), 16).unwrap_or_default()
}
