use std::collections::HashMap;

use callboard_descriptor::ProcessedDocument;
use callboard_kit::EntityRef;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{
    Ingestion,
    found::FoundFile,
    source::{conflict, hash_of, status_of},
    trail::Trail,
};
use crate::{
    entity::StatusItem,
    error::CatalogError,
    repository::{DocumentRow, LocationRow, SourceRow},
};

/// Documents that are told of one by one.
const TOLD: usize = 500;

/// What registering a location does, or would do, with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentAction {
    /// It becomes an entity.
    Create,
    /// It becomes the new version of an entity that is there.
    Update,
    /// It is there already, just so.
    Unchanged,
    /// Another source has its reference.
    Conflict,
    /// It is no entity.
    Refused,
}

/// What becomes of one document.
#[derive(Clone, Debug)]
pub struct DocumentPreview {
    /// The file it is in, `type:target`.
    pub location: String,
    /// Its place in the file, from 0.
    pub document: usize,
    /// The line that it begins on, from 1.
    pub line: u32,
    /// Its reference, as far as that could be read.
    pub reference: Option<EntityRef>,
    /// What happens to it.
    pub action: DocumentAction,
    /// What is wrong with it.
    pub errors: Vec<StatusItem>,
    /// The entity as it is stored.
    pub descriptor: Option<Value>,
}

/// What becomes of the documents of a location.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The first 500.
    pub documents: Vec<DocumentPreview>,
    /// How many there are.
    pub count: usize,
    /// Why the location could not be read as a whole.
    pub error: Option<String>,
    /// Whether nothing of it could be read.
    pub is_unreadable: bool,
}

impl Ingestion {
    /// Reads a location, stored or not, and says what storing what is in it would do. Nothing is stored.
    pub(crate) async fn preview(
        &self,
        location: LocationRow,
        cancelled: &CancellationToken,
    ) -> Result<Preview, CatalogError> {
        let origin = location.location();
        let root = self.places.open(location, tokio::runtime::Handle::current());
        let mut trail = Trail::default();
        let mut preview = Preview::default();
        let mut claimed = HashMap::new();
        let mut reading = root.read();
        loop {
            let next = tokio::select! {
                () = cancelled.cancelled() => return Ok(preview),
                file = reading.files.recv() => file,
            };
            let Some(file) = next else { break };
            let file = trail.note(&origin, file);
            preview.count += file.documents.len() + usize::from(!file.errors.is_empty());
            if preview.documents.len() < TOLD {
                self.judge(&root.row, file, &mut claimed, &mut preview.documents).await?;
                preview.documents.truncate(TOLD);
            }
        }
        let errors = reading.errors.await.map_err(CatalogError::Interrupted)?;
        preview.is_unreadable = trail.error.is_some() || (preview.count == 0 && !errors.is_empty());
        preview.error = trail.error.or_else(|| errors.first().map(|error| error.message.clone()));
        Ok(preview)
    }

    async fn judge(
        &self,
        location: &LocationRow,
        file: FoundFile,
        claimed: &mut HashMap<EntityRef, String>,
        told: &mut Vec<DocumentPreview>,
    ) -> Result<(), CatalogError> {
        let references: Vec<&str> = file
            .documents
            .iter()
            .filter_map(|document| document.reference.as_ref())
            .map(EntityRef::as_str)
            .collect();
        let holders = self.holders(&references).await?;
        let FoundFile { location: place, documents, errors, .. } = file;
        if !errors.is_empty() {
            told.push(DocumentPreview {
                location: place.clone(),
                document: 0,
                line: 1,
                reference: None,
                action: DocumentAction::Refused,
                errors: status_of(&place, &errors),
                descriptor: None,
            });
        }
        for document in documents {
            let mut errors = status_of(&place, &document.errors);
            let action = match document.reference.as_ref().filter(|_| document.is_valid()) {
                None => DocumentAction::Refused,
                Some(reference) => {
                    let rival = claimed.get(reference).cloned();
                    let holder = holders.get(reference.as_str());
                    let (action, winner) = action_of(location, &place, &document, rival, holder);
                    if let Some(winner) = winner {
                        errors.push(conflict(&place, document.line, reference, &winner));
                    } else {
                        claimed.insert(reference.clone(), place.clone());
                    }
                    action
                }
            };
            told.push(DocumentPreview {
                location: place.clone(),
                document: document.index,
                line: document.line,
                reference: document.reference,
                action,
                errors,
                descriptor: document.entity,
            });
        }
        Ok(())
    }

    /// Who has these references, each with its source and the location that this is read under.
    async fn holders(&self, references: &[&str]) -> Result<HashMap<String, Holder>, CatalogError> {
        let repository = self.service.repository();
        let connection = repository.database();
        let rows = repository.documents_at(connection, references).await?;
        let sources: Vec<_> = rows.iter().map(|row| row.source_id).collect();
        let sources = repository.sources_by_id(connection, &sources).await?;
        let locations: Vec<_> = sources.iter().filter_map(|source| source.location_id).collect();
        let locations = repository.locations_by_id(connection, &locations).await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let source = sources.iter().find(|source| source.id == row.source_id)?.clone();
                let location = locations.iter().find(|one| Some(one.id) == source.location_id).cloned();
                Some((row.reference.clone()?, Holder { row, source, location }))
            })
            .collect())
    }
}

struct Holder {
    row: DocumentRow,
    source: SourceRow,
    location: Option<LocationRow>,
}

/// What happens to a document that is an entity, and who has its reference if it loses.
fn action_of(
    location: &LocationRow,
    place: &str,
    document: &ProcessedDocument,
    rival: Option<String>,
    holder: Option<&Holder>,
) -> (DocumentAction, Option<String>) {
    if let Some(winner) = rival {
        return (DocumentAction::Conflict, Some(winner));
    }
    let Some(Holder { row, source, location: other }) = holder else { return (DocumentAction::Create, None) };
    if source.location == place {
        let hash = hash_of(document, &source.origin);
        let is_same = row.hash.as_deref() == Some(hash.as_str());
        return (if is_same { DocumentAction::Unchanged } else { DocumentAction::Update }, None);
    }
    let keeps = other.as_ref().is_some_and(|other| other.rank() <= location.rank());
    if keeps && !row.orphan {
        return (DocumentAction::Conflict, Some(source.location.clone()));
    }
    (DocumentAction::Update, None)
}
