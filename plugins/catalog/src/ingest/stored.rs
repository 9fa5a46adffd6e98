use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::found::FoundFile;
use crate::{
    error::CatalogError,
    repository::{CatalogRepository, DocumentRow, LocationRow, SourceRow},
};

/// What is stored of a batch of files and of whatever has the references that they claim.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// By location.
    pub sources: HashMap<String, SourceRow>,
    /// The same and those of other holders, by id.
    pub by_id: HashMap<Uuid, SourceRow>,
    pub rows: HashMap<Uuid, DocumentRow>,
    pub by_reference: HashMap<String, Uuid>,
    pub by_source: HashMap<Uuid, Vec<Uuid>>,
    /// What names a source for the location that is read, as far as that is written down.
    pub emitters: HashMap<Uuid, String>,
    /// The locations that sources are read under, by id: those that are not there any more are not in it.
    pub locations: HashMap<Uuid, LocationRow>,
}

impl Stored {
    /// Loads what the comparison with `files`, which `location` leads to, needs to know. Files that are as they were
    /// are taken out first, as `is_known` tells.
    pub async fn load(
        repository: &CatalogRepository,
        connection: &impl ConnectionTrait,
        location: Uuid,
        files: &[FoundFile],
        is_known: impl Fn(&SourceRow, &FoundFile) -> bool,
    ) -> Result<Self, CatalogError> {
        let mut stored = Self::default();
        let places: Vec<&str> = files.iter().map(|file| file.location.as_str()).collect();
        for source in repository.sources_at(connection, &places).await? {
            stored.by_id.insert(source.id, source.clone());
            stored.sources.insert(source.location.clone(), source);
        }
        let changed: Vec<&FoundFile> = files
            .iter()
            .filter(|file| stored.sources.get(&file.location).is_none_or(|source| !is_known(source, file)))
            .collect();
        let sources: Vec<Uuid> = changed
            .iter()
            .filter_map(|file| stored.sources.get(&file.location))
            .map(|source| source.id)
            .collect();
        stored.add_rows(repository.documents_of(connection, &sources).await?);
        let parents = repository.parents_of(connection, &sources).await?.into_iter();
        let parents = parents.filter(|parent| parent.location == location);
        stored.emitters.extend(parents.map(|parent| (parent.source, parent.emitted_by)));
        let mut claimed: Vec<&str> = changed
            .iter()
            .flat_map(|file| &file.documents)
            .filter_map(|document| document.reference.as_ref())
            .map(callboard_kit::EntityRef::as_str)
            .filter(|reference| !stored.by_reference.contains_key(*reference))
            .collect();
        claimed.sort_unstable();
        claimed.dedup();
        let holders = repository.documents_at(connection, &claimed).await?;
        let others: HashSet<Uuid> = holders.iter().map(|row| row.source_id).collect();
        let others: Vec<Uuid> = others.into_iter().filter(|id| !stored.by_id.contains_key(id)).collect();
        for source in repository.sources_by_id(connection, &others).await? {
            stored.by_id.insert(source.id, source);
        }
        stored.add_rows(holders);
        let locations: HashSet<Uuid> =
            stored.by_id.values().filter_map(|source| source.location_id).collect();
        let locations: Vec<Uuid> = locations.into_iter().collect();
        for location in repository.locations_by_id(connection, &locations).await? {
            stored.locations.insert(location.id, location);
        }
        Ok(stored)
    }

    fn add_rows(&mut self, rows: Vec<DocumentRow>) {
        for row in rows {
            if let Some(reference) = &row.reference {
                self.by_reference.insert(reference.clone(), row.uid);
            }
            self.by_source.entry(row.source_id).or_default().push(row.uid);
            self.rows.insert(row.uid, row);
        }
    }

    /// The location that a source is read under, if that is still there.
    pub fn location_of(&self, source: &SourceRow) -> Option<&LocationRow> {
        self.locations.get(&source.location_id?)
    }
}
