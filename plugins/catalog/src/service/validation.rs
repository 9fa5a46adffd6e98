use std::{num::NonZero, path::PathBuf, sync::Arc, time::Duration};

use callboard_descriptor::{
    DescriptorError, ProcessOptions, Provenance, ReadError, Reader, Reference, RemotePlaceholders, Rules,
    parse_documents, process,
};
use callboard_kit::{Code, EntityRef, Problem, Result, SourceUrl};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::CatalogRequest;

/// The largest text that is judged for a client, in bytes. Judging costs far more than receiving.
const MAX_BYTES: usize = 256 * 1024;
/// How long a client waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Lets so many texts be judged at a time as there is room for beside everything else: half the cores.
#[derive(Clone, Debug)]
pub struct Judges {
    seats: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Judges {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self { seats: Arc::new(Semaphore::new((cores / 2).max(1))), patience: PATIENCE }
    }
}

impl Judges {
    /// Waits for a turn; `RATE_LIMITED` where it does not come soon.
    async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.seats).acquire_owned()).await;
        turn.ok().and_then(std::result::Result::ok).ok_or_else(|| {
            let message = "too many descriptors are being judged already, try again in a moment";
            Problem::new(Code::RateLimited, message)
        })
    }
}

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
        if text.len() > MAX_BYTES {
            let message = format!(
                "`yaml` may have {MAX_BYTES} bytes at most; check larger ones with `callboard catalog validate`"
            );
            return Err(Problem::bad_input("yaml", message));
        }
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
        let turn = self.service().judges().turn().await?;
        let judged = tokio::task::spawn_blocking(move || {
            // Kept until the work is done, even where nobody waits for it any more.
            let _turn = turn;
            judge(&text, &type_, &target, &options)
        });
        judged.await.map(Some).map_err(Problem::internal)
    }
}

fn judge(text: &str, type_: &str, target: &str, options: &ProcessOptions) -> Vec<DocumentValidation> {
    let file = Reference::File(PathBuf::from("/descriptor.yaml"));
    let provenance = Provenance { file: &file, origin_type: type_, origin_target: target };
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
    fn resolve(&self, _: &Reference, target: &str) -> Result<Reference, ReadError> {
        let refuse = || ReadError::NotAPath(target.chars().take(200).collect());
        if target.is_empty() || target.contains('\0') {
            return Err(refuse());
        }
        let unread = Url::parse("https://unread.invalid/").map_err(|_| refuse())?;
        Ok(Reference::Remote(SourceUrl::url(unread)))
    }

    fn read(&self, _: &Reference) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::NotConfigured("what a descriptor refers to".to_owned()))
    }

    fn expand(&self, _: &Reference) -> Result<Vec<Reference>, ReadError> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_to_come_again() {
        let judges = Judges { seats: Arc::new(Semaphore::new(1)), patience: Duration::from_millis(10) };
        let first = judges.turn().await.unwrap();
        assert_eq!(judges.turn().await.unwrap_err().code(), Code::RateLimited);
        drop(first);
        drop(judges.turn().await.unwrap());
    }
}
