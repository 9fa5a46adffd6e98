use std::{sync::Arc, time::Duration};

use callboard_kit::{Clock, Problem, SearchChangeLog};
use tokio::sync::Notify;

use super::repository::{Change, ChangeRepository};
use crate::engine::Batch;

/// How long changes are kept for replicas that do not run; what has missed some is built anew.
const KEPT: Duration = Duration::from_hours(24);

/// The log of changes that plugins tell the indexer.
#[derive(Clone, Debug)]
pub(crate) struct PushedLog {
    pub repository: ChangeRepository,
    clock: Clock,
    grown: Arc<Notify>,
}

impl PushedLog {
    /// The log in a database.
    pub fn new(repository: ChangeRepository, clock: Clock) -> Self {
        Self { repository, clock, grown: Arc::default() }
    }

    /// Adds changes; afterwards no crash loses them.
    pub async fn add(&self, type_: &str, changes: &[Change]) -> Result<(), Problem> {
        if changes.is_empty() {
            return Ok(());
        }
        self.repository.add(type_, changes, self.clock.now()).await?;
        self.grown.notify_one();
        Ok(())
    }

    /// Waits until this process added something.
    pub async fn grown(&self) {
        self.grown.notified().await;
    }

    /// Forgets what nobody needs any more.
    pub async fn prune(&self) -> Result<(), Problem> {
        self.repository.prune(self.clock.now() - KEPT).await
    }

    /// The place of the newest change.
    pub async fn newest(&self) -> Result<i64, Problem> {
        Ok(self.repository.bounds().await?.map_or(0, |(_, newest)| newest))
    }

    /// What changed of a type after a place, and whether there is more. `None` where that is not known any more.
    async fn after(&self, type_: &str, place: i64, limit: u64) -> Result<Option<(Batch, bool)>, Problem> {
        // Asked for first: what is behind it for other types need not be looked through again.
        let behind = self.newest().await?;
        let entries = self.repository.after(type_, place, limit).await?;
        // Asked for afterwards: what is forgotten meanwhile is noticed.
        match self.repository.bounds().await? {
            None if place > 0 => return Ok(None),
            Some((oldest, newest)) if newest < place || oldest > place + 1 => return Ok(None),
            _ => {}
        }
        let mut batch = Batch::default();
        let has_more = entries.len() as u64 == limit;
        let mut end = place;
        for (index, entry) in entries.into_iter().enumerate() {
            // What is removed is removed before anything is put, so a removal behind that begins another batch.
            if index > 0 && !batch.puts.is_empty() && !matches!(entry.change, Change::Put(_)) {
                batch.places.insert(type_.to_owned(), end);
                return Ok(Some((batch, true)));
            }
            end = entry.sequence;
            match entry.change {
                Change::Put(document) => batch.puts.push(*document),
                Change::Delete(id) => batch.deletes.push((type_.to_owned(), id)),
                Change::DeleteOf(entity) => batch.deletes_of.push((type_.to_owned(), entity)),
            }
        }
        batch.places.insert(type_.to_owned(), if has_more { end } else { end.max(behind) });
        Ok(Some((batch, has_more)))
    }
}

/// The log of one source, its own or that of the indexer.
pub(super) enum Log<'a> {
    Own(&'a dyn SearchChangeLog),
    Pushed(&'a PushedLog),
}

impl Log<'_> {
    /// The place of the newest change.
    pub async fn newest(&self) -> Result<i64, Problem> {
        match self {
            Self::Own(log) => log.newest().await,
            Self::Pushed(log) => log.newest().await,
        }
    }

    /// What changed of a type after a place, and whether there is more. `None` where that is not known any more.
    pub async fn after(&self, type_: &str, place: i64, limit: u64) -> Result<Option<(Batch, bool)>, Problem> {
        match self {
            Self::Own(log) => {
                let Some(changes) = log.after(place, limit).await? else { return Ok(None) };
                let has_more = changes.place > place;
                let deletes = changes.deleted.into_iter().map(|id| (type_.to_owned(), id)).collect();
                let places = [(type_.to_owned(), changes.place)].into();
                Ok(Some((Batch { puts: changes.documents, deletes, places, ..Batch::default() }, has_more)))
            }
            Self::Pushed(log) => log.after(type_, place, limit).await,
        }
    }
}
