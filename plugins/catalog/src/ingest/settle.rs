use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

use uuid::Uuid;

use super::{
    Fence, Ingestion,
    leftover::{Leftover, Orphans},
    plan::Plan,
    source::missing_file,
    trail::Trail,
};
use crate::{
    error::CatalogError,
    repository::{DocumentRow, ParentRow, Removal, SourceRow, WriteTransaction},
};

/// Entries of the change log that are kept for replicas that lag behind.
const CHANGES_KEPT: i64 = 100_000;

impl Ingestion {
    /// Ends a reading: deals with what the location does not lead to any more. Where a part of it could not be read,
    /// what that led to before stays: an error never removes anything. Answers how many entities and documents are
    /// gone.
    pub(super) async fn settle(
        &self,
        plan: Plan,
        trail: &Trail,
        fence: &dyn Fence,
    ) -> Result<(usize, Vec<Uuid>), CatalogError> {
        self.settle_as(plan, trail, Orphans::Judged(self.orphans), fence).await
    }

    /// The same, with something else to become of orphans.
    pub(super) async fn settle_as(
        &self,
        mut plan: Plan,
        trail: &Trail,
        orphans: Orphans,
        fence: &dyn Fence,
    ) -> Result<(usize, Vec<Uuid>), CatalogError> {
        let location = plan.location().clone();
        let repository = self.service.repository();
        if self.is_settled(&plan, trail).await? {
            return Ok((0, plan.triggered.into_iter().collect()));
        }
        let write = repository.begin().await?;
        fence.check(&write).await?;
        let mut leftover = Leftover::default();
        let leaving: Vec<Uuid> = plan.leaving.keys().copied().collect();
        for row in repository.documents_by_uid(&*write, &leaving).await? {
            if plan.leaving.get(&row.uid) == Some(&row.source_id) {
                leftover.strand(row, orphans);
            }
        }
        let before = repository.led_to(&*write, location.id).await?;
        let (unmet, met): (Vec<ParentRow>, Vec<ParentRow>) =
            before.into_iter().partition(|parent| !plan.met.contains_key(&parent.source));
        let met: HashSet<ParentRow> = met.into_iter().collect();
        let news: Vec<ParentRow> =
            plan.parents().into_iter().filter(|parent| !met.contains(parent)).collect();
        repository.save_parents(&*write, &news).await?;
        let wanted = self.still_wanted(&write, &unmet, trail, &plan.kept).await?;
        let (stranded, gone): (Vec<ParentRow>, Vec<ParentRow>) =
            unmet.into_iter().partition(|parent| wanted.contains(&parent.source));
        let changed = self.missing(&write, &stranded).await?;
        let gone: Vec<Uuid> = gone.into_iter().map(|parent| parent.source).collect();
        repository.delete_parents(&*write, location.id, &gone).await?;
        self.let_go(&write, &gone, orphans, &mut leftover).await?;
        // The file may come back just as it was.
        leftover.dirty.extend(changed.iter().map(|row| row.source_id));
        leftover.changed.extend(changed);
        if location.error != trail.error {
            repository.save_location_error(&*write, location.id, trail.error.as_deref()).await?;
        }
        plan.triggered.append(&mut leftover.triggered);
        let removed = self.finish(write, leftover).await?;
        self.prune().await?;
        Ok((removed, plan.triggered.into_iter().collect()))
    }

    /// Whether a reading changes nothing about what the location leads to, looked up without keeping anyone from
    /// writing.
    async fn is_settled(&self, plan: &Plan, trail: &Trail) -> Result<bool, CatalogError> {
        let location = plan.location();
        if !plan.leaving.is_empty() || location.error != trail.error {
            return Ok(false);
        }
        let repository = self.service.repository();
        let before = repository.led_to(repository.database(), location.id).await?;
        let is_met = |parent: &ParentRow| plan.met.get(&parent.source) == Some(&parent.emitted_by);
        Ok(before.len() == plan.met.len() && before.iter().all(is_met))
    }

    /// Writes what is left of a transaction and waits until the index holds it.
    pub(super) async fn finish(
        &self,
        write: WriteTransaction,
        leftover: Leftover,
    ) -> Result<usize, CatalogError> {
        let repository = self.service.repository();
        let Leftover { removed, changed, sources, dirty, .. } = leftover;
        let writes = self.with_bodies(&write, changed).await?;
        repository.remove(&write, &removed).await?;
        repository.delete_sources(&*write, &sources).await?;
        repository.mark_dirty(&*write, &dirty).await?;
        repository.save(&write, &writes, self.service.clock().now()).await?;
        repository.commit(write).await?;
        self.service.index.catch_up().await?;
        Ok(removed.len())
    }

    async fn prune(&self) -> Result<(), CatalogError> {
        if let Some((oldest, newest)) = self.service.repository().change_bounds().await?
            && newest - oldest > 2 * CHANGES_KEPT
        {
            self.service.repository().prune_changes(newest - CHANGES_KEPT).await?;
        }
        Ok(())
    }

    /// The sources that stay though they were not met: the location failed, or a location entity did that led to
    /// them, or one that led to that. A location entity that keeps its last good version goes on leading where that
    /// did.
    async fn still_wanted(
        &self,
        write: &WriteTransaction,
        unmet: &[ParentRow],
        trail: &Trail,
        kept: &HashSet<String>,
    ) -> Result<HashSet<Uuid>, CatalogError> {
        if trail.error.is_some() {
            return Ok(unmet.iter().map(|parent| parent.source).collect());
        }
        let mut wanted: HashSet<Uuid> = HashSet::new();
        let mut emitters: HashSet<String> = trail.failed_emitters.iter().chain(kept).cloned().collect();
        if emitters.is_empty() || unmet.is_empty() {
            return Ok(wanted);
        }
        let sources: Vec<Uuid> = unmet.iter().map(|parent| parent.source).collect();
        let mut emitted: HashMap<Uuid, Vec<String>> = HashMap::new();
        for row in self.service.repository().documents_of(&**write, &sources).await? {
            emitted.entry(row.source_id).or_default().extend(row.reference);
        }
        loop {
            let before = wanted.len();
            for parent in unmet {
                if emitters.contains(&parent.emitted_by) && wanted.insert(parent.source) {
                    emitters.extend(emitted.remove(&parent.source).into_iter().flatten());
                }
            }
            if wanted.len() == before {
                return Ok(wanted);
            }
        }
    }

    /// The entities of files that are not there any more although they are still named. They keep their last version
    /// and say so; those that say so already are left out.
    async fn missing(
        &self,
        write: &WriteTransaction,
        stranded: &[ParentRow],
    ) -> Result<Vec<DocumentRow>, CatalogError> {
        let repository = self.service.repository();
        let ids: Vec<Uuid> = stranded.iter().map(|parent| parent.source).collect();
        let sources = repository.sources_by_id(&**write, &ids).await?;
        let gone = tokio::task::spawn_blocking(move || {
            let is_gone = |source: &SourceRow| {
                let path = source.location.strip_prefix("file:").map(PathBuf::from);
                path.is_some_and(|path| path.try_exists().is_ok_and(|is_there| !is_there))
            };
            sources.into_iter().filter(is_gone).collect::<Vec<_>>()
        });
        let gone = gone.await.map_err(CatalogError::Interrupted)?;
        let ids: Vec<Uuid> = gone.iter().map(|source| source.id).collect();
        let by_id: HashMap<Uuid, &SourceRow> = gone.iter().map(|source| (source.id, source)).collect();
        let rows = repository.documents_of(&**write, &ids).await?;
        Ok(rows
            .into_iter()
            .filter(|row| row.reference.is_some())
            .filter_map(|row| {
                let status = vec![missing_file(by_id.get(&row.source_id)?)];
                (row.status != status).then_some(DocumentRow { status, ..row })
            })
            .collect())
    }

    /// Deals with sources that a location leads to no more. One that another location leads to is read under that
    /// from now on; the others are gone.
    pub(super) async fn let_go(
        &self,
        write: &WriteTransaction,
        sources: &[Uuid],
        orphans: Orphans,
        leftover: &mut Leftover,
    ) -> Result<(), CatalogError> {
        let repository = self.service.repository();
        let (adopted, mut alone) = self.adopt(write, sources, leftover).await?;
        repository.save_sources(&**write, &adopted, self.service.clock().now()).await?;
        if alone.is_empty() && leftover.free.is_empty() {
            return Ok(());
        }
        let rows = repository.documents_of(&**write, &alone).await?;
        let (entities, refused): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.reference.is_some());
        leftover.removed.extend(refused.iter().map(|row| Removal { uid: row.uid, was_entity: false }));
        let mut staying: HashSet<Uuid> = HashSet::new();
        for row in entities {
            // What was kept as an orphan is not brought in by what goes now.
            if row.orphan || !orphans.are_removed() {
                staying.insert(row.source_id);
            }
            if !row.orphan {
                leftover.strand(row, orphans);
            }
        }
        if !orphans.are_removed() {
            staying.extend(&alone);
        }
        alone.retain(|source| !staying.contains(source));
        leftover.sources.append(&mut alone);
        let staying: Vec<Uuid> = staying.into_iter().collect();
        let mut staying = repository.sources_by_id(&**write, &staying).await?;
        for source in &mut staying {
            source.location_id = None;
        }
        repository.save_sources(&**write, &staying, self.service.clock().now()).await?;
        // Whoever claimed what is free now may have it.
        let references: Vec<&str> = leftover.free.iter().map(String::as_str).collect();
        let claimants = repository.claimants_of(&**write, &references).await?;
        let gone: HashSet<&Uuid> = leftover.sources.iter().collect();
        let claimants: Vec<Uuid> = claimants.into_iter().filter(|source| !gone.contains(source)).collect();
        for source in repository.sources_by_id(&**write, &claimants).await? {
            leftover.triggered.extend(source.location_id);
        }
        leftover.dirty.extend(claimants);
        Ok(())
    }

    /// Those of the sources that another location leads to, as that one's, and those that none does.
    async fn adopt(
        &self,
        write: &WriteTransaction,
        sources: &[Uuid],
        leftover: &mut Leftover,
    ) -> Result<(Vec<SourceRow>, Vec<Uuid>), CatalogError> {
        let repository = self.service.repository();
        let parents = repository.parents_of(&**write, sources).await?;
        let ids: HashSet<Uuid> = parents.iter().map(|parent| parent.location).collect();
        let locations = repository.locations_by_id(&**write, &ids.into_iter().collect::<Vec<_>>()).await?;
        let locations: HashMap<Uuid, _> =
            locations.into_iter().map(|location| (location.id, location)).collect();
        let mut best: HashMap<Uuid, (&ParentRow, (u8, i64))> = HashMap::new();
        for parent in &parents {
            let Some(location) = locations.get(&parent.location) else { continue };
            let better = best.get(&parent.source).is_none_or(|(_, rank)| location.rank() < *rank);
            if better {
                best.insert(parent.source, (parent, location.rank()));
            }
        }
        let others: Vec<Uuid> = best.keys().copied().collect();
        let mut adopted = repository.sources_by_id(&**write, &others).await?;
        adopted.retain_mut(|source| {
            let Some((parent, _)) = best.get(&source.id) else { return false };
            if source.location_id == Some(parent.location) {
                return false;
            }
            leftover.triggered.insert(parent.location);
            source.location_id = Some(parent.location);
            source.hash = None;
            true
        });
        let alone = sources.iter().copied().filter(|source| !best.contains_key(source)).collect();
        Ok((adopted, alone))
    }
}
