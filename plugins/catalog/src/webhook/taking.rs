//! What becomes of a change that somebody tells of.

use std::{collections::BTreeSet, time::Duration};

use callboard_kit::{ReadFailure, SourceReader, SourceUrl};
use callboard_providers::Told;
use chrono::TimeDelta;
use futures::{StreamExt, stream};
use uuid::Uuid;

use super::{Webhooks, change::Change};
use crate::{
    error::CatalogError,
    repository::{LocationOwner, LocationRow},
};

/// For how long is remembered what was taken.
const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// How long is looked whether what has moved is there, and what is gone is not. Whoever tells of it waits ten seconds.
const LOOKING: Duration = Duration::from_secs(6);
/// Locations that are looked at so at the same time.
const AT_ONCE: usize = 8;

impl Webhooks {
    /// Has the locations read that a change concerns, and says how many; `None` where it was told of before.
    pub(super) async fn refresh(
        &self,
        delivery: &str,
        change: &Change,
    ) -> Result<Option<usize>, CatalogError> {
        let repository = self.refresher.ingestion().repository();
        let now = self.clock.now();
        repository.prune_deliveries(now - REMEMBERED).await?;
        if !repository.take_delivery(delivery, now).await? {
            return Ok(None);
        }
        match self.take_over(change).await {
            Ok(count) => Ok(Some(count)),
            Err(error) => {
                // The sender comes again with it.
                repository.return_delivery(delivery).await?;
                Err(error)
            }
        }
    }

    async fn take_over(&self, change: &Change) -> Result<usize, CatalogError> {
        let repository = self.refresher.ingestion().repository();
        let places = repository.refresh_keys_below(&change.beginnings()).await?;
        let concerned = places.into_iter().filter(|(_, place)| change.concerns(place));
        let mut locations: BTreeSet<Uuid> = concerned.map(|(location, _)| location).collect();
        if change.moved.is_some() || change.is_gone {
            let gone = self.follow(change, &locations).await?;
            locations.retain(|location| !gone.contains(location));
        }
        let locations: Vec<Uuid> = locations.into_iter().collect();
        self.refresher.soon(&locations).await?;
        // A repository that is new, or has a descriptor now, is found by those who look for such.
        let told = Told {
            repositories: &change.repositories,
            branch: change.branch.as_deref(),
            default_branch: change.default_branch.as_deref(),
            files: change.files.as_deref(),
        };
        self.providers.tell(&told).await?;
        Ok(locations.len())
    }

    /// Follows a repository to where it is now, and unregisters what was read from one that is there no more; says which
    /// locations those are. Nobody's word is taken for either: the forge itself is asked.
    async fn follow(&self, change: &Change, locations: &BTreeSet<Uuid>) -> Result<Vec<Uuid>, CatalogError> {
        let ingestion = self.refresher.ingestion();
        let Some(sources) = self.providers.sources() else { return Ok(Vec::new()) };
        let ids: Vec<Uuid> = locations.iter().copied().collect();
        let rows = ingestion.repository().locations_by_id(ingestion.repository().database(), &ids).await?;
        let wanted: Vec<LocationRow> =
            rows.into_iter().filter_map(|row| self.followed(change, row)).collect();
        let sources = &*sources;
        let looks = stream::iter(wanted).map(|row| async move { (is_there(sources, &row).await, row) });
        let looks = looks.buffer_unordered(AT_ONCE).take_until(tokio::time::sleep(LOOKING));
        let looks: Vec<(Option<bool>, LocationRow)> = looks.collect().await;
        let mut gone = Vec::new();
        for (is_there, row) in looks {
            let place = row.location();
            if change.is_gone && is_there == Some(false) {
                tracing::info!(location = place, "a location is unregistered: its repository is deleted");
                gone.push(row.id);
            } else if !change.is_gone && is_there == Some(true) && ingestion.move_location(row).await? {
                tracing::info!(location = place, "a location has moved with its repository");
            }
        }
        if !gone.is_empty() {
            let (_, triggered) = ingestion.remove(&gone).await?;
            self.refresher.forget(&gone).await?;
            self.refresher.soon(&triggered).await?;
        }
        Ok(gone)
    }

    /// The location as it is after a change. What the config names is for the config to change, and what a provider finds
    /// no more is for the provider to let go of.
    fn followed(&self, change: &Change, row: LocationRow) -> Option<LocationRow> {
        let is_registered = row.owner == LocationOwner::Registered && !self.is_readonly;
        if change.is_gone {
            return Some(row).filter(|row| is_registered && change.concerns(&row.location()));
        }
        let follows = is_registered || matches!(row.owner, LocationOwner::Provider(_));
        let target = change.moved(&row.target).filter(|_| follows)?;
        Some(LocationRow { target, error: None, ..row })
    }
}

/// Whether something is there; `None` where its host does not say.
async fn is_there(sources: &dyn SourceReader, row: &LocationRow) -> Option<bool> {
    let source: SourceUrl = row.location().parse().ok()?;
    let found = async {
        match sources.expand(&source).await?.first() {
            Some(file) => sources.read(file).await.map(|_| true),
            None => Ok(true),
        }
    };
    match found.await {
        Ok(is_there) => Some(is_there),
        Err(ReadFailure::NotFound(_)) => Some(false),
        Err(_) => None,
    }
}
