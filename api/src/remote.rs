//! Remote plugins: subgraphs of other processes, composed from what they say now, said last, or have in a file.

mod audited;
mod store;

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc, time::Duration};

use callboard_kit::{Clock, Services, Subgraph};
use callboard_schema::{
    CompositionErrors, Gateway, GatewayHandle, GatewayOptions, HeadersOf, HttpSubgraph, HttpSubgraphOptions,
};
use futures::future::join_all;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use sea_orm::DatabaseConnection;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use self::audited::AuditedSubgraph;
pub(crate) use self::store::SdlStore;
use crate::{
    config::{Config, RemotePluginConfig},
    portal::{PluginState, PluginStates},
};

/// Keeps the composition of in-process and remote subgraphs current.
pub(crate) struct RemotePlugins {
    local: Vec<Subgraph>,
    remotes: Vec<Remote>,
    options: GatewayOptions,
    refresh_every: Duration,
    store: SdlStore,
    states: Arc<PluginStates>,
    /// What the running gateway was composed from, by id.
    composed: BTreeMap<String, String>,
    /// What was offered then and did not compose, by id.
    refused: BTreeMap<String, Refused>,
}

struct Remote {
    config: RemotePluginConfig,
    file: Option<PathBuf>,
    service: HttpSubgraph,
}

/// Tells a remote plugin who asks, by a token that is made for it. Nothing that the client sent goes along: with the
/// client's own credentials the plugin could act as the client anywhere.
fn identity_headers(services: Services, id: String) -> HeadersOf {
    Arc::new(move |context| {
        let mut headers = HeaderMap::new();
        let authenticator = services.authenticator.get();
        let token = authenticator.and_then(|known| known.identity_token(&context.viewer, &id));
        if let Some(mut value) =
            token.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok())
        {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        headers
    })
}

/// A schema that did not compose, and why.
struct Refused {
    sdl: String,
    fault: String,
}

/// A remote plugin's SDL, and what is wrong although there is one.
struct Offer {
    sdl: Option<String>,
    fault: Option<String>,
}

impl RemotePlugins {
    pub(crate) fn new(
        config: &Config,
        local: Vec<Subgraph>,
        database: DatabaseConnection,
        states: Arc<PluginStates>,
        services: &Services,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        let settings = &config.core.plugins;
        let mut remotes = Vec::new();
        for remote in &settings.remote {
            if local.iter().any(|subgraph| subgraph.id == remote.id) {
                anyhow::bail!("remote plugin `{}` has the id of a plugin that is compiled in", remote.id);
            }
            states.add(PluginState::remote(&remote.id, remote.title.as_deref().unwrap_or(&remote.id)));
            let options = HttpSubgraphOptions {
                timeout: remote.timeout,
                headers: Some(identity_headers(services.clone(), remote.id.clone())),
                ..HttpSubgraphOptions::default()
            };
            remotes.push(Remote {
                file: remote.sdl.as_ref().map(|file| config.base_dir.join(file)),
                service: HttpSubgraph::new(&remote.id, &remote.url, options)?,
                config: remote.clone(),
            });
        }
        Ok(Self {
            local,
            remotes,
            options: config.core.gateway.clone(),
            refresh_every: settings.refresh_every.0.max(Duration::from_secs(1)),
            store: SdlStore::new(database, clock),
            states,
            composed: BTreeMap::new(),
            refused: BTreeMap::new(),
        })
    }

    pub(crate) fn is_any(&self) -> bool {
        !self.remotes.is_empty()
    }

    /// Composes at boot. A remote plugin that is down, or does not compose, costs its own fields only.
    pub(crate) async fn first_gateway(&mut self) -> anyhow::Result<Arc<GatewayHandle>> {
        let offers = self.offers().await;
        let gateway = self.compose(offers).await?;
        Ok(Arc::new(GatewayHandle::new(gateway)))
    }

    /// Looks at the remote plugins from time to time and swaps a new composition in when one has changed.
    pub(crate) async fn follow(mut self, gateway: Arc<GatewayHandle>, shutdown: CancellationToken) {
        let mut ticks = tokio::time::interval(self.refresh_every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.tick().await;
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let offers = self.offers().await;
            let news = offers
                .iter()
                .any(|(id, offer)| offer.sdl.as_ref().is_some_and(|sdl| self.composed.get(id) != Some(sdl)));
            if !news {
                continue;
            }
            match self.compose(offers).await {
                Ok(composed) => {
                    gateway.replace(composed);
                    tracing::info!("the graph was composed anew from the remote plugins' schemas");
                }
                Err(error) => tracing::error!(%error, "the graph stays as it is"),
            }
        }
    }

    /// What every remote plugin has to offer now.
    async fn offers(&self) -> Vec<(String, Offer)> {
        join_all(self.remotes.iter().map(async |remote| {
            let offer = self.offer(remote).await;
            if self.states.set_fault(&remote.config.id, offer.fault.clone()) {
                if let Some(fault) = &offer.fault {
                    tracing::warn!(plugin = remote.config.id, fault, "remote plugin has a problem");
                } else {
                    tracing::info!(plugin = remote.config.id, "remote plugin answers again");
                }
            }
            (remote.config.id.clone(), offer)
        }))
        .await
    }

    async fn offer(&self, remote: &Remote) -> Offer {
        let id = &remote.config.id;
        let error = match remote.service.fetch_sdl().await {
            Ok(sdl) => {
                // What did not compose is wrong for as long as it is offered.
                let refused = self.refused.get(id).filter(|refused| refused.sdl == sdl);
                let fault = refused.map(|refused| refused.fault.clone());
                return Offer { sdl: Some(sdl), fault };
            }
            Err(error) => error,
        };
        let fault = Some(error.to_string());
        if let Some(sdl) = self.composed.get(id) {
            return Offer { sdl: Some(sdl.clone()), fault };
        }
        let known = match self.store.last_known(id).await {
            Ok(known) => known,
            Err(error) => {
                tracing::error!(%error, plugin = id, "the last known schema cannot be read");
                None
            }
        };
        let written = || {
            let file = remote.file.as_ref()?;
            fs::read_to_string(file)
                .inspect_err(
                    |error| tracing::error!(%error, file = %file.display(), "the schema file cannot be read"),
                )
                .ok()
        };
        Offer { sdl: known.or_else(written), fault }
    }

    /// Adds one remote plugin after the other, so that one that does not compose leaves the others in.
    async fn compose(&mut self, offers: Vec<(String, Offer)>) -> anyhow::Result<Gateway> {
        let mut accepted = self.local.clone();
        let mut gateway = Gateway::compose(accepted.clone(), self.options.clone())?;
        let (mut composed, mut refused) = (BTreeMap::new(), BTreeMap::new());
        for (remote, (id, offer)) in self.remotes.iter().zip(offers) {
            let Some(sdl) = offer.sdl else { continue };
            match self.with_remote(&accepted, remote, &sdl) {
                Ok((subgraphs, next)) => {
                    (accepted, gateway) = (subgraphs, next);
                    let fault = offer.fault.filter(|fault| !self.was_refused(&id, fault));
                    if fault.is_none()
                        && let Err(error) = self.store.remember(&id, &sdl).await
                    {
                        tracing::error!(%error, plugin = id, "its schema cannot be kept for when it is down");
                    }
                    composed.insert(id, sdl);
                }
                Err(errors) => {
                    refused.insert(id.clone(), self.reject(&id, &sdl, &errors));
                    let Some(known) = self.fallback(&id, &sdl).await else { continue };
                    if let Ok((subgraphs, next)) = self.with_remote(&accepted, remote, &known) {
                        (accepted, gateway) = (subgraphs, next);
                    }
                    // Remember what was refused, so that it is not tried again until it changes.
                    composed.insert(id, sdl);
                }
            }
        }
        (self.composed, self.refused) = (composed, refused);
        Ok(gateway)
    }

    /// Whether a fault is that of a schema which was refused: where that composes now, it is over.
    fn was_refused(&self, id: &str, fault: &str) -> bool {
        let is_over = self.refused.get(id).is_some_and(|refused| refused.fault == fault);
        if is_over {
            self.states.set_fault(id, None);
        }
        is_over
    }

    fn reject(&self, id: &str, sdl: &str, errors: &CompositionErrors) -> Refused {
        let fault = format!("its schema does not compose: {errors}");
        tracing::error!(plugin = id, fault, "remote plugin is left as it was");
        self.states.set_fault(id, Some(fault.clone()));
        Refused { sdl: sdl.to_owned(), fault }
    }

    /// The schema that composed before, where it is another one.
    async fn fallback(&self, id: &str, refused: &str) -> Option<String> {
        self.store.last_known(id).await.ok().flatten().filter(|known| known != refused)
    }

    fn with_remote(
        &self,
        accepted: &[Subgraph],
        remote: &Remote,
        sdl: &str,
    ) -> Result<(Vec<Subgraph>, Gateway), CompositionErrors> {
        let mut subgraphs = accepted.to_vec();
        let subgraph = remote.service.clone().into_subgraph(sdl.to_owned());
        subgraphs.push(Subgraph { service: Arc::new(AuditedSubgraph(subgraph.service)), ..subgraph });
        let gateway = Gateway::compose(subgraphs.clone(), self.options.clone())?;
        Ok((subgraphs, gateway))
    }
}
