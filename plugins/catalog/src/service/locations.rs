use std::{collections::HashSet, sync::Arc, time::Duration};

use callboard_kit::{
    Code, Cursor, Decision, EntityFilter, Page, PageArguments, Problem, Result, note_changes, note_denied,
};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use url::Url;
use uuid::Uuid;

use super::CatalogRequest;
use crate::{
    error::CatalogError,
    index::{ORIGIN, origin_key},
    ingest::Preview,
    permissions::{ENTITY_CREATE, LOCATION_CREATE, LOCATION_DELETE, LOCATION_READ},
    refresh::{Awaited, Refresher},
    repository::{LocationFilter, LocationOwner, LocationRow},
};

/// How long a mutation waits for a location to be read.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a target.
const MAX_TARGET: usize = 2048;

/// What registering a location came to.
#[derive(Debug)]
pub struct Registration {
    /// The location; `None` in a trial of one that is not there yet.
    pub location: Option<LocationRow>,
    /// Whether it was there before.
    pub exists: bool,
    /// What became of its documents, or would.
    pub preview: Preview,
}

impl CatalogRequest {
    /// The locations that the catalog reads, in the order they came to be; `None` for those who may not see them.
    pub async fn locations(
        &self,
        filter: &LocationFilter,
        page: PageArguments,
    ) -> Result<Option<Page<LocationRow>>> {
        let bounds = page.check()?;
        let after = bounds.after.as_ref().map(place).transpose()?;
        if !self.may(LOCATION_READ).await {
            return Ok(None);
        }
        let repository = self.service().repository();
        let total = repository.count_locations(filter).await?;
        let mut rows = repository.list_locations(filter, after, bounds.size as u64 + 1).await?;
        let has_next_page = rows.len() > bounds.size;
        rows.truncate(bounds.size);
        let cursor = |row: &LocationRow| Cursor(vec![Some(row.id.to_string())]).encode();
        Ok(Some(Page {
            items: rows.into_iter().map(|row| (cursor(&row), row)).collect(),
            has_next_page,
            has_previous_page: after.is_some(),
            total_count: usize::try_from(total).unwrap_or(usize::MAX),
        }))
    }

    /// A location, as far as the viewer may see it.
    pub async fn location(&self, id: Uuid) -> Result<Option<LocationRow>> {
        if !self.may(LOCATION_READ).await {
            return Ok(None);
        }
        Ok(self.service().repository().location(id).await?)
    }

    /// Whether the viewer may do something that is about no entity.
    pub async fn may(&self, permission: &str) -> bool {
        let authorizer = self.service().services().authorizer();
        matches!(authorizer.decide(self.viewer(), permission).await, Decision::Allow)
    }

    /// `FORBIDDEN` unless the viewer may do it.
    pub(super) async fn require(&self, permission: &str) -> Result<()> {
        if self.may(permission).await {
            return Ok(());
        }
        note_denied(permission);
        Err(Problem::forbidden(format!("this takes the permission `{permission}`")))
    }

    /// Whether the viewer may unregister a location.
    pub async fn may_remove(&self, location: &LocationRow) -> bool {
        location.owner == LocationOwner::Registered
            && !self.service().is_readonly()
            && self.may(LOCATION_DELETE).await
    }

    /// Registers a location and answers when what it brings in is there, or says what it would bring in.
    pub async fn register(&self, kind: &str, target: &str, dry_run: bool) -> Result<Registration> {
        self.require(LOCATION_CREATE).await?;
        self.require(ENTITY_CREATE).await?;
        let refresher = self.writable_refresher(dry_run)?;
        let target = checked_target(kind, target, "input.")?;
        let repository = self.service().repository();
        let known = repository.locations_at(repository.database(), kind, &target).await?;
        let known = known.into_iter().min_by_key(LocationRow::rank);
        if let (Some(known), false) = (&known, dry_run) {
            let message = match &known.owner {
                LocationOwner::Registered => "is registered already".to_owned(),
                LocationOwner::Config | LocationOwner::Retired => {
                    "is in the config already, under `catalog.locations`".to_owned()
                }
                LocationOwner::Provider(id) => format!("is read already, for the provider `{id}`"),
            };
            return Err(Problem::new(Code::Conflict, format!("`{target}` {message}")));
        }
        let row = LocationRow {
            id: Uuid::now_v7(),
            kind: kind.to_owned(),
            target: target.clone(),
            owner: LocationOwner::Registered,
            position: i64::MAX,
            created_by: self.viewer().reference().map(ToString::to_string),
            created_at: self.service().clock().now(),
            error: None,
        };
        let preview = self.preview(refresher, known.clone().unwrap_or_else(|| row.clone())).await?;
        if let (Some(error), true) = (&preview.error, preview.is_unreadable) {
            return Err(Problem::bad_input("input.target", error.clone()));
        }
        if dry_run {
            return Ok(Registration { exists: known.is_some(), location: known, preview });
        }
        let row = self.add(refresher, row).await?;
        note_changes(&json!(null), &json!({ "type": row.kind, "target": row.target }));
        self.read_now(refresher, &[row.id]).await?;
        let location = repository.location(row.id).await?;
        Ok(Registration { location, exists: false, preview })
    }

    async fn add(&self, refresher: &Refresher, row: LocationRow) -> Result<LocationRow> {
        let repository = self.service().repository();
        let write = repository.begin().await?;
        if !repository.locations_at(&*write, &row.kind, &row.target).await?.is_empty() {
            return Err(Problem::new(Code::Conflict, format!("`{}` is registered already", row.target)));
        }
        let position = repository.last_position(&*write).await? + 1;
        let row = LocationRow { position, ..row };
        repository.save_locations(&*write, std::slice::from_ref(&row)).await?;
        refresher.begin_in(&write, row.id).await?;
        repository.commit(write).await?;
        Ok(row)
    }

    /// Has a registered location read from elsewhere. What only its old target brought in is gone.
    pub async fn change_location(
        &self,
        id: Uuid,
        kind: Option<&str>,
        target: &str,
    ) -> Result<(LocationRow, Preview)> {
        self.require(LOCATION_CREATE).await?;
        self.require(ENTITY_CREATE).await?;
        let refresher = self.writable_refresher(false)?;
        let before = self.registered(id).await?;
        let kind = kind.unwrap_or(&before.kind).to_owned();
        let target = checked_target(&kind, target, "input.")?;
        let row = LocationRow { kind, target, error: None, ..before.clone() };
        let preview = self.preview(refresher, row.clone()).await?;
        if let (Some(error), true) = (&preview.error, preview.is_unreadable) {
            return Err(Problem::bad_input("input.target", error.clone()));
        }
        let repository = self.service().repository();
        let write = repository.begin().await?;
        // It may have been unregistered while its new target was looked at, and is not to come back.
        if repository.locations_by_id(&*write, &[id]).await?.is_empty() {
            return Err(Problem::not_found("no such location"));
        }
        let same = repository.locations_at(&*write, &row.kind, &row.target).await?;
        if same.iter().any(|other| other.id != id) {
            return Err(Problem::new(Code::Conflict, format!("`{}` is registered already", row.target)));
        }
        repository.save_locations(&*write, std::slice::from_ref(&row)).await?;
        repository.commit(write).await?;
        note_changes(
            &json!({ "type": before.kind, "target": before.target }),
            &json!({ "type": row.kind, "target": row.target }),
        );
        self.read_now(refresher, &[id]).await?;
        Ok((repository.location(id).await?.unwrap_or(row), preview))
    }

    /// Unregisters a location; answers the references of the entities that are gone with it.
    pub async fn unregister(&self, id: Uuid) -> Result<Vec<String>> {
        self.require(LOCATION_DELETE).await?;
        let refresher = self.writable_refresher(false)?;
        let row = self.registered(id).await?;
        let shown = self.shown_of(&row).await?;
        let (mut removed, triggered) = refresher.ingestion().remove(&[id]).await?;
        if let Some(shown) = shown {
            removed.retain(|reference| shown.contains(reference));
        }
        refresher.forget(&[id]).await?;
        refresher.soon(&triggered).await?;
        note_changes(&json!({ "type": row.kind, "target": row.target }), &json!(null));
        Ok(removed)
    }

    /// What the viewer may see of what a location brought in; `None` for all of it.
    async fn shown_of(&self, row: &LocationRow) -> Result<Option<HashSet<String>>> {
        self.prepare(None).await?;
        Ok(self.look(|index, visible| {
            let visible = visible?;
            let of_location = EntityFilter::new().with_field(ORIGIN, vec![origin_key(&row.location())]);
            let shown = index.select(&of_location, self.filter_context(Some(visible))) & visible;
            let entities = shown.iter().filter_map(|slot| index.get(slot));
            Some(entities.map(|entity| entity.reference.to_string()).collect())
        }))
    }

    /// Has a location read now.
    pub async fn refresh_location(&self, id: Uuid) -> Result<Option<LocationRow>> {
        let Some(row) = self.location(id).await? else {
            return Err(Problem::not_found("no such location"));
        };
        self.require(LOCATION_CREATE).await?;
        let refresher = self.service().refresher()?;
        self.read_now(refresher, &[row.id]).await?;
        Ok(self.service().repository().location(id).await?)
    }

    /// A location that someone registered and the viewer may see.
    async fn registered(&self, id: Uuid) -> Result<LocationRow> {
        let row = self.location(id).await?.ok_or_else(|| Problem::not_found("no such location"))?;
        match &row.owner {
            LocationOwner::Registered => Ok(row),
            LocationOwner::Config | LocationOwner::Retired => Err(Problem::forbidden(format!(
                "`{}` comes from the config: change it there, under `catalog.locations`",
                row.target
            ))),
            LocationOwner::Provider(provider) => Err(Problem::forbidden(format!(
                "`{}` comes from the provider `{provider}`, which finds it again: change what the provider finds",
                row.target
            ))),
        }
    }

    pub(super) fn writable_refresher(&self, dry_run: bool) -> Result<&Arc<Refresher>> {
        if self.service().is_readonly() && !dry_run {
            return Err(Problem::forbidden("the catalog is read-only: catalog.readonly is set"));
        }
        self.service().refresher()
    }

    async fn preview(&self, refresher: &Refresher, row: LocationRow) -> Result<Preview> {
        let stop = CancellationToken::new();
        // Dropped with the request when its client hangs up.
        let _guard = stop.clone().drop_guard();
        let preview = tokio::time::timeout(PATIENCE, refresher.ingestion().preview(row, &stop)).await;
        Ok(preview.map_err(|_| {
            Problem::new(Code::Unavailable, "the location did not answer in time, try again later")
        })??)
    }

    /// Waits until locations are read; `UNAVAILABLE` where that takes too long.
    pub(super) async fn read_now(&self, refresher: &Refresher, locations: &[Uuid]) -> Result<()> {
        match refresher.now(locations, PATIENCE).await? {
            Awaited::Done => {}
            Awaited::StillRunning => {
                let message = "it takes longer than 30 seconds to read, and goes on in the background";
                return Err(Problem::new(Code::Unavailable, message));
            }
            Awaited::Failed(reason) => return Err(Problem::internal(CatalogError::Refresh(reason))),
        }
        // It may have been read by another replica.
        self.service().index.catch_up().await?;
        Ok(())
    }
}

/// The target as it is stored.
pub(super) fn checked_target(kind: &str, target: &str, above: &str) -> Result<String> {
    let refuse = |field: &str, message: String| Problem::bad_input(format!("{above}{field}"), message);
    if !matches!(kind, "url" | "git") {
        let message = "`type` is `url` or `git`; files of the server are named in the config";
        return Err(refuse("type", message.to_owned()));
    }
    let target = target.trim();
    if target.len() > MAX_TARGET {
        return Err(refuse("target", format!("the target may have {MAX_TARGET} bytes at most")));
    }
    let url = Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| {
        refuse("target", "the target is not a URL that begins with https:// or http://".to_owned())
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        let message = "leave the credentials out of the URL: they belong into `integrations` of the config";
        return Err(refuse("target", message.to_owned()));
    }
    Ok(url.to_string())
}

fn place(cursor: &Cursor) -> Result<Uuid> {
    let id = match cursor.0.as_slice() {
        [Some(id)] => Uuid::parse_str(id).ok(),
        _ => None,
    };
    id.ok_or_else(|| Problem::bad_input("after", "`after` is not a cursor of this list"))
}
