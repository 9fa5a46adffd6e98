use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

use callboard_descriptor::{
    DescriptorError, ProcessOptions, ProcessedDocument, Provenance, ReadError, Reader, Reference, Rules,
    parse_documents, process,
};
use callboard_providers::{FoundEntity, FoundLocation, ProviderMutation};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Fence, Ingestion, IngestionReport,
    found::FoundFile,
    leftover::{Leftover, Orphans},
    plan::Plan,
    trail::Trail,
};
use crate::{
    error::CatalogError,
    refresh::Refresher,
    repository::{LocationOwner, LocationRow},
};

/// The type of the location that stands for what a provider found without a descriptor.
pub const PROVIDER: &str = "provider";

/// What taking over what a provider found came to.
#[derive(Clone, Debug, Default)]
pub struct Provided {
    /// Locations that are read from now on.
    pub begun: Vec<Uuid>,
    /// Locations that are read no more.
    pub forgotten: Vec<Uuid>,
    /// What became of entities.
    pub report: IngestionReport,
}

impl Ingestion {
    /// Takes over what a provider found.
    pub(crate) async fn apply(
        &self,
        provider: &str,
        mutation: ProviderMutation,
        refresher: &Refresher,
        fence: &dyn Fence,
    ) -> Result<Provided, CatalogError> {
        let (locations, entities, delta) = match mutation {
            ProviderMutation::Full { locations, entities } => (locations, entities, None),
            ProviderMutation::Delta { locations, removed_locations, entities, removed_entities } => {
                (locations, entities, Some((removed_locations, removed_entities)))
            }
        };
        let removed = delta.as_ref().map(|(locations, _)| locations.as_slice());
        let mut taken = self.replace_locations(provider, locations, removed, refresher, fence).await?;
        let bucket = self.bucket_of(provider, fence).await?;
        let origin = bucket.location();
        let files = files_of(&bucket, &origin, &entities, &self.options());
        let report = &mut taken.report;
        report.files = files.len();
        report.refused = files.iter().map(FoundFile::refused).sum();
        let mut plan = Plan::new(bucket.clone());
        let mut files = files.into_iter().peekable();
        while files.peek().is_some() {
            let batch: Vec<FoundFile> = files.by_ref().take(super::DOCUMENTS_PER_BATCH).collect();
            report.add_batch(&self.store(&mut plan, batch, fence).await?);
        }
        match delta {
            None => {
                let (removed, triggered) =
                    self.settle_as(plan, &Trail::default(), Orphans::Removed, fence).await?;
                report.removed += removed;
                report.triggered.extend(triggered);
            }
            Some((_, removed)) => {
                let (removed, triggered) = self.take_back(&bucket, &removed, fence).await?;
                report.removed += removed;
                report.triggered.extend(triggered);
            }
        }
        Ok(taken)
    }

    /// Brings the locations that a provider found in line with what it finds now.
    async fn replace_locations(
        &self,
        provider: &str,
        found: Vec<FoundLocation>,
        removed: Option<&[FoundLocation]>,
        refresher: &Refresher,
        fence: &dyn Fence,
    ) -> Result<Provided, CatalogError> {
        let repository = self.service.repository();
        let owner = LocationOwner::Provider(provider.to_owned());
        let write = repository.begin().await?;
        fence.check(&write).await?;
        let stored = repository.locations_of(&*write, &owner).await?;
        let mut known: HashMap<FoundLocation, Uuid> = stored
            .into_iter()
            .filter(|row| row.kind != PROVIDER)
            .map(|row| (FoundLocation { kind: row.kind, target: row.target }, row.id))
            .collect();
        let mut news: HashMap<FoundLocation, LocationRow> = HashMap::new();
        for location in found {
            if known.contains_key(&location) && removed.is_none() {
                known.remove(&location);
            } else if !known.contains_key(&location) && !news.contains_key(&location) {
                let row = self.row(&owner, &location.kind, &location.target);
                news.insert(location, row);
            }
        }
        let gone: Vec<Uuid> = match removed {
            None => known.into_values().collect(),
            Some(removed) => removed.iter().filter_map(|location| known.get(location)).copied().collect(),
        };
        let news: Vec<LocationRow> = news.into_values().filter(|row| !gone.contains(&row.id)).collect();
        if news.is_empty() && gone.is_empty() {
            return Ok(Provided::default());
        }
        repository.save_locations(&*write, &news).await?;
        let begun: Vec<Uuid> = news.into_iter().map(|row| row.id).collect();
        // Together with the locations: one that is known is not begun another time.
        refresher.begin_all_in(&write, &begun).await?;
        let leftover = self.forget(&write, &gone).await?;
        let report = IngestionReport {
            triggered: leftover.triggered.iter().copied().collect(),
            removed: self.finish(write, leftover).await?,
            ..IngestionReport::default()
        };
        refresher.wake();
        Ok(Provided { begun, forgotten: gone, report })
    }

    /// The location that stands for what a provider found without a descriptor.
    async fn bucket_of(&self, provider: &str, fence: &dyn Fence) -> Result<LocationRow, CatalogError> {
        let repository = self.service.repository();
        let owner = LocationOwner::Provider(provider.to_owned());
        let find = |rows: Vec<LocationRow>| rows.into_iter().find(|row| row.kind == PROVIDER);
        if let Some(row) = find(repository.locations_of(repository.database(), &owner).await?) {
            return Ok(row);
        }
        let write = repository.begin().await?;
        fence.check(&write).await?;
        if let Some(row) = find(repository.locations_of(&*write, &owner).await?) {
            return Ok(row);
        }
        let row = self.row(&owner, PROVIDER, provider);
        repository.save_locations(&*write, std::slice::from_ref(&row)).await?;
        repository.commit(write).await?;
        Ok(row)
    }

    fn row(&self, owner: &LocationOwner, kind: &str, target: &str) -> LocationRow {
        LocationRow {
            id: Uuid::now_v7(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            owner: owner.clone(),
            position: 0,
            created_by: None,
            created_at: self.service.clock().now(),
            error: None,
        }
    }

    /// Lets go of entities that a provider said are gone.
    async fn take_back(
        &self,
        bucket: &LocationRow,
        references: &[String],
        fence: &dyn Fence,
    ) -> Result<(usize, Vec<Uuid>), CatalogError> {
        if references.is_empty() {
            return Ok((0, Vec::new()));
        }
        let repository = self.service.repository();
        let write = repository.begin().await?;
        fence.check(&write).await?;
        let places: Vec<String> =
            references.iter().map(|reference| place_of(&bucket.target, reference)).collect();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let sources = repository.sources_at(&*write, &places).await?;
        let sources: Vec<Uuid> = sources.into_iter().map(|source| source.id).collect();
        repository.delete_parents(&*write, bucket.id, &sources).await?;
        let mut leftover = Leftover::default();
        self.let_go(&write, &sources, Orphans::Removed, &mut leftover).await?;
        let triggered = leftover.triggered.iter().copied().collect();
        Ok((self.finish(write, leftover).await?, triggered))
    }

    /// What entities of providers are held to: a provider is in the config, so every kind is allowed from it.
    fn options(&self) -> ProcessOptions {
        ProcessOptions { rules: Rules::allow_all().into(), ..self.service.validation().clone() }
    }
}

/// The source of an entity without a descriptor.
fn place_of(provider: &str, reference: &str) -> String {
    format!("{PROVIDER}:{provider}#{reference}")
}

/// Entities of a provider as if each were a file of its own.
fn files_of(
    bucket: &LocationRow,
    origin: &str,
    entities: &[FoundEntity],
    options: &ProcessOptions,
) -> Vec<FoundFile> {
    let mut taken: HashSet<String> = HashSet::new();
    let files = (1..).zip(entities).map(|(number, found)| {
        let (hash, documents, errors) = read(bucket, found, options);
        let reference = documents.first().and_then(|document| document.reference.as_ref());
        let name = reference.map_or_else(|| format!("{number}"), ToString::to_string);
        let mut place = place_of(&bucket.target, &name);
        if !taken.insert(place.clone()) {
            // Of two that are called the same, one is refused and told of.
            place = format!("{place}#{number}");
            taken.insert(place.clone());
        }
        FoundFile::new(place, origin, None, Some(hash), documents, errors)
    });
    files.collect()
}

/// What an entity of a provider says, and a hash of it.
fn read(
    bucket: &LocationRow,
    found: &FoundEntity,
    options: &ProcessOptions,
) -> ([u8; 32], Vec<ProcessedDocument>, Vec<DescriptorError>) {
    let text = found.entity.to_string();
    let place = Reference::of_location(&found.location)
        .unwrap_or_else(|| Reference::File(PathBuf::from(format!("/{}", bucket.target))));
    let provenance = Provenance { file: &place, origin_type: PROVIDER, origin_target: &bucket.target };
    let hash = Sha256::new_with_prefix(text.as_bytes()).chain_update(found.location.as_bytes()).finalize();
    match parse_documents(text.as_bytes(), &options.limits) {
        Ok(documents) => {
            let documents = documents.into_iter();
            let documents = documents.filter_map(|document| process(document, &provenance, &Closed, options));
            (hash.into(), documents.collect(), Vec::new())
        }
        Err(error) => (hash.into(), Vec::new(), vec![error]),
    }
}

/// Reads nothing: what a provider found holds no placeholders.
struct Closed;

impl Reader for Closed {
    fn resolve(&self, _: &Reference, target: &str) -> Result<Reference, ReadError> {
        Err(ReadError::NotConfigured(target.chars().take(200).collect()))
    }

    fn read(&self, reference: &Reference) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::NotConfigured(reference.target()))
    }

    fn expand(&self, target: &Reference) -> Result<Vec<Reference>, ReadError> {
        Err(ReadError::NotConfigured(target.target()))
    }
}
