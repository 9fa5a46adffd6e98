use sea_orm::{ConnectionTrait, DatabaseConnection, SqlErr};

use super::{JobId, Jobs, JobsError, store, wake::Signal};

impl Jobs {
    /// Cancels a live job, and says whether there was one. One that waits ends now; one that runs is told so within a
    /// second, on whatever replica, and from now on writes nothing under its fence. Its key is free at once, but a new
    /// job with that key begins only when the run has ended.
    pub async fn cancel(&self, id: JobId) -> Result<bool, JobsError> {
        let now = self.0.clock.now();
        let cancelled = store::cancel(&self.0.database, "id = $1", vec![id.0.into()], now).await?;
        if cancelled.iter().any(|(_, runs)| *runs) {
            self.0.wake.announce(&self.0.database, Signal::Look).await?;
        }
        if !cancelled.is_empty() {
            self.0.wake.announce(&self.0.database, Signal::Ended).await?;
        }
        Ok(!cancelled.is_empty())
    }

    /// Forgets the jobs with these keys, ended ones too, and says how many live ones there were. Those that run are
    /// cancelled and kept until they are old.
    pub async fn remove_by_key(&self, queue: &str, keys: &[&str]) -> Result<usize, JobsError> {
        let transaction = store::begin(&self.0.database).await?;
        let removed = self.remove_by_key_in(&transaction, queue, keys).await?;
        transaction.commit().await?;
        self.0.wake.look_at_runs();
        self.0.wake.tell(Signal::Ended);
        Ok(removed)
    }

    /// The same inside the caller's transaction.
    pub async fn remove_by_key_in(
        &self,
        connection: &impl ConnectionTrait,
        queue: &str,
        keys: &[&str],
    ) -> Result<usize, JobsError> {
        let (live, running) = store::remove(connection, queue, keys, self.0.clock.now()).await?;
        if running {
            self.0.wake.announce(connection, Signal::Look).await?;
        }
        Ok(live)
    }

    /// Runs a dead job again, as if it had never failed, from its checkpoint.
    pub async fn retry(&self, id: JobId) -> Result<(), JobsError> {
        let database: &DatabaseConnection = &self.0.database;
        let queue = store::retry(database, id.0, self.0.clock.now()).await.map_err(|error| {
            match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => JobsError::KeyTaken,
                _ => JobsError::Store(error),
            }
        })?;
        match queue {
            Some(queue) => Ok(self.0.wake.announce(database, Signal::Due(&queue)).await?),
            None => match self.get(id).await? {
                None => Err(JobsError::NotFound),
                Some(job) if job.state == super::JobState::Dead => Err(JobsError::SecretsErased),
                Some(_) => Err(JobsError::NotDead),
            },
        }
    }
}
