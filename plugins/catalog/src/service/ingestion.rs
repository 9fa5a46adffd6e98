use std::collections::{HashMap, HashSet};

use callboard_kit::{EntityRef, Result};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::CatalogRequest;
use crate::{
    permissions::LOCATION_READ,
    refresh::Reading,
    repository::{LocationRow, LostClaim, SourceRow},
};

/// How an entity came to be.
#[derive(Clone, Debug)]
pub struct EntityOrigin {
    /// What it was read from.
    pub source: SourceRow,
    /// The location that this is read under; `None` where none leads to it any more.
    pub location: Option<LocationRow>,
    /// When that was read last.
    pub read_at: Option<DateTime<Utc>>,
}

impl CatalogRequest {
    /// How an entity came to be.
    pub async fn origin_of(&self, uid: Uuid) -> Result<Option<EntityOrigin>> {
        self.origins.load_one(&uid, |uids| self.load_origins(uids)).await
    }

    async fn load_origins(&self, uids: Vec<Uuid>) -> Result<HashMap<Uuid, EntityOrigin>> {
        let repository = self.service().repository();
        let connection = repository.database();
        let rows = repository.documents_by_uid(connection, &uids).await?;
        let ids: HashSet<Uuid> = rows.iter().map(|row| row.source_id).collect();
        let sources = repository.sources_by_id(connection, &ids.into_iter().collect::<Vec<_>>()).await?;
        let sources: HashMap<Uuid, SourceRow> =
            sources.into_iter().map(|source| (source.id, source)).collect();
        let ids: HashSet<Uuid> = sources.values().filter_map(|source| source.location_id).collect();
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let locations = repository.locations_by_id(connection, &ids).await?;
        let locations: HashMap<Uuid, LocationRow> =
            locations.into_iter().map(|location| (location.id, location)).collect();
        let readings = self.readings.load(&ids, |ids| self.load_readings(ids)).await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let source = sources.get(&row.source_id)?.clone();
                let location = source.location_id.and_then(|id| locations.get(&id)).cloned();
                let reading = source.location_id.and_then(|id| readings.get(&id));
                let read_at = reading.and_then(|reading| reading.read_at);
                Some((row.uid, EntityOrigin { source, location, read_at }))
            })
            .collect())
    }

    /// When a location was read last and will be read next.
    pub async fn reading_of(&self, location: Uuid) -> Result<Reading> {
        let reading = self.readings.load_one(&location, |ids| self.load_readings(ids)).await?;
        Ok(reading.unwrap_or_default())
    }

    async fn load_readings(&self, locations: Vec<Uuid>) -> Result<HashMap<Uuid, Reading>> {
        let Ok(refresher) = self.service().refresher() else { return Ok(HashMap::new()) };
        Ok(refresher.readings(&locations).await?)
    }

    /// How many documents that a location leads to are not in the catalog as they were read.
    pub async fn problems_of(&self, location: Uuid) -> Result<u64> {
        let load =
            |ids: Vec<Uuid>| async move { Ok(self.service().repository().count_problems(&ids).await?) };
        Ok(self.problems.load_one(&location, load).await?.unwrap_or(0))
    }

    /// Whether the viewer may see locations.
    pub async fn sees_locations(&self) -> bool {
        *self.sees_locations.get_or_init(|| self.may(LOCATION_READ)).await
    }

    /// The sources that claim the reference of an entity and do not have it.
    pub async fn lost_claims(&self, reference: &EntityRef) -> Result<Vec<LostClaim>> {
        let found = self.claims.load_one(reference, |references| async move {
            let texts: Vec<&str> = references.iter().map(EntityRef::as_str).collect();
            let mut found: HashMap<EntityRef, Vec<LostClaim>> = HashMap::new();
            for claim in self.service().repository().lost_claims(&texts).await? {
                if let Ok(reference) = claim.reference.parse() {
                    found.entry(reference).or_default().push(claim);
                }
            }
            Ok(found)
        });
        Ok(found.await?.unwrap_or_default())
    }
}
