//! What every process does beside its work: it shows that it lives, looks whether its runs are still wanted, takes jobs
//! from processes that are gone, and forgets old ones.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, PoisonError},
    time::Duration,
};

use sea_orm::{DbBackend, DbErr};
use tokio::time::{Instant, timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{
    Interruption, Jobs, JobsError, OWNERS, POLL,
    active::ActiveRun,
    store::{self, Which},
    wake::Signal,
};

/// How often what is old is looked for.
const PRUNE_EVERY: Duration = Duration::from_mins(10);
/// How long the database may take to say how runs stand.
const LOOK_WITHIN: Duration = Duration::from_secs(10);

impl Jobs {
    /// Looks after the jobs of this process until `shutdown` and for as long as any of them runs. On SQLite, whose one
    /// process this is, what an earlier one left behind is free before this returns.
    pub async fn run(&self, shutdown: &CancellationToken, tasks: &TaskTracker) -> Result<(), JobsError> {
        if self.0.database.get_database_backend() == DbBackend::Sqlite {
            let owners: Vec<Uuid> =
                OWNERS.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
            while !self.take_back(Which::NotOf(&owners)).await? {}
        }
        let (jobs, stop) = (self.clone(), shutdown.clone());
        tasks.spawn(async move { jobs.0.wake.listen(&jobs.0.database, &stop).await });
        let (jobs, stop) = (self.clone(), shutdown.clone());
        tasks.spawn(async move { jobs.keep_up(&stop).await });
        Ok(())
    }

    async fn keep_up(&self, stop: &CancellationToken) {
        let mut pruned: Option<Instant> = None;
        // Runs that are told to stop are to keep their leases until they have.
        while !stop.is_cancelled() || !self.0.active.all().is_empty() {
            if let Err(error) = self.look_in_time().await {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(
                    error,
                    "the leases of running jobs could not be renewed, which is tried again"
                );
                self.stop_lapsed_runs();
            } else if let Err(error) = self.take_back(Which::Lapsed).await {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "lapsed jobs could not be taken over, which is tried again");
            }
            if pruned.is_none_or(|at| at.elapsed() >= PRUNE_EVERY) {
                // The rest is forgotten later where there is much, as leases are to be renewed meanwhile.
                let is_all = self.prune().await;
                pruned = is_all.then(Instant::now);
            }
            tokio::select! {
                () = stop.cancelled(), if !stop.is_cancelled() => {}
                () = self.0.wake.looked_for() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Looks after runs, and does not wait for the database for longer than any of their leases allows.
    async fn look_in_time(&self) -> Result<(), JobsError> {
        let leases = self.0.active.all().into_iter().map(|(_, run)| run.lease / 3);
        let limit = leases.min().unwrap_or(LOOK_WITHIN).min(LOOK_WITHIN);
        let late = |_| Err(DbErr::Custom("it did not answer in time".to_owned()).into());
        timeout(limit, self.look_after_runs()).await.unwrap_or_else(late)
    }

    /// Tells runs whose leases have run out while the database could not be asked: another replica may reach it, and run
    /// their jobs. SQLite has no other.
    fn stop_lapsed_runs(&self) {
        if self.0.database.get_database_backend() == DbBackend::Sqlite {
            return;
        }
        for (_, run) in self.0.active.all().iter().filter(|(_, run)| run.has_lapsed()) {
            run.interrupt(Interruption::LeaseLost);
        }
    }

    /// Tells runs that lost their job or are to stop, and renews the leases of the others in time.
    async fn look_after_runs(&self) -> Result<(), JobsError> {
        let engine = &self.0;
        let active = engine.active.all();
        if active.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = active.iter().map(|(id, _)| *id).collect();
        let looks = store::look(&engine.database, &ids).await?;
        let (now, at) = (engine.clock.now(), Instant::now());
        let mut due: BTreeMap<Duration, Vec<(Uuid, &Arc<ActiveRun>)>> = BTreeMap::new();
        for (id, run) in &active {
            match looks.get(id) {
                Some(look) if look.owner == Some(engine.owner) && look.run == run.run => {
                    if look.cancel_requested {
                        run.interrupt(Interruption::Cancelled);
                    }
                    if run.is_due() {
                        due.entry(run.lease).or_default().push((*id, run));
                    }
                }
                _ => run.interrupt(Interruption::LeaseLost),
            }
        }
        // One statement for all of a lease: most often for all there are.
        for (lease, runs) in due {
            let ids: Vec<Uuid> = runs.iter().map(|(id, _)| *id).collect();
            let renewed = store::renew(&engine.database, engine.owner, &ids, now, lease).await?;
            let renewed: HashSet<Uuid> = renewed.into_iter().collect();
            for (_, run) in runs.iter().filter(|(id, _)| renewed.contains(id)) {
                run.renewed(at);
            }
        }
        Ok(())
    }

    /// Frees jobs whose run is no more, and says whether there was none left.
    async fn take_back(&self, which: Which<'_>) -> Result<bool, JobsError> {
        let queues = store::lapse(&self.0.database, which, self.0.clock.now()).await?;
        for queue in &queues {
            tracing::info!(queue, "jobs whose process is gone are run by another");
            self.0.wake.announce(&self.0.database, Signal::Due(queue)).await?;
        }
        Ok(queues.is_empty())
    }

    /// Forgets what is old, and says whether that was all.
    async fn prune(&self) -> bool {
        let limit = chrono::Duration::from_std(self.0.retention)
            .ok()
            .and_then(|retention| self.0.clock.now().checked_sub_signed(retention));
        let Some(limit) = limit else { return true };
        match store::prune(&self.0.database, limit).await {
            Ok((count, is_more)) => {
                tracing::debug!(count, "forgot jobs that ended long ago");
                !is_more
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "jobs that ended long ago could not be removed");
                true
            }
        }
    }
}
