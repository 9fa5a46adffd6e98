//! What is done from time to time: forgetting what has ended, and making the next signing key.

use std::{sync::Arc, time::Duration};

use callboard_kit::{JobFailure, PluginContext, Result};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::{repository::AuthRepository, sessions::SessionService, signing::KeyRing, tokens::TokenService};

/// How often keys are read anew, as another replica may have made one.
const EVERY: Duration = Duration::from_mins(1);
/// The queue of the job that forgets what has ended.
const SWEEP: &str = "auth.sweep";
/// How often what has ended is forgotten.
const SWEEP_EVERY: Duration = Duration::from_mins(10);

/// Keeps the house in order until the portal stops.
pub(crate) struct Housekeeping {
    pub repository: AuthRepository,
    pub sessions: Arc<SessionService>,
    pub tokens: Arc<TokenService>,
    pub keys: Arc<KeyRing>,
}

impl Housekeeping {
    /// Begins to: keys are looked after by every replica for itself, the rest by one for all.
    pub(crate) async fn start(self, context: &PluginContext) -> anyhow::Result<()> {
        let (keys, stop) = (Arc::clone(&self.keys), context.shutdown.clone());
        context.tasks.spawn(async move { rotate(&keys, &stop).await });
        let house = Arc::new(self);
        let sweep = move |_| {
            let house = Arc::clone(&house);
            async move { house.sweep().await.map_err(|problem| JobFailure::of_problem(&problem)) }
        };
        Ok(context.jobs.every(SWEEP, SWEEP_EVERY, sweep, &context.shutdown, &context.tasks).await?)
    }

    async fn sweep(&self) -> Result<()> {
        let sessions = self.sessions.sweep().await?;
        let tokens = self.tokens.sweep().await?;
        let used = self.repository.sweep_used_once(self.sessions.clock.now()).await?;
        tracing::debug!(sessions, tokens, used, "forgot what has ended");
        Ok(())
    }
}

/// Makes the next signing key in time, and learns of those of other replicas.
async fn rotate(keys: &KeyRing, stop: &CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(problem) = keys.rotate().await {
            tracing::error!(cause = ?problem.cause(), "could not keep signing keys in order, which is tried again");
        }
    }
}
