use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    Ingestion,
    leftover::{Leftover, Orphans},
};
use crate::{
    config::OrphanStrategy,
    error::CatalogError,
    repository::{CatalogRepository, LocationOwner, LocationRow, WriteTransaction},
};

/// What became of the locations of the config.
#[derive(Clone, Debug, Default)]
pub struct Synced {
    /// All that the config names, in order.
    pub locations: Vec<Uuid>,
    /// The references of entities that only locations brought in that it names no more.
    pub removed: Vec<String>,
    /// Locations it names no more.
    pub forgotten: Vec<Uuid>,
    /// Other locations that have a reason to be read again.
    pub triggered: Vec<Uuid>,
}

impl Ingestion {
    /// Brings the stored locations in line with the config. What only locations brought in that it names no more is
    /// gone with them; where it names new ones, once those are read, so that what moved keeps its identity.
    pub(crate) async fn sync(&self) -> Result<Synced, CatalogError> {
        let wanted = self.places.configured();
        let repository = self.service.repository();
        let write = repository.begin().await?;
        let mut stored = repository.locations_of(&*write, &LocationOwner::Retired).await?;
        stored.extend(repository.locations_of(&*write, &LocationOwner::Config).await?);
        let mut known: HashMap<(String, String), LocationRow> = stored
            .into_iter()
            .map(|location| ((location.kind.clone(), location.target.clone()), location))
            .collect();
        let mut has_new = known.values().any(|location| location.owner == LocationOwner::Retired);
        let mut news = Vec::new();
        let mut synced = Synced::default();
        for (position, (kind, target)) in (0_i64..).zip(wanted) {
            let location = match known.remove(&(kind.clone(), target.clone())) {
                Some(location)
                    if location.position == position && location.owner == LocationOwner::Config =>
                {
                    synced.locations.push(location.id);
                    continue;
                }
                Some(location) => LocationRow { position, owner: LocationOwner::Config, ..location },
                None => {
                    has_new = true;
                    LocationRow {
                        id: Uuid::now_v7(),
                        kind,
                        target,
                        owner: LocationOwner::Config,
                        position,
                        created_by: None,
                        created_at: self.service.clock().now(),
                        error: None,
                    }
                }
            };
            synced.locations.push(location.id);
            news.push(location);
        }
        if !news.is_empty() {
            // Who comes first may have changed, and with it who has what several claim.
            self.reconsider(&write, &news).await?;
        }
        repository.save_locations(&*write, &news).await?;
        synced.forgotten = known.values().map(|location| location.id).collect();
        let retired: Vec<LocationRow> = known
            .into_values()
            .map(|location| LocationRow { owner: LocationOwner::Retired, ..location })
            .collect();
        if has_new && !synced.locations.is_empty() {
            repository.save_locations(&*write, &retired).await?;
            repository.commit(write).await?;
            return Ok(synced);
        }
        let leftover = self.forget(&write, &synced.forgotten).await?;
        synced.removed.clone_from(&leftover.references);
        synced.triggered = leftover.triggered.iter().copied().collect();
        self.finish(write, leftover).await?;
        Ok(synced)
    }

    /// Lets go of what the config named before and no location has claimed since. Answers as [`Self::remove`] does.
    pub(crate) async fn remove_retired(&self) -> Result<(Vec<String>, Vec<Uuid>), CatalogError> {
        let retired = self.locations_of(&LocationOwner::Retired).await?;
        if retired.is_empty() { Ok((Vec::new(), Vec::new())) } else { self.remove(&retired).await }
    }

    /// Has the files that lost a claim looked at again where their location has moved.
    async fn reconsider(&self, write: &WriteTransaction, moved: &[LocationRow]) -> Result<(), CatalogError> {
        let repository = self.service.repository();
        let moved: Vec<Uuid> = moved.iter().map(|location| location.id).collect();
        let sources = repository.losers_of(&**write, &moved).await?;
        repository.mark_dirty(&**write, &sources).await
    }

    /// Has a location read from where it is now, unless that is read already; whether it is.
    pub(crate) async fn move_location(&self, row: LocationRow) -> Result<bool, CatalogError> {
        let repository = self.service.repository();
        let write = repository.begin().await?;
        let is_taken = !repository.locations_at(&*write, &row.kind, &row.target).await?.is_empty();
        let is_known = !repository.locations_by_id(&*write, &[row.id]).await?.is_empty();
        if is_taken || !is_known {
            return Ok(false);
        }
        repository.save_locations(&*write, &[row]).await?;
        repository.commit(write).await?;
        Ok(true)
    }

    /// Takes locations back, with all that only they brought in, whatever becomes of orphans. Answers the references
    /// that are gone and the locations that have a reason to be read again.
    pub(crate) async fn remove(&self, locations: &[Uuid]) -> Result<(Vec<String>, Vec<Uuid>), CatalogError> {
        let write = self.service.repository().begin().await?;
        let leftover = self.forget(&write, locations).await?;
        let references = leftover.references.clone();
        let triggered = leftover.triggered.iter().copied().collect();
        self.finish(write, leftover).await?;
        Ok((references, triggered))
    }

    pub(super) async fn forget(
        &self,
        write: &WriteTransaction,
        locations: &[Uuid],
    ) -> Result<Leftover, CatalogError> {
        let repository = self.service.repository();
        let mut leftover = Leftover::default();
        repository.delete_locations(&**write, locations).await?;
        repository.delete_refresh_keys(&**write, locations).await?;
        let led_to = repository.led_to_by(&**write, locations).await?;
        repository.delete_parents_of(&**write, locations).await?;
        let sources: HashSet<Uuid> = led_to.into_iter().map(|parent| parent.source).collect();
        let sources: Vec<Uuid> = sources.into_iter().collect();
        self.let_go(write, &sources, Orphans::Removed, &mut leftover).await?;
        for location in locations {
            leftover.triggered.remove(location);
        }
        Ok(leftover)
    }

    /// Removes one entity, whatever emits it: its source brings it back when it is read next. Answers the locations
    /// that have a reason to be read again at once.
    pub(crate) async fn remove_entity(&self, uid: Uuid) -> Result<Vec<Uuid>, CatalogError> {
        let repository = self.service.repository();
        let write = repository.begin().await?;
        let mut leftover = Leftover::default();
        for row in repository.documents_by_uid(&*write, &[uid]).await? {
            let source = row.source_id;
            leftover.remove(row);
            if repository.parents_of(&*write, &[source]).await?.is_empty() {
                let rest = repository.documents_of(&*write, &[source]).await?;
                if rest.iter().all(|other| other.uid == uid) {
                    leftover.sources.push(source);
                }
            } else {
                leftover.dirty.push(source);
            }
        }
        self.let_go(&write, &[], Orphans::Removed, &mut leftover).await?;
        let triggered = leftover.triggered.iter().copied().collect();
        self.finish(write, leftover).await?;
        Ok(triggered)
    }

    /// Removes the orphans that were kept while the config said so, where it says otherwise now. Answers the locations
    /// that have a reason to be read again.
    pub(crate) async fn remove_orphans(&self) -> Result<Vec<Uuid>, CatalogError> {
        let orphans = self.service.index.read().orphans();
        if self.orphans == OrphanStrategy::Keep || orphans.is_empty() {
            return Ok(Vec::new());
        }
        let repository = self.service.repository();
        let write = repository.begin().await?;
        let mut leftover = Leftover::default();
        let mut sources: HashSet<Uuid> = HashSet::new();
        for row in repository.documents_by_uid(&*write, &orphans).await? {
            if row.orphan {
                sources.insert(row.source_id);
                leftover.remove(row);
            }
        }
        let sources: Vec<Uuid> = sources.into_iter().collect();
        let sources = repository.sources_by_id(&*write, &sources).await?.into_iter();
        leftover.sources.extend(sources.filter(|one| one.location_id.is_none()).map(|one| one.id));
        self.let_go(&write, &[], Orphans::Removed, &mut leftover).await?;
        let triggered = leftover.triggered.iter().copied().collect();
        self.finish(write, leftover).await?;
        Ok(triggered)
    }

    /// The locations of one owner.
    pub(crate) async fn locations_of(&self, owner: &LocationOwner) -> Result<Vec<Uuid>, CatalogError> {
        let repository = self.service.repository();
        let rows = repository.locations_of(repository.database(), owner).await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// The queries behind it.
    pub(crate) fn repository(&self) -> &CatalogRepository {
        self.service.repository()
    }

    /// The providers that something is kept of.
    pub(crate) async fn provider_ids(&self) -> Result<Vec<String>, CatalogError> {
        self.service.repository().provider_ids().await
    }

    /// Every location that is read.
    pub(crate) async fn all_locations(&self) -> Result<Vec<Uuid>, CatalogError> {
        self.service.repository().location_ids().await
    }

    /// Whether a location is still read.
    pub(crate) async fn is_there(&self, location: Uuid) -> Result<bool, CatalogError> {
        Ok(self.service.repository().location(location).await?.is_some())
    }
}
