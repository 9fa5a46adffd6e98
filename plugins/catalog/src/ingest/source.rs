use callboard_descriptor::{DescriptorError, ProcessedDocument, Rule};
use callboard_kit::EntityRef;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    entity::{CONFLICT_RULE, PROCESSING_STATUS, StatusItem, hex},
    repository::SourceRow,
};

/// Changes when this program makes something else of the same documents, so that they are stored anew.
pub(super) const PROCESSING_VERSION: u8 = 2;

/// Errors of one document that are told one by one.
const TOLD: usize = 100;

/// What is wrong with a document, as it is stored and shown.
pub fn status_of(location: &str, errors: &[DescriptorError]) -> Vec<StatusItem> {
    let more = errors.len().saturating_sub(TOLD);
    let rest = (more > 0).then(|| StatusItem {
        type_: PROCESSING_STATUS.to_owned(),
        level: "error".to_owned(),
        message: format!("{more} more errors are not told: mend these first"),
        error: None,
    });
    errors
        .iter()
        .take(TOLD)
        .map(|error| {
            let file = location.strip_prefix("file:").unwrap_or(location);
            StatusItem {
                type_: PROCESSING_STATUS.to_owned(),
                level: "error".to_owned(),
                message: error.message.clone(),
                error: Some(json!({
                    "rule": error.rule.as_str(),
                    "file": file,
                    "line": error.line,
                    "column": error.column,
                    "field": error.path,
                })),
            }
        })
        .chain(rest)
        .collect()
}

/// The error of a document that claims what another source has.
pub fn conflict(location: &str, line: u32, reference: &EntityRef, winner: &str) -> StatusItem {
    StatusItem {
        type_: PROCESSING_STATUS.to_owned(),
        level: "error".to_owned(),
        message: format!("`{reference}` is already defined in {winner}, this one in {location} is ignored"),
        error: Some(json!({
            "rule": CONFLICT_RULE,
            "file": location.strip_prefix("file:").unwrap_or(location),
            "line": line,
            "column": 1,
            "field": "metadata.name",
            "sources": [winner, location],
        })),
    }
}

/// The error of an entity whose file is gone although something still names it.
pub fn missing_file(source: &SourceRow) -> StatusItem {
    let file = source.location.strip_prefix("file:").unwrap_or(&source.location);
    let leader = source.emitted_by.as_ref().unwrap_or(&source.origin);
    StatusItem {
        type_: PROCESSING_STATUS.to_owned(),
        level: "error".to_owned(),
        message: format!(
            "{file} does not exist any more and `{leader}` still names it: bring it back, or remove the target there; \
             this is the last version that was read"
        ),
        error: Some(json!({
            "rule": Rule::Unreadable.as_str(),
            "file": file,
            "line": 1,
            "column": 1,
            "field": "",
        })),
    }
}

/// The hash by which an unchanged document is known.
pub fn hash_of(document: &ProcessedDocument, origin: &str) -> String {
    let mut hash = Sha256::new();
    hash.update([PROCESSING_VERSION]);
    hash.update(document.hash);
    hash.update(origin.as_bytes());
    // Where it is shown and edited follows from the config as well.
    let annotations = document.entity.as_ref().map(|entity| &entity["metadata"]["annotations"]);
    for key in ["view-url", "edit-url", "source-location"] {
        let link = annotations.and_then(|annotations| annotations[format!("backstage.io/{key}")].as_str());
        hash.update(link.unwrap_or_default().as_bytes());
    }
    hex(&hash.finalize()[..16])
}

/// The etag of a stored entity.
pub fn etag_of(body: &str, status: &[StatusItem], orphan: bool) -> String {
    let mut hash = Sha256::new();
    hash.update(body.as_bytes());
    hash.update([u8::from(orphan)]);
    for item in status {
        hash.update(item.level.as_bytes());
        hash.update(item.message.as_bytes());
        hash.update(item.error.as_ref().map(Value::to_string).unwrap_or_default().as_bytes());
    }
    hex(&hash.finalize()[..16])
}
