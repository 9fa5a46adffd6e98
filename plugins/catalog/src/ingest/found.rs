use callboard_descriptor::{DescriptorError, ProcessedDocument};
use sha2::{Digest, Sha256};

use super::source::{PROCESSING_VERSION, hash_of};
use crate::entity::hex;

/// A file that was read, with how it was found.
#[derive(Debug)]
pub(super) struct FoundFile {
    /// `type:target` of the file.
    pub location: String,
    /// The location entity that named it; `None` where the location that it all began with did.
    pub emitted_by: Option<String>,
    /// Its documents, without the empty ones.
    pub documents: Vec<ProcessedDocument>,
    /// Why it was refused as a whole.
    pub errors: Vec<DescriptorError>,
    /// Changes whenever anything does that was read for it; `None` where it could not be read.
    pub digest: Option<String>,
}

impl FoundFile {
    pub fn new(
        location: String,
        origin: &str,
        emitted_by: Option<String>,
        hash: Option<[u8; 32]>,
        documents: Vec<ProcessedDocument>,
        errors: Vec<DescriptorError>,
    ) -> Self {
        let digest = hash.map(|hash| digest_of(&hash, origin, &documents, &errors));
        Self { location, emitted_by, documents, errors, digest }
    }

    /// Whether each of its documents is an entity.
    pub fn is_whole(&self) -> bool {
        self.errors.is_empty() && self.documents.iter().all(ProcessedDocument::is_valid)
    }

    /// How many documents are refused, the file as a whole counting as one.
    pub fn refused(&self) -> usize {
        let refused = self.documents.iter().filter(|document| !document.is_valid()).count();
        refused + usize::from(!self.errors.is_empty())
    }
}

fn digest_of(
    file: &[u8; 32],
    origin: &str,
    documents: &[ProcessedDocument],
    errors: &[DescriptorError],
) -> String {
    let mut digest = Sha256::new();
    digest.update([PROCESSING_VERSION]);
    digest.update(file);
    let mut add = |error: &DescriptorError| {
        digest.update(error.line.to_le_bytes());
        digest.update(error.message.as_bytes());
    };
    errors.iter().for_each(&mut add);
    documents.iter().flat_map(|document| &document.errors).for_each(&mut add);
    for document in documents {
        digest.update([u8::from(document.is_valid())]);
        digest.update(hash_of(document, origin).as_bytes());
    }
    hex(&digest.finalize()[..16])
}
