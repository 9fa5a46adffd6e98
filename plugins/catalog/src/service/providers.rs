use std::time::Duration;

use callboard_kit::{Code, Problem, Result};

use super::CatalogRequest;
use crate::{
    permissions::{LOCATION_CREATE, LOCATION_READ},
    providing::ProviderState,
    refresh::Awaited,
    repository::{LocationFilter, LocationOwner},
};

/// How long a mutation waits for a provider.
const PATIENCE: Duration = Duration::from_secs(30);

impl CatalogRequest {
    /// How it goes with each provider; `None` for those who may not see locations.
    pub async fn provider_states(&self) -> Result<Option<Vec<ProviderState>>> {
        if !self.may(LOCATION_READ).await {
            return Ok(None);
        }
        match self.service().providers() {
            Some(providers) => Ok(Some(providers.states().await?)),
            None => Ok(Some(Vec::new())),
        }
    }

    /// Has a provider look now.
    pub async fn look_again(&self, id: &str) -> Result<Option<ProviderState>> {
        let missing = || Problem::not_found(format!("no provider `{id}`"));
        if !self.may(LOCATION_READ).await {
            return Err(missing());
        }
        self.require(LOCATION_CREATE).await?;
        let providers = self.service().providers().ok_or_else(missing)?;
        if !self.look_now(id).await? {
            return Err(missing());
        }
        let states = providers.states().await?;
        Ok(states.into_iter().find(|state| state.provider.id() == id))
    }

    /// Has a provider look and answers when the catalog holds what it found; whether there is such a provider.
    pub(super) async fn look_now(&self, id: &str) -> Result<bool> {
        let Some(providers) = self.service().providers() else { return Ok(false) };
        match providers.look_now(id, PATIENCE).await? {
            None => return Ok(false),
            Some(Awaited::Done) => {}
            Some(Awaited::StillRunning) => {
                let message = "it takes longer than 30 seconds, and goes on in the background";
                return Err(Problem::new(Code::Unavailable, message));
            }
            Some(Awaited::Failed(reason)) => return Err(Problem::new(Code::Unavailable, reason)),
        }
        self.service().index.catch_up().await?;
        Ok(true)
    }

    /// How many locations a provider found.
    pub async fn count_found(&self, id: &str) -> Result<u64> {
        let owner = Some(LocationOwner::Provider(id.to_owned()));
        let filter = LocationFilter { owner, ..LocationFilter::default() };
        Ok(self.service().repository().count_locations(&filter).await?)
    }
}
