use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use uuid::Uuid;

use super::{Ingestion, Plan, source::missing_file, trail::Trail};
use crate::{
    config::OrphanStrategy,
    error::CatalogError,
    repository::{DocumentRow, Removal, SourceRow},
};

/// Entries of the change log that are kept for replicas that lag behind.
const CHANGES_KEPT: i64 = 100_000;

impl Ingestion {
    /// Deals with the sources that no location leads to any more. Where a location could not be read, what it led to
    /// before stays: an error never removes anything.
    pub(super) async fn settle(&self, mut plan: Plan, trail: &Trail) -> Result<usize, CatalogError> {
        let mut removed = plan.take_left();
        let kept = std::mem::take(&mut plan.kept);
        let unmet = plan.into_unmet();
        let wanted = still_wanted(&unmet, trail, &kept);
        let unmet = unmet.into_iter().filter(|(source, _)| !trail.has_met(&source.location));
        let (stranded, gone): (Vec<_>, Vec<_>) = unmet.partition(|(source, _)| wanted.contains(&source.id));
        let mut changed: Vec<DocumentRow> = missing(stranded).await?;
        let mut sources: Vec<Uuid> = Vec::new();
        for (source, rows) in gone {
            let (entities, refused): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|row| row.reference.is_some());
            removed.extend(refused.iter().map(|row| Removal { uid: row.uid, was_entity: false }));
            match self.orphans {
                OrphanStrategy::Delete => {
                    removed.extend(entities.iter().map(|row| Removal { uid: row.uid, was_entity: true }));
                    sources.push(source.id);
                }
                OrphanStrategy::Keep => {
                    let fresh = entities.into_iter().filter(|row| !row.orphan);
                    changed.extend(fresh.map(|row| DocumentRow { orphan: true, ..row }));
                }
            }
        }
        if !removed.is_empty() || !changed.is_empty() || !sources.is_empty() {
            let writes = self.with_bodies(changed).await?;
            let repository = self.service.repository();
            let transaction = repository.begin().await?;
            repository.remove(&transaction, &removed).await?;
            repository.delete_sources(&transaction, &sources).await?;
            repository.save(&transaction, &writes, self.service.clock().now()).await?;
            repository.commit(transaction).await?;
            self.service.index.catch_up(HashMap::default()).await?;
        }
        if let Some((oldest, newest)) = self.service.repository().change_bounds().await?
            && newest - oldest > 2 * CHANGES_KEPT
        {
            self.service.repository().prune_changes(newest - CHANGES_KEPT).await?;
        }
        Ok(removed.len())
    }
}

/// The entities of files that are not there any more although they are still named. They keep their last version and
/// say so; those that say so already are left out.
async fn missing(stranded: Vec<(SourceRow, Vec<DocumentRow>)>) -> Result<Vec<DocumentRow>, CatalogError> {
    let look = move || {
        let is_missing = |source: &SourceRow| {
            source
                .location
                .strip_prefix("file:")
                .is_some_and(|path| Path::new(path).try_exists().is_ok_and(|is| !is))
        };
        let stranded = stranded.into_iter().filter(|(source, _)| is_missing(source));
        stranded
            .flat_map(|(source, rows)| {
                let status = vec![missing_file(&source)];
                let entities = rows.into_iter().filter(|row| row.reference.is_some());
                let news: Vec<_> = entities.filter(|row| row.status != status).collect();
                news.into_iter().map(move |row| DocumentRow { status: status.clone(), ..row })
            })
            .collect()
    };
    tokio::task::spawn_blocking(look).await.map_err(CatalogError::Interrupted)
}

/// The sources that stay though they were not met: a location failed that led to them, or one that led to that. A
/// location that keeps its last good version goes on leading where that did.
fn still_wanted(
    unmet: &[(SourceRow, Vec<DocumentRow>)],
    trail: &Trail,
    kept: &HashSet<String>,
) -> HashSet<Uuid> {
    let mut wanted: HashSet<Uuid> = HashSet::new();
    let mut emitters: HashSet<&str> = trail.failed_emitters.iter().chain(kept).map(String::as_str).collect();
    loop {
        let before = wanted.len();
        for (source, rows) in unmet {
            let by_root = trail.failed_roots.contains(&source.origin);
            let by_emitter = source.emitted_by.as_deref().is_some_and(|emitter| emitters.contains(emitter));
            if (by_root || by_emitter) && wanted.insert(source.id) {
                emitters.extend(rows.iter().filter_map(|row| row.reference.as_deref()));
            }
        }
        if wanted.len() == before {
            return wanted;
        }
    }
}
