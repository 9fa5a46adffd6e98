//! Who is told that there is something to do, in this process and on other replicas.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr,
    sqlx::{
        self,
        postgres::{PgListener, PgPoolOptions},
    },
};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::store::statement;

/// What replicas tell each other over PostgreSQL.
const CHANNEL: &str = "callboard_jobs";

/// What has happened.
#[derive(Clone, Copy, Debug)]
pub(super) enum Signal<'a> {
    /// A job of this queue is due.
    Due(&'a str),
    /// A run is to be looked at: its job was cancelled.
    Look,
    /// A run that someone waits for has ended.
    Ended,
}

/// Wakes those of this process who wait for something.
#[derive(Debug, Default)]
pub(super) struct Wake {
    queues: Mutex<HashMap<String, Arc<Notify>>>,
    look: Notify,
    ended: watch::Sender<()>,
}

impl Wake {
    /// Notified when a job of the queue is due.
    pub(super) fn queue(&self, queue: &str) -> Arc<Notify> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(queue.to_owned()).or_default())
    }

    /// Changes whenever a run has ended.
    pub(super) fn ended(&self) -> watch::Receiver<()> {
        self.ended.subscribe()
    }

    /// Waits until runs are to be looked at.
    pub(super) async fn looked_for(&self) {
        self.look.notified().await;
    }

    pub(super) fn look_at_runs(&self) {
        self.look.notify_one();
    }

    /// Tells those of this process.
    pub(super) fn tell(&self, signal: Signal<'_>) {
        match signal {
            Signal::Due(queue) => {
                let queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(queue) = queues.get(queue) {
                    queue.notify_one();
                }
            }
            Signal::Look => self.look_at_runs(),
            Signal::Ended => self.ended.send_replace(()),
        }
    }

    /// Tells those of other replicas when the transaction is committed; those of this process at once.
    pub(super) async fn announce(
        &self,
        connection: &impl ConnectionTrait,
        signal: Signal<'_>,
    ) -> Result<(), DbErr> {
        self.tell(signal);
        if connection.get_database_backend() == DbBackend::Postgres {
            let text = match signal {
                Signal::Due(queue) => format!("due {queue}"),
                Signal::Look => "look".to_owned(),
                Signal::Ended => "ended".to_owned(),
            };
            let notify = format!("SELECT pg_notify('{CHANNEL}', $1)");
            connection.query_one_raw(statement(connection, &notify, [text.into()])).await?;
        }
        Ok(())
    }

    fn hear(&self, text: &str) {
        match text.split_once(' ') {
            Some(("due", queue)) => self.tell(Signal::Due(queue)),
            None if text == "look" => self.tell(Signal::Look),
            None if text == "ended" => self.tell(Signal::Ended),
            _ => {}
        }
    }

    /// Passes on what other replicas say, on a connection of its own. Whoever waits looks every second anyway, so what
    /// is missed is late, not lost.
    pub(super) async fn listen(&self, database: &DatabaseConnection, stop: &CancellationToken) {
        if database.get_database_backend() != DbBackend::Postgres {
            return;
        }
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.listen_once(database) => {}
            }
        }
    }

    async fn listen_once(&self, database: &DatabaseConnection) {
        if let Err(error) = self.pass_on(database).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "what other replicas say about jobs is not heard, which is tried again");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }

    async fn pass_on(&self, database: &DatabaseConnection) -> Result<(), sqlx::Error> {
        let options = (*database.get_postgres_connection_pool().connect_options()).clone();
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            let notification = listener.recv().await?;
            self.hear(notification.payload());
        }
    }
}
