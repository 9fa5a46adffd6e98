use std::{
    collections::{BTreeSet, HashMap, HashSet},
    time::Duration,
};

use sea_orm::ConnectionTrait;
use tokio::time::timeout;
use uuid::Uuid;

use super::{
    JobEnd, JobId, JobTicket, Jobs, JobsError, NewJob, POLL,
    store::{self, Insert},
    wake::Signal,
};

/// A live job may end between being in the way and being looked up.
const TRIES: usize = 5;

impl Jobs {
    /// Puts a job into its queue. With a key that a live job of the queue has, nothing is added and that job's id is
    /// returned.
    pub async fn enqueue(&self, job: NewJob) -> Result<JobId, JobsError> {
        self.enqueue_in(&self.0.database, job).await
    }

    /// The same inside the caller's transaction: workers see the job when that is committed. Those of this process look
    /// for it within a second, or when they are told with `wake`.
    pub async fn enqueue_in(
        &self,
        connection: &impl ConnectionTrait,
        job: NewJob,
    ) -> Result<JobId, JobsError> {
        let mut ids = self.enqueue_many_in(connection, vec![job]).await?;
        ids.pop().ok_or(JobsError::NotFound)
    }

    /// Puts many jobs into their queues, all or none, and gives their ids in the same order.
    pub async fn enqueue_many(&self, jobs: Vec<NewJob>) -> Result<Vec<JobId>, JobsError> {
        let queues: BTreeSet<String> = jobs.iter().map(|job| job.queue.clone()).collect();
        let transaction = store::begin(&self.0.database).await?;
        let ids = self.enqueue_many_in(&transaction, jobs).await?;
        transaction.commit().await?;
        for queue in &queues {
            self.wake(queue);
        }
        Ok(ids)
    }

    /// The same inside the caller's transaction.
    pub async fn enqueue_many_in(
        &self,
        connection: &impl ConnectionTrait,
        jobs: Vec<NewJob>,
    ) -> Result<Vec<JobId>, JobsError> {
        let now = self.0.clock.now();
        let mut inserts: Vec<Insert> =
            jobs.into_iter().map(|job| self.sealed(job)).collect::<Result<_, _>>()?;
        let mut ids: Vec<Uuid> = inserts.iter().map(|insert| insert.id).collect();
        let places: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        // In the order of keys, so that two who add many do not wait for each other.
        inserts.sort_by(|one, other| (&one.job.queue, &one.job.key).cmp(&(&other.job.queue, &other.job.key)));
        let due: BTreeSet<String> = inserts
            .iter()
            .filter(|insert| insert.job.run_at.is_none_or(|run_at| run_at <= now))
            .map(|insert| insert.job.queue.clone())
            .collect();
        for _ in 0..TRIES {
            let added: HashSet<Uuid> = store::insert(connection, &inserts, now).await?.into_iter().collect();
            inserts.retain(|insert| !added.contains(&insert.id));
            let found = live(connection, &inserts).await?;
            inserts.retain(|insert| {
                let key = (insert.job.queue.clone(), insert.job.key.clone().unwrap_or_default());
                let live = found.get(&key);
                if let Some((id, place)) = live.zip(places.get(&insert.id)) {
                    ids[*place] = *id;
                }
                live.is_none()
            });
            if inserts.is_empty() {
                for queue in &due {
                    self.0.wake.announce(connection, Signal::Due(queue)).await?;
                }
                return Ok(ids.into_iter().map(JobId).collect());
            }
        }
        Err(JobsError::KeyTaken)
    }

    fn sealed(&self, job: NewJob) -> Result<Insert, JobsError> {
        let id = Uuid::now_v7();
        let seal =
            |secrets: &serde_json::Value| self.0.vault.seal(&purpose(id), secrets.to_string().as_bytes());
        Ok(Insert { id, sealed: job.secrets.as_ref().map(seal).transpose()?, job })
    }

    /// What was sealed for a job.
    pub(super) fn unsealed(&self, id: Uuid, sealed: &str) -> anyhow::Result<serde_json::Value> {
        Ok(serde_json::from_slice(&self.0.vault.open(&purpose(id), sealed)?)?)
    }

    /// Tells the workers of this process that a transaction with jobs of this queue was committed.
    pub fn wake(&self, queue: &str) {
        self.0.wake.tell(Signal::Due(queue));
    }

    /// Runs the live job with this key as soon as possible, again if it is running now: it may have read what was there
    /// before. `None` where there is no such job.
    pub async fn trigger(&self, queue: &str, key: &str) -> Result<Option<JobTicket>, JobsError> {
        Ok(self.trigger_many(queue, &[key]).await?.pop().map(|(_, ticket)| ticket))
    }

    /// The same for many, with a ticket for each key that a live job has.
    pub async fn trigger_many(
        &self,
        queue: &str,
        keys: &[&str],
    ) -> Result<Vec<(String, JobTicket)>, JobsError> {
        self.trigger_many_in(&self.0.database, queue, keys).await
    }

    /// The same inside the caller's transaction.
    pub async fn trigger_many_in(
        &self,
        connection: &impl ConnectionTrait,
        queue: &str,
        keys: &[&str],
    ) -> Result<Vec<(String, JobTicket)>, JobsError> {
        let tickets = store::trigger(connection, queue, keys, self.0.clock.now()).await?;
        if !tickets.is_empty() {
            self.0.wake.announce(connection, Signal::Due(queue)).await?;
        }
        Ok(tickets)
    }

    /// Waits until a run that began after the ticket was made has ended, on whatever replica, and gives what it came to.
    /// An error when `patience` is over.
    pub async fn wait(&self, ticket: &JobTicket, patience: Duration) -> Result<JobEnd, JobsError> {
        timeout(patience, self.end_of(ticket)).await.unwrap_or(Err(JobsError::TimedOut))
    }

    async fn end_of(&self, ticket: &JobTicket) -> Result<JobEnd, JobsError> {
        let mut ended = self.0.wake.ended();
        loop {
            ended.mark_unchanged();
            if let Some(end) = store::end_of(&self.0.database, ticket).await? {
                return Ok(end);
            }
            // Told or not, it looks again: the run may end on another replica.
            let _ = timeout(POLL, ended.changed()).await;
        }
    }
}

fn purpose(id: Uuid) -> String {
    format!("kit.jobs:{id}")
}

/// The live jobs that are in the way of these, by queue and key.
async fn live(
    connection: &impl ConnectionTrait,
    inserts: &[Insert],
) -> Result<HashMap<(String, String), Uuid>, JobsError> {
    let mut queues: HashMap<&str, Vec<&str>> = HashMap::new();
    for insert in inserts {
        if let Some(key) = &insert.job.key {
            queues.entry(&insert.job.queue).or_default().push(key);
        }
    }
    let mut found = HashMap::new();
    for (queue, keys) in queues {
        for (key, id) in store::live_ids(connection, queue, &keys).await? {
            found.insert((queue.to_owned(), key), id);
        }
    }
    Ok(found)
}
