//! What is done from time to time: forgetting what has ended, and making the next signing key.

use std::{sync::Arc, time::Duration};

use callboard_kit::Result;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::{repository::AuthRepository, sessions::SessionService, signing::KeyRing, tokens::TokenService};

/// How often keys are read anew, as another replica may have made one.
const EVERY: Duration = Duration::from_mins(1);
/// Every so many times what has ended is forgotten.
const SWEEP_EACH: u64 = 10;

/// Keeps the house in order until the portal stops.
pub(crate) struct Housekeeping {
    pub repository: AuthRepository,
    pub sessions: Arc<SessionService>,
    pub tokens: Arc<TokenService>,
    pub keys: Arc<KeyRing>,
}

impl Housekeeping {
    pub(crate) async fn run(self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for round in 0_u64.. {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            report("signing keys", self.keys.rotate().await);
            if round % SWEEP_EACH == 0 {
                report("ended sessions, tokens and sign-ins", self.sweep().await);
            }
        }
    }

    async fn sweep(&self) -> Result<()> {
        let sessions = self.sessions.sweep().await?;
        let tokens = self.tokens.sweep().await?;
        let used = self.repository.sweep_used_once(self.sessions.clock.now()).await?;
        tracing::debug!(sessions, tokens, used, "forgot what has ended");
        Ok(())
    }
}

fn report(what: &str, done: Result<()>) {
    if let Err(problem) = done {
        tracing::error!(cause = ?problem.cause(), "could not keep {what} in order, which is tried again");
    }
}
