use std::path::{Path, PathBuf};

use callboard_descriptor::{
    DescriptorError, ProcessOptions, Provenance, ReadError, Reader, Reference, RemotePlaceholders, Rules,
    parse_documents, process,
};
use callboard_kit::{EntityRef, Problem, Result};
use url::Url;

use super::CatalogRequest;

/// What was found of one document.
#[derive(Clone, Debug)]
pub struct DocumentValidation {
    /// Its place in the text, from 0, counting empty documents.
    pub document: usize,
    /// Its reference, as far as that could be read.
    pub reference: Option<EntityRef>,
    /// Whether it is an entity; `None` for an empty document.
    pub is_valid: Option<bool>,
    /// What is wrong with it.
    pub errors: Vec<DescriptorError>,
}

impl CatalogRequest {
    /// Judges descriptors as they would be judged if they were read from `location`. Nothing is read for them: a
    /// placeholder counts as text. `None` for those who may not see the catalog at all.
    pub async fn validate(
        &self,
        text: String,
        location: Option<&str>,
    ) -> Result<Option<Vec<DocumentValidation>>> {
        let malformed = || Problem::bad_input("location", "`location` is written `type:target`");
        let location = location.map(|location| location.split_once(':').ok_or_else(malformed)).transpose()?;
        if !self.decision().await.is_possible() {
            return Ok(None);
        }
        let mut options = self.service().validation().clone();
        options.remote = RemotePlaceholders::AsText;
        if location.is_none() {
            options.rules = Rules::allow_all().into();
        }
        let (type_, target) = location.unwrap_or(("file", "/descriptor.yaml"));
        let (type_, target) = (type_.to_owned(), target.to_owned());
        let judged = tokio::task::spawn_blocking(move || judge(&text, &type_, &target, &options));
        judged.await.map(Some).map_err(Problem::internal)
    }
}

fn judge(text: &str, type_: &str, target: &str, options: &ProcessOptions) -> Vec<DocumentValidation> {
    let file = Path::new("/descriptor.yaml");
    let provenance = Provenance { file, origin_type: type_, origin_target: target };
    let documents = match parse_documents(text.as_bytes(), &options.limits) {
        Ok(documents) => documents,
        Err(error) => {
            let errors = vec![error];
            return vec![DocumentValidation { document: 0, reference: None, is_valid: Some(false), errors }];
        }
    };
    documents
        .into_iter()
        .map(|document| {
            let index = document.index;
            match process(document, &provenance, &Unread, options) {
                None => DocumentValidation {
                    document: index,
                    reference: None,
                    is_valid: None,
                    errors: Vec::new(),
                },
                Some(processed) => DocumentValidation {
                    document: index,
                    is_valid: Some(processed.is_valid()),
                    reference: processed.reference,
                    errors: processed.errors,
                },
            }
        })
        .collect()
}

/// Reads nothing: whoever sends a descriptor must not read the server's files with it.
struct Unread;

impl Reader for Unread {
    fn resolve(&self, _: &Path, target: &str) -> Result<Reference, ReadError> {
        let refuse = || ReadError::NotAPath(target.chars().take(200).collect());
        if target.is_empty() || target.contains('\0') {
            return Err(refuse());
        }
        Url::parse("https://unread.invalid/").map(Reference::Remote).map_err(|_| refuse())
    }

    fn read(&self, _: &Reference) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::NotConfigured("what a descriptor refers to".to_owned()))
    }

    fn expand(&self, _: &Path) -> Result<Vec<PathBuf>, ReadError> {
        Ok(Vec::new())
    }
}
