use async_graphql::SimpleObject;
use callboard_kit::Result;
use chrono::{DateTime, Utc};

use super::location::CatalogLocation;
use crate::{
    entity::{CatalogEntity, StatusItem},
    repository::LostClaim,
    service::CatalogRequest,
};

/// How an entity came to be and how fresh it is.
#[derive(SimpleObject)]
pub struct EntityIngestion {
    /// The file or URL it was read from, `type:target`.
    location: String,
    /// The location that it all began with, `type:target`.
    origin: String,
    /// The same, for who may see locations.
    catalog_location: Option<CatalogLocation>,
    /// When its source was read last.
    read_at: Option<DateTime<Utc>>,
    /// Whether the last reading of its source failed: this is the last good version then.
    stale: bool,
    /// Why.
    error: Option<String>,
    /// Whether no location emits it any more.
    orphan: bool,
}

impl EntityIngestion {
    /// How an entity came to be.
    pub async fn of(entity: &CatalogEntity, catalog: &CatalogRequest) -> Result<Self> {
        let origin = catalog.origin_of(entity.uid).await?;
        let annotation = |name: &str| entity.annotation(name).unwrap_or_default().to_owned();
        let failed = entity.status.iter().find(|item| item.level == "error").map(|item| item.message.clone());
        let broken =
            origin.as_ref().and_then(|origin| origin.location.as_ref()).and_then(|one| one.error.clone());
        let location = match &origin {
            Some(origin) if catalog.sees_locations().await => origin.location.clone().map(CatalogLocation),
            _ => None,
        };
        let error = failed.or(broken);
        Ok(Self {
            location: annotation("backstage.io/managed-by-location"),
            origin: annotation("backstage.io/managed-by-origin-location"),
            catalog_location: location,
            read_at: origin.and_then(|origin| origin.read_at),
            stale: error.is_some(),
            error,
            orphan: entity.orphan,
        })
    }
}

/// Another source claims the reference of an entity and is ignored.
#[derive(SimpleObject)]
pub struct EntityConflict {
    /// The source that has the reference, `type:target`.
    winner: String,
    /// The source that claims it, too, `type:target`.
    loser: String,
    /// Which document of that, from 0.
    document: i32,
    /// Since when.
    since: DateTime<Utc>,
    /// What to know, for people.
    message: String,
}

impl From<LostClaim> for EntityConflict {
    fn from(claim: LostClaim) -> Self {
        let item = claim.errors.iter().find(|item| item.winner().is_some());
        Self {
            winner: item.and_then(StatusItem::winner).unwrap_or_default().to_owned(),
            message: item.map(|item| item.message.clone()).unwrap_or_default(),
            loser: claim.loser,
            document: claim.document,
            since: claim.since,
        }
    }
}
